//! A body as its author wrote it: blocks of plain text, links and pictures, each with its place in the file. Lints
//! read it; the build reads the body in its own way, for the page.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::{FLAGS, bracketed, urls};

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

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading, 1 to 6.
    Heading(u8),
    /// The first lines of a list's item, where they are no paragraph.
    Item,
    /// A table's cell.
    Cell,
    /// The title of a callout.
    CalloutTitle,
}

/// A run of plain text.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without markup; each line end is a space.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// In a block quote or a callout.
    pub quoted: bool,
    /// In a block quote that is no callout: most often somebody else's words.
    pub cited: bool,
    /// In a list.
    pub listed: bool,
    /// In a footnote.
    pub note: bool,
    /// What of the text is code.
    pub code: Vec<Range<usize>>,
    /// Where pieces of the text begin, in the text and in the file.
    places: Vec<(usize, usize)>,
}

impl Block {
    /// The bytes in the file of these bytes of the text.
    pub fn place(&self, bytes: Range<usize>) -> Range<usize> {
        let end = match bytes.end > bytes.start {
            true => self.in_file(bytes.end - 1) + 1,
            false => self.in_file(bytes.start),
        };
        self.in_file(bytes.start)..end
    }

    fn in_file(&self, at: usize) -> usize {
        let after = self.places.partition_point(|(text, _)| *text <= at);
        match after.checked_sub(1).map(|before| self.places[before]) {
            Some((text, file)) => file + (at - text),
            None => self.span.start,
        }
    }
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
    let escaped = bracketed::escape(text, FLAGS);
    let source = escaped.as_ref().map_or(text, |escaped| &escaped.text);
    let mut reader = Reader::default();
    for (event, span) in Parser::new_ext(source, FLAGS).into_offset_iter() {
        let span = match &escaped {
            Some(escaped) => escaped.original(span),
            None => span,
        };
        reader.event(&event, base + span.start..base + span.end);
    }
    reader.end_block();
    reader.manuscript
}

#[derive(Default)]
struct Reader {
    manuscript: Manuscript,
    block: Option<Block>,
    /// Its first line end, in its text.
    first_line: Option<usize>,
    /// Its first link, among all of them.
    first_link: usize,
    link: Option<WrittenLink>,
    picture: Option<WrittenPicture>,
    /// The open block quotes: whether each is a callout.
    quotes: Vec<bool>,
    lists: usize,
    notes: usize,
    /// The block begins a block quote.
    begins_quote: bool,
    in_code: bool,
}

