//! Reads TOML into values so that every mistake is told, not only the first, with its place. The only module that knows
//! the TOML library.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table};

use crate::diagnostic::{Diagnostic, did_you_mean, nearest, unknown_key};
use crate::model::wording;

/// The code of an error after which nothing of a file could be read.
const NO_TOML: &str = "toml";

/// What a TOML file holds.
pub struct Read<T> {
    /// The keys that were right.
    pub value: T,
    /// What is wrong with the others.
    pub errors: Vec<Diagnostic>,
    /// The top-level keys that the errors are about: as they are written, and as they are probably meant.
    pub(super) told: Vec<String>,
}

impl<T> Read<T> {
    /// Whether nothing of the file could be read.
    pub(super) fn is_no_toml(&self) -> bool {
        self.errors.iter().any(|error| error.code == NO_TOML)
    }
}

/// Reads a TOML file into `T`, each top-level key by itself, so that every mistake is told.
pub fn read<T: DeserializeOwned + Default>(path: &str, text: &str) -> Read<T> {
    let mut read = Read {
        value: T::default(),
        errors: Vec::new(),
        told: Vec::new(),
    };
    if let Ok(whole) = toml::from_str::<T>(text) {
        read.value = whole;
        return read;
    }
    let (table, broken) = DeTable::parse_recoverable(text);
    if let Some(error) = broken.first() {
        let at = error.span().unwrap_or(0..0);
        let error = no_toml(path, text, error.message().trim(), at);
        read.errors.push(error);
        return read;
    }
    for (key, value) in table.get_ref() {
        let mut single = DeTable::new();
        single.insert(key.clone(), value.clone());
        let whole = Spanned::new(table.span(), single);
        if let Err(error) = T::deserialize(toml::Deserializer::from(whole)) {
            read.told.push(key.get_ref().to_string());
            if let Some((name, known)) = unknown_key(error.message())
                && name == *key.get_ref()
            {
                let meant = nearest(&name, known.iter().map(String::as_str));
                read.told.extend(meant.map(str::to_owned));
            }
            read.errors.push(mistake(path, text, &error, key, value));
        }
    }
    let good: Table = toml::from_str::<Table>(text)
        .unwrap_or_default()
        .into_iter()
        .filter(|(key, value)| {
            let single = Table::from_iter([(key.clone(), value.clone())]);
            single.try_into::<T>().is_ok()
        })
        .collect();
    read.value = good.try_into().unwrap_or_default();
    read
}

/// The whole of a TOML text, whatever it holds.
///
/// # Errors
/// It is no TOML.
pub fn value<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Box<Diagnostic>> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().unwrap_or(0..0);
        Box::new(no_toml(path, text, error.message().trim(), at))
    })
}

/// `at` is where the parser noticed.
fn no_toml(path: &str, text: &str, message: &str, at: Range<usize>) -> Diagnostic {
    let quote = match message {
        m if m.starts_with("invalid basic string") => Some('"'),
        m if m.starts_with("invalid literal string") => Some('\''),
        _ => None,
    };
    let line = text
        .get(..at.start)
        .map(|before| &before[before.rfind('\n').map_or(0, |end| end + 1)..])
        .unwrap_or_default();
    let opened = quote
        .and_then(|quote| line.rfind(quote))
        .map(|from| at.start - line.len() + from);
    if message.contains("duplicate key") {
        let name = text.get(at.clone()).unwrap_or_default();
        let (what, help) = match line.trim_start().starts_with('[') {
            true => (
                format!("the table `{name}` begins here a second time"),
                "put its keys below the first one, and remove this line",
            ),
            false => (
                format!("`{name}` is set here a second time"),
                "keep one of the two lines",
            ),
        };
        return Diagnostic::error(NO_TOML, path, what).at(at).help(help);
    }
    match opened.filter(|_| message.contains("expected")) {
        Some(opened) => Diagnostic::error(
            NO_TOML,
            path,
            "this is not TOML: a quote is opened and never closed",
        )
        .at(opened..opened + 1)
        .help("close it at the end of the text, with the same sign"),
        None => Diagnostic::error(NO_TOML, path, format!("this is not TOML: {message}"))
            .at(at)
            .help("a line is `key = value`; texts stand in double quotes"),
    }
}

fn mistake(
    path: &str,
    text: &str,
    error: &toml::de::Error,
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
) -> Diagnostic {
    let at = error
        .span()
        .filter(|s| s.end <= text.len() && !s.is_empty());
    match unknown_key(error.message()) {
        Some((name, known)) => {
            let at = at.unwrap_or_else(|| key.span());
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let diagnostic =
                Diagnostic::error("unknown-key", path, format!("`{name}` is no key of {path}"))
                    .at(at);
            match did_you_mean(&name, &known) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        }
        None => {
            // Only the printed form names the key within a table.
            let printed = error.to_string();
            let whole_key = printed
                .rsplit_once("in `")
                .and_then(|(_, rest)| rest.split('`').next());
            let name = whole_key
                .filter(|name| name.starts_with(&**key.get_ref()))
                .unwrap_or(key.get_ref());
            let message = match wording::of_wrong_value(error.message()) {
                Some(words) => format!("`{name}` {words}"),
                None => format!("`{name}`: {}", error.message().trim()),
            };
            Diagnostic::error("config", path, message).at(at.unwrap_or_else(|| value.span()))
        }
    }
}

/// The bytes of a key in a TOML text, named from the top, such as `check.external`; with `item`, of that text from the
/// key on.
pub fn find_key(text: &str, key: &str, item: Option<&str>) -> Option<Range<usize>> {
    let (whole, _) = DeTable::parse_recoverable(text);
    let mut table = Some(whole.get_ref());
    let mut found = None;
    for name in key.split('.') {
        let (written, value) = table?
            .iter()
            .find(|(written, _)| written.get_ref() == name)?;
        found = Some(written.span());
        table = value.get_ref().as_table();
    }
    let at = found?;
    let of_item = item.and_then(|item| {
        let start = at.start + text.get(at.start..)?.find(item)?;
        Some(start..start + item.len())
    });
    Some(of_item.unwrap_or(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_its_own_table() {
        let text = "[[menu]]\ntitle = \"a\"\n[check.external]\nskip = [\"b\"]\n";
        let found = |key, item| find_key(text, key, item).map(|at| &text[at]);
        assert_eq!(found("title", None), None);
        assert_eq!(found("menu", Some("\"a\"")), Some("\"a\""));
        assert_eq!(found("check.external", Some("b")), Some("b"));
        assert_eq!(found("check.external.skip", None), Some("skip"));
        assert_eq!(found("check", Some("absent")), Some("check"));
        assert_eq!(found("check.skip", None), None);
    }
}
