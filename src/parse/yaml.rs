//! YAML as authors write it: bounds on it before it is read, and its syntax errors as diagnostics. The only
//! module that knows serde_yaml; what the keys mean is said where they are typed.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
pub(super) use serde_yaml::{Mapping, Value, from_value};

/// The map that a TOML library hands a moment on in has this one key.
pub(super) const TOML_DATE: &str = "$__toml_private_datetime";

use super::yaml_error;
pub(super) use super::yaml_error::Piece;
use crate::diagnostic::Diagnostic;
use crate::model::extra::ExtraValue;

/// Says that `source`, which begins at byte `base` of the file, is more than the parser should see.
pub(super) fn too_much(piece: &Piece, path: &str, source: &str, base: usize) -> Option<Diagnostic> {
    let wrong = |message: String| {
        Some(
            Diagnostic::error(piece.code, path, message)
                .at(base..base)
                .help(piece.help),
        )
    };
    if source.len() > piece.longest {
        return wrong(format!(
            "{} is longer than {} KiB",
            piece.name,
            piece.longest >> 10
        ));
    }
    let mut depth = 0usize;
    for byte in source.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' => {}
            _ => continue,
        }
        if depth > piece.deepest {
            return wrong(format!("{} is nested too deeply", piece.name));
        }
    }
    None
}

/// `source`, which begins at byte `base` of the file, with spaces for the escapes in double quotes that stand for
/// control characters: no text has these, and a terminal would obey them.
pub(super) fn without_controls<'y>(
    path: &str,
    source: &'y str,
    base: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'y, str> {
    if !source.contains('\\') {
        return source.into();
    }
    let mut clean = source.to_owned();
    let bytes = source.as_bytes();
    let (mut quoted, mut before, mut at) = (false, b'\n', 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' if quoted => quoted = false,
            b'"' => quoted = matches!(before, b':' | b'-' | b'[' | b'{' | b',' | b'\n' | b'?'),
            b'\\' if quoted => {
                let digits = match bytes.get(at + 1) {
                    Some(b'x') => 2,
                    Some(b'u') => 4,
                    Some(b'U') => 8,
                    _ => 0,
                };
                let end = at + 2 + digits;
                let sign = match bytes.get(at + 1) {
                    Some(b'0') => Some('\0'),
                    Some(b'a') => Some('\u{7}'),
                    Some(b'b') => Some('\u{8}'),
                    Some(b'v') => Some('\u{b}'),
                    Some(b'f') => Some('\u{c}'),
                    Some(b'e') => Some('\u{1b}'),
                    _ if digits > 0 => source
                        .get(at + 2..end)
                        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                        .and_then(char::from_u32),
                    _ => None,
                };
                let is_hidden =
                    |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
                if let Some(sign) = sign.filter(is_hidden) {
                    let name = match sign {
                        '\0' => "a NUL byte".to_owned(),
                        sign => format!("the control character U+{:04X}", u32::from(sign)),
                    };
                    let escape = &source[at..end];
                    diagnostics.push(
                        Diagnostic::error("nul", path, format!("`{escape}` stands for {name}, which no text has"))
                            .at(base + at..base + end)
                            .help("remove it; a backslash that readers are to see is written twice: `\\\\`"),
                    );
                    clean.replace_range(at..end, &" ".repeat(end - at));
                    at = end;
                    continue;
                }
                // What is escaped ends nothing.
                at += 1;
            }
            _ => {}
        }
        if let Some(byte) = bytes.get(at).filter(|byte| !matches!(byte, b' ' | b'\t')) {
            before = *byte;
        }
        at += 1;
    }
    clean.into()
}

/// A value that was read from TOML, with texts in the place of its moments.
pub(super) fn with_dates_as_texts(value: Value) -> Value {
    match value {
        Value::Mapping(map) => match map.get(TOML_DATE) {
            Some(date) if map.len() == 1 => date.clone(),
            _ => {
                let pairs = map.into_iter();
                let pairs = pairs.map(|(key, value)| (key, with_dates_as_texts(value)));
                Value::Mapping(pairs.collect())
            }
        },
        Value::Sequence(list) => list.into_iter().map(with_dates_as_texts).collect(),
        other => other,
    }
}

/// A value with texts in the place of keys that are numbers or the like.
pub(super) fn with_keys_as_texts(value: Value) -> Value {
    match value {
        Value::Mapping(map) => {
            let key = |key: Value| match key {
                Value::Bool(flag) => flag.to_string().into(),
                Value::Number(number) => number.to_string().into(),
                Value::Null => "null".into(),
                other => other,
            };
            let pairs = map.into_iter();
            let pairs = pairs.map(|(name, value)| (key(name), with_keys_as_texts(value)));
            Value::Mapping(pairs.collect())
        }
        Value::Sequence(list) => list.into_iter().map(with_keys_as_texts).collect(),
        other => other,
    }
}

/// `source` as a `T`, if it is one.
pub(super) fn typed<T: DeserializeOwned>(source: &str) -> Option<T> {
    serde_yaml::from_str(source).ok()
}

/// What another program's settings in YAML or JSON hold; none where they are neither, or nested too deeply.
pub fn read(source: &str) -> Option<ExtraValue> {
    const PIECE: Piece = Piece {
        name: "this file",
        code: "yaml",
        longest: 1 << 20,
        deepest: 64,
        help: "",
        colon: "",
    };
    let is_bounded = too_much(&PIECE, "", source, 0).is_none();
    is_bounded.then(|| typed(source))?
}

/// `source`, which begins at byte `base` of the file, whatever it holds.
///
/// # Errors
/// It is no YAML.
pub(super) fn value(
    piece: &Piece,
    path: &str,
    source: &str,
    base: usize,
) -> Result<Value, Box<Diagnostic>> {
    serde_yaml::from_str(source).map_err(|error| {
        let noticed = error.location().map_or(0, |location| location.index());
        let message = error.to_string();
        Box::new(yaml_error::explain(
            piece, path, source, base, &message, noticed,
        ))
    })
}
