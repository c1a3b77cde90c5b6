//! Ranks articles by nearness. Its steps are the lines of [`rank`]: vectors, candidates, whole similarity, a
//! correction for hubs, diversity. Knows nothing of pins and guides.

use rayon::prelude::*;

use super::index::{Index, Scratch};
use super::signals::Signals;
use super::vectors::{Vectors, Weight};
use crate::config::Weights;
use crate::model::page::{PageId, Terms};
use crate::model::site::{Parts, Site};

/// Candidates by words, for each article.
const CANDIDATES: usize = 48;
/// Neighbours whose mean similarity says how much of a hub an article is.
const NEIGHBOURS: usize = 12;
/// How much of that is taken off: half of cross-domain similarity local scaling (CSLS; Conneau et al. 2018)
/// times this.
const HUB: f32 = 0.7;
/// What likeness to an article that stands in the list already costs (MMR; Carbonell and Goldstein 1998).
const DIVERSITY: f32 = 0.01;
/// Two articles nearer than this are nearly the same, and do not stand in one list.
const NEAR_DUPLICATE: f32 = 0.8;

/// One article as it stands in another's ranking. The numbers are places in the list of ranked articles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) article: u32,
    pub(super) parts: Parts,
}

/// What the engine found.
pub(super) struct Ranking<'a> {
    pub(super) vectors: Vectors,
    pub(super) signals: Signals<'a>,
    /// For each article, the others, best first.
    pub(super) lists: Vec<Vec<Ranked>>,
}

/// Ranks, for each of `ids` (sorted), what is nearest to it: `count` at most. `terms` are those of `ids`.
pub(super) fn rank<'a>(
    site: &'a Site,
    ids: &'a [PageId],
    terms: Vec<Terms>,
    weights: &'a Weights,
    count: usize,
) -> Ranking<'a> {
    let vectors = Vectors::new(terms);
    let signals = Signals::new(site, ids, weights);
    let near = candidates(&vectors, &signals);
    let usual = usual_similarity(&near);
    // Made twice, before and after the correction: to keep them all would take more memory than the site.
    let parts = |article: usize, (other, cosine): (u32, f32)| {
        let parts = Parts {
            terms: weights.terms * cosine / usual,
            ..signals.between(article, other as usize)
        };
        Ranked {
            article: other,
            parts,
        }
    };
    let hubs: Vec<f32> = near
        .par_iter()
        .enumerate()
        .map(|(article, near)| {
            mean_of_best(
                near.iter()
                    .map(|one| parts(article, *one).parts.sum())
                    .collect(),
            )
        })
        .collect();
    let lists = near
        .par_iter()
        .enumerate()
        .map(|(article, own)| {
            let mut list: Vec<Ranked> = own.iter().map(|one| parts(article, *one)).collect();
            for ranked in &mut list {
                ranked.parts.hub = HUB * 0.5 * hubs[ranked.article as usize];
            }
            diverse(&near, list, count, usual)
        })
        .collect();
    Ranking {
        vectors,
        signals,
        lists,
    }
}

/// For each article, those that share its weightiest terms, its tags or its links, with the cosine of the whole
/// vectors; in the order of articles.
fn candidates(vectors: &Vectors, signals: &Signals<'_>) -> Vec<Vec<(u32, f32)>> {
    let rows = &vectors.rows;
    let index = Index::new(rows, vectors.terms);
    (0..rows.len())
        .into_par_iter()
        .map_init(
            || (Scratch::new(rows.len()), vec![0f32; vectors.terms]),
            |(scratch, dense), article| {
                scratch.ask(&index, article, &rows[article]);
                let mut found = scratch.take_best(article, CANDIDATES);
                signals.candidates(article, &mut found);
                found.sort_unstable();
                found.dedup();
                for own in &rows[article] {
                    dense[own.term as usize] = own.weight;
                }
                let near: Vec<(u32, f32)> = found
                    .iter()
                    .map(|other| (*other, dot(dense, &rows[*other as usize])))
                    .collect();
                for own in &rows[article] {
                    dense[own.term as usize] = 0.0;
                }
                near
            },
        )
        .collect()
}

/// Four sums side by side, always in the same order: one sum would wait for each addition before the next.
fn dot(dense: &[f32], row: &[Weight]) -> f32 {
    let mut sums = [0f32; 4];
    let (fours, rest) = row.as_chunks::<4>();
    for four in fours {
        for (sum, w) in sums.iter_mut().zip(four) {
            *sum += dense[w.term as usize] * w.weight;
        }
    }
    let rest: f32 = rest.iter().map(|w| dense[w.term as usize] * w.weight).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// The cosine with one of an article's candidates; what is none of them is not like it.
fn likeness_of(near: &[(u32, f32)], other: u32) -> f32 {
    near.binary_search_by_key(&other, |(article, _)| *article)
        .map_or(0.0, |at| near[at].1)
}

/// The median over the articles of the mean similarity of their nearest: the unit of all signals. In steps of an
/// eighth, so that one more article leaves it as it is.
fn usual_similarity(near: &[Vec<(u32, f32)>]) -> f32 {
    let mut means: Vec<f32> = near
        .par_iter()
        .map(|list| mean_of_best(list.iter().map(|(_, cosine)| *cosine).collect()))
        .filter(|mean| *mean > 0.0)
        .collect();
    if means.is_empty() {
        return 1.0;
    }
    let middle = means.len() / 2;
    let (_, median, _) = means.select_nth_unstable_by(middle, f32::total_cmp);
    ((median.log2() * 8.0).round() / 8.0).exp2()
}

fn mean_of_best(mut values: Vec<f32>) -> f32 {
    values.sort_unstable_by(|a, b| b.total_cmp(a));
    let best = &values[..values.len().min(NEIGHBOURS)];
    if best.is_empty() {
        0.0
    } else {
        best.iter().sum::<f32>() / best.len() as f32
    }
}

/// The best, one after the other, each counted less the nearer it is to those that stand already.
fn diverse(
    near: &[Vec<(u32, f32)>],
    mut list: Vec<Ranked>,
    count: usize,
    usual: f32,
) -> Vec<Ranked> {
    list.sort_unstable_by(|a, b| {
        b.parts
            .sum()
            .total_cmp(&a.parts.sum())
            .then(a.article.cmp(&b.article))
    });
    list.truncate(count + 8);
    let mut chosen: Vec<Ranked> = Vec::with_capacity(count);
    // For each that is left, its greatest likeness to one that was chosen.
    let mut likeness = vec![0f32; list.len()];
    while chosen.len() < count && !list.is_empty() {
        let value = |i: usize| list[i].parts.sum() - DIVERSITY * likeness[i] / usual;
        let best = (0..list.len())
            .max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a)))
            .unwrap_or(0);
        let next = list.remove(best);
        let is_duplicate = likeness.remove(best) > NEAR_DUPLICATE;
        if is_duplicate {
            continue;
        }
        for (other, like) in list.iter().zip(&mut likeness) {
            *like = like.max(likeness_of(&near[next.article as usize], other.article));
        }
        chosen.push(next);
    }
    chosen
}
