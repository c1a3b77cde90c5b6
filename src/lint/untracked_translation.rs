//! A translation does not say which state of its original it is of, so that only the days of the two tell whether it is
//! behind.
//!
//! `translated_from` in its front matter holds a hash of the original's file. `gen check --fix --only
//! untracked-translation` writes it into all translations that have none, as of now: read them first. From then on
//! `outdated-translation` tells of each change to an original. The lint is off until `[check.lints]` or `--only` names it.

use super::outdated_translation::original;
use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::model::front_matter::FrontMatter;
use crate::parse::{front_edit, front_matter};

pub(super) const LINT: Lint = Lint {
    code: "untracked-translation",
    group: Group::Words,
    level: Level::Off,
    check: Check::Page(check),
    source: include_str!("untracked_translation.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(original) = original(reading).filter(|_| reading.page.front.translated_from.is_none())
    else {
        return;
    };
    let state = original.fingerprint.short();
    let line = format!("translated_from: \"{state}\"");
    let message = "this translation does not say which state of its original it is of";
    let help = format!(
        "write `{line}`, if it says what {} says now",
        original.path()
    );
    let finding = reading.found(&LINT, message).help(help);
    let wanted = front(reading).map(|front| FrontMatter {
        translated_from: Some(state),
        ..front
    });
    let change = wanted.and_then(|wanted| front_edit::add_line(reading.text, &line, &wanted));
    found.push(match change {
        Some((bytes, text)) => finding.fix(Edit::new(&reading.path, bytes, text)),
        None => finding,
    });
}

/// The front matter as it is written, without the defaults of folders.
fn front(reading: &Reading<'_>) -> Option<FrontMatter> {
    let split = front_matter::split(&reading.path, reading.text).ok()?;
    front_matter::parse(&reading.path, reading.text, split.yaml).0
}
