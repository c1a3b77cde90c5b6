//! A tag is written otherwise than on most articles: `No-Contact` for `no contact`.
//!
//! Upper and lower case, spaces, hyphens and underscores make no difference to `gen`: it is one tag, and readers see the
//! spelling that most articles have. A second spelling is harmless until it is the one that is copied. `gen check --fix`
//! writes the usual one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::model::site::Site;
use crate::model::slug::fold;
use crate::parse::front_matter::find_item;

pub(super) const LINT: Lint = Lint {
    code: "tag-spelling",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("tag_spelling.rs"),
};

/// How each tag is written most often, by what its spellings share; of equals, the first by alphabet. So are the terms of
/// the site's own taxonomies: all by their keys in front matter.
pub fn usual(site: &Site) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for id in &site.articles {
        for (key, names) in site.page(*id).front.topics() {
            for name in names {
                *counts.entry((key, name)).or_default() += 1;
            }
        }
    }
    let mut most: BTreeMap<(&str, String), (usize, Reverse<&str>)> = BTreeMap::new();
    for ((key, name), count) in counts {
        let best = most.entry((key, fold(name))).or_insert((0, Reverse(name)));
        *best = (*best).max((count, Reverse(name)));
    }
    let mut usual: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for ((key, folded), (_, Reverse(name))) in most {
        let spellings = usual.entry(key.to_owned()).or_default();
        spellings.insert(folded, name.to_owned());
    }
    usual
}

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for (key, names) in reading.page.front.topics() {
        if let Some(spellings) = reading.survey.spellings.get(key) {
            of_taxonomy(reading, key, names, spellings, found);
        }
    }
}

fn of_taxonomy(
    reading: &Reading<'_>,
    key: &str,
    names: &[String],
    spellings: &BTreeMap<String, String>,
    found: &mut Vec<Diagnostic>,
) {
    let what = if key == "tags" { "tag" } else { "entry" };
    for written in names {
        let usual = spellings.get(&fold(written));
        let Some(usual) = usual.filter(|usual| *usual != written) else {
            continue;
        };
        // What a folder's defaults say, is not in this file.
        let Some(place) = find_item(reading.text, key, written) else {
            continue;
        };
        let message = format!("most articles write this {what} `{usual}`");
        let finding = reading
            .found(&LINT, message)
            .at(place.clone())
            .help(format!("write `{usual}` here too"));
        found.push(match is_plain(usual) {
            true => finding.fix(Edit::new(&reading.path, place, usual)),
            false => finding,
        });
    }
}

/// Whether a text is a text in YAML, with quotes or without.
fn is_plain(text: &str) -> bool {
    let simple = text.starts_with(char::is_alphabetic)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    simple
        && !text.ends_with(' ')
        && !["true", "false", "null"].contains(&text.to_lowercase().as_str())
}
