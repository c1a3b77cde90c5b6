//! A heading is two or more levels below the one before it: `##` and then `####`.
//!
//! Those who listen to a page move through it by its headings, as others do by looking. A level that is left out makes
//! them search for what is missing. The page's title is the first level, so the text begins with `##`.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::parse::manuscript::BlockKind;

pub(super) const LINT: Lint = Lint {
    code: "heading-order",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("heading_order.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let mut above = 1;
    for block in &reading.manuscript.blocks {
        let BlockKind::Heading(level) = block.kind else {
            continue;
        };
        if level > above + 1 {
            let (is, should) = ("#".repeat(level.into()), "#".repeat((above + 1).into()));
            let message = match above {
                1 => format!("the text's first heading is `{is}`"),
                _ => format!("`{is}` comes after `{}`", "#".repeat(above.into())),
            };
            found.push(
                reading
                    .found(&LINT, message)
                    .at(block.span.clone())
                    .help(format!("write it as `{should} {}`", block.text.trim())),
            );
        }
        above = level;
    }
}
