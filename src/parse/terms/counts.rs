//! The stems of the page at hand: each once, counted, with the place of the word that it was first met in.

use std::ops::Range;

use super::pairs::Pairs;
use super::small;
use super::stems::Stems;

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
    /// The number of the page at hand.
    page: u32,
    /// By a stem's number: the page that last had it, and where that page has it in `words`.
    last: Vec<(u32, u32)>,
    pub(super) words: Vec<Word>,
    pub(super) pairs: Pairs,
    /// The texts of the page, one after the other.
    text: String,
}

impl Counts {
    /// Begins a page; `forget` where the stems' numbers are others now.
    pub(super) fn begin(&mut self, forget: bool) {
        self.page = self.page.wrapping_add(1);
        if forget || self.page == 0 {
            self.last.clear();
            self.page = 1;
        }
        self.words.clear();
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
    pub(super) fn add(
        &mut self,
        stem: u32,
        stems: &Stems,
        place: Range<usize>,
        weight: u32,
    ) -> u32 {
        if self.last.len() <= stem as usize {
            self.last.resize(stems.len(), (0, 0));
        }
        let (page, at) = &mut self.last[stem as usize];
        if *page != self.page {
            (*page, *at) = (self.page, small(self.words.len()));
            self.words.push(Word {
                hash: stems.hash(stem),
                count: 0,
                start: small(place.start),
                end: small(place.end),
            });
        }
        self.words[*at as usize].count += weight;
        *at
    }

    /// Counts two words that stand together, by their places.
    pub(super) fn add_pair(&mut self, first: u32, second: u32, weight: u32) {
        let hash = |at: u32| self.words[at as usize].hash;
        let hashes = (hash(first), hash(second));
        self.pairs.add((first, second), hashes, weight);
    }

    /// A word as it was first spelled.
    pub(super) fn spelled(&self, word: &Word) -> &str {
        &self.text[word.start as usize..word.end as usize]
    }
}
