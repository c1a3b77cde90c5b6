//! Walks over the events of one body and gathers what its author wrote.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Block, BlockKind, LinkStyle, Manuscript, WrittenLink, WrittenPicture};
use crate::parse::markdown::urls;

#[derive(Default)]
pub(super) struct Reader {
    pub(super) manuscript: Manuscript,
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
    /// Where in the open block's text the words begin that no other event parts.
    run: Option<usize>,
}

impl Reader {
    pub(super) fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        if !matches!(event, Event::Text(_)) {
            self.end_run();
        }
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
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.begin(BlockKind::Item, span);
            }
            Tag::TableCell => self.begin(BlockKind::Cell, span),
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quotes.push(false);
                self.begins_quote = true;
            }
            Tag::List(_) | Tag::DefinitionList => {
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
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::TableCell => {
                self.end_block();
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotes.pop();
                self.begins_quote = false;
            }
            TagEnd::List(_) | TagEnd::DefinitionList => self.lists = self.lists.saturating_sub(1),
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

    /// Words, in which URLs are looked for once all of them are there.
    fn text(&mut self, text: &str, at: usize) {
        if self.block.is_some() && self.link.is_none() && self.picture.is_none() {
            self.run.get_or_insert(self.written());
        }
        self.words(text, at);
    }

    /// The URLs in the words since the last event that is no text.
    fn end_run(&mut self) {
        let (Some(from), Some(block)) = (self.run.take(), &self.block) else {
            return;
        };
        let text = &block.text[from..];
        for url in urls(text) {
            let at = from + url.start..from + url.end;
            self.manuscript.links.push(WrittenLink {
                dest: text[url.clone()].to_owned(),
                text: text[url].to_owned(),
                style: LinkStyle::Bare,
                span: block.place(at.clone()),
                block: self.manuscript.blocks.len(),
                at,
            });
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

    pub(super) fn end_block(&mut self) {
        self.end_run();
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
            let part = block.part(kind, cited, start..end);
            self.manuscript.blocks.push(part);
        }
    }
}
