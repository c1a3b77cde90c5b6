//! Ranks articles by nearness: cosine of their terms, shared tags and nearness in time, corrected for hubs.
//! Knows nothing of pins and guides.

use rayon::prelude::*;

use super::vectors::{self, Vectors, Weight};
use crate::model::page::PageId;
use crate::model::site::{Reason, Site, UpNext};

/// Candidates that are kept for each article before the correction.
const CANDIDATES: usize = 60;
/// Neighbours whose mean similarity says how much of a hub an article is.
const NEIGHBOURS: usize = 10;
/// What shared tags count beside shared terms.
const TAGS: f32 = 0.3;
/// What nearness in time counts.
const TIME: f32 = 0.1;
/// Days after which nearness in time has fallen to a third.
const TIME_SCALE: f64 = 365.0;

/// For each of `ids`, what is nearest to it, best first: a few more than `count`.
pub(super) fn rank(site: &Site, ids: &[PageId], count: usize) -> Vec<Vec<UpNext>> {
    let vectors = vectors::build(site, ids);
    let terms = Postings::new(&vectors.rows, vectors.hashes.len());
    let tag_rows = tag_rows(site, ids);
    let tags = Postings::new(&tag_rows, site.tags.len());
    let near: Vec<Vec<(u32, f32)>> = (0..ids.len())
        .into_par_iter()
        .map_init(
            || Scores { scores: vec![0.0; ids.len()], touched: Vec::new() },
            |scores, article| {
                scores.add(&terms, &vectors.rows[article], 1.0);
                scores.add(&tags, &tag_rows[article], TAGS);
                let time = |other: u32| TIME * nearness(site, ids[article], ids[other as usize]);
                scores.take_best(article, CANDIDATES, time)
            },
        )
        .collect();
    let hubness: Vec<f32> = near.iter().map(|list| mean(list.iter().take(NEIGHBOURS).map(|(_, s)| *s))).collect();
    near.par_iter()
        .enumerate()
        .map(|(article, list)| {
            // Cross-domain similarity local scaling (Conneau et al. 2018).
            let mut list: Vec<(u32, f32)> =
                list.iter().map(|(o, s)| (*o, 2.0 * s - hubness[article] - hubness[*o as usize])).collect();
            sort(&mut list);
            list.truncate(count + 8);
            list.into_iter()
                .map(|(other, score)| UpNext {
                    page: ids[other as usize],
                    score,
                    reason: reason(site, &vectors, article, other as usize, ids),
                })
                .collect()
        })
        .collect()
}

/// Best first; of equals, the first by file.
fn sort(list: &mut [(u32, f32)]) {
    list.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = values.fold((0.0, 0u16), |(sum, count), v| (sum + v, count + 1));
    if count == 0 { 0.0 } else { sum / f32::from(count) }
}

/// 1 for the same day, falling to 0 with distance; 0 where a date is missing.
fn nearness(site: &Site, a: PageId, b: PageId) -> f32 {
    match (site.page(a).date, site.page(b).date) {
        (Some(a), Some(b)) => (-(a.days_since_epoch() - b.days_since_epoch()).abs() / TIME_SCALE).exp() as f32,
        _ => 0.0,
    }
}

/// Tags as vectors: the rarer a tag, the more it weighs.
fn tag_rows(site: &Site, ids: &[PageId]) -> Vec<Vec<Weight>> {
    let n = ids.len() as f32;
    ids.iter()
        .map(|id| {
            let mut row: Vec<Weight> = site.places[id.index()]
                .tags
                .iter()
                .map(|tag| {
                    let weight = ((n + 1.0) / site.tags[*tag].articles.len() as f32).ln();
                    Weight { term: *tag as u32, weight }
                })
                .collect();
            row.sort_unstable_by_key(|w| w.term);
            let length = row.iter().map(|w| w.weight * w.weight).sum::<f32>().sqrt();
            row.iter_mut().for_each(|w| w.weight /= length.max(f32::MIN_POSITIVE));
            row
        })
        .collect()
}

/// Who has which term, and how much of it.
struct Postings {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
}

impl Postings {
    fn new(rows: &[Vec<Weight>], terms: usize) -> Postings {
        let mut starts = vec![0u32; terms + 1];
        for weight in rows.iter().flatten() {
            starts[weight.term as usize + 1] += 1;
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); starts[terms] as usize];
        for (article, row) in (0u32..).zip(rows) {
            for weight in row {
                let place = &mut next[weight.term as usize];
                entries[*place as usize] = (article, weight.weight);
                *place += 1;
            }
        }
        Postings { starts, entries }
    }

    fn of(&self, term: u32) -> &[(u32, f32)] {
        let term = term as usize;
        &self.entries[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// One thread's sums.
struct Scores {
    scores: Vec<f32>,
    touched: Vec<u32>,
}

impl Scores {
    /// Adds in the order of terms, so that every sum is made in one order whatever the threads do.
    fn add(&mut self, postings: &Postings, row: &[Weight], factor: f32) {
        for weight in row {
            let own = weight.weight * factor;
            for (other, theirs) in postings.of(weight.term) {
                let score = &mut self.scores[*other as usize];
                if *score == 0.0 {
                    self.touched.push(*other);
                }
                *score += own * theirs;
            }
        }
    }

    /// The best, and a clean slate.
    fn take_best(&mut self, article: usize, count: usize, bonus: impl Fn(u32) -> f32) -> Vec<(u32, f32)> {
        let scores = &mut self.scores;
        let mut list: Vec<(u32, f32)> = self
            .touched
            .drain(..)
            .map(|other| (other, std::mem::take(&mut scores[other as usize])))
            .filter(|(other, _)| *other as usize != article)
            .collect();
        if list.len() > 4 * count {
            list.select_nth_unstable_by(4 * count, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            list.truncate(4 * count);
        }
        list.iter_mut().for_each(|(other, score)| *score += bonus(*other));
        sort(&mut list);
        list.truncate(count);
        list
    }
}

/// Why `other` is near: what weighed most of tags and terms.
fn reason(site: &Site, vectors: &Vectors, article: usize, other: usize, ids: &[PageId]) -> Reason {
    let (a, b) = (ids[article], ids[other]);
    let tags_of = |id: PageId| &site.places[id.index()].tags;
    let mut shared: Vec<usize> = tags_of(a).iter().copied().filter(|tag| tags_of(b).contains(tag)).collect();
    if !shared.is_empty() {
        shared.sort_by_key(|tag| (site.tags[*tag].articles.len(), *tag));
        shared.truncate(2);
        return Reason::Tags(shared);
    }
    let mut weighed: Vec<(f32, u32)> = Vec::new();
    let theirs = &vectors.rows[other];
    for own in &vectors.rows[article] {
        if let Ok(at) = theirs.binary_search_by_key(&own.term, |w| w.term) {
            weighed.push((own.weight * theirs[at].weight, own.term));
        }
    }
    weighed.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    let words: Vec<String> = weighed
        .iter()
        .filter_map(|(_, term)| {
            let hash = vectors.hashes[*term as usize];
            let spelled = |id: PageId| {
                let spellings = &site.page(id).terms.spellings;
                let at = spellings.binary_search_by_key(&hash, |(h, _)| *h).ok()?;
                Some(spellings[at].1.to_string())
            };
            spelled(b).or_else(|| spelled(a))
        })
        .take(3)
        .collect();
    if words.is_empty() { Reason::Nearby } else { Reason::Terms(words) }
}
