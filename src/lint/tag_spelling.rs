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
use crate::model::page::PageId;
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

/// How each tag is written most often, by what its spellings share; of equals, the first by alphabet.
pub fn usual(site: &Site) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let written = |id: &PageId| site.page(*id).front.tags.0.iter();
    for tag in site.articles.iter().flat_map(written) {
        *counts.entry(tag).or_default() += 1;
    }
    let mut most: BTreeMap<String, (usize, Reverse<&str>)> = BTreeMap::new();
    for (tag, count) in counts {
        let best = most.entry(fold(tag)).or_insert((0, Reverse(tag)));
        *best = (*best).max((count, Reverse(tag)));
    }
    most.into_iter()
        .map(|(key, (_, Reverse(tag)))| (key, tag.to_owned()))
        .collect()
}

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for written in &reading.page.front.tags.0 {
        let Some(usual) = reading
            .survey
            .spellings
            .get(&fold(written))
            .filter(|usual| *usual != written)
        else {
            continue;
        };
        // What a folder's defaults say, is not in this file.
        let Some(place) = find_item(reading.text, "tags", written) else {
            continue;
        };
        let message = format!("most articles write this tag `{usual}`");
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
