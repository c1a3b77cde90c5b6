//! A key of the front matter is another system's name for one of ours, such as `lastmod` for `updated`.
//!
//! It is read as what it means, so nothing is wrong. But authors who look in the manual find our name, and two names for
//! one thing are two things to search for. `gen check --fix` writes ours, where the front matter then says the same, and
//! nothing is told before: a lint that is off until `[check.lints]` or `--only` names it. A site that two systems build
//! needs the names of both: `foreign-key = "off"` in `[check.lints]` keeps them.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::parse::front_edit;

pub(super) const LINT: Lint = Lint {
    code: "foreign-key",
    group: Group::Words,
    level: Level::Off,
    check: Check::Page(check),
    source: include_str!("foreign_key.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for renamed in front_edit::foreign(reading.text) {
        let message = format!("`{}` is read as `{}`", renamed.theirs, renamed.ours);
        let finding = reading
            .found(&LINT, message)
            .at(renamed.key)
            .help(format!("write `{}`; gen check --fix does", renamed.line));
        let (bytes, text) = renamed.change;
        found.push(finding.fix(Edit::new(&reading.path, bytes, text)));
    }
}
