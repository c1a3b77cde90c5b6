//! Cuts plain text into words and sentences, by Unicode's rules (UAX #29) for every script. The only module that
//! knows unicode-segmentation.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// After these a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "etc", "e.g", "i.e", "approx", "z.b", "d.h",
    "bzw", "ca", "usw", "sr", "sra", "mme", "mlle", "p.ex",
];

/// After these it ends none where a number follows: "No. 5", but "a no is a no".
const BEFORE_NUMBERS: &[&str] = &["no", "nr", "núm", "art", "fig", "vol", "p", "pp"];

/// The words of a text, and the bytes that they begin at.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.unicode_word_indices()
}

/// The sentences of a text: their bytes, white space at the ends left out.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut add = |start: usize, piece: &str| {
        let end = start + piece.trim_end().len();
        let is_number = piece.starts_with(|c: char| c.is_ascii_digit());
        let joins = |last: &&mut Range<usize>| {
            open || is_number && ends_in(&text[last.start..last.end], BEFORE_NUMBERS)
        };
        match found.last_mut().filter(joins) {
            Some(last) => last.end = end,
            None if end > start => found.push(start..end),
            None => return,
        }
        open = ends_in_abbreviation(&text[start..end]);
    };
    match text.chars().all(is_common) {
        true => {
            let mut start = 0;
            while start < text.len() {
                let end = sentence_end(text, start);
                add(start, &text[start..end]);
                start = end;
            }
        }
        false => {
            for (start, piece) in text.split_sentence_bound_indices() {
                add(start, piece);
            }
        }
    }
    found
}

/// Whether [`sentence_end`] knows the character: Latin and Cyrillic letters, and what is printed among them. Most
/// texts hold nothing else, and need no look into tables.
fn is_common(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{410}'..='\u{44f}')
        || matches!(
            c,
            '\u{401}' | '\u{451}' | '\u{2013}' | '\u{2014}' | '\u{2018}'
                ..='\u{201e}' | '\u{2026}' | '\u{20ac}'
        )
}

/// Where the sentence ends that begins at `start`, in a text of common characters: by the rules of UAX #29, whose
/// numbers stand beside them.
fn sentence_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(found) = text[at..].find(['.', '!', '?']) {
        let sign = at + found;
        let (before, after) = (&text[..sign], &text[sign + 1..]);
        let is_stop = text[sign..].starts_with('.');
        at = sign + 1;
        let next = after.chars().next();
        let in_number = next.is_some_and(|c| c.is_ascii_digit());
        let in_short_form =
            next.is_some_and(char::is_uppercase) && before.ends_with(|c: char| c.is_alphabetic());
        // SB6, SB7.
        if is_stop && (in_number || in_short_form) {
            continue;
        }
        // SB9, SB10.
        let rest = after.trim_start_matches(closes).trim_start_matches(' ');
        let goes_on = |c: char| {
            matches!(
                c,
                ',' | '-' | ':' | ';' | '\u{2013}' | '\u{2014}' | '.' | '!' | '?'
            )
        };
        // SB8a, SB8.
        let is_letter = |c: char| c.is_alphabetic();
        let next_letter = rest.find(|c| is_letter(c) || matches!(c, '.' | '!' | '?'));
        let in_lower_case = next_letter.is_some_and(|i| rest[i..].starts_with(char::is_lowercase));
        if rest.starts_with(goes_on) || is_stop && in_lower_case {
            continue;
        }
        return text.len() - rest.len();
    }
    text.len()
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' | '\u{2018}'..='\u{201e}'
    )
}

fn ends_in_abbreviation(piece: &str) -> bool {
    let last = last_word(piece).unwrap_or_default();
    // A single capital is an initial.
    let is_initial =
        last.chars().count() == 1 && last.chars().all(char::is_uppercase) && last != "I";
    is_initial || ends_in(piece, ABBREVIATIONS)
}

fn ends_in(piece: &str, words: &[&str]) -> bool {
    last_word(piece).is_some_and(|last| words.contains(&last.to_lowercase().as_str()))
}

/// The word before a full stop at the end.
fn last_word(piece: &str) -> Option<&str> {
    let piece = piece.strip_suffix('.')?;
    piece.rsplit(|c: char| c.is_whitespace() || c == '(').next()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn common_texts_are_cut_by_unicodes_rules(text in r#"([.!?]{0,2}[ "'(){}\[\]«»\u{2018}-\u{201e}]{0,2}[ -~\u{a1}-\u{17f}\u{410}-\u{44f}\u{2013}\u{2014}\u{2018}-\u{201e}\u{2026}€1aA ]{0,3}){0,8}"#) {
            let mut ends = Vec::new();
            let mut start = 0;
            while start < text.len() && text.chars().all(is_common) {
                start = sentence_end(&text, start);
                ends.push(start);
            }
            let by_library = text.split_sentence_bound_indices().map(|(at, piece)| at + piece.len());
            prop_assert!(ends.is_empty() || ends == by_library.collect::<Vec<_>>(), "{text:?} {ends:?}");
        }
    }

    fn cut(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn sentences_end_where_readers_breathe() {
        assert_eq!(
            cut("Wait. Do not write!  Why? "),
            ["Wait.", "Do not write!", "Why?"]
        );
        assert_eq!(
            cut("Ask Dr. Brown, e.g. Friday. Then J. Doe."),
            ["Ask Dr. Brown, e.g. Friday.", "Then J. Doe."]
        );
        assert_eq!(
            cut("Song no. 5. Say no. 5 times no. Go."),
            ["Song no. 5.", "Say no. 5 times no.", "Go."]
        );
        assert_eq!(cut("So am I. Good."), ["So am I.", "Good."]);
        assert_eq!(cut("行く。帰る。"), ["行く。", "帰る。"]);
        assert!(cut(" \n ").is_empty());
    }
}
