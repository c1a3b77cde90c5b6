//! An inverted index with bounded postings: for an article, the others that share most of its weightiest
//! terms. Candidates only; how near they are is measured on the whole vectors afterwards.

use rayon::prelude::*;

use super::vectors::{Row, Share};

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
    entries: Vec<(u32, Share)>,
    /// By article, the share from which on it asks by a term.
    asks_from: Vec<Share>,
}

impl Index {
    /// Indexes all vectors, whose terms are numbered below `terms`.
    pub(super) fn new(rows: &[Row], terms: usize) -> Index {
        let limits: Vec<(Share, Share)> = rows
            .par_iter()
            .map_init(Vec::new, |scratch, row| limits(row, scratch))
            .collect();
        let indexed = |article: usize| {
            let from = limits[article].1;
            rows[article]
                .iter()
                .filter(move |(_, share)| *share >= from)
        };
        let mut ends = vec![0u32; terms + 1];
        for (term, _) in (0..rows.len()).flat_map(&indexed) {
            ends[term as usize] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            total += std::mem::replace(end, total);
        }
        // Now each is where its postings start; filling them in moves it to where they end.
        let mut entries = vec![(0u32, 0); total as usize];
        for article in 0..rows.len() {
            for (term, share) in indexed(article) {
                let end = &mut ends[term as usize];
                entries[*end as usize] = (article as u32, share);
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
        let (mut rest, mut start) = (self.entries.as_mut_slice(), 0);
        let mut long = Vec::new();
        for end in ends {
            let (run, after) = rest.split_at_mut((*end - start) as usize);
            (rest, start) = (after, *end);
            if run.len() > POSTINGS {
                long.push(run);
            }
        }
        long.into_par_iter().for_each(|run| {
            run.select_nth_unstable_by(POSTINGS, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            run[..POSTINGS].sort_unstable_by_key(|(article, _)| *article);
        });
        let (mut start, mut kept) = (0, 0);
        self.starts.push(0);
        for end in ends {
            let length = (*end as usize - start).min(POSTINGS);
            self.entries.copy_within(start..start + length, kept);
            start = *end as usize;
            kept += length;
            self.starts.push(kept as u32);
        }
        self.entries.truncate(kept);
    }

    fn of(&self, term: u32) -> &[(u32, Share)] {
        let term = term as usize;
        &self.entries[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// The shares from which on an article asks by a term and is found by it.
fn limits(row: &Row, scratch: &mut Vec<Share>) -> (Share, Share) {
    scratch.clear();
    scratch.extend_from_slice(row.shares());
    let indexed = greatest(scratch, INDEXED_TERMS);
    // The greatest come first now.
    scratch.truncate(INDEXED_TERMS);
    (greatest(scratch, QUERY_TERMS), indexed)
}

/// The least of the `count` greatest, which then come first; zero where there are no more than that.
fn greatest(values: &mut [Share], count: usize) -> Share {
    if values.len() <= count {
        return 0;
    }
    *values.select_nth_unstable_by(count - 1, |a, b| b.cmp(a)).1
}

/// One thread's place for sums.
pub(super) struct Scratch {
    /// By article.
    sums: Vec<u32>,
    /// Who has a sum, in the first `count` places.
    touched: Vec<u32>,
    count: usize,
    ranked: Vec<u64>,
}

impl Scratch {
    /// For so many articles.
    pub(super) fn new(articles: usize) -> Scratch {
        Scratch {
            sums: vec![0; articles],
            // One more: the place after the last is written too.
            touched: vec![0; articles + 1],
            count: 0,
            ranked: Vec::new(),
        }
    }

    /// Adds what the index says to the sums.
    pub(super) fn ask(&mut self, index: &Index, article: usize, row: &Row) {
        let from = index.asks_from[article];
        let mut count = self.count;
        for (term, own) in row.iter().filter(|(_, own)| *own >= from) {
            for (other, share) in index.of(term) {
                let sum = &mut self.sums[*other as usize];
                // Without a branch, which would be guessed wrong half the time.
                self.touched[count] = *other;
                count += usize::from(*sum == 0);
                *sum += u32::from(own) * u32::from(*share);
            }
        }
        self.count = count;
    }

    /// What the index said of an article.
    pub(super) fn sum(&self, article: u32) -> u32 {
        self.sums[article as usize]
    }

    /// Adds the `count` articles with the greatest sums to `found`, but not `article` itself.
    pub(super) fn best(&mut self, article: usize, count: usize, found: &mut Vec<u32>) {
        // By sum; of equals the first article.
        let rank = |other: &u32| u64::from(self.sums[*other as usize]) << 32 | u64::from(!other);
        self.ranked.clear();
        self.ranked.extend(
            self.touched[..self.count]
                .iter()
                .filter(|other| **other as usize != article)
                .map(rank),
        );
        if self.ranked.len() > count {
            self.ranked.select_nth_unstable_by(count, |a, b| b.cmp(a));
            self.ranked.truncate(count);
        }
        found.extend(self.ranked.iter().map(|rank| !(*rank as u32)));
    }

    /// Wipes the slate.
    pub(super) fn clear(&mut self) {
        for other in &self.touched[..self.count] {
            self.sums[*other as usize] = 0;
        }
        self.count = 0;
    }
}
