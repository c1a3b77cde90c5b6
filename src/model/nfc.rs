//! Unicode's composed form (NFC), in which names are compared: `é` is one sign for one author and a letter with a mark
//! for another, whose system writes file names so.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in NFC.
pub fn nfc(text: &str) -> Cow<'_, str> {
    // Below the combining marks, nothing is composed of anything.
    match text.chars().all(|c| c < '\u{300}') {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

/// A text without what near-equal spellings differ by: case, accents, the form of signs (full width, ligatures), spaces and
/// punctuation. Signs that tell names apart stay: `C`, `C++` and `C#` are three.
pub fn bare(text: &str) -> String {
    const TELLING: [char; 6] = ['+', '#', '&', '@', '*', '%'];
    let mut bare = String::with_capacity(text.len());
    for c in nfc(text).chars() {
        match c {
            // To Unicode an accent, to its readers another letter.
            'й' | 'Й' => bare.push('й'),
            _ => {
                let letters = std::iter::once(c).nfkd();
                let letters = letters.filter(|c| c.is_alphanumeric() || TELLING.contains(c));
                bare.extend(letters.flat_map(char::to_lowercase));
            }
        }
    }
    bare
}

/// Whether a sign belongs to the letter before it: an accent, a vowel of an Indian script.
pub fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

/// The ASCII that is left of a text when its accents are taken off, and all else that has none.
pub fn ascii_of_compatible(text: &str) -> String {
    text.nfkd().filter(char::is_ascii).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_joined_to_their_letters() {
        for (text, composed) in [
            ("cafe\u{301}", "café"),
            ("café", "café"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("plain", "plain"),
        ] {
            assert_eq!(nfc(text), composed);
        }
    }

    #[test]
    fn near_equal_spellings_are_told_from_others() {
        for (one, other) in [
            ("Café", "cafe"),
            ("ＡＢＣ", "abc"),
            ("Rock ’n’ Roll", "rock'n'roll"),
            ("ﬁrst", "first"),
            ("カフェ", "ｶﾌｪ"),
        ] {
            assert_eq!(bare(one), bare(other), "{one}");
        }
        for (one, other) in [("C", "C++"), ("C", "C#"), ("R&D", "RD"), ("мой", "мои")] {
            assert_ne!(bare(one), bare(other), "{one}");
        }
    }
}
