//! Which pictures of `content/` a site uses, and how.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::model::page::Page;
use crate::model::picture::Pictures;
use crate::model::site::{PictureTarget, Site, Target};
use crate::model::url::Permalink;
use crate::output::picture;
use crate::picture::raster;

/// A picture that the site uses.
pub(super) struct Wanted {
    /// Its place in the list of assets.
    pub(super) asset: usize,
    /// In a text, or at a page's head.
    pub(super) shown: bool,
    /// Beside an author's name.
    pub(super) portrait: bool,
    /// On other sites.
    pub(super) shared: bool,
    /// The file of the page that names it first, as messages name it.
    pub(super) page: String,
    /// Where in that page's file.
    pub(super) place: Place,
}

/// A place in a file.
pub(super) enum Place {
    Bytes(Range<usize>),
    Key(&'static str, String),
}

impl Place {
    pub(super) fn locate(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self {
            Place::Bytes(span) => diagnostic.at(span.clone()),
            Place::Key(key, item) => diagnostic.at_item(key, item),
        }
    }
}

/// The pictures that can be made smaller, each once, in the order of their files.
pub(super) fn find(sites: &[&Site]) -> Vec<Wanted> {
    let mut all = Found {
        asset_at: BTreeMap::new(),
        wanted: BTreeMap::new(),
    };
    let assets = sites[0].assets.iter().enumerate();
    all.asset_at = assets
        .filter(|(_, permalink)| raster::is_raster(permalink.as_str()))
        .map(|(number, permalink)| (permalink, number))
        .collect();
    if all.asset_at.is_empty() {
        return Vec::new();
    }
    let pages = sites
        .iter()
        .flat_map(|site| site.ids().map(move |id| (site, id)));
    for (site, id) in pages {
        let page = site.page(id);
        let key = |key, written: &str| Place::Key(key, written.to_owned());
        for (picture, target) in page.images.iter().zip(&site.pictures[id.index()]) {
            let place = || Place::Bytes(picture.span.clone());
            all.add(address(target), page, place, |wanted| wanted.shown = true);
        }
        if let (Some(image), Some(target)) = (&page.front.image, &site.heroes[id.index()]) {
            all.add(
                address(target),
                page,
                || key("image", &image.src),
                |wanted| {
                    wanted.shown = true;
                    wanted.shared = true;
                },
            );
        }
        if let Some(pin) = &page.front.pin {
            let file = picture::file(page, pin);
            all.add(
                file.as_ref(),
                page,
                || key("pin", pin),
                |wanted| wanted.shared = true,
            );
        }
        if let Some(portrait) = &page.front.picture {
            let file = picture::file(page, portrait);
            let place = || key("picture", portrait);
            all.add(file.as_ref(), page, place, |wanted| wanted.portrait = true);
        }
    }
    all.wanted.into_values().collect()
}

struct Found<'a> {
    asset_at: BTreeMap<&'a Permalink, usize>,
    wanted: BTreeMap<usize, Wanted>,
}

impl Found<'_> {
    fn add(
        &mut self,
        file: Option<&Permalink>,
        page: &Page,
        place: impl FnOnce() -> Place,
        mark: impl FnOnce(&mut Wanted),
    ) {
        if let Some(asset) = file.and_then(|file| self.asset_at.get(file)) {
            let wanted = self.wanted.entry(*asset).or_insert_with(|| Wanted {
                asset: *asset,
                shown: false,
                portrait: false,
                shared: false,
                page: page.path(),
                place: place(),
            });
            mark(wanted);
        }
    }
}

/// The address of a picture of `content/`.
fn address(picture: &PictureTarget) -> Option<&Permalink> {
    match &picture.target {
        Target::Path { permalink, .. } => Some(permalink),
        _ => None,
    }
}

/// The pictures at the heads of pages, with their places in the list of assets.
pub(super) fn heroes(site: &Site) -> impl Iterator<Item = (&Permalink, usize)> {
    let assets = site.assets.iter().enumerate();
    let asset_at: BTreeMap<&Permalink, usize> = assets.map(|(n, at)| (at, n)).collect();
    let heroes = site
        .heroes
        .iter()
        .flatten()
        .filter_map(|hero| address(hero));
    heroes.filter_map(move |hero| Some((hero, *asset_at.get(hero)?)))
}

/// Marks the originals that stand in no page: what a camera wrote into them, such as a place, is nobody's
/// business. One that a link leads to is published, and so are those at the root of `content/`: browsers ask
/// for icons by name.
pub(super) fn keep_back(pictures: &mut Pictures, sites: &[&Site]) {
    let targets = sites.iter().flat_map(|site| site.targets.iter().flatten());
    let menus = sites.iter().flat_map(|site| &site.menu);
    let linked: BTreeSet<&Permalink> = targets
        .chain(menus.map(|(_, target)| target))
        .filter_map(|target| match target {
            Target::Path { permalink, .. } => Some(permalink),
            _ => None,
        })
        .collect();
    let below = |original: &&Permalink| original.as_str().matches('/').count() > 1;
    let originals = pictures.sets.keys().filter(below);
    let originals = originals.filter(|original| !linked.contains(original));
    pictures.kept_back = originals
        .filter_map(|original| sites[0].assets.iter().position(|asset| asset == original))
        .collect();
}
