//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use rayon::prelude::*;

use super::numbers::{Numbered, Numbers};
use crate::model::page::{Counted, Terms};

/// A share of one, in 15 bits: sums of products of two such are the same in any order.
pub(super) type Share = u16;

const WHOLE: f32 = 32_767.0;

/// Set in a share that is laid out, where the term is one of the title.
const OF_TITLE: Share = 1 << 15;

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
    /// The terms of its title that others have, too, with their shares of the whole title.
    title: Box<[(u32, Share)]>,
}

impl Row {
    /// Of an article's terms: their numbers and weights. And of its title's: their numbers and rarities.
    fn new(weighed: &[(u32, f32)], title: &[Numbered]) -> Row {
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
            title: shares_of_title(title),
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

/// What each of a title's terms says of it: the rarer, the more.
fn shares_of_title(title: &[Numbered]) -> Box<[(u32, Share)]> {
    let says = |term: &Numbered| term.rarity * term.rarity;
    let scale = WHOLE / title.iter().map(says).sum::<f32>().max(f32::MIN_POSITIVE);
    let share = |term: &Numbered| Some((term.number?, (says(term) * scale) as Share));
    title.iter().filter_map(share).collect()
}

/// A common term's number and its share.
fn parts(word: u32) -> (u16, Share) {
    (word as u16, (word >> u16::BITS) as Share)
}

/// How two articles compare.
pub(super) struct Likeness {
    /// The cosine of their vectors.
    pub(super) cosine: f32,
    /// How much of the title of each stands in the other, added: at most 2.
    pub(super) titles: f32,
}

/// A row laid out by the terms' numbers, to be compared with many others.
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
        for (term, share) in row.iter() {
            *self.of_mut(term) = share;
        }
        for (term, _) in &row.title {
            *self.of_mut(*term) |= OF_TITLE;
        }
    }

    /// Takes a row away again.
    pub(super) fn clear(&mut self, row: &Row) {
        for (term, _) in row.iter() {
            *self.of_mut(term) = 0;
        }
    }

    fn of(&self, term: u32) -> Share {
        match self.common.get(term as usize) {
            Some(share) => *share,
            None => self.rare[term as usize - COMMON],
        }
    }

    fn of_mut(&mut self, term: u32) -> &mut Share {
        match self.common.get_mut(term as usize) {
            Some(share) => share,
            None => &mut self.rare[term as usize - COMMON],
        }
    }

    /// Compares `laid`, the row that is laid out, with another.
    pub(super) fn compare(&self, laid: &Row, row: &Row) -> Likeness {
        // Two vectors of length one: what all products come to is far from too large. What the marks of the title
        // add is taken off again, which is less work than to look at each without its mark.
        let (mut sum, mut titles) = (0u32, 0u32);
        let mut add = |own: Share, share: Share| {
            sum = sum.wrapping_add(u32::from(own).wrapping_mul(u32::from(share)));
        };
        let (mut marked, mut of_title) = (0u32, |term: u32, share: Share| {
            let found = laid.title.iter().find(|(own, _)| *own == term);
            titles += found.map_or(0, |(_, share)| u32::from(*share));
            u32::from(OF_TITLE) * u32::from(share)
        });
        let (eights, rest) = row.common.as_chunks::<8>();
        for words in eights {
            let mut seen = 0;
            for (term, share) in words.map(parts) {
                let own = self.common[usize::from(term)];
                seen |= own;
                add(own, share);
            }
            if seen & OF_TITLE != 0 {
                let words = words.map(parts).into_iter();
                let own = words.filter(|(term, _)| self.common[usize::from(*term)] & OF_TITLE != 0);
                let own = own.map(|(term, share)| of_title(u32::from(term), share));
                marked = own.fold(marked, u32::wrapping_add);
            }
        }
        let rest = rest.iter().map(|word| parts(*word));
        let rest = rest.map(|(term, share)| (u32::from(term), share));
        for (term, share) in rest.chain(row.rare.iter().copied()) {
            let own = self.of(term);
            add(own, share);
            if own & OF_TITLE != 0 {
                marked = marked.wrapping_add(of_title(term, share));
            }
        }
        let stands = |term: u32| self.of(term) & !OF_TITLE != 0;
        let theirs = row.title.iter().filter(|(term, _)| stands(*term));
        titles += theirs.map(|(_, share)| u32::from(*share)).sum::<u32>();
        Likeness {
            cosine: number_of(sum.wrapping_sub(marked)),
            titles: titles as f32 / WHOLE,
        }
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
        let make = |(weighed, title): &mut (Vec<_>, Vec<_>), terms: &mut Terms| {
            let weigh = |term: &Counted| {
                let Numbered { number, rarity } = by_rank[term.place()];
                Some((number?, logarithms[term.count() as usize] * rarity))
            };
            let counted = std::mem::take(&mut terms.counted);
            weighed.clear();
            weighed.extend(counted.iter().filter_map(weigh));
            let of_title = counted.iter().take(usize::from(terms.title));
            title.clear();
            title.extend(of_title.map(|term| by_rank[term.place()]));
            Row::new(weighed, title)
        };
        let rows = articles.par_iter_mut().map_init(Default::default, make);
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
