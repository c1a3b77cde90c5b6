//! Fills each file's front matter from the `defaults` of the folders around it, the nearest first.

use std::collections::BTreeMap;

use crate::model::front_matter::FrontMatter;
use crate::model::page::Page;

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
    loop {
        if let Some(defaults) = by_folder.get(&folder) {
            page.front = std::mem::take(&mut page.front).or(defaults);
        }
        if folder.is_empty() {
            break;
        }
        folder.truncate(folder.rfind('/').unwrap_or(0));
    }
}
