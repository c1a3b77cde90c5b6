//! The front matter has spaces at the ends of lines, empty lines at its edges, or a `...` that ends nothing.
//!
//! None of it means anything, but it shows up in every comparison of two versions, and a space after a value hides when
//! one looks for a mistake. `gen check --fix` takes it out; comments, order and values stay as they are.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::parse::tidy;

pub(super) const LINT: Lint = Lint {
    code: "untidy-front-matter",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("untidy_front_matter.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let junk = tidy::junk(reading.text);
    let Some(first) = junk.first() else {
        return;
    };
    let message = match junk.len() {
        1 => "a line of the front matter is empty, or ends in spaces".to_owned(),
        number => format!("{number} lines of the front matter are empty, or end in spaces"),
    };
    let finding = reading
        .found(&LINT, message)
        .at(first.clone())
        .help("gen check --fix takes it out");
    let edits = junk
        .iter()
        .map(|bytes| Edit::new(&reading.path, bytes.clone(), ""));
    found.push(edits.fold(finding, Diagnostic::fix));
}
