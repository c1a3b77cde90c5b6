//! An article has not been looked at for a long time.
//!
//! Laws, prices, telephone numbers and links change, and readers see the date. Read it again, mend what is no longer true,
//! and write the day into `updated`; if all is still true, the day alone tells so. `stale_after` in `[check]` is the number
//! of days since `updated` (or `date`) after which an article is told of, 730 where nothing is said. Articles without a
//! date never are. The lint is off until `[check.lints]` names it: a diary grows old and is none the worse for it.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "stale",
    group: Group::Words,
    level: Level::Off,
    check: Check::Page(check),
    source: include_str!("stale.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let (page, today) = (reading.page, reading.survey.today);
    let Some(seen) = page.updated.max(page.date).filter(|_| page.is_article()) else {
        return;
    };
    let days = today.days_since(seen.day());
    if days <= i64::from(reading.survey.config.check.stale_after) {
        return;
    }
    let key = if page.updated >= page.date {
        "updated"
    } else {
        "date"
    };
    let message = format!(
        "nobody has looked at this article for {days} days, since {}",
        seen.day()
    );
    let help = format!("read it again, mend what has changed, and write `updated: {today}`");
    let finding = reading.found(&LINT, message).help(help);
    let is_written = page.front.updated.is_some() || page.front.date.is_some();
    // A day in the file's name has no line.
    found.push(if is_written {
        finding.at_key(key)
    } else {
        finding
    });
}
