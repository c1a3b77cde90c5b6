//! Turns the pages into a [`Site`]: which are published, in which lists they stand, what leads where and
//! what to read next. Knows no file and no template; its steps are the lines of [`link`].

mod defaults;
pub mod foreign;
pub mod former;
mod front_page;
mod guide;
pub mod named;
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
use crate::model::date::Now;
use crate::model::id::Id;
use crate::model::page::{Kind, Page, PageId};
use crate::model::site::{Places, Section, Site, Year};
use crate::model::terms::Terms;
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
    /// Say what just missed each up-next list, and how scores are made up.
    pub asked: bool,
}

/// A linked site.
pub struct Linked {
    /// The site.
    pub site: Site,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Links the pages, which are sorted by file.
pub fn link(mut pages: Vec<Page>, options: &Options<'_>) -> Linked {
    let mut diagnostics = Vec::new();
    fill_all_defaults(&mut pages);
    let turns = status::turns(&pages, options.now);
    let (mut pages, unpublished, skipped) = status::split(pages, options);
    // Only up next reads them, and they are large: they are gone when it is done.
    let terms: Vec<Terms> = pages
        .iter_mut()
        .map(|page| (page.is_article(), std::mem::take(&mut page.terms)))
        .filter_map(|(is_article, terms)| is_article.then_some(terms))
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
            front_page::build(&mut site, &index, &mut diagnostics);
            targets::build(&mut site, &index, options, &mut diagnostics);
            withheld::build(&mut site, &unpublished, options.assets);
            replies::check(&site, &unpublished, &mut diagnostics);
            unknown_callouts(&site, options.callouts, &mut diagnostics);
            up_next::Asked::new(&site, &index, options, &mut diagnostics)
        },
        || up_next::Compared::new(terms),
    );
    let lists = up_next::build(&site, asked, words, options);
    (site.up_next, site.missed, site.refused) = (lists.shown, lists.missed, lists.refused);
    diagnostics.extend(reach::check(&site, options.config));
    Linked { site, diagnostics }
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
    let mut articles: Vec<PageId> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.is_article())
        .map(|(number, _)| PageId::new(number))
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
    let years = by_year.into_iter().rev();
    let years = years.map(|(year, articles)| Year { year, articles });
    site.years = years.collect::<Vec<Year>>().into();
}

fn unknown_callouts(site: &Site, known: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    for page in site.pages.iter() {
        for callout in page
            .callouts
            .iter()
            .filter(|callout| callout.shown(known).is_none())
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

/// The sections around a page, from the outermost in. `places` are the page's.
pub fn breadcrumbs<'s>(
    places: &Places,
    id: PageId,
    section: &dyn Fn(Id<Section>) -> &'s Section,
) -> Vec<Id<Section>> {
    match places.section {
        Some(own) if section(own).page == Some(id) => trail(section(own).parent, section),
        own => trail(own, section),
    }
}

/// A section and those around it, from the outermost in.
pub fn trail<'s>(
    innermost: Option<Id<Section>>,
    section: &dyn Fn(Id<Section>) -> &'s Section,
) -> Vec<Id<Section>> {
    let mut next = innermost;
    let mut trail = Vec::new();
    while let Some(id) = next {
        trail.push(id);
        next = section(id).parent;
    }
    trail.reverse();
    trail
}
