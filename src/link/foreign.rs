//! Keys of front matter that mean nothing here, each told once for the whole site.

use std::collections::BTreeMap;

use crate::config::UnknownKeys;
use crate::diagnostic::Diagnostic;
use crate::model::page::Page;

/// Where a key stands.
struct Place<'a> {
    page: &'a Page,
    /// In its `defaults`.
    is_default: bool,
}

impl Place<'_> {
    fn at(&self, told: Diagnostic, key: &str) -> Diagnostic {
        match self.is_default {
            true => told.at_item("defaults", key),
            false => told.at_key(key),
        }
    }
}

/// Tells each key that means nothing, with the first file that has it and the number of all; as an error in every file
/// where the site wants that.
pub fn unknown_keys(pages: &[Page], unknown: UnknownKeys) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
    for page in pages {
        let own = page.front.unknown.iter().map(|key| (key, false));
        let defaults = page.front.defaults.iter();
        let of_defaults = defaults.flat_map(|defaults| &defaults.unknown);
        for (key, is_default) in own.chain(of_defaults.map(|key| (key, true))) {
            let place = Place { page, is_default };
            files.entry(key).or_default().push(place);
        }
    }
    let help = |key: &str| {
        format!(
            "a theme finds it as `page.extra.{key}`; remove it, or put it below `extra:`, where no theme needs it"
        )
    };
    let mut told = Vec::new();
    for (key, places) in files {
        match (unknown, places.as_slice()) {
            (UnknownKeys::Error, places) => told.extend(places.iter().map(|place| {
                let message = format!("`{key}` is no key of front matter");
                let error = Diagnostic::error("unknown-key", &place.page.path(), message);
                place
                    .at(error, key)
                    .help("values of your own stand below `extra:`")
            })),
            (UnknownKeys::Note, [first, rest @ ..]) => {
                let count = match rest.len() + 1 {
                    1 => "in this file".to_owned(),
                    number => format!("in {number} files"),
                };
                let message = format!("`{key}`, {count}, means nothing here");
                let note = Diagnostic::note("unknown-key", &first.page.path(), message);
                told.push(first.at(note, key).help(help(key)));
            }
            (UnknownKeys::Note, []) => {}
        }
    }
    told
}
