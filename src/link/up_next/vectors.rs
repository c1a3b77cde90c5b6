//! Articles as sparse vectors: the terms that weigh most, by TF-IDF, each vector of length one.

use rayon::prelude::*;

use crate::model::page::{Page, PageId};
use crate::model::site::Site;

/// Terms of an article that are compared, at most. What lies below weighs next to nothing.
const TERMS: usize = 64;

/// One term of one article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// The term's number.
    pub(super) term: u32,
    /// Its share of the vector.
    pub(super) weight: f32,
}

/// All articles as vectors.
pub(super) struct Vectors {
    /// By article, sorted by term.
    pub(super) rows: Vec<Vec<Weight>>,
    /// The hash of each term, sorted.
    pub(super) hashes: Vec<u64>,
}

/// Builds them for the articles `ids`.
///
/// A weight is `(1 + ln tf) · ln((n + 1) / df)`, with the fields counted into `tf` (Salton and Buckley 1988).
pub(super) fn build(site: &Site, ids: &[PageId]) -> Vectors {
    let mut all: Vec<u64> =
        ids.iter().flat_map(|id| site.page(*id).terms.weights.iter().map(|(hash, _)| *hash)).collect();
    all.par_sort_unstable();
    let mut hashes: Vec<u64> = Vec::new();
    let mut frequencies: Vec<f32> = Vec::new();
    for run in all.chunk_by(|a, b| a == b) {
        // A term of one article alone is shared with nobody.
        if run.len() > 1 {
            hashes.push(run[0]);
            frequencies.push(run.len() as f32);
        }
    }
    let n = ids.len() as f32;
    let rows = ids.par_iter().map(|id| row(site.page(*id), &hashes, &frequencies, n)).collect();
    Vectors { rows, hashes }
}

fn row(page: &Page, hashes: &[u64], frequencies: &[f32], n: f32) -> Vec<Weight> {
    let mut row: Vec<Weight> = page
        .terms
        .weights
        .iter()
        .filter_map(|(hash, tf)| {
            let term = hashes.binary_search(hash).ok()?;
            let idf = ((n + 1.0) / frequencies[term]).ln();
            Some(Weight { term: term as u32, weight: (1.0 + tf.ln()) * idf })
        })
        .collect();
    if row.len() > TERMS {
        row.select_nth_unstable_by(TERMS, |a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
        row.truncate(TERMS);
    }
    row.sort_unstable_by_key(|w| w.term);
    let length = row.iter().map(|w| w.weight * w.weight).sum::<f32>().sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|w| w.weight /= length);
    }
    row
}
