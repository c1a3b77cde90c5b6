//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use rayon::prelude::*;

use crate::model::page::{Counted, Terms};

/// How finely the rarity of a term is told, in steps of `ln`. Coarse, so that an article that comes or goes
/// leaves nearly all weights as they were.
const IDF_STEP: f32 = 0.1;

/// A term that says nothing of nearness: of one article alone, or of all.
const SILENT: u32 = u32::MAX;

/// A share of one, in steps of 2^-15: sums of products of two such are the same in any order.
pub(super) type Share = u16;

const WHOLE: f32 = 32_768.0;

/// A share of one, as a number.
pub(super) fn number_of(product: u32) -> f32 {
    product as f32 / (WHOLE * WHOLE)
}

/// One article's vector.
pub(super) struct Row {
    /// The terms' numbers, in the order of their first places in the article.
    pub(super) terms: Box<[u32]>,
    /// Their shares of the vector.
    pub(super) shares: Box<[Share]>,
}

impl Row {
    /// The terms with their shares.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Share)> {
        self.terms.iter().copied().zip(self.shares.iter().copied())
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
        let mut holders = vec![0u32; 1 << Counted::BITS];
        for term in articles.iter().flat_map(|terms| &terms.counted) {
            holders[term.place()] += 1;
        }
        let (numbers, rarity) = number(holders, articles.len());
        let logarithms: Vec<f32> = (0..1 << (32 - Counted::BITS))
            .map(|count| 1.0 + (count.max(1) as f32).ln())
            .collect();
        let rows = articles
            .par_iter_mut()
            .map_init(Vec::new, |found, terms| {
                let counted = std::mem::take(&mut terms.counted);
                // Each look goes to memory far away: many at once, with nothing else in between.
                found.clear();
                found.extend(counted.iter().map(|term| numbers[term.place()]));
                row(&counted, found, &rarity, &logarithms)
            })
            .collect();
        let spelled = |terms: Terms| {
            let numbers = terms
                .spelled()
                .map(|(hash, _)| numbers[Counted::place_of(hash)]);
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

/// Numbers the terms that two articles or more hold, by place, and says how rare each number is. The commonest come
/// first: what is asked for most stands close together in memory.
fn number(mut holders: Vec<u32>, articles: usize) -> (Vec<u32>, Vec<f32>) {
    let ln_n = stepped((articles as f32 + 1.0).ln());
    let rarity_of = |count: usize| (ln_n - stepped((count as f32).ln())).max(0.0);
    let tells = |count: usize| count > 1 && rarity_of(count) > 0.0;
    let most = holders.iter().max().map_or(0, |most| *most as usize);
    let mut sizes = vec![0u32; most + 1];
    for count in holders.iter().filter(|count| **count > 1) {
        sizes[*count as usize] += 1;
    }
    let mut rarity = Vec::new();
    // Now by count: the next number.
    let mut next = sizes;
    for count in (0..=most).rev() {
        let first = rarity.len();
        if tells(count) {
            rarity.resize(first + next[count] as usize, rarity_of(count));
        }
        next[count] = if tells(count) { first as u32 } else { SILENT };
    }
    for place in &mut holders {
        let next = &mut next[*place as usize];
        *place = *next;
        *next = next.saturating_add(u32::from(*next != SILENT));
    }
    (holders, rarity)
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
    Row {
        terms: weights().map(|(term, _)| term).collect(),
        shares: weights()
            .map(|(_, weight)| (weight * scale).round() as Share)
            .collect(),
    }
}
