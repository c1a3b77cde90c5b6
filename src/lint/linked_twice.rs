//! The same place is linked twice between two `##` headings.
//!
//! The second link tells the reader nothing new, and each link is a small decision. Keep the first, or the one with the
//! better words, and let the other be plain text. In a long article a second link in another chapter is a service, and
//! is let pass; so are links in headings, in callouts, in footnotes, and in a `Related:` line, which stands apart from
//! the text, and numbers to call and addresses to write to, which are wanted wherever they stand.

use std::collections::BTreeSet;

use super::link_text::is_call;
use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::site::Target;
use crate::parse::manuscript::{Block, BlockKind, LinkStyle, WrittenLink};

pub(super) const LINT: Lint = Lint {
    code: "linked-twice",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("linked_twice.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let blocks = &reading.manuscript.blocks;
    let label = reading.survey.theme.string("related");
    let is_chapter = |block: &Block| matches!(block.kind, BlockKind::Heading(1 | 2));
    let mut chapter = 0;
    let chapters: Vec<usize> = blocks
        .iter()
        .map(|block| {
            chapter += usize::from(is_chapter(block));
            chapter
        })
        .collect();
    let mut seen = BTreeSet::new();
    for link in &reading.manuscript.links {
        if !blocks
            .get(link.block)
            .is_some_and(|block| is_text(block, label))
            || is_call(&link.dest)
        {
            continue;
        }
        let Some(place) = place(reading, link) else {
            continue;
        };
        if !seen.insert((chapters[link.block], place)) {
            found.push(
                reading
                    .found(
                        &LINT,
                        format!("`{}` is linked in this chapter already", link.dest),
                    )
                    .at(link.span.clone())
                    .help("keep one of the two links, and let the other be plain text"),
            );
        }
    }
}

fn is_text(block: &Block, label: &str) -> bool {
    let in_text = matches!(
        block.kind,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell
    );
    let rest = block.text.trim_start().strip_prefix(label);
    let is_related = rest.is_some_and(|rest| rest.trim_start().starts_with(':'));
    in_text && !block.quoted && !block.note && !is_related
}

/// What tells the place that a link leads to from all others; none where it leads nowhere.
fn place(reading: &Reading<'_>, link: &WrittenLink) -> Option<String> {
    match reading.target(link) {
        Some(Target::Page { id, query, anchor }) => {
            Some(format!("{} {query} {anchor}", id.index()))
        }
        Some(Target::Path { permalink, suffix }) => Some(format!("{permalink}{suffix}")),
        Some(Target::Other(other)) => Some(format!("{}{}", other.permalink, other.suffix)),
        Some(Target::Hidden(_) | Target::Nowhere) => None,
        Some(Target::Elsewhere(_)) | None => {
            (link.style != LinkStyle::Wiki).then(|| link.dest.clone())
        }
    }
}
