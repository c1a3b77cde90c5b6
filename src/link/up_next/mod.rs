//! What to read next, for every article, from the whole site at once: what the author pinned, the guide's
//! next step, then what the engine ranks, balanced over the site. Templates only show it.

mod balance;
mod before;
mod engine;
mod hosts;
mod index;
mod likeness;
mod list;
mod numbers;
mod reason;
mod row;
mod rows;
mod signals;
mod sums;
mod terms;
mod vectors;
pub mod wishes;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, Mix};
use crate::link::reference::Index;
use crate::link::{Before, Late, Options};
use crate::model::page::{Page, PageId, Whereabouts};
use crate::model::site::{Site, UpNext};
use crate::model::terms::Terms;
use balance::Draft;
use engine::Compared;
use list::{SPARE, draft, finish};
use terms::AllTerms;
use wishes::{Refusal, Wishes, refused_everywhere, wishes};

/// The lists of a site.
pub(super) struct Lists {
    /// By page: its list; empty for what is no article.
    pub(super) shown: Vec<Vec<UpNext>>,
    /// By page: what just missed it.
    pub(super) missed: Vec<Vec<UpNext>>,
    /// Articles that stand in no list because `site.toml` says so, sorted.
    pub(super) refused: Vec<PageId>,
    /// Of all that the lists were made of.
    pub(super) key: Fingerprint,
}

/// The words of all pages.
pub(super) enum Words<'a> {
    /// As parse counted them: the last build's lists may be this one's, too.
    Counted(AllTerms<'a>, Before),
    /// Of the articles, ready to be compared.
    Compared(Compared<'a>),
}

impl<'a> Words<'a> {
    /// `terms` are those of the pages.
    pub(super) fn new(
        pages: &'a [Page],
        terms: Vec<Whereabouts<Terms>>,
        late: Late<'a>,
        before: Option<Before>,
    ) -> Words<'a> {
        let terms = AllTerms::new(pages, terms, late);
        match before {
            Some(before) if before::may_hold(&before, pages, &terms) => {
                Words::Counted(terms, before)
            }
            _ => Words::Compared(compared(terms)),
        }
    }
}

fn compared(mut terms: AllTerms<'_>) -> Compared<'_> {
    terms.keep_articles();
    Compared::new(terms)
}

/// What authors and `site.toml` ask of the lists.
pub(super) struct Asked {
    /// The articles, sorted by file.
    ids: Vec<PageId>,
    nowhere: Refusal,
    /// By article.
    wishes: Vec<Wishes>,
    /// Of all that is asked.
    fingerprint: Fingerprint,
    /// Of all that the lists are made of.
    key: Fingerprint,
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
        let nowhere = refused_everywhere(site, index, config, diagnostics);
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
        let mut asked = Mix::default();
        asked.add(&(&wishes, &nowhere));
        let fingerprint = asked.finish();
        let key = before::key(site, options, fingerprint, &|page| page.fingerprint);
        Asked {
            ids,
            nowhere,
            wishes,
            fingerprint,
            key,
        }
    }
}

/// Makes the lists of all articles.
pub(super) fn build(site: &Site, asked: Asked, words: Words<'_>, options: &Options<'_>) -> Lists {
    let Asked {
        ids,
        nowhere,
        wishes,
        fingerprint,
        key,
    } = asked;
    let words = match words {
        Words::Compared(compared) => compared,
        Words::Counted(_, before) if before::holds(&before, site, (key, fingerprint), options) => {
            return Lists {
                shown: before.shown,
                missed: Vec::new(),
                refused: before.refused,
                key,
            };
        }
        Words::Counted(terms, _) => compared(terms),
    };
    let most = wishes.iter().map(|w| w.count).max().unwrap_or(0);
    let ranking = engine::rank(
        site,
        &ids,
        words,
        &options.config.up_next.weights,
        (most, SPARE),
    );
    let newest = site.articles.iter().take(most + SPARE);
    let newest: Vec<u32> = newest.filter_map(|page| place(&ids, *page)).collect();
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
        key,
    };
    // Many small pieces: they are freed beside what comes next.
    let held = ranking.vectors.held();
    rayon::spawn(move || drop(held));
    lists
}

/// An article's place among those that are ranked, which are sorted by file.
fn place(ids: &[PageId], page: PageId) -> Option<u32> {
    ids.binary_search(&page).ok().map(|place| place as u32)
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
