//! A site's language: which languages stand in for it, the form that a word takes beside a number, and the number's
//! digits. Unicode's CLDR says all of it, by ICU4X; the words themselves are the theme's.

use std::fmt;

use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;
use icu_locale_fallback::LocaleFallbacker;
use icu_plurals::{PluralCategory, PluralRules};
use icu_provider::DataLocale;

/// Languages that are written from right to left where their tag names no script, and such scripts.
const RIGHT_TO_LEFT: [&str; 23] = [
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr",
    "ug", "ur", "yi", "arab", "hebr", "nkoo", "syrc", "thaa",
];

/// A language, with the rules of CLDR for it.
pub struct Language {
    /// Its tag (BCP 47), as it is written in `site.toml` or in a file's name.
    pub tag: String,
    plurals: Option<PluralRules>,
    decimals: Option<DecimalFormatter>,
    /// The digits from 0 to 9, where they are not those of ASCII.
    digits: Option<Vec<char>>,
}

impl Language {
    /// A language by its tag. One that CLDR does not know has one form of a word, and ASCII's digits.
    pub fn new(tag: &str) -> Language {
        let locale: Locale = tag.parse().unwrap_or(Locale::UNKNOWN);
        // 2026 is a year and 1500 is read at a glance: numbers are grouped from 10,000 on.
        let grouped = DecimalFormatterOptions::from(GroupingStrategy::Min2);
        let decimals = DecimalFormatter::try_new((&locale).into(), grouped).ok();
        let digit = |n: u8| decimals.as_ref().map(|d| d.format(&n.into()).to_string());
        let digits: Option<String> = (0..10).map(digit).collect();
        Language {
            tag: tag.to_owned(),
            plurals: PluralRules::try_new_cardinal((&locale).into()).ok(),
            digits: digits
                .filter(|digits| !digits.is_ascii())
                .map(|digits| digits.chars().collect()),
            decimals,
        }
    }

    /// The form of a word beside this many things: `zero`, `one`, `two`, `few`, `many` or `other`.
    pub fn form(&self, number: usize) -> &'static str {
        let category = self
            .plurals
            .as_ref()
            .map(|rules| rules.category_for(number));
        match category {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            _ => "other",
        }
    }

    /// A number as the language writes it: `1500`, `12,345`, `۱۲٬۳۴۵`.
    pub fn number(&self, number: i64) -> String {
        match &self.decimals {
            Some(decimals) => decimals.format(&number.into()).to_string(),
            None => number.to_string(),
        }
    }

    /// A text with the language's digits in place of ASCII's.
    pub fn with_digits(&self, text: String) -> String {
        let Some(digits) = &self.digits else {
            return text;
        };
        let own = |c: char| c.to_digit(10).map_or(c, |digit| digits[digit as usize]);
        text.chars().map(own).collect()
    }
}

impl Default for Language {
    fn default() -> Language {
        Language::new("en")
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.tag).finish()
    }
}

/// The languages whose words stand in for those of one, itself first and English last: `pt-BR`, `pt`, `en`.
///
/// They are CLDR's parents: `zh-TW` is followed by `zh-Hant`, `nb` by `no`, and nothing in Cyrillic stands in for
/// `sr-Latn`. Chinese without a script is the simplified one; what is English all over the world is British.
pub(super) fn chain(tag: &str) -> Vec<String> {
    let mut chain = vec![tag.to_owned()];
    let mut add = |tag: &str| {
        if !chain.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            chain.push(tag.to_owned());
        }
    };
    if let Ok(locale) = tag.parse::<Locale>() {
        let mut parents = LocaleFallbacker::new()
            .for_config(Default::default())
            .fallback_for(DataLocale::from(&locale));
        while !parents.get().is_unknown() {
            let parent = parents.get().to_string();
            add(&parent);
            match parent.as_str() {
                "zh" => add("zh-Hans"),
                "en-001" => add("en-GB"),
                _ => {}
            }
            parents.step();
        }
    }
    add("en");
    chain
}

