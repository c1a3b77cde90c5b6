//! What the index says of the articles that share an article's weightiest terms, summed up by article, and the
//! greatest of the sums.

use super::index::{Index, Posting};
use super::row::{QUERY_TERMS, Row, Share};

/// One thread's place for sums.
pub(super) struct Sums {
    /// By article.
    sums: Vec<u32>,
    /// The first `count` are the articles with a sum. One place more than articles: the one after the last is written,
    /// too.
    touched: Vec<u32>,
    count: usize,
    ranked: Vec<u64>,
}

impl Sums {
    /// For so many articles.
    pub(super) fn new(articles: usize) -> Sums {
        Sums {
            sums: vec![0; articles],
            touched: vec![0; articles + 1],
            count: 0,
            ranked: Vec::new(),
        }
    }

    /// Adds what the index says to the sums, which are all zero.
    pub(super) fn ask(&mut self, index: &Index, row: Row<'_>) {
        let (sums, touched) = (self.sums.as_mut_slice(), self.touched.as_mut_slice());
        let mut count = 0;
        let mut add = |own: Share, posting: Posting| {
            let (other, share) = index.packing.unpack(posting);
            let sum = &mut sums[other as usize];
            // Without a branch, which would be guessed wrong often.
            touched[count] = other;
            count += usize::from(*sum == 0);
            *sum += u32::from(own) * share;
        };
        // The first postings of all terms before the others of any: they are far from each other in memory, which the
        // processor then fetches at one time.
        let mut rest = Vec::with_capacity(QUERY_TERMS);
        for (term, own) in row.asks() {
            if let Some((first, others)) = index.of(term).split_first() {
                add(own, *first);
                rest.push((own, others));
            }
        }
        for (own, postings) in rest {
            for posting in postings {
                add(own, *posting);
            }
        }
        self.count = count;
    }

    /// The sum of an article.
    pub(super) fn of(&self, article: u32) -> u32 {
        self.sums[article as usize]
    }

    /// Adds the `count` articles with the greatest sums to `found`, but not `article` itself, whose sum goes.
    pub(super) fn best(&mut self, article: usize, count: usize, found: &mut Vec<u32>) {
        self.sums[article] = 0;
        self.ranked.clear();
        // What is not above this is not among the best.
        let mut bar = 0;
        for other in &self.touched[..self.count] {
            let sum = self.sums[*other as usize];
            // By sum; of equals the first article.
            let rank = u64::from(sum) << u32::BITS | u64::from(!other);
            if sum > 0 && rank > bar {
                self.ranked.push(rank);
                if self.ranked.len() == 2 * count {
                    bar = keep_best(&mut self.ranked, count);
                }
            }
        }
        keep_best(&mut self.ranked, count);
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

/// Leaves the greatest, and says which is the least of them.
fn keep_best(ranked: &mut Vec<u64>, count: usize) -> u64 {
    if ranked.len() <= count {
        return 0;
    }
    let (_, least, _) = ranked.select_nth_unstable_by(count - 1, |a, b| b.cmp(a));
    let least = *least;
    ranked.truncate(count);
    least
}
