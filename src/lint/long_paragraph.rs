//! A paragraph is so long that it stands on a telephone as a wall of grey.
//!
//! Readers lose their place in it, and those who skim skip it whole. End it where a new thought begins; the message
//! names the sentence nearest to the middle. `paragraph_max` in `[check]` is the most words that a paragraph may have,
//! 200 where nothing is said. Quotations, footnotes and tables are left alone, and so are languages whose words do not
//! stand apart, such as Chinese, Japanese and Thai.

use super::{Check, Group, Lint, Reading, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "long-paragraph",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("long_paragraph.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let most = reading.survey.config.check.paragraph_max as usize;
    if !prose::has_spaces(&reading.survey.language) {
        return;
    }
    let sentences = &reading.prose().sentences;
    for paragraph in sentences.chunk_by(|one, next| one.block == next.block) {
        let words: usize = paragraph.iter().map(|sentence| sentence.words).sum();
        if words <= most {
            continue;
        }
        let block = &reading.manuscript.blocks[paragraph[0].block];
        // Where both parts are nearest to each other in length.
        let mut before = 0usize;
        let unevenness = paragraph.iter().map(|sentence| {
            let uneven = (2 * before).abs_diff(words);
            before += sentence.words;
            uneven
        });
        let middle = unevenness
            .enumerate()
            .skip(1)
            .min_by_key(|(_, uneven)| *uneven);
        let help = match middle {
            Some((at, _)) => {
                let text = &block.text[paragraph[at].bytes.clone()];
                format!("cut it in two, perhaps before \"{}\"", opening(text))
            }
            None => "it is one sentence: cut that first".to_owned(),
        };
        let message = format!("this paragraph has {words} words, more than {most}");
        let first = block.place(paragraph[0].bytes.clone());
        found.push(reading.found(&LINT, message).at(first).help(help));
    }
}

/// The first words of a sentence.
fn opening(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    match words.len() {
        0..=6 => words.join(" "),
        _ => format!("{} …", words[..5].join(" ")),
    }
}
