//! Fills each file's front matter from the `defaults` of the folders around it, the nearest first.

use std::collections::BTreeMap;

use crate::model::front_matter::FrontMatter;
use crate::model::page::Page;

/// Applies them to every page. An `index.md` gets its folder's own defaults too.
pub(super) fn apply(pages: &mut [Page]) {
    let by_folder: BTreeMap<String, FrontMatter> = pages
        .iter()
        .filter(|page| page.stem() == "index")
        .filter_map(|page| {
            Some((
                page.folder().to_owned(),
                page.front.defaults.as_deref()?.clone(),
            ))
        })
        .collect();
    if by_folder.is_empty() {
        return;
    }
    for page in pages {
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
}