/// A language with its country as Open Graph writes it: `pt_BR`; empty without a country.
pub(in crate::output) fn locale(language: &str) -> String {
    match language.split_once('-') {
        Some((primary, region)) if region.len() == 2 => {
            format!("{primary}_{}", region.to_ascii_uppercase())
        }
        _ => String::new(),
    }
}

/// `rtl` or `ltr`.
pub(in crate::output) fn direction(language: &str) -> &'static str {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default();
    // A script has four letters; what begins with one is private.
    let script = parts
        .take_while(|part| part.len() > 1)
        .find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    match RIGHT_TO_LEFT.contains(&script.unwrap_or(primary)) {
        true => "rtl",
        false => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_stand_in_for_others() {
        for (tag, expected) in [
            ("en", "en"),
            ("de", "de en"),
            ("de-AT", "de-AT de en"),
            ("pt-BR", "pt-BR pt en"),
            ("pt-br", "pt-br pt en"),
            ("zh", "zh zh-Hans en"),
            ("zh-CN", "zh-CN zh zh-Hans en"),
            ("zh-Hans", "zh-Hans zh en"),
            ("zh-TW", "zh-TW zh-Hant en"),
            ("zh-HK", "zh-HK zh-Hant en"),
            ("zh-Hant-HK", "zh-Hant-HK zh-HK zh-Hant en"),
            ("nb", "nb no en"),
            ("nn-NO", "nn-NO nn no en"),
            ("no", "no en"),
            ("sr-Latn", "sr-Latn en"),
            ("sr-Cyrl-RS", "sr-Cyrl-RS sr-RS sr en"),
            ("es-MX", "es-MX es-419 es en"),
            ("en-AU", "en-AU en-001 en-GB en"),
            ("en-US", "en-US en"),
            ("tlh", "tlh en"),
            ("x", "x en"),
            ("abcdefgh-1", "abcdefgh-1 en"),
        ] {
            assert_eq!(chain(tag).join(" "), expected, "{tag}");
        }
    }

    #[test]
    fn a_number_decides_the_form() {
        let forms = |tag: &str, numbers: &[usize]| -> Vec<&str> {
            let language = Language::new(tag);
            numbers.iter().map(|n| language.form(*n)).collect()
        };
        assert_eq!(forms("en", &[0, 1, 2]), ["other", "one", "other"]);
        assert_eq!(forms("fr", &[0, 1, 2]), ["one", "one", "other"]);
        assert_eq!(forms("pl", &[1, 2, 5, 22]), ["one", "few", "many", "few"]);
        assert_eq!(forms("ru", &[1, 11, 21]), ["one", "many", "one"]);
        assert_eq!(forms("ja", &[0, 1, 2]), ["other"; 3]);
        assert_eq!(
            forms("ar", &[0, 1, 2, 3, 11, 100]),
            ["zero", "one", "two", "few", "many", "other"]
        );
        assert_eq!(forms("zh-TW", &[1]), ["other"]);
        assert_eq!(forms("nb", &[1]), ["one"]);
        assert_eq!(forms("not a tag", &[1]), ["other"]);
    }

    #[test]
    fn numbers_are_the_languages() {
        for (tag, number, expected) in [
            ("en", 2026, "2026"),
            ("en", 12_345, "12,345"),
            ("en", -1, "-1"),
            ("de", 12_345, "12.345"),
            ("de-CH", 12_345, "12'345"),
            ("fr", 1_234_567, "1\u{202f}234\u{202f}567"),
            ("hi", 1_234_567, "12,34,567"),
            ("fa", 12_345, "۱۲٬۳۴۵"),
            ("bn", 2026, "২০২৬"),
            ("tlh", 12_345, "12,345"),
        ] {
            assert_eq!(Language::new(tag).number(number), expected, "{tag}");
        }
        let digits = |tag| Language::new(tag).with_digits("5 / 10".to_owned());
        assert_eq!(
            (digits("fa"), digits("ar")),
            ("۵ / ۱۰".into(), "5 / 10".into())
        );
    }
}
