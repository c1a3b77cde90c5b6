//! A body as its author wrote it: blocks of plain text, links and pictures, each with its place in the file. Lints
//! read it; the build reads the body in its own way, for the page.

mod block;
mod reader;

use std::ops::Range;

use pulldown_cmark::Parser;

use super::{FLAGS, bracketed, shortcode};
use crate::model::shortcode::Declarations;
pub use block::{Block, BlockKind};
use reader::Reader;

/// What a body says, in the order of its blocks.
#[derive(Debug, Default)]
pub struct Manuscript {
    /// Paragraphs, headings, items of lists, cells of tables.
    pub blocks: Vec<Block>,
    /// Every link, those to other sites and bare URLs too.
    pub links: Vec<WrittenLink>,
    /// Every picture of the Markdown.
    pub pictures: Vec<WrittenPicture>,
    /// Raw HTML, and its bytes in the file.
    pub html: Vec<(String, Range<usize>)>,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStyle {
    /// `[text](dest)`, `[text][label]`.
    Markdown,
    /// `[[dest]]`.
    Wiki,
    /// `<dest>`.
    Angle,
    /// The URL alone, as text.
    Bare,
}

/// A link.
#[derive(Debug)]
pub struct WrittenLink {
    /// Where to, as written.
    pub dest: String,
    /// Its words; the words that describe its picture, where it holds one.
    pub text: String,
    /// How it is written.
    pub style: LinkStyle,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// The block that it stands in, and its bytes in that block's text.
    pub block: usize,
    /// See `block`.
    pub at: Range<usize>,
}

/// A picture.
#[derive(Debug)]
pub struct WrittenPicture {
    /// As written.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// In a link.
    pub linked: bool,
}

/// Reads `text`, which begins at byte `base` of its file.
pub fn read(text: &str, base: usize) -> Manuscript {
    let mask = shortcode::hidden(text, &Declarations::new(), FLAGS);
    let visible = mask.text.as_deref().unwrap_or(text);
    let escaped = bracketed::escape(visible, FLAGS);
    let source = escaped.as_ref().map_or(visible, |escaped| &escaped.text);
    let mut reader = Reader::default();
    for (event, span) in Parser::new_ext(source, FLAGS).into_offset_iter() {
        let span = match &escaped {
            Some(escaped) => escaped.original(span),
            None => span,
        };
        // The tags of shortcodes are no words.
        if mask.hides(&span) {
            continue;
        }
        reader.event(&event, base + span.start..base + span.end);
    }
    reader.end_block();
    reader.manuscript
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let manuscript = read(text, 0);
        manuscript
            .blocks
            .iter()
            .map(|block| (block.kind, block.text.clone()))
            .collect()
    }

    #[test]
    fn blocks_are_what_readers_read() {
        let text =
            "# A *b*\n\nOne\ntwo `c`.\n\n- x\n- y\n\n  z\n\n> [!tip]- Do *it*\n> [Now](n.md).\n";
        assert_eq!(
            blocks(text),
            [
                (BlockKind::Heading(1), "A b".into()),
                (BlockKind::Paragraph, "One two c.".into()),
                (BlockKind::Paragraph, "x".into()),
                (BlockKind::Paragraph, "y".into()),
                (BlockKind::Paragraph, "z".into()),
                (BlockKind::CalloutTitle, "Do it".into()),
                (BlockKind::Paragraph, "Now.".into()),
            ]
        );
        let manuscript = read(text, 0);
        let link = &manuscript.links[0];
        let block = &manuscript.blocks[link.block];
        assert_eq!(&block.text[link.at.clone()], "Now");
        assert_eq!(&text[block.place(link.at.clone())], "Now");
    }

    #[test]
    fn blocks_know_where_they_stand() {
        let text = "- a `TODO`\n\n> said\n\n> [!tip] T `x`\n> b `y`\n>\n> > told\n>\n> c\n\nd";
        let manuscript = read(text, 0);
        let seen: Vec<_> = manuscript
            .blocks
            .iter()
            .map(|block| {
                let code: Vec<&str> = block
                    .code
                    .iter()
                    .map(|at| &block.text[at.clone()])
                    .collect();
                (
                    block.text.as_str(),
                    block.listed,
                    block.quoted,
                    block.cited,
                    code,
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("a TODO", true, false, false, vec!["TODO"]),
                ("said", false, true, true, vec![]),
                ("T x", false, true, false, vec!["x"]),
                ("b y", false, true, false, vec!["y"]),
                ("told", false, true, true, vec![]),
                ("c", false, true, false, vec![]),
                ("d", false, false, false, vec![]),
            ]
        );
    }

    #[test]
    fn places_lead_back_into_the_file() {
        let text = "A \\*b* &amp; **c d**,\nhttps://x.org e [[1]](u) `https://y.org`.";
        let manuscript = read(text, 0);
        let block = &manuscript.blocks[0];
        for word in ["c d", "https://x.org", "e"] {
            let at = block.text.find(word).unwrap();
            assert_eq!(&text[block.place(at..at + word.len())], word);
        }
        let links: Vec<_> = manuscript
            .links
            .iter()
            .map(|link| (link.style, &text[link.span.clone()]))
            .collect();
        assert_eq!(
            links,
            [
                (LinkStyle::Bare, "https://x.org"),
                (LinkStyle::Markdown, "[[1]](u)")
            ]
        );
    }

    #[test]
    fn pictures_have_their_words() {
        let manuscript = read("[![a *b*](x.jpg)](y.md) <https://x.org>", 0);
        assert_eq!(
            (
                manuscript.pictures[0].alt.as_str(),
                manuscript.pictures[0].linked
            ),
            ("a b", true)
        );
        assert_eq!(manuscript.links[0].text, "a b");
        assert_eq!(manuscript.links[1].style, LinkStyle::Angle);
    }
}
