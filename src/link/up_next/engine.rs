//! Ranks articles by nearness. Its steps are the lines of [`rank`]: vectors, candidates, whole similarity, a
//! correction for hubs, diversity. Knows nothing of pins and guides.

use rayon::prelude::*;

use super::index::Index;
use super::journeys::Journeys;
use super::likeness::{Dense, Likeness};
use super::row::{Row, WHOLE, number_of};
use super::signals::Signals;
use super::sums::Sums;
use super::vectors::Vectors;
use crate::config::Weights;
use crate::model::page::PageId;
use crate::model::site::{Parts, Site};
use crate::model::terms::Terms;

/// Candidates by words, for each article, before tags and links add theirs.
const CANDIDATES: usize = 48;
/// Candidates by titles: those whose titles an article's text names most of, and those that name its own. So many are
/// measured beside the others.
const NAMED: usize = 16;
/// What two articles gain of which each has the other's whole title in its text.
const TITLES: f32 = 1.2;
/// Candidates that are measured on their whole vectors: the most promising of all, and as many as a list wants.
/// On the reading test more than 24 find no better lists.
const MEASURED: usize = 24;
/// An article of so many terms that others have, too, is trusted by half in what its words say: few words are soon
/// alike. What is not said by words counts the more.
const HALF_TRUST: f32 = 20.0;
/// Neighbours whose mean similarity says how much of a hub an article is.
const NEIGHBOURS: usize = 12;
/// How much of that is taken off: half of cross-domain similarity local scaling (CSLS; Conneau et al. 2018)
/// times this.
const HUB: f32 = 0.7;
/// What likeness to an article that stands in the list already costs (MMR; Carbonell and Goldstein 1998).
const DIVERSITY: f32 = 0.01;
/// Two articles nearer than this are nearly the same, and do not stand in one list.
const NEAR_DUPLICATE: f32 = 0.8;
/// But not those with fewer shared terms: a few words are soon alike.
const ENOUGH_TERMS: usize = 24;

/// One article as it stands in another's ranking. The numbers are places in the list of ranked articles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) article: u32,
    /// What its words speak for it.
    terms: f32,
    /// What the titles speak for it.
    titles: f32,
}

/// What the engine found.
pub(super) struct Ranking<'a> {
    pub(super) vectors: Vectors,
    pub(super) signals: Signals<'a>,
    /// For each article, the others, best first.
    pub(super) lists: Vec<Vec<Ranked>>,
    /// For each article, those that are nearly the same as one in its list.
    pub(super) duplicates: Vec<Vec<u32>>,
    /// What each article is counted less because it is near to everything.
    hubs: Vec<f32>,
}

impl Ranking<'_> {
    /// How the score of `other` for `article` is made up.
    pub(super) fn parts(&self, article: usize, other: u32) -> Parts {
        let signals = self.signals.between(article, other as usize);
        match self.lists[article].iter().find(|one| one.article == other) {
            Some(ranked) => Parts {
                terms: ranked.terms,
                titles: ranked.titles,
                hub: self.hubs[other as usize],
                ..signals
            },
            None => signals,
        }
    }
}

/// A candidate of an article.
#[derive(Clone, Copy)]
pub(super) struct Near {
    pub(super) article: u32,
    /// Of the whole vectors.
    cosine: f32,
    /// What the titles speak for it.
    titles: f32,
    /// What speaks for it beside its words.
    signals: f32,
}

/// The words of all articles as vectors, and who is found by which.
pub(in crate::link) struct Compared {
    vectors: Vectors,
    words: Index,
    titles: Index,
}

impl Compared {
    /// Of the terms of all articles, sorted by file.
    pub(in crate::link) fn new(terms: Vec<Terms>) -> Compared {
        let vectors = Vectors::new(terms);
        let terms = vectors.places.len();
        Compared {
            words: Index::new(&vectors.rows, terms, Row::found_by),
            titles: Index::new(&vectors.rows, terms, |row| &row.title),
            vectors,
        }
    }
}

