//! The words of a theme: `strings/<language>.toml` of all themes of a chain put together, and what is said in English
//! only.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Theme, ThemeFiles};
use crate::config;
use crate::diagnostic::{Diagnostic, utf8};

/// Words of a theme that are missing in the site's language.
#[derive(Clone, Debug)]
pub struct Untranslated {
    /// Its name.
    pub theme: String,
    /// The language, without its region.
    pub language: String,
    /// Its file of that language, if it has one that authors can change.
    pub file: Option<String>,
    /// The keys, sorted.
    pub keys: Vec<String>,
}

/// `strings/<language>.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Strings {
    months: Vec<String>,
    #[serde(flatten)]
    texts: BTreeMap<String, String>,
}

impl Strings {
    fn keys(&self) -> Vec<String> {
        let months = (!self.months.is_empty()).then(|| "months".to_owned());
        months
            .into_iter()
            .chain(self.texts.keys().cloned())
            .collect()
    }
}

impl Theme {
    /// From the least particular to the most: English, the language, the language with its region; in each
    /// the extended theme first.
    pub(super) fn read_strings(
        &mut self,
        chain: &[ThemeFiles],
        language: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let primary = language.split('-').next().unwrap_or(language);
        let mut languages = vec!["en", primary, language];
        languages.dedup();
        let mut english: Vec<(&ThemeFiles, Vec<String>)> = Vec::new();
        let mut translated: BTreeSet<String> = BTreeSet::new();
        for wanted in languages {
            let file = format!("strings/{wanted}.toml");
            for files in chain.iter().rev() {
                let Some((_, bytes)) = files.files.iter().find(|(path, _)| *path == file) else {
                    continue;
                };
                let path = files.path_of(&file);
                let text = match utf8(&path, bytes) {
                    Ok(text) => text,
                    Err(error) => {
                        diagnostics.push(*error);
                        continue;
                    }
                };
                let (strings, errors) = config::read::<Strings>(&path, text);
                diagnostics.extend(errors);
                let keys = strings.keys();
                match wanted {
                    "en" => english.push((files, keys)),
                    _ => translated.extend(keys),
                }
                self.strings.extend(strings.texts);
                if strings.months.len() == 12 {
                    self.months = strings.months;
                }
            }
        }
        if primary != "en" {
            self.untranslated = untranslated(&english, &translated, primary);
            if translated.is_empty()
                && let Some((files, _)) = english.first()
            {
                let message = format!(
                    "the theme `{}` has no words in the site's language: readers see English ones",
                    files.name
                );
                let help = format!(
                    "write them into strings/{primary}.toml of a theme of your own; `gen check` says which"
                );
                diagnostics.push(
                    Diagnostic::note("untranslated-strings", config::FILE, message)
                        .at_item("language", language)
                        .help(help),
                );
            }
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

/// What themes say in English and `translated` lacks.
fn untranslated(
    english: &[(&ThemeFiles, Vec<String>)],
    translated: &BTreeSet<String>,
    language: &str,
) -> Vec<Untranslated> {
    let file = format!("strings/{language}.toml");
    let mut all = Vec::new();
    for (files, keys) in english {
        let mut keys: Vec<String> = keys
            .iter()
            .filter(|key| !translated.contains(*key))
            .cloned()
            .collect();
        keys.sort();
        let has_file = files.files.iter().any(|(path, _)| *path == file);
        if !keys.is_empty() {
            all.push(Untranslated {
                theme: files.name.clone(),
                language: language.to_owned(),
                file: (has_file && !files.built_in).then(|| files.path_of(&file)),
                keys,
            });
        }
    }
    all
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
