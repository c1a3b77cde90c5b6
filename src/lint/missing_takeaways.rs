//! An article has no takeaways, though nearly all others have: readers who look for the box at the top find none.
//!
//! Write two to four whole sentences, each worth remembering alone. On a site where less than four in five articles have
//! takeaways, or with fewer than ten articles, nothing is said, unless `[check.lints]` names this lint: then each article
//! needs them. Hubs and pages at the root need none.

use super::missing_tags::lacking;
use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "missing-takeaways",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("missing_takeaways.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for page in lacking(survey, &LINT, |page| !page.front.takeaways.0.is_empty()) {
        let message = "this article has no takeaways";
        let help =
            "write two to four sentences in `takeaways:`: what a reader in a hurry should know";
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), message)
                .at_key("title")
                .help(help),
        );
    }
}
