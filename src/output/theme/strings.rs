//! The words of a theme: `strings/<language>.toml` of all themes of a chain put together, along the chain of languages
//! that stand in for the site's.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::language::{self, Language};
use super::{Theme, ThemeFiles, untranslated};
use crate::config;
use crate::diagnostic::{Diagnostic, did_you_mean, utf8};
use crate::model::date::DateNames;
use crate::model::extra::ExtraValue;

/// A text with a number in it, in each form that a word takes beside numbers.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The texts by their forms, `other` among them.
    pub forms: BTreeMap<String, String>,
    /// The language that they are in.
    pub language: Arc<Language>,
}

impl Counted {
    /// The text for a number.
    pub fn of(&self, number: usize) -> &str {
        let form = self.forms.get(self.language.form(number));
        let form = form.or_else(|| self.forms.get("other"));
        form.map_or("", String::as_str)
    }
}

/// `strings/<language>.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Strings {
    pub(super) months: Vec<String>,
    pub(super) months_alone: Vec<String>,
    pub(super) months_short: Vec<String>,
    pub(super) weekdays: Vec<String>,
    #[serde(flatten)]
    pub(super) texts: BTreeMap<String, Text>,
}

/// A text, or its forms beside numbers.
#[derive(Debug)]
pub(super) enum Text {
    Plain(String),
    Counted(BTreeMap<String, String>),
}

/// The forms as they are written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    zero: Option<String>,
    one: Option<String>,
    two: Option<String>,
    few: Option<String>,
    many: Option<String>,
    other: String,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or its forms such as { one, other }")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Plain(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                let forms = Forms::deserialize(MapAccessDeserializer::new(map))?;
                let named = [
                    ("zero", forms.zero),
                    ("one", forms.one),
                    ("two", forms.two),
                    ("few", forms.few),
                    ("many", forms.many),
                    ("other", Some(forms.other)),
                ];
                let written = named
                    .into_iter()
                    .filter_map(|(name, text)| Some((name.to_owned(), text?)));
                Ok(Text::Counted(written.collect()))
            }
        }
        from.deserialize_any(Either)
    }
}

#[cfg(test)]
impl Text {
    /// The text beside most numbers.
    pub(super) fn usual(&self) -> &str {
        match self {
            Text::Plain(text) => text,
            Text::Counted(forms) => &forms["other"],
        }
    }
}

impl Strings {
    pub(super) fn keys(&self) -> Vec<String> {
        let lists = [("months", &self.months), ("weekdays", &self.weekdays)];
        let lists = lists.into_iter().filter(|(_, names)| !names.is_empty());
        lists
            .map(|(key, _)| key.to_owned())
            .chain(self.texts.keys().cloned())
            .collect()
    }
}

impl Theme {
    /// From the least particular to the most: English, the language, the language with its region; in each
    /// the extended theme first.
    pub(super) fn read_strings(
        &mut self,
        themes: &[ThemeFiles],
        tag: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let languages = language::chain(tag);
        let mut english: Vec<(&ThemeFiles, Vec<String>)> = Vec::new();
        let mut translated: BTreeSet<String> = BTreeSet::new();
        for wanted in languages.iter().rev() {
            let language = Arc::new(Language::new(wanted));
            for files in themes.iter().rev() {
                let Some((path, bytes)) = files.strings(wanted) else {
                    continue;
                };
                let path = files.path_of(path);
                let text = match utf8(&path, bytes) {
                    Ok(text) => text,
                    Err(error) => {
                        diagnostics.push(*error);
                        continue;
                    }
                };
                let read = config::read::<Strings>(&path, text);
                let strings = read.value;
                diagnostics.extend(read.errors);
                match wanted.as_str() {
                    "en" => english.push((files, strings.keys())),
                    _ => translated.extend(strings.keys()),
                }
                self.add(strings, &language);
            }
        }
        self.language = Arc::new(Language::new(tag));
        let is_english = tag
            .split('-')
            .next()
            .is_some_and(|t| t.eq_ignore_ascii_case("en"));
        // The last one before English is the one that most readers share.
        let common = languages.iter().rev().nth(1);
        if let (Some(common), false) = (common, is_english) {
            diagnostics.extend(untranslated::notes(
                self,
                &english,
                &translated,
                (tag, common),
            ));
        }
    }

