//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use rayon::prelude::*;

use super::numbers::{Numbered, Numbers};
use crate::model::page::{Counted, Terms};

/// A share of one, in steps of 2^-15: sums of products of two such are the same in any order.
pub(super) type Share = u16;

const WHOLE: f32 = 32_768.0;

/// A share of one, as a number.
pub(super) fn number_of(product: u32) -> f32 {
    product as f32 / (WHOLE * WHOLE)
}

/// Terms with smaller numbers are told in 16 bits. They are the commonest: nearly all that an article holds.
const COMMON: usize = 1 << 16;

/// One article's vector.
pub(super) struct Row {
    /// Its common terms in the order of their first places in the article: the number below, the share above. In one
    /// word, so that comparing reads one run of memory.
    common: Box<[u32]>,
    /// Its rarer terms.
    rare: Box<[(u32, Share)]>,
}

impl Row {
    /// Of an article's terms: their numbers and weights.
    fn new(weighed: &[(u32, f32)]) -> Row {
        let squares: f32 = weighed.iter().map(|(_, weight)| weight * weight).sum();
        let scale = WHOLE / squares.sqrt().max(f32::MIN_POSITIVE);
        let share = |weight: &f32| (weight * scale).round() as Share;
        let is_common = |term: u32| (term as usize) < COMMON;
        let common = weighed.iter().filter(|(term, _)| is_common(*term));
        let rare = weighed.iter().filter(|(term, _)| !is_common(*term));
        Row {
            common: common
                .map(|(term, weight)| term | u32::from(share(weight)) << u16::BITS)
                .collect(),
            rare: rare.map(|(term, weight)| (*term, share(weight))).collect(),
        }
    }

    /// How many terms it has.
    pub(super) fn len(&self) -> usize {
        self.common.len() + self.rare.len()
    }

    /// The terms' numbers with their shares.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Share)> {
        let common = self.common.iter().map(|word| {
            let (term, share) = parts(*word);
            (u32::from(term), share)
        });
        common.chain(self.rare.iter().copied())
    }
}

/// A common term's number and its share.
fn parts(word: u32) -> (u16, Share) {
    (word as u16, (word >> u16::BITS) as Share)
}

/// A vector laid out by the terms' numbers, to be compared with many rows.
pub(super) struct Dense {
    /// As many as a number of 16 bits can name, so that no look needs a check.
    common: Box<[Share; COMMON]>,
    rare: Vec<Share>,
}

impl Dense {
    /// All zero, for terms numbered below `terms`.
    pub(super) fn new(terms: usize) -> Dense {
        Dense {
            common: Box::new([0; COMMON]),
            rare: vec![0; terms.saturating_sub(COMMON)],
        }
    }

    /// Lays out a row.
    pub(super) fn lay(&mut self, row: &Row) {
        for (term, share) in row.common.iter().map(|word| parts(*word)) {
            self.common[usize::from(term)] = share;
        }
        for (term, share) in &row.rare {
            self.rare[*term as usize - COMMON] = *share;
        }
    }

    /// Takes a row away again.
    pub(super) fn clear(&mut self, row: &Row) {
        for (term, _) in row.common.iter().map(|word| parts(*word)) {
            self.common[usize::from(term)] = 0;
        }
        for (term, _) in &row.rare {
            self.rare[*term as usize - COMMON] = 0;
        }
    }

    /// The product with a row; see [`number_of`].
    pub(super) fn product(&self, row: &Row) -> u32 {
        // Two vectors of length one: what all products come to is far from too large.
        let mut sum = 0u32;
        let mut add = |own: Share, share: Share| {
            sum = sum.wrapping_add(u32::from(own) * u32::from(share));
        };
        let (eights, rest) = row.common.as_chunks::<8>();
        for words in eights {
            for (term, share) in words.map(parts) {
                add(self.common[usize::from(term)], share);
            }
        }
        for (term, share) in rest.iter().map(|word| parts(*word)) {
            add(self.common[usize::from(term)], share);
        }
        for (term, share) in &row.rare {
            add(self.rare[*term as usize - COMMON], *share);
        }
        sum
    }
}

/// All articles as vectors.
pub(super) struct Vectors {
    /// By article.
    pub(super) rows: Vec<Row>,
    /// How many terms there are.
    pub(super) terms: usize,
    /// By term's number: its place.
    places: Vec<u32>,
    /// By article: how it spells its heaviest terms.
    spellings: Vec<Terms>,
}

impl Vectors {
    /// Builds the vectors of all articles.
    ///
    /// A weight is `(1 + ln tf) · ln(n / df)`, with the fields counted into `tf` (Salton and Buckley 1988).
    pub(super) fn new(mut articles: Vec<Terms>) -> Vectors {
        let Numbers { by_rank, places } = Numbers::of(&mut articles);
        let logarithms: Vec<f32> = (0..1 << (32 - Counted::BITS))
            .map(|count| 1.0 + (count.max(1) as f32).ln())
            .collect();
        let make = |weighed: &mut Vec<(u32, f32)>, terms: &mut Terms| {
            let weigh = |term: &Counted| {
                let Numbered { number, rarity } = by_rank[term.place()];
                Some((number?, logarithms[term.count() as usize] * rarity))
            };
            weighed.clear();
            weighed.extend(std::mem::take(&mut terms.counted).iter().filter_map(weigh));
            Row::new(weighed)
        };
        let rows = articles.par_iter_mut().map_init(Vec::new, make);
        Vectors {
            rows: rows.collect(),
            terms: places.len(),
            places,
            spellings: articles,
        }
    }

    /// How an article spells a term, if it is among those that it spells.
    pub(super) fn spelling(&self, article: usize, term: u32) -> Option<&str> {
        let place = self.places[term as usize] as usize;
        let mut spelled = self.spellings[article].spelled();
        let found = spelled.find(|(hash, _)| Counted::place_of(*hash) == place);
        found.map(|(_, word)| word)
    }
}
