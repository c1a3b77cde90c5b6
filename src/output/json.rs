//! JSON for feeds, metadata and answers to programs. The only module that knows serde_json.

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use serde_json::{Value, json};

/// What JSON says.
///
/// # Errors
/// In words: it is none.
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// A value of JSON as one of a type.
///
/// # Errors
/// In words: it is none.
pub fn typed<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// As a value of JSON.
pub fn value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// As JSON on several lines, with a line end.
pub fn pretty(value: &impl Serialize) -> String {
    // Nothing that is written here has keys that are no texts, which is all that could fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// As JSON on one line.
pub fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// As JSON on one line, with the keys of each map sorted.
pub fn sorted(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    compact(&value)
}

/// As JSON for a script element: no `<` of a text can end it.
pub fn for_script(value: &impl Serialize) -> String {
    let text = compact(value);
    let signs = [
        ('<', "\\u003c"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ];
    signs
        .iter()
        .fold(text, |text, (sign, written)| match text.contains(*sign) {
            true => text.replace(*sign, written),
            false => text,
        })
}
