//! Keys of front matter that mean nothing here, each told once for the whole site.

use std::collections::BTreeMap;

use crate::config::UnknownKeys;
use crate::diagnostic::Diagnostic;
use crate::model::page::Page;

/// Tells each key that means nothing, with the first file that has it and the number of all; as an error in every file
/// where the site wants that.
pub fn unknown_keys(pages: &[Page], unknown: UnknownKeys) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in pages {
        for key in &page.front.unknown {
            files.entry(key).or_default().push(page);
        }
    }
    let help = |key: &str| {
        format!(
            "a theme finds it as `page.extra.{key}`; remove it, or put it below `extra:`, where no theme needs it"
        )
    };
    let mut told = Vec::new();
    for (key, pages) in files {
        match (unknown, pages.as_slice()) {
            (UnknownKeys::Error, pages) => told.extend(pages.iter().map(|page| {
                let message = format!("`{key}` is no key of front matter");
                Diagnostic::error("unknown-key", &page.path(), message)
                    .at_key(key)
                    .help("values of your own stand below `extra:`")
            })),
            (UnknownKeys::Note, [first, rest @ ..]) => {
                let count = match rest.len() + 1 {
                    1 => "in this file".to_owned(),
                    number => format!("in {number} files"),
                };
                let message = format!("`{key}`, {count}, means nothing here");
                let note = Diagnostic::note("unknown-key", &first.path(), message);
                told.push(note.at_key(key).help(help(key)));
            }
            (UnknownKeys::Note, []) => {}
        }
    }
    told
}
