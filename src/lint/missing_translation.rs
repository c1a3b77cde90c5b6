//! An article is not translated into one of the site's languages.
//!
//! Its readers there see the original with a notice, or nothing, as `missing` in the language's table of `site.toml` says.
//! `gen new --translate FILE de` starts a translation, `gen list --translations` shows all of them in a table. The lint is
//! off until `[check.lints]` names it: few sites have everything in every language.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::Kind;

pub(super) const LINT: Lint = Lint {
    code: "missing-translation",
    group: Group::Words,
    level: Level::Off,
    check: Check::Page(check),
    source: include_str!("missing_translation.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let (survey, page) = (reading.survey, reading.page);
    let languages = survey.config.languages.all();
    let is_read = page.is_article() || matches!(page.kind, Kind::Page | Kind::Section);
    if survey.config.edition > 0 || languages.len() == 1 || !is_read {
        return;
    }
    let known = &survey.site.counterparts;
    let at = known.binary_search_by(|one| one.permalink.cmp(&page.permalink));
    let all = at.map_or(&[][..], |at| &known[at].all);
    let is_there = |number: usize| {
        let mut all = all.iter();
        all.any(|one| one.language == number && one.is_translated)
    };
    let missing: Vec<&str> = (1..languages.len())
        .filter(|number| !is_there(*number))
        .map(|number| languages[number].tag.as_str())
        .collect();
    if let Some(first) = missing.first() {
        let message = format!("this is not translated into {}", missing.join(", "));
        let help = format!("gen new --translate {} {first}", page.source);
        found.push(reading.found(&LINT, message).help(help));
    }
}
