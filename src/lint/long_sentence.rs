//! A sentence is so long that readers have lost its beginning when they come to its end.
//!
//! Cut it in two: at a semicolon, at "and" or "but", or where "which" begins a second thought. Bring who does what to
//! the front. `sentence_max` in `[check]` is the most words that a sentence may have, 40 where nothing is said; plain
//! English guides ask for 25. Quotations, footnotes, headings and tables are left alone, and so are languages whose
//! words do not stand apart, such as Chinese, Japanese and Thai.

use super::{Check, Group, Lint, Reading, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "long-sentence",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("long_sentence.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let most = reading.survey.config.check.sentence_max as usize;
    if !prose::has_spaces(&reading.survey.language) {
        return;
    }
    for sentence in &reading.prose().sentences {
        if sentence.words <= most {
            continue;
        }
        let block = &reading.manuscript.blocks[sentence.block];
        let text = &block.text[sentence.bytes.clone()];
        let message = format!(
            "this sentence has {} words, more than {most}",
            sentence.words
        );
        let help = match parted(text) {
            Some((sign, after)) => {
                format!("end it at the {sign} before \"{after}\", and begin a new one")
            }
            None => "say it in two sentences".to_owned(),
        };
        let place = block.place(sentence.bytes.clone());
        found.push(reading.found(&LINT, message).at(place).help(help));
    }
}

/// The sign nearest to the middle at which a sentence can end, and the words after it.
fn parted(sentence: &str) -> Option<(&'static str, String)> {
    let signs = sentence.match_indices([';', ':', '—', '–']);
    let parts = signs.filter(|(at, sign)| {
        let (before, after) = (&sentence[..*at], &sentence[at + sign.len()..]);
        let enough = |part: &str| prose::words(part).take(5).count() == 5;
        enough(before) && enough(after)
    });
    let (at, sign) = parts.min_by_key(|(at, _)| (2 * at).abs_diff(sentence.len()))?;
    let after = prose::words(&sentence[at + sign.len()..])
        .take(3)
        .collect::<Vec<_>>()
        .join(" ");
    let name = match sign {
        ";" => "semicolon",
        ":" => "colon",
        _ => "dash",
    };
    Some((name, after))
}
