//! The rows of all articles.

use std::ops::Range;

use rayon::prelude::*;

use super::numbers::share;
use super::row::Row;

/// The rows of all articles, each in one run of words.
pub(super) struct Rows {
    all: Vec<Box<[u32]>>,
    /// By article: how many terms its row has.
    lengths: Vec<u32>,
}

impl Rows {
    /// Takes the words of rows, by article.
    pub(super) fn new(all: Vec<Box<[u32]>>) -> Rows {
        let lengths = all.iter().map(|words| Row::of(words).len() as u32);
        Rows {
            lengths: lengths.collect(),
            all,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// How many terms each has.
    pub(super) fn lengths(&self) -> &[u32] {
        &self.lengths
    }

    /// The articles in shares, of which each is worth a table of its own.
    pub(super) fn shares(&self) -> impl ParallelIterator<Item = Range<usize>> {
        let (all, share) = (self.len(), share(&self.all));
        (0..all.div_ceil(share))
            .into_par_iter()
            .map(move |at| at * share..all.min((at + 1) * share))
    }

    /// An article's row.
    pub(super) fn of(&self, article: usize) -> Row<'_> {
        Row::of(&self.all[article])
    }
}
