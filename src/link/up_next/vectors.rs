//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use rayon::prelude::*;

use super::numbers::{Numbered, Numbers};
use super::row::Maker;
use super::rows::Rows;
use crate::model::terms::{Counted, Terms};

/// All articles as vectors.
pub(super) struct Vectors {
    /// By article.
    pub(super) rows: Rows,
    /// How many terms there are.
    pub(super) terms: usize,
    /// By term's number: its place.
    places: Vec<u32>,
    /// By article: how it spells its heaviest terms. The counts are gone.
    spellings: Vec<Terms>,
}

impl Vectors {
    /// Builds the vectors of all articles.
    ///
    /// A weight is `(1 + ln tf) · ln(n / df)`, with the fields counted into `tf` (Salton and Buckley 1988).
    pub(super) fn new(mut articles: Vec<Terms>) -> Vectors {
        let Numbers { by_rank, places } = Numbers::of(&mut articles);
        let logarithms: Vec<f32> = (0..Counted::STEPS)
            .map(|step| 1.0 + (Counted::count_of(step).max(1) as f32).ln())
            .collect();
        let row = |maker: &mut Maker, terms: &mut Terms| -> Box<[u32]> {
            let weight = |term: &Counted| {
                let Numbered { number, rarity } = by_rank[term.place()];
                Some((number?, logarithms[term.step() as usize] * rarity))
            };
            let counted = std::mem::take(&mut terms.counted);
            maker.weighed.clear();
            maker.weighed.extend(counted.iter().filter_map(weight));
            let of_title = counted.iter().take(usize::from(terms.title));
            maker.title.clear();
            let of_title = of_title.map(|term| by_rank[term.place()]);
            maker.title.extend(of_title);
            maker.row().into()
        };
        let rows = articles
            .par_iter_mut()
            .map_init(Maker::default, row)
            .collect();
        Vectors {
            rows: Rows::new(rows),
            terms: places.len(),
            places,
            spellings: articles,
        }
    }

    /// How an article spells a term, if it is one of its heaviest.
    pub(super) fn spelling(&self, article: usize, term: u32) -> Option<&str> {
        let place = self.places[term as usize] as usize;
        let mut spelled = self.spellings[article].spelled();
        let found = spelled.find(|(hash, _)| Counted::place_of(*hash) == place);
        found.map(|(_, word)| word)
    }
}
