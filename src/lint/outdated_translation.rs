//! A translation is older than its original: the original was changed since.
//!
//! Readers of the two are told different things. Translate what changed, and write the day into `updated`. Where the
//! translation says which state of its original it is of (`translated_from`), that decides, whatever the days are: put the
//! hash in that the message names. `gen new --translate` writes it, and `gen check --fix --only untracked-translation`
//! writes it into all translations that have none.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::Page;

pub(super) const LINT: Lint = Lint {
    code: "outdated-translation",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("outdated_translation.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let page = reading.page;
    let Some(original) = original(reading).filter(|original| page.is_behind(original)) else {
        return;
    };
    let message = format!("{} was changed since this was translated", original.path());
    let finding = reading.found(&LINT, message);
    let day = original.updated.max(original.date).map(|date| date.day());
    found.push(match (&page.front.translated_from, day) {
        (None, Some(day)) => {
            let key = match page.front.updated {
                Some(_) => "updated",
                None => "date",
            };
            let help = format!("translate what changed, and write `updated: {day}`");
            finding.at_key(key).help(help)
        }
        _ => {
            let state = original.fingerprint.short();
            let help = format!("translate what changed, and write `translated_from: \"{state}\"`");
            finding.at_key("translated_from").help(help)
        }
    });
}

/// The page that a page translates: the same in the site's first language.
pub(super) fn original<'a>(reading: &Reading<'a>) -> Option<&'a Page> {
    let survey = reading.survey;
    let permalink = &reading.page.permalink;
    let known = &survey.site.counterparts;
    let at = known.binary_search_by(|one| one.permalink.cmp(permalink));
    let first = known[at.ok()?].all.first()?;
    let is_first = first.language == 0 && survey.config.edition > 0;
    let first = Some(first).filter(|_| is_first)?;
    let mut pages = survey.all.first()?.pages.iter();
    pages.find(|page| page.permalink == first.permalink)
}
