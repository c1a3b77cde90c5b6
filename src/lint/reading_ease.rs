//! The text is hard to read: long sentences of long words.
//!
//! A formula counts them. It knows nothing of sense, so take it as a question: could shorter sentences and everyday
//! words say the same? Each language has its own, from a published study; all but LIX give high numbers to easy texts:
//!
//! | language | formula | easy | plain | very hard |
//! |---|---|---|---|---|
//! | English | Flesch 1948 | 80 | 60 | below 30 |
//! | German | Amstad 1978 | 80 | 60 | below 30 |
//! | French | Kandel & Moles 1958 | 80 | 60 | below 30 |
//! | Spanish | Szigriszt-Pazos 1993, on the scale INFLESZ | 80 | 55 | below 40 |
//! | Italian | Gulpease 1988 | 80 | 60 | below 40 |
//! | Dutch | Douma 1960 | 80 | 60 | below 30 |
//! | Portuguese | Martins and others 1996 | 75 | 50 | below 30 |
//! | Russian | Oborneva 2006 | 80 | 60 | below 30 |
//! | any other with spaces | LIX, Björnsson 1968 | 30 | 40 | above 60 |
//!
//! `reading_ease` in `[check]` is the number that an article should reach (or, with LIX, stay below); where nothing is
//! said, the last column's. Syllables are counted by rules, not by a dictionary, so the number may be wrong by three or
//! four. LIX was made for Swedish: in languages of long words, such as Finnish, Hungarian or Turkish, find out first what
//! your good articles have. Texts of fewer than 100 words have no number, lists are not counted, and nothing is said
//! where words do not stand apart, as in Chinese, Japanese and Thai. The lint is off until `[check.lints]` names it,
//! because a number tells that a text is hard and not where: `long-sentence` does.

use super::prose::ease::{self, Counts};
use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "reading-ease",
    group: Group::Words,
    level: Level::Off,
    check: Check::Page(check),
    source: include_str!("reading_ease.rs"),
};

/// Of fewer words a mean says little.
const LEAST: usize = 100;

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(formula) = ease::formula(&reading.survey.language) else {
        return;
    };
    let (mut counts, mut letters) = (Counts::default(), Vec::new());
    let mut longest: Option<(usize, usize)> = None;
    let sentences = &reading.prose().sentences;
    for (at, sentence) in sentences.iter().enumerate() {
        let block = &reading.manuscript.blocks[sentence.block];
        if !block.listed {
            formula.count(
                &block.text[sentence.bytes.clone()],
                &mut counts,
                &mut letters,
            );
            longest = longest.max(Some((sentence.words, usize::MAX - at)));
        }
    }
    let wanted = reading
        .survey
        .config
        .check
        .reading_ease
        .unwrap_or(formula.usual);
    let (Some(score), Some((_, at))) = (formula.score(&counts), longest) else {
        return;
    };
    let is_hard = match formula.upwards {
        true => score > f64::from(wanted),
        false => score < f64::from(wanted),
    };
    if counts.words < LEAST || !is_hard {
        return;
    }
    let side = if formula.upwards { "above" } else { "below" };
    let message = format!(
        "the text is hard to read: {score:.0}, {side} {wanted} ({})",
        formula.name
    );
    let mean = counts.words as f64 / counts.sentences as f64;
    let help = match mean > 15.0 {
        true => format!(
            "a sentence has {mean:.0} words on average: cut long ones, this first, and take shorter words"
        ),
        false => "its sentences are short; take shorter words, beginning here".to_owned(),
    };
    let sentence = &sentences[usize::MAX - at];
    let place = reading.manuscript.blocks[sentence.block].place(sentence.bytes.clone());
    found.push(reading.found(&LINT, message).at(place).help(help));
}
