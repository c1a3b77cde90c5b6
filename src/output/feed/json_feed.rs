//! A feed as JSON Feed 1.1, fields in the order of the alphabet. Structs, because a tree of JSON values costs many times
//! as much.

use serde::Serialize;

use super::{Contents, entry_id, icon, text};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::page::PageId;
use crate::output::{Job, Rendered, View, card, json};

#[derive(Serialize)]
struct JsonFeed<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<String>,
    feed_url: String,
    home_page_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<String>,
    items: Vec<Item<'a>>,
    language: &'a str,
    title: &'a str,
    version: &'static str,
}

#[derive(Serialize)]
struct Item<'a> {
    authors: Vec<Author<'a>>,
    content_html: String,
    date_modified: Option<String>,
    date_published: Option<String>,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    summary: &'a str,
    tags: Vec<&'a str>,
    title: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    url: String,
}

/// The feed as a file.
///
/// # Errors
/// A mistake in a callout's or a player's template.
pub(super) fn of(view: &View<'_>, job: &Job, feed: &Contents) -> Result<Rendered, Box<Diagnostic>> {
    let base = &view.config.base_url;
    let items: Result<Vec<Item<'_>>, Box<Diagnostic>> = feed
        .newest
        .iter()
        .map(|id| item(view, *id, feed.full))
        .collect();
    let value = JsonFeed {
        description: &feed.subtitle,
        favicon: icon(view, &["favicon.ico", "favicon.svg"]),
        feed_url: base.absolute(&job.permalink),
        home_page_url: base.absolute(&feed.home),
        icon: icon(
            view,
            &["icon-512.png", "icon-192.png", "apple-touch-icon.png"],
        ),
        items: items?,
        language: &view.config.language,
        title: &feed.title,
        version: "https://jsonfeed.org/version/1.1",
    };
    Ok(json::pretty(&value).into())
}

fn item<'a>(view: &'a View<'_>, id: PageId, full: bool) -> Result<Item<'a>, Box<Diagnostic>> {
    let (site, base) = (view.site, &view.config.base_url);
    let page = site.page(id);
    let places = &site.places(id);
    let authors = places.authors().iter().map(|id| site.term(*id));
    let url = base.absolute(&page.permalink);
    Ok(Item {
        authors: authors
            .map(|author| Author {
                name: &author.name,
                url: base.absolute(&author.permalink),
            })
            .collect(),
        content_html: match full {
            true => text(view, id)?,
            false => escape::html(page.description()),
        },
        date_modified: page.updated.or(page.date).map(|date| date.rfc3339()),
        date_published: page.date.map(|date| date.rfc3339()),
        id: entry_id(view, id),
        image: card::image(view, id).map(|image| image.url),
        summary: page.description(),
        tags: places
            .topics()
            .map(|term| site.term(term).name.as_str())
            .collect(),
        title: &page.title,
        url,
    })
}
