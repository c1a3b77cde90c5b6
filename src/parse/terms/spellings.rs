//! Terms as readers see them, packed: each with its place in one text.

use super::counts::{Counts, Word};
use super::stems::fold;
use crate::model::terms::Spelled;

/// Spellings that are being gathered.
pub(super) struct Spellings<'c> {
    counts: &'c Counts,
    pub(super) places: Vec<Spelled>,
    text: &'c mut String,
}

impl<'c> Spellings<'c> {
    /// At most so many; `text` is what they are written into.
    pub(super) fn new(counts: &'c Counts, limit: usize, text: &'c mut String) -> Spellings<'c> {
        text.clear();
        Spellings {
            counts,
            places: Vec::with_capacity(limit),
            text,
        }
    }

    /// Adds a term of one or more words; not those that are no words to a reader.
    pub(super) fn add(&mut self, hash: u32, term: &[&Word]) {
        let start = self.text.len();
        for word in term {
            let word = self.counts.spelled(word);
            if word.is_empty() {
                return self.text.truncate(start);
            }
            if self.text.len() > start {
                self.text.push(' ');
            }
            fold(word, self.text);
        }
        // A page of endless words spells as many as there is room for.
        match (u16::try_from(start), u16::try_from(self.text.len())) {
            (Ok(start), Ok(end)) if end > start => self.places.push((hash, start, end)),
            _ => self.text.truncate(start),
        }
    }
}
