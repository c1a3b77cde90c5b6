//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use rayon::prelude::*;

use super::numbers::Numbers;
use super::row::Row;
use crate::model::terms::{Counted, Terms};

/// All articles as vectors.
pub(super) struct Vectors {
    /// By article.
    pub(super) rows: Vec<Row>,
    /// By term's number: its place.
    pub(super) places: Vec<u32>,
    /// So many of the first terms stand in nearly all articles.
    everywhere: u32,
    /// By article: how it spells its heaviest terms. The counts are gone.
    spellings: Vec<Terms>,
}

impl Vectors {
    /// Builds the vectors of all articles.
    pub(super) fn new(mut articles: Vec<Terms>) -> Vectors {
        let numbers = Numbers::of(&articles);
        let logarithms: Vec<f32> = (0..Counted::STEPS)
            .map(|step| 1.0 + (Counted::count_of(step).max(1) as f32).ln())
            .collect();
        let row = |terms: &mut Terms| {
            let row = Row::new(terms, &numbers, &logarithms);
            terms.counted = Box::default();
            row
        };
        Vectors {
            rows: articles.par_iter_mut().map(row).collect(),
            places: numbers.places,
            everywhere: numbers.everywhere,
            spellings: articles,
        }
    }

    /// Whether a term tells one article from the others.
    pub(super) fn tells(&self, term: u32) -> bool {
        term >= self.everywhere
    }

    /// How an article spells a term, if it is one of its heaviest.
    pub(super) fn spelling(&self, article: usize, term: u32) -> Option<&str> {
        let place = self.places[term as usize];
        let mut spelled = self.spellings[article].spelled();
        let found = spelled.find(|(hash, _)| Counted::place_of(*hash) == place);
        found.map(|(_, word)| word)
    }
}
