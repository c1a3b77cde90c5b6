//! Files that are not published because only pages use them that are not published themselves: what stands in a draft, or
//! is kept for a day to come, must not be readable before it. A file that nobody names stays as it is.

use std::collections::BTreeSet;

use crate::escape::url_decode;
use crate::model::extra;
use crate::model::page::Page;
use crate::model::site::{Site, Target};
use crate::model::url;

/// Finds them, as far as pages and the menu tell. `hidden` are the files that unpublished pages use.
pub(super) fn build(site: &mut Site, hidden: BTreeSet<usize>, assets: &[String]) {
    if !hidden.is_empty() {
        let used = used(site, assets);
        site.withheld = hidden.difference(&used).copied().collect();
    }
}

/// The files that published pages and the menu use.
fn used(site: &Site, assets: &[String]) -> BTreeSet<usize> {
    let shown = site.pictures.iter().flatten();
    let shown = shown.chain(site.heroes.iter().flatten().map(|hero| &**hero));
    let targets = shown.map(|picture| &picture.target);
    let targets = targets.chain(site.targets.iter().flatten());
    let targets = targets.chain(site.menu.iter().map(|(_, target)| target));
    let paths = targets.filter_map(|target| match target {
        Target::Path { permalink, .. } => site.assets.binary_search(permalink).ok(),
        _ => None,
    });
    let pages = site.pages.iter();
    paths
        .chain(pages.flat_map(|page| files_in_front_matter(page, assets)))
        .collect()
}

/// A file that pages in one language use is published for all: what is left out is left out of each.
pub(super) fn in_all(sites: &mut [Site], assets: &[String]) {
    let mut left_out: BTreeSet<usize> = sites
        .iter()
        .flat_map(|site| site.withheld.iter().copied())
        .collect();
    if left_out.is_empty() {
        return;
    }
    for site in sites.iter() {
        let used = used(site, assets);
        left_out.retain(|file| !used.contains(file));
    }
    for site in sites {
        site.withheld.clone_from(&left_out);
    }
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
