//! Files that are not published because only pages use them that are not published themselves: what stands in a draft, or
//! is kept for a day to come, must not be readable before it. A file that nobody names stays as it is.

use std::collections::BTreeSet;

use super::status::Unpublished;
use crate::escape::url_decode;
use crate::model::extra;
use crate::model::page::Page;
use crate::model::site::{Site, Target};
use crate::model::url::{self, Permalink};

/// Finds them, as far as pages and the menu tell.
pub(super) fn build(site: &mut Site, unpublished: &[Unpublished], assets: &[String]) {
    let hidden: BTreeSet<usize> = unpublished
        .iter()
        .flat_map(|page| page.files.iter().copied())
        .collect();
    if hidden.is_empty() {
        return;
    }
    let shown = site.pictures.iter().flatten();
    let shown = shown.chain(site.heroes.iter().flatten().map(|hero| &**hero));
    let targets = shown.map(|picture| &picture.target);
    let targets = targets.chain(site.targets.iter().flatten());
    let targets = targets.chain(site.menu.iter().map(|(_, target)| target));
    let used: BTreeSet<&Permalink> = targets
        .filter_map(|target| match target {
            Target::Path { permalink, .. } => Some(permalink),
            _ => None,
        })
        .collect();
    let named: BTreeSet<usize> = site
        .pages
        .iter()
        .flat_map(|page| files_in_front_matter(page, assets))
        .collect();
    site.withheld = hidden
        .into_iter()
        .filter(|file| !named.contains(file) && !used.contains(&site.assets[*file]))
        .collect();
}

/// The files that a page uses, by their places in the list of assets.
pub(super) fn files(page: &Page, assets: &[String]) -> Vec<usize> {
    let links = page.links.iter().map(|link| &*link.dest);
    let pictures = page.images.iter().map(|picture| &*picture.src);
    let mut files: Vec<usize> = links
        .chain(pictures)
        .filter_map(|written| file(page, written, assets))
        .collect();
    files.extend(files_in_front_matter(page, assets));
    files
}

fn files_in_front_matter(page: &Page, assets: &[String]) -> Vec<usize> {
    let front = &page.front;
    let image = front.image.as_ref().map(|image| &*image.src);
    let own = [image, front.pin.as_deref(), front.picture.as_deref()];
    let written = own.into_iter().flatten().chain(extra::texts(&front.extra));
    written
        .filter_map(|written| file(page, written, assets))
        .collect()
}

fn file(page: &Page, written: &str, assets: &[String]) -> Option<usize> {
    if !crate::parse::leads_into_site(written) {
        return None;
    }
    let path = &written[..written.find(['?', '#']).unwrap_or(written.len())];
    let from = match path.starts_with('/') {
        true => "",
        false => page.folder(),
    };
    assets
        .binary_search(&url::resolve(from, &url_decode(path))?)
        .ok()
}
