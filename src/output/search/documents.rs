//! Writes what a reader is shown of a page that was found, in files of a few pages each.

use rayon::prelude::*;

use crate::config::Config;
use crate::model::page::{Kind, PageId};
use crate::model::site::Site;
use crate::output::json::{self, json};

/// Pages in one file. Those that are found lie anywhere, so that each may cost a file.
pub(super) const PAGES: usize = 16;

/// Characters of a description, at most: more is not shown.
const DESCRIPTION: usize = 240;

/// The pages that search finds, articles newest first, then the rest by file: neither drafts nor what asks
/// search engines to keep out.
pub(super) fn found(site: &Site) -> Vec<PageId> {
    let rest = site.ids().filter(|id| {
        let page = site.page(*id);
        let kind = matches!(
            page.kind,
            Kind::Page | Kind::Section | Kind::Author | Kind::Term
        );
        kind && !page.is_article()
    });
    let mut ids: Vec<PageId> = site.articles.iter().copied().chain(rest).collect();
    ids.retain(|id| {
        let front = &site.page(*id).front;
        site.page(*id).original.is_none()
            && front.noindex != Some(true)
            && front.draft != Some(true)
    });
    ids
}

/// The files: lists of `[title, address, description, section, minutes]`.
pub(super) fn files(site: &Site, config: &Config, ids: &[PageId]) -> Vec<Vec<u8>> {
    ids.par_chunks(PAGES)
        .map(|ids| {
            let entries: Vec<json::Value> = ids.iter().map(|id| entry(site, config, *id)).collect();
            json::compact(&entries).into_bytes()
        })
        .collect()
}

fn entry(site: &Site, config: &Config, id: PageId) -> json::Value {
    let page = site.page(id);
    let section = site.places[id.index()].section;
    let section = section.map(|id| &site.sections[id]);
    let label = section
        .filter(|s| s.page != Some(id))
        .map_or("", |s| &s.title);
    let address = config.base_url.href(&page.permalink);
    json!([
        page.title,
        address,
        shortened(page.description()),
        label,
        page.reading_minutes()
    ])
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(DESCRIPTION) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let head = &text[..cut];
            format!("{}…", &head[..head.rfind(' ').unwrap_or(cut)])
        }
    }
}
