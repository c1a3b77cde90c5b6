//! Two pages have one description: most often the second began as a copy of the first.
//!
//! Search engines pass over a description that stands on several pages, and readers of a list cannot tell its cards
//! apart. Write one for each page that says what only this page has. Upper and lower case and spaces make no difference.

use super::duplicate_title::repeated;
use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "duplicate-description",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("duplicate_description.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for (page, first) in repeated(survey, |page| page.front.description.as_ref()) {
        let message = format!("{} has the same description", first.path());
        let help = "say in each what only this page has";
        let path = page.path();
        found.push(
            Diagnostic::warning(LINT.code, &path, message)
                .at_key("description")
                .help(help),
        );
    }
}
