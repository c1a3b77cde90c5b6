//! Names fit for an address: lower case, words joined by hyphens, in ASCII or in their own script.

use borsh::{BorshDeserialize, BorshSerialize};
use deunicode::deunicode_char;
use serde::Deserialize;

use super::nfc::{is_mark, nfc};

/// How names become parts of addresses: `[addresses]`, and the site's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slugs {
    /// The script.
    pub style: Style,
    letters: Letters,
}

/// The script of addresses that are made of names.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Deserialize,
    BorshDeserialize,
    BorshSerialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Letters of other scripts become those of ASCII that sound alike.
    #[default]
    Ascii,
    /// Letters stay in their script, in small letters.
    Unicode,
}

/// Letters that a language writes in ASCII in its own way.
type Letters = &'static [(char, &'static str)];

const GERMAN: Letters = &[('ä', "ae"), ('ö', "oe"), ('ü', "ue")];
const NORDIC: Letters = &[('å', "aa"), ('ø', "oe"), ('æ', "ae")];
const UKRAINIAN: Letters = &[
    ('г', "h"),
    ('ґ', "g"),
    ('и', "y"),
    ('і', "i"),
    ('ї', "i"),
    ('й', "i"),
    ('є', "ie"),
    ('ю', "iu"),
    ('я', "ia"),
    ('щ', "shch"),
    ('ь', ""),
];
const BULGARIAN: Letters = &[('щ', "sht"), ('ъ', "a"), ('ь', "y")];

impl Slugs {
    /// Those of a site in a language, by its tag.
    pub fn new(style: Style, language: &str) -> Slugs {
        let primary = language.split('-').next().unwrap_or_default();
        let letters = match primary.to_ascii_lowercase().as_str() {
            "de" => GERMAN,
            "da" | "nb" | "nn" | "no" => NORDIC,
            "uk" => UKRAINIAN,
            "bg" => BULGARIAN,
            _ => &[],
        };
        Slugs { style, letters }
    }

    /// The slug of a text. Empty where nothing of it can stand in an address.
    pub fn of(self, text: &str) -> String {
        if self.style == Style::Unicode {
            return in_own_script(text);
        }
        if self.letters.is_empty() || text.is_ascii() {
            return slugify(text);
        }
        let text = nfc(text);
        let mut spelled = String::with_capacity(text.len());
        for c in text.chars() {
            let small = c.to_lowercase().next().unwrap_or(c);
            match self.letters.iter().find(|(letter, _)| *letter == small) {
                Some((_, ascii)) => spelled.push_str(ascii),
                None => spelled.push(c),
            }
        }
        slugify(&spelled)
    }

    /// The slug that an author wrote, as the last part of an address: letters, digits and marks of any script and case,
    /// `-`, `_`, `.`, `~` and `+`. None where it is no such part.
    pub fn written(text: &str) -> Option<String> {
        let text = nfc(text);
        let fits = |c: char| c.is_alphanumeric() || is_mark(c) || "-_.~+".contains(c);
        let is_part = text.chars().all(fits) && text.chars().any(char::is_alphanumeric);
        (is_part && text.len() <= LONGEST && !text.starts_with('.') && !text.ends_with('.'))
            .then(|| text.into_owned())
    }
}

fn in_own_script(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in nfc(text).chars() {
        match c {
            // An apostrophe joins, and so does the sign that keeps Persian letters apart.
            '\'' | '\u{2019}' | '\u{2bc}' | '\u{200c}' => {}
            _ if c.is_alphanumeric() || is_mark(c) && !out.is_empty() && !gap => {
                if gap && !out.is_empty() {
                    out.push('-');
                }
                gap = false;
                out.extend(c.to_lowercase());
            }
            _ => gap = true,
        }
    }
    nfc(&out).into_owned()
}

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
    fn slugs_follow_the_language_and_the_style() {
        let of = |style, language, text| Slugs::new(style, language).of(text);
        for (language, text, slug) in [
            ("de-AT", "Für Höhlen & ÄRGER", "fuer-hoehlen-aerger"),
            ("de", "fu\u{308}r", "fuer"),
            ("sv", "Höga berg", "hoga-berg"),
            ("da", "Smørrebrød på Ærø", "smoerrebroed-paa-aeroe"),
            ("uk", "Київ, Гоголь", "kyiv-hohol"),
            ("bg", "Къща", "kashta"),
            ("en", "Motörhead", "motorhead"),
        ] {
            assert_eq!(of(Style::Ascii, language, text), slug, "{language} {text}");
        }
        for (text, slug) in [
            ("日本語 の Text!", "日本語-の-text"),
            ("हिन्दी में", "हिन्दी-में"),
            ("Don’t – ÄRGER", "dont-ärger"),
            ("re\u{301}sume\u{301}", "résumé"),
            ("می‌روم", "میروم"),
            ("  -- ", ""),
        ] {
            assert_eq!(of(Style::Unicode, "", text), slug, "{text}");
        }
    }

    #[test]
    fn a_slug_may_be_written_in_any_script_and_case() {
        for slug in ["Rust-1.0", "日本語", "c++", "a_b~c", "हिन्दी"] {
            assert_eq!(Slugs::written(slug).as_deref(), Some(slug));
        }
        for slug in ["a b", "a/b", "..", ".x", "x.", "-", "", "50%", "a?b", "\\"] {
            assert_eq!(Slugs::written(slug), None, "{slug}");
        }
        assert_eq!(Slugs::written(&"a".repeat(LONGEST + 1)), None);
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
