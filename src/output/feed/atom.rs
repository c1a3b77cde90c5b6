//! A feed as Atom (RFC 4287).

use super::{Contents, entry_id, icon, latest, text};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::output::{Job, Rendered, View, card};

/// The feed as a file.
///
/// # Errors
/// A mistake in a callout's or a player's template.
pub(super) fn of(view: &View<'_>, job: &Job, feed: &Contents) -> Result<Rendered, Box<Diagnostic>> {
    let (site, base) = (view.site, &view.config.base_url);
    let home = escape::xml(&base.absolute(&feed.home));
    let own = escape::xml(&base.absolute(&job.permalink));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{home}</id>\n<link href=\"{home}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n",
        view.config.language,
        escape::xml(&feed.title),
    );
    let mut element = |name: &str, text: &str| {
        if !text.is_empty() {
            out.push_str(&format!("<{name}>{}</{name}>\n", escape::xml(text)));
        }
    };
    element("subtitle", &feed.subtitle);
    let icon = icon(
        view,
        &[
            "favicon.ico",
            "favicon.svg",
            "apple-touch-icon.png",
            "icon-192.png",
        ],
    );
    element("icon", &icon.unwrap_or_default());
    // RFC 4287 wants a date. Where nothing has one, any would be made up.
    let updated = latest(view, feed).map(|date| date.rfc3339());
    element("updated", &updated.unwrap_or_default());
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
        for author in places.authors() {
            let author = site.term(*author);
            out.push_str(&format!(
                "<author><name>{}</name><uri>{}</uri></author>\n",
                escape::xml(&author.name),
                escape::xml(&base.absolute(&author.permalink))
            ));
        }
        if places.authors().is_empty() {
            // RFC 4287 wants an author for every entry.
            out.push_str(&format!(
                "<author><name>{}</name></author>\n",
                escape::xml(&view.config.title)
            ));
        }
        for term in places.topics() {
            out.push_str(&format!(
                "<category term=\"{}\"/>\n",
                escape::xml(&site.term(term).name)
            ));
        }
        out.push_str(&format!(
            "<summary>{}</summary>\n",
            escape::xml(page.description())
        ));
        if let Some(image) = card::image(view, *id) {
            out.push_str(&format!(
                "<media:thumbnail url=\"{}\"",
                escape::xml(&image.url)
            ));
            if let Some((width, height)) = image.size {
                out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
            out.push_str("/>\n");
        }
        if feed.full {
            let html = text(view, *id)?;
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
