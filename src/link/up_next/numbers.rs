//! Which terms two articles or more hold, how rare each is, and a number for it. What one article alone holds makes it
//! like no other: it gets no number.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;

use crate::model::terms::{Counted, Terms};

/// How finely the rarity of a term is told, in steps of `ln`. Fine, for a coarse step changes more lists when it is
/// passed than fine ones do together; not finer, so that the common terms keep their weights when an article comes
/// or goes.
const IDF_STEP: f32 = 0.02;

/// A rarity below this, that of a term which nineteen articles of twenty hold, is none: it says nothing of nearness.
const TELLING: f32 = 0.05;

/// So many articles are few.
const FEW: usize = 4;

/// The terms are counted in so many parts at most: each reads all articles.
const MOST_PARTS: usize = 4;

/// What is known of a term.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    /// None for terms that say nothing of nearness, since nearly all articles hold them or one alone.
    pub(super) number: Option<u32>,
    /// How rare it is: see [`rarity`].
    pub(super) rarity: f32,
}

/// The terms that articles share.
pub(super) struct Numbers {
    repeated: Repeated,
    /// The terms, each beside its place.
    table: HashTable<(u32, Numbered)>,
    /// A term that one article alone holds.
    lonely: Numbered,
    /// By number: the term's place. The commonest come first: what is asked for most stands close together in memory.
    pub(super) places: Vec<u32>,
    /// So many of the first terms stand in nearly all articles.
    pub(super) everywhere: u32,
}

impl Numbers {
    /// Numbers the terms of all articles.
    pub(super) fn of(articles: &[Terms]) -> Numbers {
        let repeated = Repeated::of(articles);
        let parts = rayon::current_num_threads().clamp(1, MOST_PARTS);
        let counted: Vec<HashTable<Shared>> = (0..parts)
            .into_par_iter()
            .map(|part| {
                count(articles, |place| {
                    place as usize % parts == part && repeated.may_have(place)
                })
            })
            .collect();
        let mut shared: Vec<Shared> = counted.into_iter().flatten().collect();
        shared.retain(|term| term.holders > 1);
        shared.sort_unstable_by_key(|term| (Reverse(term.holders), term.place));
        let mut table = HashTable::with_capacity(shared.len());
        let mut places = Vec::new();
        let mut everywhere = 0;
        for Shared { place, holders } in shared {
            let rarity = rarity(holders, articles.len());
            let number = (rarity > 0.0).then_some(places.len() as u32);
            places.extend(number.map(|_| place));
            if is_everywhere(holders, articles.len()) {
                everywhere = places.len() as u32;
            }
            let numbered = Numbered { number, rarity };
            table.insert_unique(hash(place), (place, numbered), |(place, _)| hash(*place));
        }
        Numbers {
            repeated,
            table,
            lonely: Numbered {
                number: None,
                rarity: rarity(1, articles.len()),
            },
            places,
            everywhere,
        }
    }

    /// The rarity of a term that one article alone holds.
    pub(super) fn rarest(&self) -> f32 {
        self.lonely.rarity
    }

    /// Returns what is known of a term.
    pub(super) fn get(&self, term: &Counted) -> Numbered {
        let place = term.place();
        if !self.repeated.may_have(place) {
            return self.lonely;
        }
        let found = self.table.find(hash(place), |(known, _)| *known == place);
        found.map_or(self.lonely, |(_, numbered)| *numbered)
    }
}

/// A term, and how many articles hold it.
struct Shared {
    place: u32,
    holders: u32,
}

/// Counts the articles that hold each of the terms that are `wanted`.
fn count(articles: &[Terms], wanted: impl Fn(u32) -> bool) -> HashTable<Shared> {
    let mut table: HashTable<Shared> = HashTable::new();
    let terms = articles.iter().flat_map(|terms| &terms.counted);
    for place in terms
        .map(|term| term.place())
        .filter(|place| wanted(*place))
    {
        let entry = table.entry(
            hash(place),
            |known| known.place == place,
            |known| hash(known.place),
        );
        match entry {
            Entry::Occupied(mut known) => known.get_mut().holders += 1,
            Entry::Vacant(free) => {
                free.insert(Shared { place, holders: 1 });
            }
        }
    }
    table
}

/// Spreads places over a table.
fn hash(place: u32) -> u64 {
    u64::from(place).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The terms that stand in two articles or more: a Bloom filter, so that what one article alone holds, most of all
/// terms, need not be counted.
struct Repeated {
    /// A bit for each term that was seen.
    once: Vec<AtomicU64>,
    /// A bit for each that was seen again.
    again: Vec<AtomicU64>,
}

impl Repeated {
    fn of(articles: &[Terms]) -> Repeated {
        let terms: usize = articles.iter().map(|terms| terms.counted.len()).sum();
        // Four bits for a term; that none is taken for another takes no more than there are places.
        let bits = (4 * terms)
            .next_power_of_two()
            .clamp(64, 1 << Counted::BITS);
        let none = || (0..bits / 64).map(|_| AtomicU64::new(0)).collect();
        let repeated = Repeated {
            once: none(),
            again: none(),
        };
        articles.par_iter().for_each(|terms| {
            for term in &terms.counted {
                let (word, bit) = repeated.bit(term.place());
                if repeated.once[word].fetch_or(bit, Ordering::Relaxed) & bit != 0 {
                    repeated.again[word].fetch_or(bit, Ordering::Relaxed);
                }
            }
        });
        repeated
    }

    /// Returns whether two articles may hold a term: false means that no two do.
    fn may_have(&self, place: u32) -> bool {
        let (word, bit) = self.bit(place);
        self.again[word].load(Ordering::Relaxed) & bit != 0
    }

    fn bit(&self, place: u32) -> (usize, u64) {
        let (word, bit) = (place as usize / 64, place % 64);
        (word % self.once.len(), 1 << bit)
    }
}

/// Whether nearly all articles hold a term. Of a few articles, two that share a word are nearly all.
fn is_everywhere(holders: u32, articles: usize) -> bool {
    articles > FEW && 5 * holders as usize > 4 * articles
}

/// How rare a term is that so many of the articles hold: `ln` of one by their share, or zero where nearly all do.
fn rarity(holders: u32, articles: usize) -> f32 {
    let rarity = stepped((articles as f32 + 1.0).ln()) - stepped((holders as f32).ln());
    if rarity < TELLING { 0.0 } else { rarity }
}

fn stepped(ln: f32) -> f32 {
    (ln / IDF_STEP).round() * IDF_STEP
}
