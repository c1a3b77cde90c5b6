//! Numbers the pages that search finds, and writes what a reader is shown of one that was found, in files of a few pages each.

use rayon::prelude::*;

use crate::config::Config;
use crate::fingerprint::Mix;
use crate::model::page::{Kind, PageId};
use crate::model::site::Site;
use crate::output::json::{self, json};

/// Pages in one file. Those that are found lie anywhere, so that each may cost a file.
pub(super) const PAGES: usize = 16;

/// Characters of a description, at most: more is not shown.
const DESCRIPTION: usize = 240;

/// A page that search finds.
pub(super) struct Document {
    /// By which the index names it. The higher of two that are found alike comes first.
    pub(super) number: u32,
    pub(super) page: PageId,
}

/// The pages that search finds: neither drafts nor what asks search engines to keep out.
pub(super) struct Documents {
    /// By number. Numbers may be left out.
    pub(super) all: Vec<Document>,
    /// How many numbers there are.
    pub(super) room: usize,
}

/// Numbers the pages so that one more leaves nearly all the others their numbers: articles by their day, the newest last;
/// before them, by a hash, whatever has no place in time.
pub(super) fn numbered(site: &Site) -> Documents {
    let mut ids: Vec<PageId> = site.ids().collect();
    ids.retain(|id| {
        let page = site.page(*id);
        let kind = matches!(
            page.kind,
            Kind::Page | Kind::Section | Kind::Author | Kind::Term
        );
        (kind || page.is_article())
            && page.original.is_none()
            && page.front.noindex != Some(true)
            && page.front.draft != Some(true)
    });
    let (mut dated, rest): (Vec<PageId>, Vec<PageId>) = ids.into_iter().partition(|id| {
        let page = site.page(*id);
        page.is_article() && page.date.is_some()
    });
    dated.sort_by_key(|id| (site.page(*id).date, std::cmp::Reverse(*id)));
    let mut all = scattered(site, rest);
    let before = all.len();
    let room = before + room(dated.len());
    all.extend(dated.into_iter().map(Some));
    let numbers = (0..).zip(all);
    let all = numbers.filter_map(|(number, page)| {
        Some(Document {
            number,
            page: page?,
        })
    });
    Documents {
        all: all.collect(),
        room,
    }
}

/// Room for so many: sixteenths of the next power of two, whole files of what is shown.
fn room(count: usize) -> usize {
    count.next_multiple_of((count.next_power_of_two() / 16).max(PAGES))
}

/// Pages in an order in which one more moves few others: each stands where a hash of its file says, or where its next hash
/// does if a page with a lower one stands there.
fn scattered(site: &Site, mut ids: Vec<PageId>) -> Vec<Option<PageId>> {
    let hash = |id: PageId, again: u32| {
        let mut mix = Mix::default();
        mix.add(&(again, &site.page(id).source));
        mix.finish().0
    };
    ids.sort_by_cached_key(|id| hash(*id, 0));
    // An eighth is free, so that a free place is soon found.
    let mut places = vec![None; room(ids.len() + ids.len() / 8)];
    for id in ids {
        let free = (0..)
            .map(|again| (hash(id, again) % places.len() as u128) as usize)
            .find(|place| places[*place].is_none());
        if let Some(place) = free {
            places[place] = Some(id);
        }
    }
    places
}

/// The files: lists of `[title, address, description, section, minutes]`, or 0 for a number that no page has.
pub(super) fn files(site: &Site, config: &Config, documents: &Documents) -> Vec<Vec<u8>> {
    let mut pages = vec![None; documents.room];
    for document in &documents.all {
        pages[document.number as usize] = Some(document.page);
    }
    pages
        .par_chunks(PAGES)
        .map(|pages| {
            let entry = |page: &Option<PageId>| page.map_or(json!(0), |id| entry(site, config, id));
            let entries: Vec<json::Value> = pages.iter().map(entry).collect();
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
