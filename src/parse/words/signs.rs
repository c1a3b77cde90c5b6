//! Names that are told apart by a sign: `C++`, `C#`, `.NET`, `.gitignore`. `assets/search.js` finds the same.

use std::ops::Range;

/// The word at a place of ASCII letters and digits with the sign before it, and with the one behind it.
#[inline]
pub(super) fn around(text: &str, word: Range<usize>) -> [Option<Range<usize>>; 2] {
    let bytes = text.as_bytes();
    let before = word.start.checked_sub(1).map(|at| bytes[at]);
    let behind = bytes.get(word.end);
    if before != Some(b'.') && !matches!(behind, Some(b'+' | b'#')) {
        return [None, None];
    }
    [with_dot(text, &word), with_end(text, &word)]
}

/// A dot before a letter, where no word and no other dot stands before it.
fn with_dot(text: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let dot = word.start.checked_sub(1)?;
    let is_letter = text.as_bytes()[word.start].is_ascii_alphabetic();
    let ends_a_word =
        |c: char| c == '.' || super::fold::is_word(c) || super::fold::is_apostrophe(c);
    let begins = text.as_bytes()[dot] == b'.' && !text[..dot].ends_with(ends_a_word);
    (is_letter && begins && word.len() < super::fold::LONGEST).then_some(dot..word.end)
}

/// `++`, or a `#` that no word follows.
fn with_end(text: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let behind = &text[word.end..];
    let sign = if behind.starts_with("++") {
        2
    } else if behind.starts_with('#') && !behind[1..].starts_with(super::fold::is_word) {
        1
    } else {
        return None;
    };
    (word.len() < super::fold::LONGEST).then_some(word.start..word.end + sign)
}
