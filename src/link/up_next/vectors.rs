//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use std::borrow::Cow;

use super::numbers::{Numbered, Numbers};
use super::row::Maker;
use super::rows::{Made, Rows};
use super::terms::AllTerms;
use crate::model::terms::{Counted, Terms};

/// All articles as vectors.
pub(super) struct Vectors<'a> {
    /// By article.
    pub(super) rows: Rows<'a>,
    /// How many terms there are.
    pub(super) terms: usize,
    /// By term's number: its place.
    places: Vec<u32>,
    /// By article: how it spells its heaviest terms. The counts are gone.
    spellings: AllTerms<'a>,
}

impl<'a> Vectors<'a> {
    /// Builds the vectors of all articles.
    ///
    /// A weight is `(1 + ln tf) · ln(n / df)`, with the fields counted into `tf` (Salton and Buckley 1988).
    pub(super) fn new(mut articles: AllTerms<'a>) -> Vectors<'a> {
        let (Numbers { by_rank, places }, [boxes, ranks]) = Numbers::of(&mut articles);
        let logarithms: Vec<f32> = (0..Counted::STEPS)
            .map(|step| 1.0 + (Counted::count_of(step).max(1) as f32).ln())
            .collect();
        let weigh = |maker: &mut Maker, terms: &mut Terms| {
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
        };
        let (left, aside) = ([&boxes, &ranks], articles.late.aside);
        let make = |(maker, bytes): &mut (Maker, _), terms: &mut Terms, is_held: bool| {
            weigh(maker, terms);
            // Only what can be made again may be set aside.
            Made::new(maker.row(), (!is_held).then_some(aside), bytes)
        };
        let rows = articles.each(&left, Default::default, make);
        let again = |article: usize| {
            let mut maker = Maker::default();
            weigh(&mut maker, &mut articles.again(article, &left));
            maker.row().into()
        };
        Vectors {
            rows: Rows::new(rows, aside, again),
            terms: places.len(),
            places,
            spellings: articles,
        }
    }

    /// How an article spells its heaviest terms: ask [`Vectors::spelling`] for one.
    pub(super) fn spellings(&self, article: usize) -> Cow<'_, Terms> {
        self.spellings.of(article)
    }

    /// How a term is spelled, if it is among these.
    pub(super) fn spelling<'t>(&self, spellings: &'t Terms, term: u32) -> Option<&'t str> {
        let place = self.places[term as usize] as usize;
        let mut spelled = spellings.spelled();
        let found = spelled.find(|(hash, _)| Counted::place_of(*hash) == place);
        found.map(|(_, word)| word)
    }

    /// All that is large of them.
    pub(super) fn held(self) -> impl Send + use<> {
        (self.rows.held(), self.spellings.held())
    }
}
