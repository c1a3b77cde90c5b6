//! Two words that stand together are a term of their own: "mixed feelings" is more than its words. Those of the page
//! at hand, each once, counted.

use super::slots::{Slot, Slots};
use crate::fingerprint::of_pair;

/// Two stems that stand together.
pub(super) struct Pair {
    /// Their places among the words.
    pub(super) first: u32,
    pub(super) second: u32,
    pub(super) hash: u32,
    pub(super) count: u32,
}

/// The pairs of the page at hand.
#[derive(Default)]
pub(super) struct Pairs {
    pub(super) list: Vec<Pair>,
    slots: Slots,
}

impl Pairs {
    /// Begins a page.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.slots.clear();
    }

    /// Counts a pair, by the places of its words and their hashes.
    pub(super) fn add(&mut self, first: (u32, u32), second: (u32, u32), weight: u32) {
        let Pairs { list, slots } = self;
        let hash = of_pair(first.1, second.1);
        let is_it = |number: u32| {
            let pair = &list[number as usize];
            (pair.first, pair.second) == (first.0, second.0)
        };
        match slots.find(hash, is_it) {
            Slot::Taken(number) => list[number as usize].count += weight,
            Slot::Free(place) => {
                list.push(Pair {
                    first: first.0,
                    second: second.0,
                    hash,
                    count: weight,
                });
                slots.take(place, list.iter().map(|pair| pair.hash));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_pairs_are_told_apart() {
        let mut pairs = Pairs::default();
        for _ in 0..2 {
            for number in 0..5000 {
                pairs.add((number / 100, number), (number % 100, 7), 1);
                // The same hash, and another pair.
                pairs.add((number % 100, number), (number / 100 + 100, 7), 1);
            }
        }
        assert_eq!(pairs.list.len(), 10_000);
        assert!(pairs.list.iter().all(|pair| pair.count == 2));
    }
}