/// Ranks, for each of `ids` (sorted), what is nearest to it: `shown` with diversity, and `spare` more at most.
/// `compared` are the words of `ids`.
pub(super) fn rank<'a>(
    site: &Site,
    ids: &[PageId],
    compared: Compared,
    journeys: Journeys,
    weights: &'a Weights,
    (shown, spare): (usize, usize),
) -> Ranking<'a> {
    let signals = Signals::new(site, ids, journeys, weights);
    let worth = Worth::new(&compared.vectors.rows, weights);
    let measured = MEASURED.max(shown + spare);
    let mut near = candidates(&compared, &signals, &worth, measured);
    // The indexes are done with: what is measured takes their room.
    let Compared {
        vectors,
        words,
        titles,
    } = compared;
    drop((words, titles));
    measure(&vectors, &worth, &mut near);
    let usual = usual_similarity(&near);
    let by_words = |article: usize, near: &Near| worth.speak_for(article, near, usual);
    let gain = |article: usize, near: &Near| by_words(article, near) + near.titles + near.signals;
    let hubs: Vec<f32> = near
        .par_iter()
        .enumerate()
        .map(|(article, near)| {
            let gains = near.iter().map(|one| gain(article, one));
            HUB * 0.5 * mean_of_best(gains.collect())
        })
        .collect();
    let diversity = Diversity {
        has_twin: near
            .iter()
            .zip(&vectors.rows)
            .map(|(near, row)| has_twin(near, row.terms.len()))
            .collect(),
        near: &near,
        usual,
        shown,
        spare,
    };
    let (lists, duplicates) = near
        .par_iter()
        .enumerate()
        .map_init(
            || vec![0.0; near.len()],
            |likeness, (article, own)| {
                let score = |one: &Near| gain(article, one) - hubs[one.article as usize];
                let scored = own.iter().map(|one| (*one, score(one))).collect();
                let ranked = |one: Near| Ranked {
                    article: one.article,
                    terms: by_words(article, &one),
                    titles: one.titles,
                };
                let (chosen, duplicates) = diversity.pick(scored, likeness);
                // Into a place of their own: collected they would keep the room of what was chosen.
                let mut list = Vec::with_capacity(chosen.len());
                list.extend(chosen.into_iter().map(ranked));
                (list, duplicates)
            },
        )
        .unzip();
    Ranking {
        vectors,
        signals,
        lists,
        duplicates,
        hubs,
    }
}

/// What words and titles count for.
struct Worth<'w> {
    weights: &'w Weights,
    /// By article: how far its words are trusted, below 1.
    trust: Vec<f32>,
}

impl Worth<'_> {
    fn new<'w>(rows: &[Row], weights: &'w Weights) -> Worth<'w> {
        let trust = |row: &Row| {
            let terms = row.terms.len() as f32;
            terms / (terms + HALF_TRUST)
        };
        Worth {
            weights,
            trust: rows.iter().map(trust).collect(),
        }
    }

    /// What the words speak for one of an article's candidates, where this is the usual cosine.
    fn speak_for(&self, article: usize, near: &Near, usual: f32) -> f32 {
        let trust = self.trust[article] * self.trust[near.article as usize];
        self.weights.terms * trust * near.cosine / usual
    }

    /// What titles speak, where so much of both stands in the other's text: at most 2.
    fn of_titles(&self, titles: f32) -> f32 {
        TITLES * 0.5 * self.weights.titles * titles
    }
}

/// For each article, those that share its weightiest terms, its tags or its links, or that it names; in the order of
/// articles.
fn candidates(
    compared: &Compared,
    signals: &Signals<'_>,
    worth: &Worth<'_>,
    count: usize,
) -> Vec<Vec<Near>> {
    let Compared {
        vectors,
        words,
        titles,
    } = compared;
    let rows = &vectors.rows;
    let candidates = |asked: &mut Asked, article: usize| {
        asked.words.ask(words, &rows[article]);
        asked.titles.ask_titles(words, titles, &rows[article]);
        let near = promising(asked, signals, article, worth, count);
        asked.words.clear();
        asked.titles.clear();
        near
    };
    let asked = || Asked {
        words: Sums::new(rows.len()),
        titles: Sums::new(rows.len()),
    };
    (0..rows.len())
        .into_par_iter()
        .map_init(asked, candidates)
        .collect()
}

/// What the indexes say of the others.
struct Asked {
    words: Sums,
    titles: Sums,
}

/// Measures all candidates on their whole vectors.
fn measure(vectors: &Vectors, worth: &Worth<'_>, near: &mut [Vec<Near>]) {
    let rows = &vectors.rows;
    let measure = |dense: &mut Dense, (own, near): (&Row, &mut Vec<Near>)| {
        dense.lay(own);
        for one in near {
            let Likeness { cosine, titles } = dense.compare(&rows[one.article as usize]);
            one.cosine = cosine;
            one.titles = worth.of_titles(titles);
        }
        dense.clear(own);
    };
    rows.par_iter()
        .zip(near)
        .for_each_init(|| Dense::new(vectors.places.len()), measure);
}

