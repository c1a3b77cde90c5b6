//! A tag stands on one article only, so its page is a list of one and leads its readers nowhere.
//!
//! Give the tag to other articles that are about it, or take one that they have already.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "tag-used-once",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("tag_used_once.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    // A site of a few articles has not met its tags again yet.
    if survey.site.articles.len() < 10 {
        return;
    }
    for tag in survey.site.tags().rows() {
        let [only] = tag.articles[..] else {
            continue;
        };
        let page = survey.site.page(only);
        let written = page
            .front
            .tags
            .0
            .iter()
            .find(|written| crate::model::slug::fold(written) == tag.slug);
        let message = format!("the tag `{}` stands on this article only", tag.name);
        let written = written.unwrap_or(&tag.name);
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), message)
                .at_item("tags", written)
                .help("give it to other articles too, or use a tag that they have"),
        );
    }
}
