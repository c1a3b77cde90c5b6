//! The words of a text as search compares them, one at a time, each with its hash; and the words of a body,
//! counted, with which of them follow each other. What they weigh, and which pages hold them, is the search output's.
//!
//! This runs over every byte of a site that can be searched.

mod ascii;
mod fold;
mod neighbours;
mod signs;
mod stem;
mod table;

use crate::fingerprint::of_word;
use crate::model::terms::Vocabulary;
pub(super) use ascii::ascii_word;
pub use neighbours::{Neighbours, SLOTS};
pub use stem::Stemmer;
pub use table::Table;

/// Calls `found` with each word of a plain text and its hash. The word may have capitals; its hash is that of
/// small letters.
pub fn of_text(text: &str, mut found: impl FnMut(&str, u64)) {
    let mut buffer = String::new();
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        at = match CLASS[usize::from(*byte)] {
            LETTER | OTHER => word(text, at, &mut buffer, &mut found),
            _ => at + 1,
        };
    }
}

/// Counts the words of a body, given as HTML: those between tags, those of code too.
pub fn vocabulary(html: &str) -> Vocabulary {
    let mut table = Table::new(html.len() / 8);
    let mut tallies: Vec<u16> = Vec::with_capacity(html.len() / 16);
    let mut names: Vec<u32> = Vec::with_capacity(html.len() / 16);
    let mut neighbours = Neighbours::default();
    let mut buffer = String::new();
    let bytes = html.as_bytes();
    let mut heading = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match CLASS[usize::from(*byte)] {
            LETTER | OTHER => word(html, at, &mut buffer, &mut |word, hash| {
                let number = table.number(word, hash);
                match tallies.get_mut(number) {
                    Some(tally) => *tally = tally.saturating_add(2) | heading,
                    None => {
                        tallies.push(2 | heading);
                        names.push(neighbours::name(word));
                    }
                }
                neighbours.add_name(names[number]);
            }),
            TAG => {
                match bytes[at + 1..] {
                    [b'h', b'1'..=b'6', ..] => heading = 1,
                    [b'/', b'h', b'1'..=b'6', ..] => heading = 0,
                    _ => {}
                }
                after_tag(html, at + 1)
            }
            REFERENCE => after_reference(bytes, at + 1),
            _ => at + 1,
        };
    }
    Vocabulary {
        words: table.text.into(),
        tallies: tallies.into(),
        neighbours: neighbours.bits().into(),
    }
}

/// Calls `found` with each word of a body, its hash, how often it stands there, and whether in a heading.
pub fn of_vocabulary(vocabulary: &Vocabulary, mut found: impl FnMut(&str, u64, u32, bool)) {
    let bytes = vocabulary.words.as_bytes();
    let mut at = 0;
    for tally in &vocabulary.tallies {
        let (mut hash, mut length) = ascii_word(bytes, at);
        if bytes.get(at + length).is_some_and(|byte| *byte != b'\n') {
            let rest = &vocabulary.words[at..];
            length = rest.find('\n').unwrap_or(rest.len());
            hash = hash_of(&rest[..length]);
        }
        let word = &vocabulary.words[at..at + length];
        found(word, hash, u32::from(tally / 2), tally % 2 == 1);
        at += length + 1;
    }
}

/// Reads the word that begins at `at`, and says where it ends.
#[inline]
fn word(text: &str, at: usize, buffer: &mut String, found: &mut impl FnMut(&str, u64)) -> usize {
    let bytes = text.as_bytes();
    let (hash, length) = ascii_word(bytes, at);
    let end = at + length;
    match bytes.get(end).map(|byte| CLASS[usize::from(*byte)]) {
        Some(APOSTROPHE | OTHER) => return odd_word(text, at, buffer, found),
        _ if (2..=fold::LONGEST).contains(&length) => found(&text[at..end], hash),
        _ => {}
    }
    for signed in signs::around(text, at..end).into_iter().flatten() {
        found(&text[signed.clone()], hash_of(&text[signed]));
    }
    end
}

/// Reads a word with an apostrophe or with characters that are not ASCII.
fn odd_word(
    text: &str,
    at: usize,
    buffer: &mut String,
    found: &mut impl FnMut(&str, u64),
) -> usize {
    let rest = &text[at..];
    let end = rest
        .find(|c| !fold::is_word(c) && !fold::is_apostrophe(c))
        .unwrap_or(rest.len());
    if end == 0 {
        return at + rest.chars().next().map_or(1, char::len_utf8);
    }
    fold::words(&rest[..end], buffer, |word| found(word, hash_of(word)));
    at + end
}