/// Those that are worth being measured, by what the indexes and all signals say; in the order of articles.
fn promising(
    asked: &mut Asked,
    signals: &Signals<'_>,
    article: usize,
    worth: &Worth<'_>,
    count: usize,
) -> Vec<Near> {
    let Asked { words, titles } = asked;
    let mut found = Vec::with_capacity(2 * CANDIDATES);
    words.best(article, CANDIDATES.max(count), &mut found);
    let usual = mean_of_best(
        found
            .iter()
            .map(|other| number_of(words.of(*other)))
            .collect(),
    );
    titles.best(article, NAMED, &mut found);
    signals.candidates(article, worth.trust[article], &mut found);
    found.sort_unstable();
    found.dedup();
    let near = |other: u32| Near {
        article: other,
        cosine: number_of(words.of(other)),
        titles: worth.of_titles(titles.of(other) as f32 / WHOLE),
        signals: signals.between(article, other as usize).sum(),
    };
    let mut near: Vec<Near> = found.into_iter().map(near).collect();
    if near.len() > count {
        let usual = usual.max(f32::MIN_POSITIVE);
        let promise = |one: &Near| worth.speak_for(article, one, usual) + one.signals;
        let by_promise = |a: &Near, b: &Near| {
            promise(b)
                .total_cmp(&promise(a))
                .then(a.article.cmp(&b.article))
        };
        near.select_nth_unstable_by(count, by_promise);
        // What titles say is exact, what words say is a part: the two are not one scale.
        let mut named = near.split_off(count);
        named.retain(|one| one.titles > 0.0);
        named.sort_unstable_by(|a, b| {
            let promise = |one: &Near| promise(one) + one.titles;
            promise(b)
                .total_cmp(&promise(a))
                .then(a.article.cmp(&b.article))
        });
        near.extend(named.into_iter().take(NAMED));
        near.sort_unstable_by_key(|one| one.article);
    }
    near.shrink_to_fit();
    near
}

/// The median over the articles of the mean similarity of their nearest: the unit of all signals. In fine steps:
/// coarse ones would be passed seldom and change many lists at once.
fn usual_similarity(near: &[Vec<Near>]) -> f32 {
    let mut means: Vec<f32> = near
        .par_iter()
        .map(|list| mean_of_best(list.iter().map(|one| one.cosine).collect()))
        .filter(|mean| *mean > 0.0)
        .collect();
    if means.is_empty() {
        return 1.0;
    }
    let middle = means.len() / 2;
    let (_, median, _) = means.select_nth_unstable_by(middle, f32::total_cmp);
    ((median.log2() * 64.0).round() / 64.0).exp2()
}

fn mean_of_best(mut values: Vec<f32>) -> f32 {
    let by_size = |a: &f32, b: &f32| b.total_cmp(a);
    if values.len() > NEIGHBOURS {
        values.select_nth_unstable_by(NEIGHBOURS - 1, by_size);
        values.truncate(NEIGHBOURS);
    }
    // Sums are made in one order.
    values.sort_unstable_by(by_size);
    match values.len() {
        0 => 0.0,
        count => values.iter().sum::<f32>() / count as f32,
    }
}

/// Whether another article is nearly the same as this one.
fn has_twin(near: &[Near], terms: usize) -> bool {
    terms >= ENOUGH_TERMS && near.iter().any(|one| one.cosine > NEAR_DUPLICATE)
}

/// How lists are picked from the candidates.
struct Diversity<'n> {
    near: &'n [Vec<Near>],
    has_twin: Vec<bool>,
    usual: f32,
    shown: usize,
    spare: usize,
}

impl Diversity<'_> {
    /// The best, one after the other, each counted less the nearer it is to those that stand already; and those
    /// that were passed over because they are nearly the same as one that stands.
    /// `laid` is one thread's place for likeness by article: all zero before and after.
    fn pick(&self, mut list: Vec<(Near, f32)>, laid: &mut [f32]) -> (Vec<Near>, Vec<u32>) {
        list.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.article.cmp(&b.0.article)));
        let mut chosen: Vec<Near> = Vec::with_capacity(self.shown + self.spare);
        let mut duplicates = Vec::new();
        // For each that is left, its greatest likeness to one that was chosen.
        let mut likeness = vec![0f32; list.len()];
        while chosen.len() < self.shown + self.spare && !list.is_empty() {
            let value = |i: usize| list[i].1 - DIVERSITY * likeness[i] / self.usual;
            // Of what is not shown, only twins of what stands already are passed over.
            let is_shown = chosen.len() < self.shown;
            let best = (0..if is_shown { list.len() } else { 1 })
                .max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a)))
                .unwrap_or(0);
            let (next, _) = list.remove(best);
            let is_twin = self.has_twin[next.article as usize];
            if likeness.remove(best) > NEAR_DUPLICATE && is_twin {
                duplicates.push(next.article);
                continue;
            }
            chosen.push(next);
            if is_shown || is_twin {
                let alike = &self.near[next.article as usize];
                for one in alike {
                    laid[one.article as usize] = one.cosine;
                }
                for ((other, _), like) in list.iter().zip(&mut likeness) {
                    *like = like.max(laid[other.article as usize]);
                }
                for one in alike {
                    laid[one.article as usize] = 0.0;
                }
            }
        }
        (chosen, duplicates)
    }
}
