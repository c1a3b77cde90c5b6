//! Gathers what a site links to on other sites: from its texts, its front matter and its menu.

use crate::build::Edition;
use crate::config;
use crate::diagnostic::Spot;
use crate::external::Link;
use crate::lint::Notes;
use crate::model::page::Page;
use crate::parse::is_of_the_web;

/// Every link to another site, in the order of the files. `notes` are those of the pages, in their order.
pub(super) fn links(edition: &Edition, notes: &[Notes]) -> Vec<Link> {
    let mut links = Vec::new();
    let pages = edition.site.pages.iter().zip(notes);
    for (page, notes) in pages.filter(|(page, _)| page.original.is_none()) {
        let path = page.path();
        links.extend(notes.elsewhere.iter().map(|link| Link {
            path: path.clone(),
            url: link.url.clone(),
            spot: Spot::Bytes(link.span.clone()),
            bytes: link.bytes.clone(),
        }));
        front_matter(page, &path, &mut links);
    }
    let key = edition.config.menu_key();
    for entry in &edition.config.menu {
        links.push(item(config::FILE, &key, &entry.url));
    }
    let base = &edition.config.base_url;
    links.retain(|link| is_of_the_web(&link.url) && base.within(&link.url).is_none());
    links
}

fn front_matter(page: &Page, path: &str, links: &mut Vec<Link>) {
    let front = &page.front;
    let source = front.source.iter().map(|source| ("source", source));
    let sources = front.sources.iter().map(|source| ("sources", source));
    for (key, citation) in source.chain(sources) {
        links.extend(citation.url.iter().map(|url| item(path, key, url)));
    }
    let canonical = front.canonical.iter();
    links.extend(canonical.map(|url| item(path, "canonical", url)));
}

fn item(path: &str, key: &str, url: &str) -> Link {
    Link {
        path: path.to_owned(),
        url: url.to_owned(),
        spot: Spot::Key {
            key: key.to_owned(),
            item: Some(url.to_owned()),
            after: 0,
        },
        bytes: None,
    }
}
