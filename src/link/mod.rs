//! Turns the pages into a [`Site`]: which are published, in which lists they stand, what leads where and
//! what to read next. Knows no file and no template; its steps are the lines of [`link`].

mod dated;
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
mod translations;
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
use crate::model::site::{DataFile, Places, Section, Site, Skipped, Year};
use crate::model::source;
use crate::model::terms::Terms;
pub use defaults::{fill_all_defaults, fill_defaults};
use reference::{Index, Other, Ties};
use status::Unpublished;

/// What link needs beside the pages.
pub struct Options<'a> {
    /// The site's configuration, in the language of the pages.
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
    /// Where readers go on, as a file of `data/` tells it.
    pub journeys: Option<&'a DataFile>,
    /// Say what just missed each up-next list, and how scores are made up.
    pub asked: bool,
    /// Rank what to read next: most of the work. Without it all up-next lists are empty, and nothing is said of them.
    pub ranked: bool,
}

/// A linked site.
pub struct Linked {
    /// The site in each of its languages.
    pub sites: Vec<Site>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// The pages of one language, before they are linked.
struct Prepared {
    /// Those that are published, sorted by file.
    pages: Vec<Page>,
    unpublished: Vec<Unpublished>,
    skipped: Skipped,
    turns: Option<i64>,
}

/// Links the pages, which are sorted by file: those of each language by themselves, with `languages`, which says how, in
/// their order. No list holds pages of two.
pub fn link(mut pages: Vec<Page>, languages: &[Options<'_>]) -> Linked {
    let mut diagnostics = Vec::new();
    let all = &languages[0].config.languages;
    fill_all_defaults(&mut pages, all);
    dated::keep_apart(&mut pages, all, &mut diagnostics);
    let mut prepared = prepare(pages, languages);
    let ties = match languages.len() {
        1 => vec![Ties::new()],
        _ => stand_in(&mut prepared, languages, &mut diagnostics),
    };
    // Only up next reads them, and they are large: they are gone when it is done.
    let terms: Vec<Vec<Terms>> = prepared.iter_mut().map(take_terms).collect();
    let prepared: Vec<_> = prepared
        .into_iter()
        .map(|one| (Arc::new(one.pages), one.unpublished, one.skipped, one.turns))
        .collect();
    let indexes: Vec<Index<'_>> = match languages.len() {
        1 => Vec::new(),
        _ => {
            let index = prepared
                .iter()
                .map(|(pages, unpublished, ..)| Index::new(pages, unpublished));
            index.collect()
        }
    };
    let mut sites = Vec::with_capacity(languages.len());
    for (number, ((pages, unpublished, skipped, turns), terms)) in
        prepared.iter().zip(terms).enumerate()
    {
        let others = indexes.iter().zip(languages[0].config.languages.all());
        let others = others.enumerate().filter(|(other, _)| *other != number);
        let others = others.map(|(_, (index, language))| Other { index, language });
        let index = Index::new(pages, unpublished);
        let index = index.beside(number == 0, ties[number].clone(), others.collect());
        let mut site = Site {
            skipped: skipped.clone(),
            turns: *turns,
            places: vec![Places::default(); pages.len()],
            pages: Arc::clone(pages),
            ..Site::default()
        };
        let options = &languages[number];
        one(
            &mut site,
            &index,
            unpublished,
            terms,
            options,
            &mut diagnostics,
        );
        sites.push(site);
    }
    if languages.len() > 1 {
        withheld::in_all(&mut sites, languages[0].assets);
        let configs = languages.iter().map(|options| options.config);
        let all = sites.iter_mut().zip(ties).zip(configs);
        let mut all: Vec<_> = all
            .map(|((site, ties), config)| (site, ties, config))
            .collect();
        translations::counterparts(&mut all);
    }
    Linked { sites, diagnostics }
}

/// Takes the pages apart: by language, and those that are published from the others.
fn prepare(pages: Vec<Page>, languages: &[Options<'_>]) -> Vec<Prepared> {
    let mut by_language: Vec<Vec<Page>> = vec![Vec::new(); languages.len()];
    match languages {
        [_] => by_language[0] = pages,
        _ => {
            for page in pages {
                let placed = languages[0].config.languages.place(&page.source);
                by_language[placed.language].push(page);
            }
        }
    }
    let prepared = by_language
        .into_iter()
        .zip(languages)
        .map(|(pages, options)| {
            let turns = status::turns(&pages, options.now);
            let (pages, unpublished, skipped) = status::split(pages, options);
            Prepared {
                pages,
                unpublished,
                skipped,
                turns,
            }
        });
    prepared.collect()
}

/// Ties translations to their originals, and puts in what stands for those that are not there.
fn stand_in(
    prepared: &mut [Prepared],
    languages: &[Options<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Ties> {
    let found = translations::ties(prepared, diagnostics);
    let more: Vec<Vec<Page>> = (1..prepared.len())
        .map(|number| {
            translations::stand_ins(
                &prepared[number].pages,
                &found[number],
                &prepared[0].pages,
                languages[number].config,
            )
        })
        .collect();
    let mut ties = vec![translations::ids(&found[0], &prepared[0].pages)];
    for ((language, mut found), more) in prepared[1..]
        .iter_mut()
        .zip(found.into_iter().skip(1))
        .zip(more)
    {
        found.extend(
            more.iter()
                .map(|page| (source::tie(page.bare()), page.source.clone())),
        );
        language.pages.extend(more);
        language.pages.sort_by(|a, b| a.source.cmp(&b.source));
        ties.push(translations::ids(&found, &language.pages));
    }
    ties
}

fn take_terms(prepared: &mut Prepared) -> Vec<Terms> {
    let pages = prepared.pages.iter_mut();
    pages
        .map(|page| (page.is_article(), std::mem::take(&mut page.terms)))
        .filter_map(|(is_article, terms)| is_article.then_some(terms))
        .collect()
}

/// Links the pages of one language.
fn one(
    site: &mut Site,
    index: &Index<'_>,
    unpublished: &[Unpublished],
    terms: Vec<Terms>,
    options: &Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // Of the pages, ranking needs only their words to begin with: it does so beside all else.
    let (asked, words) = rayon::join(
        || {
            find_special_pages(site);
            site.articles = newest_first(&site.pages);
            section::build(site, options.config);
            taxonomy::build(site, options.config, diagnostics);
            years(site);
            guide::build(site, index, diagnostics);
            front_page::build(site, index, diagnostics);
            targets::build(site, index, options, diagnostics);
            let hidden = unpublished
                .iter()
                .flat_map(|page| page.files.iter().copied());
            withheld::build(site, hidden.collect(), options.assets);
            replies::check(site, unpublished, diagnostics);
            unknown_callouts(site, options.callouts, diagnostics);
            up_next::Asked::new(site, index, options, diagnostics)
        },
        || options.ranked.then(|| up_next::Compared::new(terms)),
    );
    match words {
        Some(words) => {
            let lists = up_next::build(site, asked, words, options);
            (site.up_next, site.missed, site.refused) = (lists.shown, lists.missed, lists.refused);
            diagnostics.extend(reach::check(site, options.config));
        }
        None => site.up_next = vec![Vec::new(); site.pages.len()],
    }
}

fn find_special_pages(site: &mut Site) {
    for id in site.ids() {
        let page = &site.pages[id.index()];
        match page.kind {
            Kind::Home => site.home = Some(id),
            Kind::Index => {
                site.indexes.insert(page.bare_folder().to_owned(), id);
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
    for page in site.pages.iter().filter(|page| page.original.is_none()) {
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