impl Reader {
    fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if !self.in_code => self.text(text, span.start),
            Event::Code(text) => {
                let from = self.written();
                self.words(text, span.start + 1);
                let to = self.written();
                // In a picture's words, nothing is written.
                if let Some(block) = self.block.as_mut().filter(|_| from < to) {
                    block.code.push(from..to);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(block) = &self.block {
                    self.first_line.get_or_insert(block.text.len());
                }
                self.text(" ", span.start);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.manuscript.html.push((html.to_string(), span));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin(BlockKind::Paragraph, span),
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(*level as u8), span),
            Tag::Item => self.begin(BlockKind::Item, span),
            Tag::TableCell => self.begin(BlockKind::Cell, span),
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotes.push(false);
                self.begins_quote = true;
            }
            Tag::List(_) => {
                self.end_block();
                self.lists += 1;
            }
            Tag::FootnoteDefinition(_) => self.notes += 1,
            Tag::CodeBlock(_) => {
                self.end_block();
                self.in_code = true;
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let style = match link_type {
                    LinkType::WikiLink { .. } => LinkStyle::Wiki,
                    LinkType::Autolink | LinkType::Email => LinkStyle::Angle,
                    _ => LinkStyle::Markdown,
                };
                self.link = Some(WrittenLink {
                    dest: dest_url.to_string(),
                    text: String::new(),
                    style,
                    span,
                    block: self.manuscript.blocks.len(),
                    at: self.written()..self.written(),
                });
            }
            Tag::Image { dest_url, .. } => {
                self.picture = Some(WrittenPicture {
                    src: dest_url.to_string(),
                    alt: String::new(),
                    span,
                    linked: self.link.is_some(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell => {
                self.end_block();
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotes.pop();
                self.begins_quote = false;
            }
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::FootnoteDefinition => self.notes = self.notes.saturating_sub(1),
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Link => {
                if let Some(mut link) = self.link.take() {
                    link.at.end = self.written();
                    self.manuscript.links.push(link);
                }
            }
            TagEnd::Image => {
                if let Some(picture) = self.picture.take() {
                    if let Some(link) = &mut self.link {
                        link.text.push_str(&picture.alt);
                    }
                    self.manuscript.pictures.push(picture);
                }
            }
            _ => {}
        }
    }

    /// Bytes of the open block's text.
    fn written(&self) -> usize {
        self.block.as_ref().map_or(0, |block| block.text.len())
    }

    fn begin(&mut self, kind: BlockKind, span: Range<usize>) {
        self.end_block();
        self.first_link = self.manuscript.links.len();
        self.block = Some(Block {
            kind,
            text: String::new(),
            span,
            quoted: !self.quotes.is_empty(),
            cited: self.quotes.contains(&false),
            listed: self.lists > 0,
            note: self.notes > 0,
            code: Vec::new(),
            places: Vec::new(),
        });
    }

    /// Words, and the URLs among them.
    fn text(&mut self, text: &str, at: usize) {
        let from = self.written();
        self.words(text, at);
        if self.block.is_none() || self.link.is_some() || self.picture.is_some() {
            return;
        }
        if text.contains("http") {
            for url in urls(text) {
                self.manuscript.links.push(WrittenLink {
                    dest: text[url.clone()].to_owned(),
                    text: text[url.clone()].to_owned(),
                    style: LinkStyle::Bare,
                    span: at + url.start..at + url.end,
                    block: self.manuscript.blocks.len(),
                    at: from + url.start..from + url.end,
                });
            }
        }
    }

    fn words(&mut self, text: &str, at: usize) {
        if let Some(picture) = &mut self.picture {
            picture.alt.push_str(text);
            return;
        }
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        }
        let Some(block) = &mut self.block else {
            return;
        };
        block.places.push((block.text.len(), at));
        block.text.push_str(text);
    }

    fn end_block(&mut self) {
        let first_line = self.first_line.take();
        let begins_quote = std::mem::take(&mut self.begins_quote);
        let Some(block) = self.block.take() else {
            self.begins_quote = begins_quote;
            return;
        };
        match begins_quote && block.text.starts_with("[!") {
            true => self.callout(block, first_line),
            false if block.text.trim().is_empty() => {}
            false => self.manuscript.blocks.push(block),
        }
    }

    /// A paragraph that begins with a callout's marker is the callout's title, and from its second line on its words.
    fn callout(&mut self, block: Block, first_line: Option<usize>) {
        if let Some(quote) = self.quotes.last_mut() {
            *quote = true;
        }
        let cited = self.quotes.contains(&false);
        let title_end = first_line.unwrap_or(block.text.len());
        let marker = block.text[..title_end].find(']').map_or(0, |at| at + 1);
        let title = marker..title_end;
        let rest = first_line.map_or(block.text.len(), |end| end + 1)..block.text.len();
        let links = self.first_link..self.manuscript.links.len();
        for (kind, bytes) in [
            (BlockKind::CalloutTitle, title),
            (BlockKind::Paragraph, rest),
        ] {
            let text = &block.text[bytes.clone()];
            let words = text.trim_matches(['-', '+', ' ']);
            if words.is_empty() {
                continue;
            }
            let start = bytes.start + text.find(words).unwrap_or(0);
            let end = start + words.len();
            for link in &mut self.manuscript.links[links.clone()] {
                if (start..end).contains(&link.at.start) {
                    link.block = self.manuscript.blocks.len();
                    link.at = link.at.start - start..link.at.end.min(end) - start;
                }
            }
            self.manuscript.blocks.push(Block {
                kind,
                text: words.to_owned(),
                span: block.place(start..end),
                code: within(&block.code, start..end),
                places: moved(&block.places, start..end),
                cited,
                ..block
            });
        }
    }
}

/// What of these ranges is in a part of a text, from where that begins.
fn within(ranges: &[Range<usize>], part: Range<usize>) -> Vec<Range<usize>> {
    let inside = |range: &Range<usize>| {
        let (start, end) = (range.start.max(part.start), range.end.min(part.end));
        (start < end).then(|| start - part.start..end - part.start)
    };
    ranges.iter().filter_map(inside).collect()
}

/// The places of a part of a text.
fn moved(places: &[(usize, usize)], part: Range<usize>) -> Vec<(usize, usize)> {
    let first = places
        .partition_point(|(text, _)| *text <= part.start)
        .saturating_sub(1);
    places[first..]
        .iter()
        .filter(|(text, _)| *text < part.end)
        .map(|(text, file)| {
            let cut = part.start.saturating_sub(*text);
            (text + cut - part.start, file + cut)
        })
        .collect()
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
