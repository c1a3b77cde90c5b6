//! Fills each file's front matter from the `defaults` of the folders around it, the nearest first.

use std::collections::BTreeMap;

use crate::model::date::Date;
use crate::model::front_matter::FrontMatter;
use crate::model::page::{Kind, Page};
use crate::parse::address_pattern::{self, Facts};

/// Applies them to every page. An `index.md` gets its folder's own defaults too.
pub fn fill_all_defaults(pages: &mut [Page]) {
    let by_folder = by_folder(pages);
    if by_folder.is_empty() {
        return;
    }
    for page in pages {
        fill(page, &by_folder);
    }
}

/// Applies the defaults that stand in `pages` to one that is not among them.
pub fn fill_defaults(page: &mut Page, pages: &[Page]) {
    fill(page, &by_folder(pages));
}

fn by_folder(pages: &[Page]) -> BTreeMap<String, FrontMatter> {
    pages
        .iter()
        .filter(|page| page.front.defaults.is_some() && page.stem() == "index")
        .filter_map(|page| {
            Some((
                page.folder().to_owned(),
                page.front.defaults.as_deref()?.clone(),
            ))
        })
        .collect()
}

fn fill(page: &mut Page, by_folder: &BTreeMap<String, FrontMatter>) {
    let mut folder = page.folder().to_owned();
    let has_address = page.front.address.is_some();
    loop {
        if let Some(defaults) = by_folder.get(&folder) {
            page.front = std::mem::take(&mut page.front).or(defaults);
        }
        if folder.is_empty() {
            break;
        }
        folder.truncate(folder.rfind('/').unwrap_or(0));
    }
    if let (false, Kind::Article, Some(pattern)) = (has_address, page.kind, &page.front.address) {
        let facts = Facts {
            date: page.date.map(Date::day),
            usual: &page.permalink,
            source: &page.source,
            title: Some(&page.title),
        };
        // A pattern that is wrong is told where it stands; a file without a date keeps its usual address.
        if let Ok(address) = address_pattern::filled(pattern, &facts) {
            page.permalink = address;
        }
    }
}
