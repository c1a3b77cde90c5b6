//! Words of a text in a form in which phrases can be compared: stems for words that say something, the words themselves
//! for the others, so that "no contact" is another phrase than "contact".

use std::ops::Range;

use super::stems::{self, Stems};
use crate::fingerprint::of_word;
use crate::model::script::{is_han, is_spaceless};
use crate::parse::segment;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseWord {
    /// The same for all forms of a word.
    pub key: u32,
    /// What it says: 2 for a word, 1 for a sign of a script in which words are not told apart, 0 for what says nothing, and
    /// for numbers.
    pub says: u32,
    /// It is a number, such as a year.
    pub is_number: bool,
    /// Its bytes in the text.
    pub place: Range<usize>,
    /// Only white space or a hyphen stands between it and the word before.
    pub follows: bool,
}

/// Cuts texts of one language into words, and remembers the words that it has seen.
pub struct PhraseWords {
    stems: Stems,
    /// In Japanese, runs of Chinese signs are words, and what stands between them is grammar.
    is_japanese: bool,
}

impl PhraseWords {
    /// For a language (BCP 47).
    pub fn new(language: &str) -> PhraseWords {
        PhraseWords {
            stems: Stems::new(language),
            is_japanese: language.split('-').next() == Some("ja"),
        }
    }

    /// The words of a text.
    pub fn of(&mut self, text: &str) -> Vec<PhraseWord> {
        self.stems.forget_if_full();
        let mut words: Vec<PhraseWord> = Vec::new();
        let mut end = 0;
        for (at, word) in segment::words(text) {
            let between = &text[end..at];
            end = at + word.len();
            let first = word.chars().next().unwrap_or_default();
            let joined = |last: &PhraseWord| {
                let before = text[last.place.clone()].chars().next_back();
                between.is_empty() && is_han(first) && before.is_some_and(is_han)
            };
            if self.is_japanese
                && let Some(last) = words.last_mut().filter(|last| joined(last))
            {
                last.place.end = end;
                last.key = hash(&text[last.place.clone()]);
                continue;
            }
            let (key, says) = self.word(word, first);
            words.push(PhraseWord {
                key,
                says,
                is_number: word.bytes().all(|byte| byte.is_ascii_digit()),
                place: at..end,
                follows: !words.is_empty()
                    && between
                        .chars()
                        .all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}')),
            });
        }
        words
    }

    fn word(&mut self, word: &str, first: char) -> (u32, u32) {
        if is_han(first) {
            return (hash(word), if self.is_japanese { 2 } else { 1 });
        }
        if is_spaceless(first) && word.chars().nth(1).is_none() {
            return (hash(word), if self.is_japanese { 0 } else { 1 });
        }
        match self.stems.of(of_word(word.as_bytes()), || word) {
            Some(stem) if word.bytes().all(|byte| byte.is_ascii_digit()) => (stem, 0),
            Some(stem) => (stem, 2),
            None => {
                let mut folded = String::new();
                stems::fold(word, &mut folded);
                // Set apart from the stems: "will" and "a will" are not told apart by spelling alone.
                (hash(&folded) ^ 1, 0)
            }
        }
    }
}

fn hash(word: &str) -> u32 {
    of_word(word.as_bytes()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(language: &str, text: &str) -> Vec<(u32, u32)> {
        let words = PhraseWords::new(language).of(text);
        words.iter().map(|word| (word.key, word.says)).collect()
    }

    #[test]
    fn forms_of_a_word_are_one_and_small_words_count() {
        assert_eq!(
            keys("en", "The first messages"),
            keys("en", "the First message")
        );
        assert_ne!(keys("en", "no contact"), keys("en", "the contact"));
        assert_eq!(keys("de", "Häuser"), keys("de", "Häusern"));
    }

    #[test]
    fn japanese_words_are_runs_of_one_script() {
        let words = PhraseWords::new("ja").of("別れた後の連絡ルール");
        let said: Vec<(&str, u32)> = words
            .iter()
            .map(|word| (&"別れた後の連絡ルール"[word.place.clone()], word.says))
            .collect();
        assert_eq!(said[5..], [("連絡", 2), ("ルール", 2)]);
        assert_eq!(keys("zh", "分手")[0].1, 1);
    }

    #[test]
    fn what_stands_between_parts_phrases() {
        let follows = |text: &str| {
            let words = PhraseWords::new("en").of(text);
            words.iter().map(|word| word.follows).collect::<Vec<_>>()
        };
        assert_eq!(follows("No-contact rule, day"), [false, true, true, false]);
    }
}
