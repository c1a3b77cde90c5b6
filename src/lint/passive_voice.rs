//! Many sentences are in the passive voice, which says what is done and not who does it. English only.
//!
//! "Mistakes were made" leaves readers asking by whom; "we made mistakes" does not. Name who acts, and put them first.
//! Some passives are right, where the one who acts is unknown or does not matter, so the lint counts their share:
//! `passive_max` in `[check]` is the percentage of sentences that may be passive, 10 where nothing is said. A passive is a
//! form of `be` or `get` with a past participle after it, found by a list of words and not by grammar; words that say how
//! somebody feels, as in "you are tired", are left out. Texts of fewer than 20 sentences have no share. The lint is off
//! until `[check.lints]` names it: how much passive is too much is a matter of taste.

use super::prose::passive;
use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "passive-voice",
    group: Group::Words,
    level: Level::Off,
    check: Check::Page(check),
    source: include_str!("passive_voice.rs"),
};

/// Of fewer sentences a share says little.
const LEAST: usize = 20;

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let sentences = &reading.prose().sentences;
    if reading.survey.language != "en" || sentences.len() < LEAST {
        return;
    }
    let mut passives = Vec::new();
    for sentence in sentences {
        let block = &reading.manuscript.blocks[sentence.block];
        if let Some(at) = passive::find(&block.text[sentence.bytes.clone()]) {
            let start = sentence.bytes.start;
            passives.push((block, start + at.start..start + at.end));
        }
    }
    let share = passives.len() * 100 / sentences.len();
    let most = reading.survey.config.check.passive_max as usize;
    let Some((block, first)) = passives.first().filter(|_| share > most) else {
        return;
    };
    let phrases: Vec<String> = passives
        .iter()
        .take(5)
        .map(|(block, at)| format!("\"{}\"", &block.text[at.clone()]))
        .collect();
    let message = format!(
        "{} of {} sentences are in the passive voice: {share} %, more than {most} %",
        passives.len(),
        sentences.len()
    );
    let more = if passives.len() > phrases.len() {
        ", …"
    } else {
        ""
    };
    let help = format!(
        "say who does it, here and in the others: {}{more}",
        phrases.join(", ")
    );
    found.push(
        reading
            .found(&LINT, message)
            .at(block.place(first.clone()))
            .help(help),
    );
}
