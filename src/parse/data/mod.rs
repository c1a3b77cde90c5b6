//! The files of `data/`, which only templates read: TOML, YAML, JSON and CSV as values, with the place of what is wrong.

mod csv;

use super::yaml::{self, Piece};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::model::extra::ExtraValue;

const PIECE: Piece = Piece {
    name: "this file",
    code: "data",
    longest: 16 << 20,
    deepest: 64,
    help: "what is this large is better split, or kept out of templates",
    colon: "a text with a colon in it stands in quotes",
};

/// What the file is, by its ending.
#[derive(Clone, Copy)]
enum Form {
    Toml,
    Yaml,
    Json,
    Csv,
}

fn form(path: &str) -> Option<Form> {
    let (_, ending) = path.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "toml" => Form::Toml,
        "yaml" | "yml" => Form::Yaml,
        "json" => Form::Json,
        "csv" => Form::Csv,
        _ => return None,
    })
}

/// Whether a file can be data, by its name.
pub fn is_data(path: &str) -> bool {
    form(path).is_some()
}

/// What a file holds; `path` is that from the site's root.
///
/// # Errors
/// It is not what its ending says.
pub fn read(path: &str, bytes: &[u8]) -> Result<ExtraValue, Box<Diagnostic>> {
    let whole = super::decode(path, bytes)?;
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let base = whole.len() - text.len();
    let wrong = |message: String, at: usize| {
        Box::new(Diagnostic::error("data", path, message).at(base + at..base + at))
    };
    match form(path) {
        Some(Form::Toml) => config::value(path, text).map(with_dates_as_texts),
        Some(Form::Json) => serde_json::from_str(text).map_err(|error| {
            let told = error.to_string();
            let told = told.split(" at line ").next().unwrap_or_default();
            let at = place(text, error.line(), error.column());
            wrong(format!("this is not JSON: {told}"), at)
        }),
        Some(Form::Csv) => csv::read(text).map_err(|fault| wrong(fault.message, fault.at)),
        Some(Form::Yaml) | None => {
            if let Some(error) = yaml::too_much(&PIECE, path, text, base) {
                return Err(Box::new(error));
            }
            let value = yaml::value(&PIECE, path, text, base)?;
            let typed = yaml::from_value(yaml::with_keys_as_texts(value));
            typed.map_err(|_| wrong("this holds what templates cannot read".to_owned(), 0))
        }
    }
}

/// The byte of a line and a column, both from 1 on.
fn place(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The TOML library hands a moment on as a map with one key.
fn with_dates_as_texts(value: ExtraValue) -> ExtraValue {
    match value {
        ExtraValue::Map(mut map) => match map.remove(yaml::TOML_DATE) {
            Some(date) if map.is_empty() => date,
            _ => {
                let pairs = map.into_iter();
                let pairs = pairs.map(|(key, value)| (key, with_dates_as_texts(value)));
                ExtraValue::Map(pairs.collect())
            }
        },
        ExtraValue::List(list) => {
            ExtraValue::List(list.into_iter().map(with_dates_as_texts).collect())
        }
        other => other,
    }
}
