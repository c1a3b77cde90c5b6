//! Turns the pages into a [`Site`]: which are published, in which lists they stand, what leads where and
//! what to read next. Knows no file and no template; its steps are the lines of [`link`].

mod defaults;
pub mod former;
mod guide;
pub mod reach;
pub mod reference;
mod replies;
pub mod section;
pub mod status;
mod targets;
mod taxonomy;
pub mod up_next;
mod withheld;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::date::Now;
use crate::model::page::{Kind, Page, PageId, Stretch, Whereabouts};
use crate::model::site::{Places, Site, UpNext};
use crate::model::terms::Terms;
use crate::model::texts::Texts;
pub use defaults::{fill_all_defaults, fill_defaults};

/// What link needs beside the pages.
pub struct Options<'a> {
    /// The site's configuration.
    pub config: &'a Config,
    /// The build's moment.
    pub now: Now,
    /// Publish drafts too.
    pub drafts: bool,
    /// Publish what is dated after today too.
    pub future: bool,
    /// Width and height of the pictures in `content/`, by path.
    pub picture_sizes: &'a BTreeMap<String, (u32, u32)>,
    /// The paths of the files in `content/` that are copied, sorted.
    pub assets: &'a [String],
    /// Files that could not be parsed, so that links to them are not called dead.
    pub broken: &'a [String],
    /// The kinds of callouts that the theme has a template for.
    pub callouts: &'a [String],
    /// Of all that parse read beside the files.
    pub parsed_with: Fingerprint,
    /// Say what just missed each up-next list, and how scores are made up.
    pub asked: bool,
    /// Finds what pages do not hold.
    pub late: Late<'a>,
}

/// Finds what of a page may be elsewhere.
#[derive(Clone, Copy)]
pub struct Late<'a> {
    /// Its terms, by where they are; asked where they are not held.
    pub terms: &'a (dyn Fn(&Page, &Whereabouts<Terms>) -> Terms + Sync),
    /// The ids of its body that a link can end in, sorted.
    pub ids: &'a (dyn Fn(&Page) -> Texts + Sync),
    /// Takes what is made of it.
    pub aside: Aside<'a>,
}

/// Where bytes are set aside while link is at work, so that memory need not hold them.
#[derive(Clone, Copy)]
pub struct Aside<'a> {
    /// Sets bytes aside; none where memory is to hold them.
    pub put: &'a (dyn Fn(&[u8]) -> Option<Stretch> + Sync),
    /// Whether all that was set aside is there. Asked once, when all is.
    pub settle: &'a (dyn Fn() -> bool + Sync),
    /// Reads what is there, in place of the bytes given; none where it cannot be read.
    pub get: &'a (dyn Fn(Stretch, &mut Vec<u8>) + Sync),
}

/// What is known of the last build's up-next lists.
pub struct Before {
    /// Of all that they were made of; see [`Linked::up_next_key`].
    pub key: Fingerprint,
    /// By page.
    pub shown: Vec<Vec<UpNext>>,
    /// Articles that stood in no list.
    pub refused: Vec<PageId>,
    /// By file: pages that changed since, as they were then.
    pub changed: BTreeMap<String, (Fingerprint, Terms)>,
}

/// A linked site.
pub struct Linked {
    /// The site.
    pub site: Site,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Of all that its up-next lists were made of.
    pub up_next_key: Fingerprint,
}

