//! `updated` is a day that has not come yet, or one before the article's own `date`.
//!
//! Feeds, the sitemap and readers are told of a change that was none. Most often it is a slip in the year or the month.
//! `updated` is for the day of a change; an article that is to appear later has that day in `date`.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "future-updated",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("future_updated.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let (page, today) = (reading.page, reading.survey.today);
    let Some(updated) = page.updated.map(|date| date.day()) else {
        return;
    };
    let published = page
        .date
        .map(|date| date.day())
        .filter(|day| updated < *day);
    let (message, help) = match published {
        Some(day) => (
            format!("`updated` is {updated}, before the article's date, {day}"),
            "write the day of the last change, or remove `updated`".to_owned(),
        ),
        None if updated > today => (
            format!("`updated` is {updated}, and today is {today}"),
            format!("write the day of the change, such as {today}; to publish later, use `date`"),
        ),
        None => return,
    };
    found.push(reading.found(&LINT, message).at_key("updated").help(help));
}
