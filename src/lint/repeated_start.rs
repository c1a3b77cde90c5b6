//! Several sentences in a row begin with the same word.
//!
//! "You wake. You reach for the phone. You read it again." Used once, that is a rhythm; used without meaning to, it drones.
//! Join two of the sentences, or begin one with when, where or why. `same_start` in `[check]` is how many in a row are told
//! of, 3 where nothing is said. A row ends with its paragraph; lists, which are meant to be alike, are left out, and so
//! are quotations. The lint is off until `[check.lints]` names it, because good writers do this on purpose.

use super::prose::Sentence;
use super::{Check, Group, Lint, Reading, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "repeated-start",
    group: Group::Words,
    level: Level::Off,
    check: Check::Page(check),
    source: include_str!("repeated_start.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let most = reading.survey.config.check.same_start as usize;
    if !prose::has_spaces(&reading.survey.language) {
        return;
    }
    let blocks = &reading.manuscript.blocks;
    let first = |sentence: &Sentence| {
        let text = &blocks[sentence.block].text[sentence.bytes.clone()];
        let word = prose::words(text).next().unwrap_or_default();
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let sentences = &reading.prose().sentences;
    let alike =
        |one: &Sentence, next: &Sentence| one.block == next.block && first(one) == first(next);
    for row in sentences.chunk_by(alike) {
        let block = &blocks[row[0].block];
        let word = first(&row[0]);
        if row.len() < most || block.listed || word.is_empty() {
            continue;
        }
        let message = format!("{} sentences in a row begin with \"{word}\"", row.len());
        // The one in the middle is where the eye notices.
        let middle = &row[row.len() / 2];
        found.push(
            reading
                .found(&LINT, message)
                .at(block.place(middle.bytes.clone()))
                .help("begin this one otherwise, or join it to the one before"),
        );
    }
}
