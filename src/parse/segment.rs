//! Cuts plain text into words and sentences, by Unicode's rules (UAX #29) for every script. The only module that
//! knows unicode-segmentation.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// After these a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "etc", "e.g", "i.e", "no", "approx", "z.b", "d.h",
    "bzw", "ca", "nr", "usw", "sr", "sra", "mme", "mlle", "p.ex",
];

/// The words of a text, and the bytes that they begin at.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.unicode_word_indices()
}

/// The sentences of a text: their bytes, white space at the ends left out.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (start, piece) in text.split_sentence_bound_indices() {
        let end = start + piece.trim_end().len();
        match found.last_mut().filter(|_| open) {
            Some(last) => last.end = end,
            None if end > start => found.push(start..end),
            None => continue,
        }
        open = ends_in_abbreviation(&text[start..end]);
    }
    found
}

fn ends_in_abbreviation(piece: &str) -> bool {
    let Some(piece) = piece.strip_suffix('.') else {
        return false;
    };
    let last = piece
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    // A single capital is an initial.
    let is_initial =
        last.chars().count() == 1 && last.chars().all(char::is_uppercase) && last != "I";
    is_initial || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(cut("So am I. Good."), ["So am I.", "Good."]);
        assert_eq!(cut("行く。帰る。"), ["行く。", "帰る。"]);
        assert!(cut(" \n ").is_empty());
    }
}
