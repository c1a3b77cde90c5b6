//! A sentence stands right above a line of hyphens, and is a heading by that: `---` below words underlines them.
//!
//! Markdown has two meanings for `---`: a line across the page, and a heading above it. Without an empty line between
//! them, the paragraph is set as a heading, and stands in the table of contents. Put an empty line before the hyphens, or
//! write a heading that is meant as `## Its words`. Told of words that end like a sentence, of several lines, of more than
//! 80 letters, and of a single hyphen.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::parse::manuscript::{Block, BlockKind};

pub(super) const LINT: Lint = Lint {
    code: "accidental-heading",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("accidental_heading.rs"),
};

/// Headings are seldom longer, in letters.
const LONGEST: usize = 80;

/// A sentence ends in one of these; a heading may end in `?` or `!`.
const ENDS: [char; 6] = ['.', '。', '।', ',', ';', '…'];

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for block in &reading.manuscript.blocks {
        if let Some(hyphens) = underline(reading.text, block)
            && is_prose(reading.text, block, hyphens)
        {
            let message = format!("the `{hyphens}` below this makes it a heading");
            found.push(
                reading
                    .found(&LINT, message)
                    .at(block.span.clone())
                    .help(format!("put an empty line before `{hyphens}`; a heading that is meant begins with `##`")),
            );
        }
    }
}

/// The hyphens below a heading that is made by them.
fn underline<'t>(text: &'t str, block: &Block) -> Option<&'t str> {
    if !matches!(block.kind, BlockKind::Heading(2)) {
        return None;
    }
    let written = text.get(block.span.clone())?.trim_end();
    let last = written.rsplit_once('\n')?.1;
    let hyphens = last.trim_matches(|c: char| c == '>' || c.is_whitespace());
    let is_line = !hyphens.is_empty() && hyphens.bytes().all(|b| b == b'-');
    is_line.then_some(hyphens)
}

fn is_prose(text: &str, block: &Block, hyphens: &str) -> bool {
    let words = block.text.trim();
    let lines = text[block.span.clone()].trim_end().lines().count() - 1;
    hyphens.len() == 1 || lines > 1 || words.chars().count() > LONGEST || words.ends_with(ENDS)
}
