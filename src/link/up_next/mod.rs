//! Finds what to read next, for every article, from the whole site at once: what the author pinned, the guide's
//! next step, then what the engine ranks, balanced over the site. Templates only show it.

mod balance;
mod engine;
mod index;
mod journeys;
mod labels;
mod likeness;
mod list;
mod numbers;
mod ranked;
mod reason;
mod row;
mod signals;
mod sums;
mod vectors;
pub mod wishes;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::link::Options;
use crate::link::reference::Index;
use crate::model::page::{Page, PageId};
use crate::model::site::{Site, UpNext};
use balance::Draft;
pub(super) use engine::Compared;
use journeys::Journeys;
use list::{SPARE, draft, finish};
use ranked::index_of;
use wishes::{Refusal, Wishes, refused_everywhere, wishes};

/// The lists of a site.
pub(super) struct Lists {
    /// By page: its list; empty for what is no article.
    pub(super) shown: Vec<Vec<UpNext>>,
    /// By page: what just missed it.
    pub(super) missed: Vec<Vec<UpNext>>,
    /// Articles that stand in no list because `site.toml` or their own front matter says so, sorted.
    pub(super) refused: Vec<PageId>,
}

/// What authors and `site.toml` ask of the lists.
pub(super) struct Asked {
    /// The articles, sorted by file.
    ids: Vec<PageId>,
    nowhere: Refusal,
    /// By article.
    wishes: Vec<Wishes>,
    journeys: Journeys,
}

impl Asked {
    /// Reads it.
    pub(super) fn new(
        site: &Site,
        index: &Index<'_>,
        options: &Options<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Asked {
        let config = options.config;
        let ids = site.articles_by_file();
        let mut nowhere = refused_everywhere(site, index, config, diagnostics);
        nowhere.add_unsuggested(site, &ids);
        // What others ask does nothing, but it is checked.
        let is_idle = |id: &PageId| {
            let page = site.page(*id);
            page.front.up_next.is_some() && !page.is_article()
        };
        for id in site.ids().filter(is_idle) {
            wishes(site, id, index, config, diagnostics);
        }
        let wishes: Vec<Wishes> = ids
            .iter()
            .map(|id| wishes(site, *id, index, config, diagnostics))
            .collect();
        let journeys = options
            .journeys
            .map(|file| Journeys::read(file, site, &ids, index, &config.base_url, diagnostics));
        Asked {
            nowhere,
            wishes,
            journeys: journeys.unwrap_or_default(),
            ids,
        }
    }
}

/// Makes the lists of all articles.
pub(super) fn build(site: &Site, asked: Asked, words: Compared, options: &Options<'_>) -> Lists {
    let Asked {
        ids,
        nowhere,
        wishes,
        journeys,
    } = asked;
    let most = wishes.iter().map(|w| w.count).max().unwrap_or(0);
    let ranking = engine::rank(
        site,
        &ids,
        words,
        journeys,
        &options.config.up_next.weights,
        (most, SPARE),
    );
    let newest = site.articles.iter().take(most + SPARE);
    let newest: Vec<u32> = newest.filter_map(|page| index_of(&ids, *page)).collect();
    let mut drafts: Vec<Draft> = wishes
        .par_iter()
        .enumerate()
        .map(|(article, wishes)| {
            let newest = newest.iter().take(wishes.count + SPARE).copied();
            draft(site, &ids, article, (wishes, &nowhere), &ranking, newest)
        })
        .collect();
    let near = |article: usize| -> Vec<u32> {
        let list = ranking.lists[article].iter();
        list.map(|ranked| ranked.article).collect()
    };
    let unwanted: Vec<bool> = ids.iter().map(|id| nowhere.covers(site, *id)).collect();
    let allows = |host: usize, article: u32| {
        let is_duplicate = ranking.duplicates[host].contains(&article);
        !is_duplicate && wishes[host].allow(site, ids[host], ids[article as usize])
    };
    balance::balance(&mut drafts, &near, &unwanted, &allows);
    let finish = |(article, draft): (usize, Draft)| {
        let wishes = &wishes[article];
        finish(
            site,
            &ids,
            article,
            (draft, options.asked),
            wishes,
            &ranking,
        )
    };
    // The drafts go as the lists are made.
    let made = drafts.into_par_iter().enumerate().map(finish);
    let (shown, missed): (Vec<_>, Vec<_>) = made.unzip();
    let refused = ids.iter().zip(unwanted).filter(|(_, unwanted)| *unwanted);
    let lists = Lists {
        refused: refused.map(|(id, _)| *id).collect(),
        shown: by_page(site, shown),
        missed: match options.asked {
            true => by_page(site, missed),
            false => Vec::new(),
        },
    };
    // Many small pieces: they are freed beside what comes next.
    let vectors = ranking.vectors;
    rayon::spawn(move || drop(vectors));
    lists
}

/// By page what is by article; nothing for the others.
fn by_page(site: &Site, lists: Vec<Vec<UpNext>>) -> Vec<Vec<UpNext>> {
    let mut lists = lists.into_iter();
    let mut list = |page: &Page| match page.is_article() {
        true => lists.next().unwrap_or_default(),
        false => Vec::new(),
    };
    site.pages.iter().map(&mut list).collect()
}
