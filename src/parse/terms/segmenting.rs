//! Cuts a text into words and hashes them. What is not ASCII is cut by Unicode's rules; scripts without spaces
//! give pairs of signs, as good as words by a dictionary (docs/up-next.md has the figures).

use std::ops::Range;

use crate::fingerprint::of_word;
use crate::model::script::{is_han, is_ideographic, is_southeast_asian, is_spaceless};
use crate::parse::segment;
use crate::parse::words::ascii_word;

/// A word of a text, or two signs that stand together in a script without spaces.
pub(super) struct Found {
    /// The same for the same word; for words in ASCII, in any case.
    pub(super) hash: u64,
    /// Its bytes in the text; none for two signs: they are no word that a reader could be shown.
    pub(super) place: Range<usize>,
    /// Only white space, or the grammar of Japanese, stands between it and the word before. Of pairs that stand together the
    /// first alone may follow a word, and the last be followed by one.
    pub(super) follows: bool,
}

/// Calls `found` with each word of a text, and says how many a reader reads: in scripts without spaces two Chinese or
/// Japanese characters are one, and five Thai ones.
#[inline]
pub(super) fn each_word(text: &str, mut found: impl FnMut(Found)) -> u32 {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Nothing but white space was met since the last word.
    let mut follows = false;
    let (mut count, mut tenths) = (0, 0);
    let mut has_han = None;
    while let Some(byte) = bytes.get(at) {
        if let sign @ (Class::Space | Class::Other | Class::Apostrophe) = class(*byte) {
            follows &= sign == Class::Space;
            at += 1;
            continue;
        }
        let (hash, length) = ascii_word(bytes, at);
        let place = at..at + length;
        let behind = bytes.get(place.end).map(|byte| class(*byte));
        if let Some(Class::Apostrophe | Class::Beyond) = behind {
            let mut odd = Odd {
                text,
                at,
                follows,
                count,
                tenths,
                has_han,
            };
            odd.read().into_iter().for_each(&mut found);
            (at, follows, count, tenths) = (odd.at, odd.follows, odd.count, odd.tenths);
            has_han = odd.has_han;
            continue;
        }
        // What is behind the word is done with it.
        at = place.end + 1;
        count += 1;
        found(Found {
            hash,
            place,
            follows,
        });
        follows = behind == Some(Class::Space);
    }
    count + (tenths + 5) / 10
}

/// Where a text is not cut by ASCII alone: the place that is read, and what [`each_word`] holds there.
struct Odd<'t> {
    text: &'t str,
    at: usize,
    follows: bool,
    count: u32,
    /// Tenths of words, in scripts without spaces.
    tenths: u32,
    /// Whether the text holds Chinese characters, once that was asked.
    has_han: Option<bool>,
}

impl Odd<'_> {
    /// Reads on where an apostrophe or a character beyond ASCII is near.
    #[cold]
    fn read(&mut self) -> Vec<Found> {
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
        // The last of the signs that stand together, and whether the next pair follows a word.
        let mut last_sign = None;
        let mut pair_follows = false;
        let parts = |between: &str| !between.chars().all(char::is_whitespace);
        for (at, word) in segment::words(part) {
            self.follows &= !parts(&part[end..at]);
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                // Scripts without spaces are compared by pairs of characters that stand together.
                (Some(c), None) if is_spaceless(c) => {
                    self.tenths += tenths_of(c);
                    let last = last_sign.filter(|_| end == at);
                    if last.is_none() {
                        pair_follows = self.follows;
                    }
                    if let Some((first, before)) = last
                        && self.says_something(before, c)
                    {
                        found.push(Found {
                            hash: of_word(&part.as_bytes()[first..at + word.len()]),
                            place: base..base,
                            follows: std::mem::take(&mut pair_follows),
                        });
                        self.follows = true;
                    }
                    last_sign = Some((at, c));
                }
                (first, _) => {
                    last_sign = None;
                    found.push(self.word(base + at, word));
                    // A consonant with its signs.
                    if first.is_some_and(is_spaceless) {
                        self.count -= 1;
                        self.tenths += word.chars().map(tenths_of).sum::<u32>();
                    }
                }
            }
            end = at + word.len();
        }
        self.follows &= !parts(&part[end..]);
        found
    }

    /// Whether a pair of signs stands for what a text is about: kana beside Chinese characters are grammar.
    fn says_something(&mut self, first: char, second: char) -> bool {
        let is_kana = |c| is_ideographic(c) && !is_han(c);
        let text = self.text;
        !(is_kana(first) || is_kana(second))
            || !*(self.has_han).get_or_insert_with(|| text.chars().any(is_han))
    }
}

/// Adults read 400 to 500 Chinese characters in the minute in which they read 220 words; a Thai word has about five.
fn tenths_of(c: char) -> u32 {
    match is_southeast_asian(c) {
        true => 2,
        false => 5,
    }
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

    fn all(text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        each_word(text, |found| all.push(found));
        all
    }

    fn found(text: &str) -> Vec<(&str, bool)> {
        let words = all(text).into_iter();
        words
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
        assert_eq!(all("分手 以后").len(), 2);
        assert_eq!(each_word("分手 以后", |_| {}), 2);
        let pairs = |text| -> Vec<bool> { all(text).iter().map(|found| found.follows).collect() };
        // Two pairs between two words; grammar between one and another; kana where there is nothing else.
        assert_eq!(pairs("useState 钩子函 API"), [false, true, false, true]);
        assert_eq!(pairs("コンポーネントを再利用する"), [false, true, false]);
        assert_eq!(pairs("すみれ"), [false, false]);
        assert_eq!(each_word("การดูแล", |_| {}), 1);
        assert_eq!(each_word("การดูแลตัวเองหลังเลิกรา", |_| {}), 5);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ascii_is_cut_wherever_no_word_goes_on(text in "[abB1' ,\\n]{0,40}(relationships)?[bB ]{0,9}") {
            let is_inside = |c: char| c.is_alphanumeric() || c == '\'';
            let runs = text.split(|c| !is_inside(c)).map(|run| run.trim_matches('\''));
            let expected: Vec<&str> = runs.filter(|word| !word.is_empty()).collect();
            let found = all(&text);
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
