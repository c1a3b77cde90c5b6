//! Finds what every link, picture and menu entry leads to, and from that the backlinks.

mod address;
mod arrival;
mod dead;
mod link;
mod menu;
mod picture;

use std::sync::OnceLock;

use rayon::prelude::*;

use self::picture::Role;
use super::Options;
use super::reference::Index;
use crate::diagnostic::{Diagnostic, Names};
use crate::model::page::{Page, PageId};
use crate::model::site::{PictureTarget, Site, Target};
use crate::model::url::Permalink;

/// Resolves them all.
pub(super) fn build(
    site: &mut Site,
    index: &Index<'_>,
    options: &Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    site.assets = options
        .assets
        .iter()
        .map(|path| Permalink::file(path))
        .collect();
    let pages = std::sync::Arc::clone(&site.pages);
    let resolver = Resolver {
        pages: &pages,
        index,
        options,
        files: OnceLock::new(),
    };
    let resolved: Vec<Resolved> = (0..pages.len())
        .into_par_iter()
        .map(|number| resolver.page(PageId::new(number)))
        .collect();
    let (mut targets, mut pictures, mut heroes) = (Vec::new(), Vec::new(), Vec::new());
    for page in resolved {
        targets.push(page.links);
        pictures.push(page.pictures);
        heroes.push(page.hero);
        diagnostics.extend(page.diagnostics);
    }
    site.targets = targets;
    site.pictures = pictures;
    site.heroes = heroes;
    let menu = options.config.menu.iter();
    let menu = menu
        .map(|entry| (entry.title.clone(), resolver.menu(&entry.url, diagnostics)))
        .collect();
    site.menu = menu;
    backlinks(site);
}

/// Who links to whom in the text; a page that links twice counts once, and itself never.
fn backlinks(site: &mut Site) {
    let mut backlinks = vec![Vec::new(); site.pages.len()];
    for (from, targets) in site.ids().zip(&site.targets) {
        for target in targets {
            if let Target::Page { id, .. } = target
                && *id != from
            {
                let list: &mut Vec<PageId> = &mut backlinks[id.index()];
                if list.last() != Some(&from) {
                    list.push(from);
                }
            }
        }
    }
    site.backlinks = backlinks;
}

/// What links are looked up in.
struct Resolver<'a> {
    pages: &'a [Page],
    index: &'a Index<'a>,
    options: &'a Options<'a>,
    /// The names of the files that are copied; made when the first one is missing.
    files: OnceLock<Names>,
}

/// What a page's links and pictures are, and what is wrong with them.
struct Resolved {
    links: Vec<Target>,
    pictures: Vec<PictureTarget>,
    hero: Option<Box<PictureTarget>>,
    diagnostics: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn page(&self, id: PageId) -> Resolved {
        let page = &self.pages[id.index()];
        let mut diagnostics = Vec::new();
        let links = page.links.iter();
        let links = links
            .map(|link| self.link(id, page, link, &mut diagnostics))
            .collect();
        let mut picture = |src: &str, role, at: &dyn Fn(Diagnostic) -> Diagnostic| {
            self.picture(page, src, role, at, &mut diagnostics)
        };
        let pictures = page.images.iter();
        let pictures = pictures
            .map(|p| picture(&p.src, Role::Text, &|d| d.at(p.span.clone())))
            .collect();
        let image = page.front.image.as_ref();
        let hero = image
            .map(|image| picture(&image.src, Role::Head, &|d| d.at_item("image", &image.src)))
            .map(Box::new);
        if let Some(pin) = &page.front.pin {
            picture(pin, Role::Head, &|d| d.at_item("pin", pin));
        }
        if let Some(portrait) = &page.front.picture {
            picture(portrait, Role::Head, &|d| d.at_item("picture", portrait));
        }
        if page.original.is_some() {
            // They are told of the original.
            diagnostics.clear();
        }
        Resolved {
            links,
            pictures,
            hero,
            diagnostics,
        }
    }

    /// Whether a file of content/ is copied.
    fn is_asset(&self, path: &str) -> bool {
        let assets = self.options.assets;
        assets
            .binary_search_by(|asset| asset.as_str().cmp(path))
            .is_ok()
    }
}

/// A destination without the mark that Zola and Pelican have for what is no address: `@/a.md`, `{filename}a.md`.
fn unmarked(dest: &str) -> &str {
    const MARKS: [&str; 3] = ["{filename}", "{static}", "{attach}"];
    match MARKS.iter().find_map(|mark| dest.strip_prefix(mark)) {
        Some(rest) => rest,
        None if dest.starts_with("@/") => &dest[1..],
        None => dest,
    }
}

/// A destination's path, and its query and anchor.
fn split_suffix(dest: &str) -> (&str, &str) {
    dest.split_at(dest.find(['?', '#']).unwrap_or(dest.len()))
}
