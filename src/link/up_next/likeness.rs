//! Compares two articles: one is laid out by its terms' numbers, others are held against it.

use super::row::{Row, Share, WHOLE, number_of};

/// How two articles compare. It is symmetric: which of the two is laid out does not matter.
#[derive(Clone, Copy)]
pub(super) struct Likeness {
    /// The cosine of their vectors.
    pub(super) cosine: f32,
    /// How much of the title of each stands in the other, added: at most 2.
    pub(super) titles: f32,
}

/// A row laid out by the terms' numbers, to be compared with many others.
pub(super) struct Dense(Vec<Laid>);

/// What a term is to the row that is laid out.
#[derive(Clone, Copy, Default)]
struct Laid {
    /// Its share of the article.
    share: Share,
    /// Its share of the title.
    of_title: Share,
}

impl Dense {
    /// Makes room for terms numbered below `terms`, with no row laid out.
    pub(super) fn new(terms: usize) -> Dense {
        Dense(vec![Laid::default(); terms])
    }

    /// Lays out a row.
    pub(super) fn lay(&mut self, row: &Row) {
        for one in &row.terms {
            let laid = &mut self.0[one.term as usize];
            // Two words of an article that are taken for one another are one term twice.
            laid.share = (laid.share + one.share).min(WHOLE as Share);
        }
        for one in &row.title {
            self.0[one.term as usize].of_title = one.share;
        }
    }

    /// Takes a row away again.
    pub(super) fn clear(&mut self, row: &Row) {
        for one in row.terms.iter().chain(&row.title) {
            self.0[one.term as usize] = Laid::default();
        }
    }

    /// Compares the row that is laid out with another.
    pub(super) fn compare(&self, row: &Row) -> Likeness {
        // Two vectors of length one: the sum is far from too large.
        let (mut sum, mut titles) = (0, 0);
        for one in &row.terms {
            let laid = self.0[one.term as usize];
            sum += u32::from(laid.share) * u32::from(one.share);
            titles += u32::from(laid.of_title);
        }
        for one in &row.title {
            if self.0[one.term as usize].share > 0 {
                titles += u32::from(one.share);
            }
        }
        Likeness {
            cosine: number_of(sum),
            titles: titles as f32 / WHOLE,
        }
    }
}
