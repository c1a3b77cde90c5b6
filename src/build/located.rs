//! Says where diagnostics stand: their lines, their excerpts, and their order.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config;
use crate::diagnostic::{Diagnostic, Lines, Spot};
use crate::parse::{self, replies};
use crate::scan;

/// The diagnostics with their excerpts, sorted by place. Files are read again only for this.
pub(super) fn located(root: &Path, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    located_in(&|path| scan::file(root, path).ok(), diagnostics)
}

/// The same, with the bytes of files from elsewhere.
pub(super) fn located_in(
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    mut diagnostics: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut texts: BTreeMap<String, Option<Lines>> = BTreeMap::new();
    for diagnostic in diagnostics
        .iter_mut()
        .filter(|d| d.excerpt.is_none() && d.spot != Spot::File)
    {
        let text = texts.entry(diagnostic.path.clone()).or_insert_with(|| {
            let bytes = read(&diagnostic.path)?;
            Some(Lines::new(String::from_utf8_lossy(&bytes)))
        });
        if let Some(text) = text {
            let find_key = match &diagnostic.path {
                path if path.ends_with(".toml") => config::find_key,
                path if path.ends_with(replies::ENDING) => replies::find_key,
                _ => parse::front_matter::find_key,
            };
            diagnostic.locate(text, find_key);
        }
    }
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics
}
