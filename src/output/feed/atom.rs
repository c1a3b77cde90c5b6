//! A feed as Atom (RFC 4287).

use super::{Feed, entry_id};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::output::{Job, Rendered, View, body};

/// The feed as a file.
///
/// # Errors
/// A mistake in a callout's or a player's template.
pub(super) fn of(view: &View<'_>, job: &Job, feed: &Feed) -> Result<Rendered, Box<Diagnostic>> {
    let (site, base) = (view.site, &view.config.base_url);
    let home = escape::xml(&base.absolute(&feed.home));
    let own = escape::xml(&base.absolute(&job.permalink));
    let latest = feed
        .newest
        .iter()
        .filter_map(|id| site.page(*id).updated.or(site.page(*id).date))
        .max();
    let updated = latest.map_or("1970-01-01T00:00:00Z".to_owned(), |date| date.rfc3339());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{home}</id>\n<link href=\"{home}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n<updated>{updated}</updated>\n",
        view.config.language,
        escape::xml(&feed.title),
    );
    for id in &feed.newest {
        let page = site.page(*id);
        let url = escape::xml(&base.absolute(&page.permalink));
        let Some(date) = page.date else { continue };
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<link href=\"{url}\"/>\n<published>{}</published>\n<updated>{}</updated>\n",
            escape::xml(&page.title),
            escape::xml(&entry_id(view, *id)),
            date.rfc3339(),
            page.updated.unwrap_or(date).rfc3339(),
        ));
        let places = site.places(*id);
        for author in &places.authors {
            out.push_str(&format!(
                "<author><name>{}</name></author>\n",
                escape::xml(&site.author(*author).name)
            ));
        }
        if places.authors.is_empty() {
            // RFC 4287 wants an author for every entry.
            out.push_str(&format!(
                "<author><name>{}</name></author>\n",
                escape::xml(&view.config.title)
            ));
        }
        for tag in &places.tags {
            out.push_str(&format!(
                "<category term=\"{}\"/>\n",
                escape::xml(&site.tag(*tag).name)
            ));
        }
        out.push_str(&format!(
            "<summary>{}</summary>\n",
            escape::xml(page.description())
        ));
        if feed.full {
            let html = body::fill(view, *id, true)?;
            out.push_str(&format!(
                "<content type=\"html\">{}</content>\n",
                escape::xml(&html)
            ));
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    Ok(out.into())
}
