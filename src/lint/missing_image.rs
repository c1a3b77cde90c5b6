//! An article has no picture, though nearly all others have: its card stands bare among theirs.
//!
//! Give it one in `image`, with words for those who cannot see it. On a site where less than four in five articles have
//! a picture, or with fewer than ten articles, nothing is said, unless `[check.lints]` names this lint: then each article
//! needs one. Hubs and pages at the root need none.

use super::missing_tags::lacking;
use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "missing-image",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("missing_image.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for page in lacking(survey, &LINT, |page| page.front.image.is_some()) {
        let message = "this article has no picture";
        let help = "write `image: { src: file.jpg, alt: \"What it shows\" }`, with a file beside the article";
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), message)
                .at_key("title")
                .help(help),
        );
    }
}
