//! The text has a heading of the first level: `# …`, or `<h1>` in HTML.
//!
//! The page's title is that heading already. Two of them leave those who listen to the page, and search engines, without
//! a clear answer to what it is about. Begin the text's own headings with `##`. A heading that only repeats the title can
//! go: the theme shows the title.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::parse::manuscript::BlockKind;

pub(super) const LINT: Lint = Lint {
    code: "several-h1",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("several_h1.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let mut tell = |place, help: String| {
        let message = "the page's title is its first heading, and this is a second one";
        found.push(reading.found(&LINT, message).at(place).help(help));
    };
    for block in &reading.manuscript.blocks {
        let text = block.text.trim();
        if block.kind == BlockKind::Heading(1) {
            // Both as they are written: the page's title has the quotes of printers.
            let front = reading.page.front.title.as_ref();
            let title = front.map_or(&reading.page.title, |title| &title.0);
            let repeats = text.to_lowercase() == title.to_lowercase();
            tell(
                block.span.clone(),
                match repeats {
                    true => "remove it: the title stands at the top of the page already".to_owned(),
                    false => format!("write it as `## {text}`"),
                },
            );
        }
    }
    for (html, span) in &reading.manuscript.html {
        let lower = html.to_ascii_lowercase();
        for (at, tag) in lower.match_indices("<h1") {
            if lower[at + tag.len()..].starts_with([' ', '>', '\n', '\t']) {
                let start = span.start + at;
                tell(
                    start..start + tag.len(),
                    "write `<h2>` here, and `</h2>` at its end".to_owned(),
                );
            }
        }
    }
}
