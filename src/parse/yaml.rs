//! YAML as authors write it: bounds on it before it is read, and its syntax errors as diagnostics. The only
//! module that knows serde_yaml; what the keys mean is said where they are typed.

use serde::de::DeserializeOwned;
pub(super) use serde_yaml::{Mapping, Value, from_value};

use super::yaml_error;
use crate::diagnostic::Diagnostic;

/// A piece of YAML: what messages call it, and what it may be.
pub(super) struct Piece {
    /// Such as "the front matter".
    pub(super) name: &'static str,
    /// The code of messages about it.
    pub(super) code: &'static str,
    /// Bytes, at most.
    pub(super) longest: usize,
    /// Brackets that are open at one time, at most: many are an attack on the parser.
    pub(super) deepest: usize,
    /// What to do where it is too much.
    pub(super) help: &'static str,
    /// What to do about a text with a colon in it, which is most of what goes wrong.
    pub(super) colon: &'static str,
}

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

/// `source` as a `T`, if it is one.
pub(super) fn typed<T: DeserializeOwned>(source: &str) -> Option<T> {
    serde_yaml::from_str(source).ok()
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
