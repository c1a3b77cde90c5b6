//! Cuts a text into words and hashes them. What is not ASCII is cut by Unicode's rules; scripts without spaces
//! give pairs of signs.

use std::ops::Range;

use crate::fingerprint::of_word;
use crate::parse::segment;
use crate::parse::words::ascii_word;

/// A word of a text, or two signs that stand together in a script without spaces.
pub(super) struct Found {
    /// The same for the same word; for words in ASCII, in any case.
    pub(super) hash: u64,
    /// Its bytes in the text; none for two signs: they are no word that a reader could be shown.
    pub(super) place: Range<usize>,
    /// Only white space stands between it and the word before.
    pub(super) follows: bool,
}

/// The words of a text, one after the other.
pub(super) struct Words<'t> {
    text: &'t str,
    at: usize,
    /// Nothing but white space was met since the last word.
    follows: bool,
    /// Of a part that is not cut by ASCII alone.
    rest: std::vec::IntoIter<Found>,
    /// How many words were met: each sign is one in a script without spaces.
    pub(super) count: u32,
}

impl Iterator for Words<'_> {
    type Item = Found;

    #[inline]
    fn next(&mut self) -> Option<Found> {
        let bytes = self.text.as_bytes();
        loop {
            if let Some(found) = self.rest.next() {
                return Some(found);
            }
            match class(*bytes.get(self.at)?) {
                Class::Space => self.at += 1,
                Class::Other | Class::Apostrophe => {
                    self.follows = false;
                    self.at += 1;
                }
                Class::Inside | Class::Beyond => {
                    let (hash, length) = ascii_word(bytes, self.at);
                    let place = self.at..self.at + length;
                    let behind = bytes.get(place.end).map(|byte| class(*byte));
                    if let Some(Class::Apostrophe | Class::Beyond) = behind {
                        self.rest = self.odd().into_iter();
                        continue;
                    }
                    let follows = self.follows;
                    // What is behind the word is done with it.
                    self.at = place.end + 1;
                    self.follows = behind == Some(Class::Space);
                    self.count += 1;
                    return Some(Found {
                        hash,
                        place,
                        follows,
                    });
                }
            }
        }
    }
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str) -> Words<'t> {
        Words {
            text,
            at: 0,
            follows: false,
            rest: Vec::new().into_iter(),
            count: 0,
        }
    }

    /// Reads on where an apostrophe or a character beyond ASCII is near.
    #[cold]
    fn odd(&mut self) -> Vec<Found> {
        let (text, start) = (self.text, self.at);
        let end_of = |belongs: fn(Class) -> bool| {
            let run = text.as_bytes()[start..].iter();
            start + run.take_while(|byte| belongs(class(**byte))).count()
        };
        self.at = end_of(|c| matches!(c, Class::Inside | Class::Apostrophe));
        let behind = text.as_bytes().get(self.at).map(|byte| class(*byte));
        if behind == Some(Class::Beyond) {
            // Unicode's rules say what is a word here; white space ends one by any rule.
            self.at = end_of(|c| c != Class::Space);
            return self.beyond_ascii(start, &text[start..self.at]);
        }
        let word = text[start..self.at].trim_end_matches('\'');
        vec![self.word(start, word)]
    }

    fn word(&mut self, at: usize, word: &str) -> Found {
        self.count += 1;
        Found {
            hash: of_word(word.as_bytes()),
            place: at..at + word.len(),
            follows: std::mem::replace(&mut self.follows, true),
        }
    }

    /// Reads a part of the text that begins at `base`.
    fn beyond_ascii(&mut self, base: usize, part: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut end = 0;
        let mut last_ideograph = None;
        let parts = |between: &str| !between.chars().all(char::is_whitespace);
        for (at, word) in segment::words(part) {
            self.follows &= !parts(&part[end..at]);
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                // Scripts without spaces are compared by pairs of characters that stand together.
                (Some(c), None) if is_ideograph(c) => {
                    self.count += 1;
                    if let Some(first) = last_ideograph.filter(|_| end == at) {
                        found.push(Found {
                            hash: of_word(&part.as_bytes()[first..at + word.len()]),
                            place: base..base,
                            follows: false,
                        });
                    }
                    last_ideograph = Some(at);
                    self.follows = false;
                }
                _ => {
                    last_ideograph = None;
                    found.push(self.word(base + at, word));
                }
            }
            end = at + word.len();
        }
        self.follows &= !parts(&part[end..]);
        found
    }
}

pub(super) fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF)
}

/// What a byte is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Inside,
    Apostrophe,
    Space,
    Other,
    /// Of a character beyond ASCII.
    Beyond,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b if b.is_ascii_alphanumeric() => Class::Inside,
            b if b.is_ascii_whitespace() => Class::Space,
            b'\'' => Class::Apostrophe,
            0x80..=0xFF => Class::Beyond,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<(&str, bool)> {
        Words::of(text)
            .map(|found| (&text[found.place], found.follows))
            .collect()
    }

    #[test]
    fn apostrophes_are_inside_words_only() {
        let expected = [
            ("Rock'n'roll", false),
            ("friends", true),
            ("do", true),
            ("x", false),
            ("y", true),
        ];
        assert_eq!(found("'Rock'n'roll' friends' do-x\ny"), expected);
    }

    #[test]
    fn all_scripts_are_read() {
        let expected = [("Größe", false), ("d'été", true), ("a", false), ("b", true)];
        assert_eq!(found("Größe d'été — a b"), expected);
        let mut words = Words::of("分手 以后");
        assert_eq!((words.by_ref().count(), words.count), (2, 4));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ascii_is_cut_wherever_no_word_goes_on(text in "[abB1' ,\\n]{0,40}(relationships)?[bB ]{0,9}") {
            let is_inside = |c: char| c.is_alphanumeric() || c == '\'';
            let runs = text.split(|c| !is_inside(c)).map(|run| run.trim_matches('\''));
            let expected: Vec<&str> = runs.filter(|word| !word.is_empty()).collect();
            let found: Vec<Found> = Words::of(&text).collect();
            let words: Vec<&str> = found.iter().map(|found| &text[found.place.clone()]).collect();
            prop_assert_eq!(&words, &expected);
            for (one, word) in found.iter().zip(&words) {
                for (other, other_word) in found.iter().zip(&words) {
                    let same_in_any_case = word.eq_ignore_ascii_case(other_word) && !text.contains('\'');
                    prop_assert!(one.hash != other.hash || word.eq_ignore_ascii_case(other_word));
                    prop_assert!(one.hash == other.hash || !same_in_any_case);
                }
            }
        }
    }
}
