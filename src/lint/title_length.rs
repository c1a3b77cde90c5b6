//! A title is too long for where it is read: search results cut it, and cards elsewhere show its beginning only.
//!
//! Search results have room for about 60 letters, and the site's name wants some of it too. Say what the article is
//! about in the first words, and leave out what the description says. `title_max` in `[check]` is the most that a title
//! may have, 70 where nothing is said. Chinese, Japanese and Korean characters are twice as wide and count twice. Pages
//! that search engines are kept from (`noindex`) may have any title.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::Kind;
use crate::model::script::is_wide;

pub(super) const LINT: Lint = Lint {
    code: "title-length",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("title_length.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let page = reading.page;
    let most = reading.survey.config.check.title_max as usize;
    let (Some(title), false) = (&page.front.title, is_hidden(reading)) else {
        return;
    };
    let length = width(&title.0);
    if length > most {
        let message = format!("the title {}, and search results cut it", size(&title.0));
        let help = format!("say it in {most} characters or less, what it is about first");
        found.push(reading.found(&LINT, message).at_key("title").help(help));
    }
}

/// Whether nobody finds the page by searching: what search results would show of it does not matter.
pub(super) fn is_hidden(reading: &Reading<'_>) -> bool {
    let page = reading.page;
    page.front.noindex == Some(true) || matches!(page.kind, Kind::Author | Kind::Index)
}

/// How long a text is, in words.
pub(super) fn size(text: &str) -> String {
    let width = width(text);
    match width == text.chars().count() {
        true => format!("has {width} characters"),
        false => format!("takes the room of {width} characters"),
    }
}

/// Characters, those that take the room of two counted twice.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}
