//! Tells what an author should know of a move that nothing is wrong with.

use super::renames::Folder;
use super::{Site, world};
use crate::model::page::{Kind, Page};
use crate::model::url::Permalink;

/// A sentence each; `old` are the pages' former paths and addresses.
pub(super) fn notes(
    site: &Site<'_>,
    pages: &[Page],
    old: &[(String, Permalink)],
    moved: &Folder<'_>,
) -> Vec<String> {
    let mut notes = Vec::new();
    if let [first, rest @ ..] = site.broken {
        let more = match rest.len() {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        notes.push(format!(
            "content/{first}{more} cannot be read: links in it were not looked at"
        ));
    }
    for (number, page) in pages.iter().enumerate() {
        let (source, _) = &old[number];
        let was_page = !source.contains('/');
        if page.source != *source && page.kind == Kind::Page && !was_page {
            notes.push(format!(
                "content/{} is at the root and has no date: it is a page now, and stands in no list",
                page.source
            ));
        }
    }
    let hub = format!("{}/index.md", moved.to);
    let below = format!("{}/", moved.to);
    let has = |is: &dyn Fn(&Page) -> bool| pages.iter().any(is);
    if has(&|page| page.source.starts_with(&below)) && !has(&|page| page.source == hub) {
        notes.push(format!(
            "nothing leads on from {}, the folder's old list: only files have aliases, and it has no index.md",
            world::address_of(moved.from)
        ));
    }
    notes
}
