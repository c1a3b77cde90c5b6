//! An article has no tags, though nearly all others have.
//!
//! Readers find it in fewer lists, and up next has only its words to go by. Give it two or three tags that other
//! articles have. On a site where less than four in five articles have tags, or with fewer than ten articles, nothing is
//! said, unless `[check.lints]` names this lint: then each article needs some. Hubs and pages at the root need none.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::{Kind, Page};

pub(super) const LINT: Lint = Lint {
    code: "missing-tags",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("missing_tags.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for page in lacking(survey, &LINT, |page| !page.front.tags.0.is_empty()) {
        let message = "this article has no tags";
        let help = "write `tags: [one, two]`: subjects that other articles have too";
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), message)
                .at_key("title")
                .help(help),
        );
    }
}

/// The articles that lack what nearly all others have, or what `site.toml` wants of each.
pub(super) fn lacking<'a>(
    survey: &Survey<'a>,
    lint: &Lint,
    has: fn(&Page) -> bool,
) -> Vec<&'a Page> {
    let articles = || {
        survey
            .site
            .pages
            .iter()
            .filter(|page| page.kind == Kind::Article && !page.is_hub())
    };
    let all = articles().count();
    let with = articles().filter(|page| has(page)).count();
    let is_usual = all >= 10 && with * 5 >= all * 4;
    let is_wanted = survey.config.check.lints.contains_key(lint.code);
    match is_usual || is_wanted {
        true => articles().filter(|page| !has(page)).collect(),
        false => Vec::new(),
    }
}