/// Links the pages, which are sorted by file, with what is known of the last build.
pub fn link(mut pages: Vec<Page>, options: &Options<'_>, before: Option<Before>) -> Linked {
    let mut diagnostics = Vec::new();
    fill_all_defaults(&mut pages);
    let turns = status::turns(&pages, options.now);
    let (mut pages, unpublished, skipped) = status::split(pages, options);
    // Only up next reads them, and they are large: they are gone when it is done.
    let terms: Vec<Whereabouts<Terms>> = pages
        .iter_mut()
        .map(|page| std::mem::take(&mut page.terms))
        .collect();
    let pages = Arc::new(pages);
    let places = vec![Places::default(); pages.len()];
    let mut site = Site {
        skipped,
        turns,
        places,
        pages: Arc::clone(&pages),
        ..Site::default()
    };
    // Of the pages, ranking needs only their words to begin with: it does so beside all else.
    let (asked, words) = rayon::join(
        || {
            find_special_pages(&mut site);
            site.articles = newest_first(&site.pages);
            section::build(&mut site);
            taxonomy::build(&mut site, options.config, &mut diagnostics);
            years(&mut site);
            let index = reference::Index::new(&pages, &unpublished);
            guide::build(&mut site, &index, &mut diagnostics);
            targets::build(&mut site, &index, options, &mut diagnostics);
            withheld::build(&mut site, &unpublished, options.assets);
            replies::check(&site, &unpublished, &mut diagnostics);
            unknown_callouts(&site, options.callouts, &mut diagnostics);
            up_next::Asked::new(&site, &index, options, &mut diagnostics)
        },
        || up_next::Words::new(&pages, terms, options.late, before),
    );
    let lists = up_next::build(&site, asked, words, options);
    (site.up_next, site.missed, site.refused) = (lists.shown, lists.missed, lists.refused);
    diagnostics.extend(reach::check(&site, options.config));
    Linked {
        site,
        diagnostics,
        up_next_key: lists.key,
    }
}

fn find_special_pages(site: &mut Site) {
    for id in site.ids() {
        let page = &site.pages[id.index()];
        match page.kind {
            Kind::Home => site.home = Some(id),
            Kind::Index => {
                site.indexes.insert(page.folder().to_owned(), id);
            }
            _ => {}
        }
    }
}

/// Articles and hubs by date, newest first; the undated after them, by file.
fn newest_first(pages: &[Page]) -> Vec<PageId> {
    let mut articles: Vec<PageId> = (0u32..)
        .zip(pages)
        .filter(|(_, page)| page.is_article())
        .map(|(id, _)| PageId(id))
        .collect();
    articles.par_sort_unstable_by_key(|id| (std::cmp::Reverse(pages[id.index()].date), *id));
    articles
}

fn years(site: &mut Site) {
    let mut by_year: BTreeMap<i16, Vec<PageId>> = BTreeMap::new();
    for id in &site.articles {
        if let Some(date) = site.page(*id).date {
            by_year.entry(date.day().year()).or_default().push(*id);
        }
    }
    site.years = by_year.into_iter().rev().collect();
}

fn unknown_callouts(site: &Site, known: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    for page in site.pages.iter() {
        for callout in page
            .callouts
            .iter()
            .filter(|c| !names.contains(&c.kind.as_str()))
        {
            let message = format!(
                "the theme has no callout `{}`; it is shown as a plain quote",
                callout.kind
            );
            let mut warning = Diagnostic::warning("unknown-callout", &page.path(), message)
                .at(callout.span.clone());
            warning.help = crate::diagnostic::did_you_mean(&callout.kind, &names);
            diagnostics.push(warning);
        }
    }
}

/// The numbers of the sections around a page, from the outermost in.
pub fn breadcrumbs(site: &Site, id: PageId) -> Vec<usize> {
    let own = site.places[id.index()].section;
    let is_section_page = own.is_some_and(|s| site.sections[s].page == Some(id));
    match (own, is_section_page) {
        (Some(section), true) => trail(site, site.sections[section].parent),
        (section, _) => trail(site, section),
    }
}

/// The numbers of a section and those around it, from the outermost in.
pub fn trail(site: &Site, innermost: Option<usize>) -> Vec<usize> {
    let mut next = innermost;
    let mut trail = Vec::new();
    while let Some(section) = next {
        trail.push(section);
        next = site.sections[section].parent;
    }
    trail.reverse();
    trail
}
