//! What the index says of the articles that share an article's weightiest terms, summed up by article, and the
//! greatest of the sums.

use super::index::Index;
use super::row::Row;

/// One thread's place for sums.
pub(super) struct Sums {
    /// By article.
    sums: Vec<u32>,
    /// The articles with a sum.
    touched: Vec<u32>,
}

impl Sums {
    /// Makes room for so many articles.
    pub(super) fn new(articles: usize) -> Sums {
        Sums {
            sums: vec![0; articles],
            touched: Vec::new(),
        }
    }

    /// Adds what the index says to the sums, which are all zero.
    pub(super) fn ask(&mut self, index: &Index, row: &Row) {
        for own in row.asks() {
            for posting in index.of(own.term) {
                let sum = &mut self.sums[posting.article as usize];
                if *sum == 0 {
                    self.touched.push(posting.article);
                }
                *sum += u32::from(own.share) * u32::from(posting.share);
            }
        }
    }

    /// The sum of an article.
    pub(super) fn of(&self, article: u32) -> u32 {
        self.sums[article as usize]
    }

    /// Adds the `count` articles with the greatest sums to `found`, but not `article` itself, whose sum goes.
    pub(super) fn best(&mut self, article: usize, count: usize, found: &mut Vec<u32>) {
        self.sums[article] = 0;
        let others = self.touched.iter().copied();
        let mut others: Vec<u32> = others.filter(|other| self.of(*other) > 0).collect();
        if others.len() > count {
            // Of equal sums the first article.
            let order = |a: &u32, b: &u32| self.of(*b).cmp(&self.of(*a)).then(a.cmp(b));
            others.select_nth_unstable_by(count - 1, order);
            others.truncate(count);
        }
        found.extend(others);
    }

    /// Sets all sums to zero.
    pub(super) fn clear(&mut self) {
        for other in self.touched.drain(..) {
            self.sums[other as usize] = 0;
        }
    }
}
