//! The stems of the page at hand: each once, counted, with the place of the word that it was first met in.

use std::ops::Range;

use super::pairs::Pairs;
use super::slots::{Slot, Slots, small};

/// A stem of the page at hand.
pub(super) struct Word {
    pub(super) hash: u32,
    /// How often it occurs, by weight.
    pub(super) count: u32,
    /// Its first spelling in [`Counts::text`]; nothing where it is no word to a reader.
    start: u32,
    end: u32,
}

/// What is counted of the page at hand.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) words: Vec<Word>,
    slots: Slots,
    pub(super) pairs: Pairs,
    /// The texts of the page, one after the other.
    text: String,
}

impl Counts {
    /// Begins a page.
    pub(super) fn begin(&mut self) {
        self.words.clear();
        self.slots.clear();
        self.pairs.clear();
        self.text.clear();
        // One very long page is no reason to hold as much for all others.
        self.text.shrink_to(1 << 20);
    }

    /// Adds a text of the page, and says where its bytes are among those of the page.
    pub(super) fn add_text(&mut self, text: &str) -> usize {
        self.text.push_str(text);
        self.text.len() - text.len()
    }

    /// Counts a stem that is spelled `place` in the page's text, and says where it stands among the words.
    #[inline]
    pub(super) fn add(&mut self, hash: u32, place: Range<usize>, weight: u32) -> u32 {
        let Counts { words, slots, .. } = self;
        match slots.find(hash, |at| words[at as usize].hash == hash) {
            Slot::Taken(at) => {
                words[at as usize].count += weight;
                at
            }
            Slot::Free(free) => {
                words.push(Word {
                    hash,
                    count: weight,
                    start: small(place.start),
                    end: small(place.end),
                });
                slots.take(free, words.iter().map(|word| word.hash));
                small(words.len() - 1)
            }
        }
    }

    /// A word as it was first spelled.
    pub(super) fn spelled(&self, word: &Word) -> &str {
        &self.text[word.start as usize..word.end as usize]
    }
}
