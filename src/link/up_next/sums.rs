//! What an index says of other articles, summed up by article, and the greatest of the sums.

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

    /// Adds how like an article the others are, by the terms that it asks by: products of shares.
    pub(super) fn ask(&mut self, index: &Index, row: &Row) {
        for own in row.asks() {
            for posting in index.of(own.term) {
                self.add(
                    posting.article,
                    u32::from(own.share) * u32::from(posting.share),
                );
            }
        }
    }

    /// Adds how much of each one's title stands in the other's text, as far as the indexes of words and of titles say.
    pub(super) fn ask_titles(&mut self, index: &Index, titles: &Index, row: &Row) {
        for own in &row.terms {
            for named in titles.of(own.term) {
                self.add(named.article, u32::from(named.share));
            }
        }
        for own in &row.title {
            for naming in index.of(own.term) {
                self.add(naming.article, u32::from(own.share));
            }
        }
    }

    fn add(&mut self, article: u32, amount: u32) {
        let sum = &mut self.sums[article as usize];
        if *sum == 0 {
            self.touched.push(article);
        }
        *sum += amount;
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
