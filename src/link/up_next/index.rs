//! An inverted index with bounded postings: for an article, the others that share most of its weightiest
//! terms. Candidates only; how near they are is measured on the whole vectors afterwards.

use rayon::prelude::*;

use super::vectors::Weight;

/// An article asks by this many of its weightiest terms.
///
/// On the 508 articles of the reading test, asking by 48 of 351 terms and keeping 48 candidates finds as good lists
/// as comparing all with all (nDCG@5 0.49 both ways); 24 terms lose 0.01.
const QUERY_TERMS: usize = 48;

/// An article is found by this many of its weightiest terms.
const INDEXED_TERMS: usize = 128;

/// A term answers with the articles that it weighs most in, this many at most: the bound on the work for one
/// article is this times [`QUERY_TERMS`]. On the reading test a bound of 64 costs nothing in quality.
const POSTINGS: usize = 128;

/// Who has which term, and how much of it: the weightiest, by article.
pub(super) struct Index {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
    /// By article, the weight from which on it asks by a term.
    asks_from: Vec<f32>,
}

impl Index {
    /// Indexes all vectors, whose terms are numbered below `terms`.
    pub(super) fn new(rows: &[Vec<Weight>], terms: usize) -> Index {
        let limits: Vec<(f32, f32)> = rows
            .par_iter()
            .map_init(Vec::new, |scratch, row| limits(row, scratch))
            .collect();
        let indexed = |article: usize| {
            let from = limits[article].1;
            rows[article].iter().filter(move |w| w.weight >= from)
        };
        let mut ends = vec![0u32; terms + 1];
        for weight in (0..rows.len()).flat_map(&indexed) {
            ends[weight.term as usize] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            total += std::mem::replace(end, total);
        }
        // Now each is where its postings start; filling them in moves it to where they end.
        let mut entries = vec![(0u32, 0f32); total as usize];
        for article in 0..rows.len() {
            for weight in indexed(article) {
                let end = &mut ends[weight.term as usize];
                entries[*end as usize] = (article as u32, weight.weight);
                *end += 1;
            }
        }
        let asks_from = limits.iter().map(|(query, _)| *query).collect();
        let mut index = Index {
            starts: Vec::with_capacity(terms + 1),
            entries,
            asks_from,
        };
        index.keep_weightiest(&ends[..terms]);
        index
    }

    /// Cuts every term's postings to the bound, in place.
    fn keep_weightiest(&mut self, ends: &[u32]) {
        let (mut start, mut kept) = (0, 0);
        self.starts.push(0);
        for end in ends {
            let run = &mut self.entries[start..*end as usize];
            let length = run.len().min(POSTINGS);
            if run.len() > POSTINGS {
                run.select_nth_unstable_by(POSTINGS, |a, b| {
                    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
                });
                run[..POSTINGS].sort_unstable_by_key(|(article, _)| *article);
            }
            self.entries.copy_within(start..start + length, kept);
            start = *end as usize;
            kept += length;
            self.starts.push(kept as u32);
        }
        self.entries.truncate(kept);
    }

    fn of(&self, term: u32) -> &[(u32, f32)] {
        let term = term as usize;
        &self.entries[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// The weights from which on an article asks by a term and is found by it.
fn limits(row: &[Weight], scratch: &mut Vec<f32>) -> (f32, f32) {
    scratch.clear();
    scratch.extend(row.iter().map(|w| w.weight));
    let mut from = |count: usize| match scratch.len() > count {
        true => {
            *scratch
                .select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a))
                .1
        }
        false => 0.0,
    };
    let indexed = from(INDEXED_TERMS);
    (from(QUERY_TERMS), indexed)
}

/// One thread's place for sums.
pub(super) struct Scratch {
    scores: Vec<f32>,
    touched: Vec<u32>,
}

impl Scratch {
    /// For so many articles.
    pub(super) fn new(articles: usize) -> Scratch {
        Scratch {
            scores: vec![0.0; articles],
            touched: Vec::new(),
        }
    }

    /// Adds what the index says to the sums, in the order of terms, so that every sum is made in one order
    /// whatever the threads do.
    pub(super) fn ask(&mut self, index: &Index, article: usize, row: &[Weight]) {
        let from = index.asks_from[article];
        for own in row.iter().filter(|own| own.weight >= from) {
            for (other, weight) in index.of(own.term) {
                let score = &mut self.scores[*other as usize];
                if *score == 0.0 {
                    self.touched.push(*other);
                }
                *score += own.weight * weight;
            }
        }
    }

    /// The `count` articles with the greatest sums, but not `article` itself, in the order of articles; and a
    /// clean slate.
    pub(super) fn take_best(&mut self, article: usize, count: usize) -> Vec<u32> {
        let scores = &mut self.scores;
        let mut found: Vec<(u32, f32)> = self
            .touched
            .drain(..)
            .map(|other| (other, std::mem::take(&mut scores[other as usize])))
            .filter(|(other, _)| *other as usize != article)
            .collect();
        if found.len() > count {
            found.select_nth_unstable_by(count, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(count);
        }
        let mut best: Vec<u32> = found.into_iter().map(|(other, _)| other).collect();
        best.sort_unstable();
        best
    }
}
