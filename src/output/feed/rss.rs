//! A feed as RSS 2.0, for readers that know nothing else. Authors are those of Dublin Core: RSS wants mail addresses.

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
    let home = base.absolute(&feed.home);
    // A description must be there, and the site may have none.
    let about = match feed.subtitle.is_empty() {
        true => &feed.title,
        false => &feed.subtitle,
    };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n",
    );
    element(&mut out, "title", &feed.title);
    element(&mut out, "link", &home);
    element(&mut out, "description", about);
    element(&mut out, "language", &view.config.language);
    let own = escape::xml(&base.absolute(&job.permalink));
    out.push_str(&format!(
        "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{own}\"/>\n"
    ));
    if let Some(date) = latest(view, feed) {
        element(&mut out, "lastBuildDate", &date.rfc822());
    }
    if let Some(icon) = icon(view, &["apple-touch-icon.png", "icon-192.png"]) {
        out.push_str("<image>\n");
        element(&mut out, "url", &icon);
        element(&mut out, "title", &feed.title);
        element(&mut out, "link", &home);
        out.push_str("</image>\n");
    }
    for id in &feed.newest {
        let page = site.page(*id);
        let places = site.places(*id);
        let url = base.absolute(&page.permalink);
        out.push_str("<item>\n");
        element(&mut out, "title", &page.title);
        element(&mut out, "link", &url);
        let guid = escape::xml(&entry_id(view, *id));
        out.push_str(&format!("<guid isPermaLink=\"false\">{guid}</guid>\n"));
        if let Some(date) = page.date {
            element(&mut out, "pubDate", &date.rfc822());
        }
        for author in places.authors() {
            element(&mut out, "dc:creator", &site.term(*author).name);
        }
        for term in places.topics() {
            element(&mut out, "category", &site.term(term).name);
        }
        // Readers take it for HTML.
        element(&mut out, "description", &escape::html(page.description()));
        if let Some(image) = card::image(view, *id) {
            let image = escape::xml(&image.url);
            out.push_str(&format!("<media:thumbnail url=\"{image}\"/>\n"));
        }
        if feed.full {
            element(&mut out, "content:encoded", &text(view, *id)?);
        }
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    Ok(out.into())
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>\n", escape::xml(text)));
}
