//! The notes about words that a theme has in English and nobody in the site's language.

use std::collections::BTreeSet;

use super::{Theme, ThemeFiles, built_in_names};
use crate::config;
use crate::diagnostic::Diagnostic;

/// Words that are named in one message, at most.
const NAMED: usize = 20;

/// What themes say in English and `translated` lacks, a note for each theme: about the site's language and the one of
/// its chain that is to be written.
pub(super) fn notes(
    theme: &Theme,
    english: &[(&ThemeFiles, Vec<String>)],
    translated: &BTreeSet<String>,
    (tag, common): (&str, &str),
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (files, keys) in english {
        let mut missing: Vec<&String> = keys
            .iter()
            .filter(|key| !translated.contains(*key))
            .collect();
        missing.sort();
        if missing.is_empty() {
            continue;
        }
        let mut words: Vec<String> = missing
            .iter()
            .take(NAMED)
            .map(|key| format!("`{key}`"))
            .collect();
        if missing.len() > NAMED {
            words.push(format!("and {} more", missing.len() - NAMED));
        }
        let (number, them) = match missing.len() {
            1 => ("1 word".to_owned(), "it"),
            number => (format!("{number} words"), "them"),
        };
        let name = &files.name;
        let message = match missing.len() == keys.len() && keys.len() > NAMED {
            true => format!("the theme `{name}` has no words in `{tag}`: English stands in"),
            false => format!(
                "the theme `{name}` has {number} in English only: {}",
                words.join(", ")
            ),
        };
        let note = match files.strings(common).filter(|_| !files.built_in) {
            Some((path, _)) => {
                Diagnostic::note("untranslated-strings", &files.path_of(path), message)
            }
            None => Diagnostic::note("untranslated-strings", config::FILE, message)
                .at_item("language", tag),
        };
        // What comes with the program is in no folder of the site, unless there is a copy of it.
        let own = match theme.chain.first() {
            Some(own) if built_in_names().all(|name| name != own) => own,
            _ => "yours",
        };
        let folder = if files.built_in { own } else { name };
        notes.push(note.help(format!(
            "write {them} into themes/{folder}/strings/{common}.toml"
        )));
    }
    notes
}
