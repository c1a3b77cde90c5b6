//! A list's item is indented below a number, and not far enough to belong to it.
//!
//! What belongs to `1. One` begins below its words: three spaces in, four below `10.`. An item that is indented by one or
//! two begins a list of its own, and the numbers after it begin another. Indent it as far as the words of the number's
//! item.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "list-indent",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("list_indent.rs"),
};

/// The mark that begins an item's line.
struct Mark<'t> {
    /// What stands before it.
    quotes: &'t str,
    /// Spaces before it.
    indent: usize,
    /// Spaces before the words.
    words: usize,
    /// The number, where it is one.
    number: Option<&'t str>,
}

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let mut above: Option<Mark<'_>> = None;
    for block in &reading.manuscript.blocks {
        if !block.listed {
            above = None;
            continue;
        }
        let text = reading.text;
        let start = text[..block.span.start].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let Some(mark) = mark(line) else { continue };
        let is_below = |above: &Mark<'_>| {
            above.quotes == mark.quotes && mark.indent > above.indent && mark.indent < above.words
        };
        // `1.` and ` 2.` are one list, only untidy.
        let begins = mark.number.is_none_or(|number| number == "1");
        if let Some(number) = above.take_if(|above| begins && is_below(above)) {
            let spaces = number.words;
            found.push(
                reading
                    .found(&LINT, "this item does not belong to the number above it")
                    .at(block.span.clone())
                    .help(format!(
                        "indent it, and those that follow it, by {spaces} spaces"
                    )),
            );
        } else if mark.number.is_some() {
            above = Some(mark);
        } else if above
            .as_ref()
            .is_some_and(|above| mark.indent <= above.indent)
        {
            // Another list begins.
            above = None;
        }
    }
}

/// The mark of a line; none where it begins with none, or is indented by tabs.
fn mark(line: &str) -> Option<Mark<'_>> {
    let rest = line.trim_start_matches(['>', ' ']);
    let before = &line[..line.len() - rest.len()];
    let quotes = &before[..before.rfind('>').map_or(0, |at| at + 1)];
    // One space belongs to the `>`.
    let indent = (before.len() - quotes.len()).saturating_sub(usize::from(!quotes.is_empty()));
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, after) = match rest.get(digits..digits + 1)? {
        "." | ")" if digits > 0 => (Some(&rest[..digits]), &rest[digits + 1..]),
        "-" | "*" | "+" if digits == 0 => (None, &rest[1..]),
        _ => return None,
    };
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let width = rest.len() - after.len();
    (spaces > 0).then(|| Mark {
        quotes,
        indent,
        // More than four spaces begin code in the item.
        words: indent + width + if spaces > 4 { 1 } else { spaces },
        number,
    })
}
