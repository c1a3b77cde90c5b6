//! A description is too long for where it is read, or too short to say anything.
//!
//! Search results and the cards of messengers show about 160 characters of it, telephones less; the rest is cut off in
//! mid-sentence. Put what the reader gets into the first sentence. `description_max` in `[check]` is the most that a
//! description may have, 160 where nothing is said, and `description_min` the least: 0, so that any length is enough,
//! until you set it (50 is a good number). Chinese, Japanese and Korean characters count twice.

use super::title_length::{is_hidden, size, width};
use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "description-length",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("description_length.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let limits = &reading.survey.config.check;
    let (most, least) = (
        limits.description_max as usize,
        limits.description_min as usize,
    );
    let (Some(description), false) = (&reading.page.front.description, is_hidden(reading)) else {
        return;
    };
    let length = width(&description.0);
    let (message, help) = if length > most {
        (
            format!(
                "the description {}, and search results cut it",
                size(&description.0)
            ),
            format!("say it in {most} characters or less: one or two short sentences"),
        )
    } else if length < least {
        (
            format!(
                "the description {}, too few to say what one will read",
                size(&description.0)
            ),
            format!("say in {least} characters or more what the reader gets"),
        )
    } else {
        return;
    };
    found.push(
        reading
            .found(&LINT, message)
            .at_key("description")
            .help(help),
    );
}
