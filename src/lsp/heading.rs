//! The headings of a text, with their places in it.

use std::ops::Range;

use crate::model::page::Page;
use crate::parse;
use crate::parse::manuscript::BlockKind;

/// A heading.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// 1 to 6.
    pub(super) level: u8,
    /// What links end in.
    pub(super) id: String,
    /// Plain text.
    pub(super) text: String,
    /// Its bytes in the file.
    pub(super) span: Range<usize>,
    /// Those of them that are its words, markup and all: neither the signs that make it one, nor `{#id}`.
    pub(super) words: Range<usize>,
}

/// The headings of a text, in order; `page` is the text as parse read it.
pub(super) fn headings(page: &Page, text: &str) -> Vec<Heading> {
    let Some(manuscript) = parse::manuscript(page, text) else {
        return Vec::new();
    };
    let blocks = manuscript.blocks.iter();
    let mut blocks = blocks.filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let outline = page.body.iter().flat_map(|body| body.outline.iter());
    outline
        .filter_map(|heading| {
            let is_it = |block: &&parse::manuscript::Block| {
                block.kind == BlockKind::Heading(heading.level)
                    && heading.text.starts_with(block.text.trim())
            };
            let block = blocks.find(is_it)?;
            Some(Heading {
                level: heading.level,
                id: heading.id.to_owned(),
                text: heading.text.to_owned(),
                span: block.span.clone(),
                words: words(text, block.span.clone()),
            })
        })
        .collect()
}

/// The words of a heading whose bytes are these.
fn words(text: &str, span: Range<usize>) -> Range<usize> {
    let source = text.get(span.clone()).unwrap_or_default();
    let line = match source.trim_start().starts_with('#') {
        true => source.trim_start_matches([' ', '#', '\t']),
        false => source.trim_start(),
    };
    let start = span.start + source.len() - line.len();
    let mut end = line.lines().next().unwrap_or_default().trim_end();
    if let Some(at) = end.rfind("{#").filter(|_| end.ends_with('}')) {
        end = end[..at].trim_end();
    }
    // Signs at the end close a heading where a blank stands before them.
    let closed = end.trim_end_matches('#');
    if source.trim_start().starts_with('#') && !closed.ends_with(|c: char| !c.is_whitespace()) {
        end = closed.trim_end();
    }
    start..start + end.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_signs() {
        for (source, expected) in [
            ("## A *b* c\n", "A *b* c"),
            ("  # A ## {#own}\n", "A"),
            ("A b\n===\n", "A b"),
            ("#\n", ""),
            ("## C# ##", "C#"),
            ("## C#", "C#"),
        ] {
            assert_eq!(
                &source[words(source, 0..source.len())],
                expected,
                "{source}"
            );
        }
    }
}
