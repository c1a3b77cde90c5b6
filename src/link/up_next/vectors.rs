//! Articles as sparse vectors of their terms by TF-IDF, each of length one.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::model::page::Terms;

/// Terms are told apart by so many first bits of their hashes. Two terms in one place are as one: among 300,000
/// terms one in fourteen has such a neighbour, nearly always both rare.
const BITS: u32 = 22;

/// How finely the rarity of a term is told, in steps of `ln`. Coarse, so that an article that comes or goes
/// leaves nearly all weights as they were.
const IDF_STEP: f32 = 0.1;

/// A term of one article alone, which is shared with nobody.
const ALONE: u32 = u32::MAX;

/// One term of one article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weight {
    /// The term's number.
    pub(super) term: u32,
    /// Its share of the vector.
    pub(super) weight: f32,
}

/// All articles as vectors.
pub(super) struct Vectors {
    /// By article, sorted by term.
    pub(super) rows: Vec<Vec<Weight>>,
    /// How many terms there are.
    pub(super) terms: usize,
    /// The articles' own spellings of their terms, by the terms' numbers.
    spellings: Vec<(Vec<u32>, Terms)>,
}

impl Vectors {
    /// Builds the vectors of all articles.
    ///
    /// A weight is `(1 + ln tf) · ln(n / df)`, with the fields counted into `tf` (Salton and Buckley 1988).
    pub(super) fn new(mut articles: Vec<Terms>) -> Vectors {
        let mut counts = vec![0u32; 1 << BITS];
        for hash in articles.iter().flat_map(|terms| &terms.hashes) {
            counts[place(*hash)] += 1;
        }
        // The commonest first: what is asked for most stands close together in memory.
        let mut shared: Vec<u32> = (0..1u32 << BITS)
            .filter(|place| counts[*place as usize] > 1)
            .collect();
        shared.par_sort_unstable_by_key(|place| (Reverse(counts[*place as usize]), *place));
        let mut numbers = vec![ALONE; 1 << BITS];
        let mut rarity: Vec<f32> = Vec::with_capacity(shared.len());
        let ln_n = stepped((articles.len() as f32 + 1.0).ln());
        for (number, place) in (0u32..).zip(&shared) {
            numbers[*place as usize] = number;
            rarity.push((ln_n - stepped((counts[*place as usize] as f32).ln())).max(0.0));
        }
        drop(counts);
        let logarithms: Vec<f32> = (0..=u16::MAX)
            .map(|count| 1.0 + f32::from(count).ln())
            .collect();
        let rows = articles
            .par_iter_mut()
            .map(|terms| row(terms, &numbers, &rarity, &logarithms))
            .collect();
        let spelled = |terms: Terms| {
            let numbers = terms
                .spelled()
                .map(|(hash, _)| numbers[place(hash)])
                .collect();
            (numbers, terms)
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

fn place(hash: u32) -> usize {
    (hash >> (32 - BITS)) as usize
}

fn stepped(ln: f32) -> f32 {
    (ln / IDF_STEP).round() * IDF_STEP
}

/// One article's vector, in place of its counts.
fn row(terms: &mut Terms, numbers: &[u32], rarity: &[f32], logarithms: &[f32]) -> Vec<Weight> {
    let (hashes, counts) = (
        std::mem::take(&mut terms.hashes),
        std::mem::take(&mut terms.counts),
    );
    let mut row: Vec<Weight> = Vec::with_capacity(hashes.len());
    for (hash, count) in hashes.iter().zip(&counts) {
        let term = numbers[place(*hash)];
        if term == ALONE || rarity[term as usize] == 0.0 {
            continue;
        }
        let weight = logarithms[usize::from(*count)] * rarity[term as usize];
        match row.last_mut() {
            Some(last) if last.term == term => last.weight += weight,
            _ => row.push(Weight { term, weight }),
        }
    }
    row.sort_unstable_by_key(|w| w.term);
    row.shrink_to_fit();
    unit(&mut row);
    row
}

/// Scales a vector to the length of one.
pub(super) fn unit(row: &mut [Weight]) {
    let length = row.iter().map(|w| w.weight * w.weight).sum::<f32>().sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|w| w.weight /= length);
    }
}
