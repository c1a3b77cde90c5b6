//! Unicode's composed form (NFC), in which names are compared: `é` is one sign for one author and a letter with a mark
//! for another, whose system writes file names so.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text in NFC.
pub fn nfc(text: &str) -> Cow<'_, str> {
    // Below the combining marks, nothing is composed of anything.
    match text.chars().all(|c| c < '\u{300}') {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
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
}
