//! Two pages have one title, so that readers of a list, a search result or their open tabs cannot tell them apart.
//!
//! Say in each title what the other page does not have. Upper and lower case and spaces make no difference. The files of
//! tags and authors may be called as an article is, and so may a copy that names its original in `canonical`.

use std::collections::BTreeMap;

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::front_matter::text::Text;
use crate::model::page::{Kind, Page};

pub(super) const LINT: Lint = Lint {
    code: "duplicate-title",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("duplicate_title.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for (page, first) in repeated(survey, |page| page.front.title.as_ref()) {
        let message = format!("{} has the same title", first.path());
        let help = "say in each what the other does not have";
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), message)
                .at_key("title")
                .help(help),
        );
    }
}

/// The pages whose text stands on an earlier page too, each with the first that has it.
pub(super) fn repeated<'a>(
    survey: &Survey<'a>,
    text: fn(&Page) -> Option<&Text>,
) -> Vec<(&'a Page, &'a Page)> {
    let mut firsts: BTreeMap<String, &Page> = BTreeMap::new();
    let mut repeated = Vec::new();
    for page in survey.site.pages.iter() {
        let counts = !matches!(page.kind, Kind::Author | Kind::Term | Kind::Index);
        let is_copy = page.front.canonical.is_some();
        let Some(text) = text(page).filter(|_| counts && !is_copy) else {
            continue;
        };
        // White space is one space already.
        let folded = text.0.to_lowercase();
        match firsts.get(&folded) {
            Some(first) => repeated.push((page, *first)),
            None if folded.is_empty() => {}
            None => {
                firsts.insert(folded, page);
            }
        }
    }
    repeated
}
