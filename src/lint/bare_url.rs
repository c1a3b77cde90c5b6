//! An address stands in a sentence as it is, where words should say what is there.
//!
//! Nobody reads an address, those who listen to a page hear it spelled out, and on a telephone it breaks the line. Let
//! the words of the sentence be the link: not `see https://example.org/help` but `see [where to find
//! help](https://example.org/help)`. What facts rest on belongs in the front matter, under `sources`. An address at the
//! end of a list's item, in a table or in a footnote is let pass, and so is a video or a sound alone in its paragraph,
//! which becomes a player. Where readers are to see an address, such as one to copy, put it in `<` and `>`.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::parse::manuscript::{Block, BlockKind, LinkStyle, WrittenLink};

pub(super) const LINT: Lint = Lint {
    code: "bare-url",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("bare_url.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let links = reading.manuscript.links.iter();
    for link in links.filter(|link| link.style == LinkStyle::Bare) {
        let Some(block) = reading.manuscript.blocks.get(link.block) else {
            continue;
        };
        if is_player(reading, link) || block.note || closes_an_item(reading.text, block, link) {
            continue;
        }
        found.push(
            reading
                .found(&LINT, "this address stands in the text as it is")
                .at(link.span.clone())
                .help(format!(
                    "say in words what is there: `[the words]({0})`; to show the address itself: `<{0}>`",
                    link.dest
                )),
        );
    }
}

fn is_player(reading: &Reading<'_>, link: &WrittenLink) -> bool {
    let embeds = &reading.page.embeds;
    embeds.iter().any(|embed| embed.url == link.dest)
}

/// In a list or a table, as in a list of sources: `- The institute: https://example.org`.
fn closes_an_item(text: &str, block: &Block, link: &WrittenLink) -> bool {
    let line = text[..block.span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line..block.span.start].trim_start_matches(['>', ' ', '\t']);
    // The mark of an item: `-`, `*`, `+`, `1.`, `1)`.
    let in_list =
        block.kind == BlockKind::Item || block.kind == BlockKind::Cell || !before.trim().is_empty();
    let after = block.text.get(link.at.end..).unwrap_or_default();
    in_list && after.trim().trim_matches(['.', ',', ';', ')']).is_empty()
}