/// Where to go on after the tag whose inside begins at `at`: past its end; past the whole element where its
/// text is none for readers.
fn after_tag(html: &str, at: usize) -> usize {
    let rest = &html[at..];
    let unread = match rest.as_bytes().first() {
        Some(b's' | b'!') => UNREAD.iter().find(|(start, _)| rest.starts_with(start)),
        _ => None,
    };
    let length = match unread {
        Some((_, end)) => rest.find(end).map(|found| found + end.len()),
        None => rest
            .bytes()
            .position(|byte| byte == b'>')
            .map(|found| found + 1),
    };
    at + length.unwrap_or(rest.len())
}

/// Where to go on after an `&` before the byte `at`: past the reference, if it is one.
fn after_reference(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..bytes.len().min(at + 12)];
    let name = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'#')
        .count();
    match rest.get(name) {
        Some(b';') => at + name + 1,
        _ => at,
    }
}

/// Elements without words, and comments: how they begin and end.
const UNREAD: [(&str, &str); 3] = [
    ("script", "</script>"),
    ("style", "</style>"),
    ("!--", "-->"),
];

/// The hash of a word that is folded or has capitals only.
pub fn hash_of(word: &str) -> u64 {
    match ascii_word(word.as_bytes(), 0) {
        (hash, length) if length == word.len() => hash,
        _ if word.is_ascii() => of_word(word.to_ascii_lowercase().as_bytes()),
        _ => of_word(word.as_bytes()),
    }
}

/// What a byte is to a text.
const CLASS: [u8; 256] = classes();
const OTHER: u8 = 1;
const APOSTROPHE: u8 = 2;
const TAG: u8 = 3;
const REFERENCE: u8 = 4;
const LETTER: u8 = 5;

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0u8;
    loop {
        classes[byte as usize] = match byte {
            b'<' => TAG,
            b'&' => REFERENCE,
            b'\'' => APOSTROPHE,
            128.. => OTHER,
            _ if byte.is_ascii_alphanumeric() => LETTER,
            _ => 0,
        };
        if byte == u8::MAX {
            return classes;
        }
        byte += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_no_words_and_code_is() {
        let html = "<h2 id=\"x\">One two</h2>\n<pre title=\"three\"><code>four</code></pre>\n<!-- five -->\
                    <p class=\"six\">Don’t &amp; 'Größe' 分手后<script>seven</script> two";
        let mut found = Vec::new();
        let vocabulary = vocabulary(html);
        of_vocabulary(&vocabulary, |word, hash, count, heading| {
            assert_eq!(hash, hash_of(word));
            found.push((word.to_owned(), count, heading));
        });
        let expected = [
            ("one", 1, true),
            ("two", 2, true),
            ("four", 1, false),
            ("dont", 1, false),
            ("grosse", 1, false),
            ("分手", 1, false),
            ("手后", 1, false),
        ];
        assert_eq!(
            found,
            expected.map(|(word, count, heading)| (word.to_owned(), count, heading))
        );
    }

    #[test]
    fn words_are_those_of_the_table_that_the_script_is_held_to() {
        let table = include_str!("../../../tests/browser/words.txt");
        let cases: Vec<(&str, &str)> = table.lines().filter_map(|l| l.split_once(" → ")).collect();
        assert!(cases.len() > 20);
        for (text, expected) in cases {
            let mut words = Vec::new();
            of_text(text, |word, hash| {
                assert_eq!(hash, hash_of(word), "{word}");
                words.push(word.to_ascii_lowercase());
            });
            assert_eq!(words.join(" "), expected.trim(), "{text}");
        }
    }

    #[test]
    fn many_words_keep_their_numbers() {
        let mut table = Table::new(4);
        for round in 0..2 {
            for number in 0..5000 {
                let word = format!("Word{number}");
                assert_eq!(table.number(&word, hash_of(&word)), number, "{round}");
            }
        }
        assert_eq!(
            (table.len(), table.text.lines().nth(4999)),
            (5000, Some("word4999"))
        );
    }
}
