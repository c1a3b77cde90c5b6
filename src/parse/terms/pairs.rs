//! Two words that stand together are a term of their own: "mixed feelings" is more than its words. Those of the page
//! at hand, each once, counted.

use super::small;
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
pub(super) struct Pairs {
    pub(super) list: Vec<Pair>,
    /// Open addressing: the page that last had a pair here, and where in its list. A power of two; a page takes half
    /// of it at most. No page clears it.
    slots: Vec<(u32, u32)>,
    page: u32,
}

impl Default for Pairs {
    fn default() -> Pairs {
        Pairs {
            list: Vec::new(),
            slots: vec![(0, 0); 1 << 10],
            page: 1,
        }
    }
}

impl Pairs {
    /// Begins a page.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.page = self.page.wrapping_add(1);
        if self.page == 0 {
            self.slots.fill((0, 0));
            self.page = 1;
        }
    }

    /// Counts a pair, by the places of its words and their hashes.
    pub(super) fn add(&mut self, (first, second): (u32, u32), hashes: (u32, u32), weight: u32) {
        let hash = of_pair(hashes.0, hashes.1);
        let mut at = self.place(hash);
        loop {
            let (page, number) = self.slots[at];
            if page != self.page {
                break;
            }
            let pair = &mut self.list[number as usize];
            if (pair.first, pair.second) == (first, second) {
                pair.count += weight;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = (self.page, small(self.list.len()));
        self.list.push(Pair {
            first,
            second,
            hash,
            count: weight,
        });
        if self.list.len() * 2 > self.slots.len() {
            self.grow();
        }
    }

    fn place(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![(0, 0); self.slots.len() * 2];
        for (number, pair) in self.list.iter().enumerate() {
            let mut at = self.place(pair.hash);
            while self.slots[at].0 == self.page {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = (self.page, small(number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_pairs_are_told_apart_on_any_page() {
        let mut pairs = Pairs {
            // The second page is the first after the numbers of pages begin anew.
            page: u32::MAX - 1,
            ..Pairs::default()
        };
        for _ in 0..3 {
            pairs.clear();
            for _ in 0..2 {
                for number in 0..5000 {
                    pairs.add((number / 100, number % 100), (number, 7), 1);
                    // The same hash, and another pair.
                    pairs.add((number % 100, number / 100 + 100), (number, 7), 1);
                }
            }
            assert_eq!(pairs.list.len(), 10_000);
            assert!(pairs.list.iter().all(|pair| pair.count == 2));
        }
    }
}
