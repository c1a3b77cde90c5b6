//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use crate::model::page::{Counted, Terms};

/// How finely the rarity of a term is told, in steps of `ln`. Fine, for a coarse step changes more lists when it is
/// passed than fine ones do together; not finer, so that the common terms keep their weights when an article comes
/// or goes.
const IDF_STEP: f32 = 0.02;

/// The next number of terms that say nothing of nearness, since all articles hold them.
const SILENT: u32 = u32::MAX;

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
    /// The numbers of its common terms, in the order of their first places in the article.
    common: Box<[u16]>,
    /// The numbers of its rarer terms.
    rare: Box<[u32]>,
    /// The terms' shares of the vector, the common ones' first.
    shares: Box<[Share]>,
}

impl Row {
    /// How many terms it has.
    pub(super) fn len(&self) -> usize {
        self.shares.len()
    }

    /// The terms' shares, in the order of [`Row::iter`].
    pub(super) fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// The terms' numbers with their shares.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Share)> {
        let common = self.common.iter().map(|term| u32::from(*term));
        common
            .chain(self.rare.iter().copied())
            .zip(self.shares.iter().copied())
    }
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
        let (common, rare) = row.shares.split_at(row.common.len());
        for (term, share) in row.common.iter().zip(common) {
            self.common[usize::from(*term)] = *share;
        }
        for (term, share) in row.rare.iter().zip(rare) {
            self.rare[*term as usize - COMMON] = *share;
        }
    }

    /// Takes a row away again.
    pub(super) fn clear(&mut self, row: &Row) {
        for term in &row.common {
            self.common[usize::from(*term)] = 0;
        }
        for term in &row.rare {
            self.rare[*term as usize - COMMON] = 0;
        }
    }

    /// The product with a row; see [`number_of`].
    pub(super) fn product(&self, row: &Row) -> u32 {
        let (common, rare) = row.shares.split_at(row.common.len());
        let (eights, rest) = row.common.as_chunks::<8>();
        let (by_eights, by_rest) = common.as_chunks::<8>();
        let mut sum = 0u32;
        let mut add = |own: Share, share: Share| {
            // Two vectors of length one: what all products come to is far from too large.
            sum = sum.wrapping_add(u32::from(own) * u32::from(share));
        };
        for (terms, shares) in eights.iter().zip(by_eights) {
            for (term, share) in terms.iter().zip(shares) {
                add(self.common[usize::from(*term)], *share);
            }
        }
        for (term, share) in rest.iter().zip(by_rest) {
            add(self.common[usize::from(*term)], *share);
        }
        for (term, share) in row.rare.iter().zip(rare) {
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
    /// The articles' own spellings of their terms, by the terms' numbers.
    spellings: Vec<(Box<[u32]>, Terms)>,
}

impl Vectors {
    /// Builds the vectors of all articles.
    ///
    /// A weight is `(1 + ln tf) · ln(n / df)`, with the fields counted into `tf` (Salton and Buckley 1988).
    pub(super) fn new(mut articles: Vec<Terms>) -> Vectors {
        let (numbers, rarity) = number(holders(&articles), articles.len());
        let logarithms: Vec<f32> = (0..1 << (32 - Counted::BITS))
            .map(|count| 1.0 + (count.max(1) as f32).ln())
            .collect();
        let rows = articles
            .par_iter_mut()
            .map_init(Vec::new, |found, terms| {
                let counted = std::mem::take(&mut terms.counted);
                // Each look goes to memory far away: many at once, with nothing else in between.
                found.clear();
                found.extend(counted.iter().map(|term| numbers.of(term.place())));
                row(&counted, found, &rarity, &logarithms)
            })
            .collect();
        let spelled = |terms: Terms| {
            let numbers = terms
                .spelled()
                .map(|(hash, _)| numbers.of(Counted::place_of(hash)));
            (numbers.collect(), terms)
        };
        let spellings = articles.into_par_iter().map(spelled).collect();
        Vectors {
            rows,
            terms: rarity.len(),
            spellings,
        }
    }

    /// How an article spells a term, if it is among those that it spells.
    pub(super) fn spelling(&self, article: usize, term: u32) -> Option<&str> {
        let (numbers, terms) = &self.spellings[article];
        let at = numbers.iter().position(|number| *number == term)?;
        terms.spelled().nth(at).map(|(_, word)| word)
    }
}

/// How many articles hold each term, by place.
fn holders(articles: &[Terms]) -> Vec<u32> {
    let counts: Vec<AtomicU32> = (0..1 << Counted::BITS).map(|_| AtomicU32::new(0)).collect();
    articles.par_iter().for_each(|terms| {
        for term in &terms.counted {
            counts[term.place()].fetch_add(1, Ordering::Relaxed);
        }
    });
    counts.into_iter().map(AtomicU32::into_inner).collect()
}

/// Numbers the terms that two articles or more hold, by place, and says how rare each number is. The commonest come
/// first: what is asked for most stands close together in memory.
fn number(mut holders: Vec<u32>, articles: usize) -> (Numbers, Vec<f32>) {
    let ln_n = stepped((articles as f32 + 1.0).ln());
    let rarity_of = |count: usize| (ln_n - stepped((count as f32).ln())).max(0.0);
    let shared = shared(&holders);
    let most = shared.iter().map(|place| holders[*place as usize]).max();
    let most = most.map_or(0, |most| most as usize);
    let mut sizes = vec![0u32; most + 1];
    for place in &shared {
        sizes[holders[*place as usize] as usize] += 1;
    }
    let mut rarity = Vec::new();
    // Now by count: the next number.
    let mut next = sizes;
    for count in (2..=most).rev() {
        let first = rarity.len();
        let tells = rarity_of(count) > 0.0;
        if tells {
            rarity.resize(first + next[count] as usize, rarity_of(count));
        }
        next[count] = if tells { first as u32 } else { SILENT };
    }
    for place in &shared {
        let place = &mut holders[*place as usize];
        let next = &mut next[*place as usize];
        let is_silent = *next == SILENT;
        *place = if is_silent { 0 } else { *next + FIRST };
        *next += u32::from(!is_silent);
    }
    (Numbers(holders), rarity)
}

/// The places of the terms that two articles or more hold. Most places hold none: these are passed over many at once.
fn shared(holders: &[u32]) -> Vec<u32> {
    const MANY: usize = 64;
    let mut shared = Vec::new();
    for (block, holders) in holders.chunks(MANY).enumerate() {
        if holders.iter().fold(0, |all, count| all | count) > 1 {
            let places = (block * MANY) as u32..;
            let held = places.zip(holders).filter(|(_, count)| **count > 1);
            shared.extend(held.map(|(place, _)| place));
        }
    }
    shared
}

/// Numbers of terms, by place. Below [`FIRST`] stand those that have none.
struct Numbers(Vec<u32>);

const FIRST: u32 = 2;

impl Numbers {
    fn of(&self, place: usize) -> u32 {
        // What has none becomes a number that no term has.
        self.0[place].wrapping_sub(FIRST)
    }
}

fn stepped(ln: f32) -> f32 {
    (ln / IDF_STEP).round() * IDF_STEP
}

/// One article's vector. `found` are the numbers of its terms.
fn row(counted: &[Counted], found: &[u32], rarity: &[f32], logarithms: &[f32]) -> Row {
    let weigh = |(counted, term): (&Counted, &u32)| {
        let rarity = rarity.get(*term as usize)?;
        Some((*term, logarithms[counted.count() as usize] * rarity))
    };
    let weights = || counted.iter().zip(found).filter_map(weigh);
    let squares: f32 = weights().map(|(_, weight)| weight * weight).sum();
    let scale = WHOLE / squares.sqrt().max(f32::MIN_POSITIVE);
    let is_common = |term: u32| (term as usize) < COMMON;
    let share = |(_, weight): (u32, f32)| (weight * scale).round() as Share;
    let common = || weights().filter(|(term, _)| is_common(*term));
    let rare = || weights().filter(|(term, _)| !is_common(*term));
    Row {
        common: common().map(|(term, _)| term as u16).collect(),
        rare: rare().map(|(term, _)| term).collect(),
        shares: common().chain(rare()).map(share).collect(),
    }
}