    /// Adds what `site.toml` wants otherwise.
    pub(super) fn read_own(
        &mut self,
        language: &config::Language,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let known = Arc::clone(&self.language);
        let key = format!("languages.{}.strings", language.tag);
        let mut tell = |name: &str, message: String, help: Option<String>| {
            let mut error = Diagnostic::error("config", config::FILE, message);
            error = error.at_key(&format!("{key}.{name}"));
            error.help = help;
            diagnostics.push(error);
        };
        for (name, value) in &language.strings {
            let is_known = self.strings.contains_key(name) || self.counted.contains_key(name);
            if !is_known {
                let all: Vec<&str> = self
                    .strings
                    .keys()
                    .chain(self.counted.keys())
                    .map(String::as_str)
                    .collect();
                let help = did_you_mean(name, &all);
                tell(name, format!("the theme has no words `{name}`"), help);
                continue;
            }
            let text = match value {
                ExtraValue::Text(text) => Text::Plain(text.clone()),
                ExtraValue::Map(forms) => {
                    let form = |(form, text): (&String, &ExtraValue)| match text {
                        ExtraValue::Text(text) => Some((form.clone(), text.clone())),
                        _ => None,
                    };
                    Text::Counted(forms.iter().filter_map(form).collect())
                }
                _ => {
                    let help = "write a text, or its forms such as { one = \"…\", other = \"…\" }";
                    tell(name, format!("`{name}` is no text"), Some(help.to_owned()));
                    continue;
                }
            };
            let texts = BTreeMap::from([(name.clone(), text)]);
            self.add(
                Strings {
                    texts,
                    ..Strings::default()
                },
                &known,
            );
        }
    }

    /// Adds the words of one file. Names of months and days are one language's, all or none.
    fn add(&mut self, strings: Strings, language: &Arc<Language>) {
        if strings.months.len() == 12 {
            self.dates = DateNames {
                months: strings.months,
                weekdays: std::mem::take(&mut self.dates.weekdays),
                ..DateNames::default()
            };
            self.dates_language = Arc::clone(language);
        }
        let lists = [
            (strings.months_alone, &mut self.dates.months_alone, 12),
            (strings.months_short, &mut self.dates.months_short, 12),
            (strings.weekdays, &mut self.dates.weekdays, 7),
        ];
        for (names, to, number) in lists {
            if names.len() == number {
                *to = names;
            }
        }
        for (key, text) in strings.texts {
            let forms = match text {
                // One text for all numbers.
                Text::Plain(text) if self.counted.contains_key(&key) => {
                    BTreeMap::from([("other".to_owned(), text)])
                }
                Text::Plain(text) => {
                    self.strings.insert(key, text);
                    continue;
                }
                Text::Counted(forms) => forms,
            };
            self.strings.remove(&key);
            let language = language.clone();
            self.counted.insert(key, Counted { forms, language });
        }
    }

    /// A word of the theme; its key where the theme has none.
    pub fn string<'a>(&'a self, key: &'a str) -> &'a str {
        self.strings.get(key).map_or(key, String::as_str)
    }

    /// A text of the theme with a value in the place of its placeholder.
    pub fn string_with(&self, key: &str, name: &str, value: &str) -> String {
        filled(self.string(key), |placeholder| {
            (placeholder == name).then(|| value.into())
        })
    }

    /// A text of the theme with a number in the place of its placeholder, in the form that goes with the number.
    pub fn string_of(&self, key: &str, name: &str, number: usize) -> String {
        let text = match self.counted.get(key) {
            Some(counted) => counted.of(number),
            None => self.string(key),
        };
        filled(text, |placeholder| {
            let number = || {
                self.language
                    .number(i64::try_from(number).unwrap_or(i64::MAX))
            };
            (placeholder == name).then(|| number().into())
        })
    }
}

/// A theme's text with values in place of `{n}` and `{total}`; a name that has no value stays as it is written.
pub fn filled<'a>(text: &str, value: impl Fn(&str) -> Option<Cow<'a, str>>) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}');
        match found.and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                out.push_str(&value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_what_is_none_stays() {
        let value = |name: &str| match name {
            "n" => Some("{total}".into()),
            "total" => Some("6".into()),
            _ => None,
        };
        for (text, expected) in [
            ("", ""),
            ("{n} of {total}", "{total} of 6"),
            ("{other} {", "{other} {"),
            ("{ {total}}", "{ 6}"),
            ("{é{n}", "{é{total}"),
        ] {
            assert_eq!(filled(text, value), expected, "{text:?}");
        }
    }
}
