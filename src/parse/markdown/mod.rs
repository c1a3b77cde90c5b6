//! Reads a Markdown body once, for everything: HTML with holes, outline, links, pictures, callouts,
//! summary, words and terms. It walks over the events of one file; what a link leads to is link's.

mod attributes;
mod autolink;
mod balance;
mod block;
mod bracketed;
mod cjk;
mod code;
mod diagram;
mod emoji;
mod escaped;
mod events;
mod footnote;
mod formula;
mod highlight;
mod include;
mod inline;
mod left_over;
mod lines;
pub mod manuscript;
mod read;
mod shortcode;
mod summary;
mod table;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options as Flags, Tag, TagEnd};

pub use autolink::urls;
pub use lines::line;
pub(super) use read::read;

use super::Options;
use super::terms::{Collector, Field};
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::page::{
    Body, Callout, Embed, Hole, Included, Inserted, Link, Load, Painted, Picture,
};
use crate::model::shortcode::Shortcode;
use crate::model::texts::Heading;
use crate::parse::code::Painter;
use attributes::Given;
use balance::{Balance, Kind as WrongHtml};
use events::Events;
use footnote::Footnotes;
use shortcode::Shortcodes;
use summary::Summary;
use writer::Writer;

/// The Markdown that is read.
const FLAGS: Flags = Flags::ENABLE_TABLES
    .union(Flags::ENABLE_FOOTNOTES)
    .union(Flags::ENABLE_STRIKETHROUGH)
    .union(Flags::ENABLE_TASKLISTS)
    .union(Flags::ENABLE_HEADING_ATTRIBUTES)
    .union(Flags::ENABLE_WIKILINKS)
    .union(Flags::ENABLE_MATH)
    .union(Flags::ENABLE_DEFINITION_LIST);

/// What a body says.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) body: Body,
    pub(super) summary: String,
    pub(super) words: u32,
    outline: Vec<Made>,
    pub(super) ids: Vec<String>,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Picture>,
    pub(super) callouts: Vec<Callout>,
    pub(super) embeds: Vec<Embed>,
    pub(super) shortcodes: Vec<Shortcode>,
    /// The words among their arguments, which the body does not hold.
    pub(super) said: String,
    pub(super) code: Vec<Painted>,
    pub(super) included: Vec<Included>,
    pub(super) inserted: Vec<Inserted>,
    pub(super) loads: Vec<Load>,
}

/// A heading.
#[derive(Debug)]
struct Made {
    level: u8,
    id: String,
    text: String,
}

impl Made {
    fn heading(&self) -> Heading<'_> {
        Heading {
            level: self.level,
            id: &self.id,
            text: &self.text,
        }
    }
}

/// What is known of a body before it is read.
pub(super) struct Known<'k, 'm> {
    /// Where its terms go; none where they are known already.
    pub(super) terms: Option<&'k mut Collector<'m>>,
    /// Its blocks of code as they were coloured; none where they are still to be.
    pub(super) code: Option<&'k [Painted]>,
}

struct Reader<'a, 'm> {
    text: &'a str,
    base: usize,
    path: &'a str,
    options: &'a Options<'a>,
    /// What a related line begins with, before its colon.
    related: &'a str,
    /// None where the terms are known already.
    terms: Option<&'a mut Collector<'m>>,
    painter: Painter<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
    writer: Writer,
    content: Content,
    /// How often each id was made.
    ids: BTreeMap<String, u32>,
    /// The texts of headings as they were written, where smart punctuation changed them.
    written: BTreeMap<usize, String>,
    /// The ids that headings are given by hand; of these, the ones that were met.
    own_ids: BTreeSet<String>,
    given: BTreeSet<String>,
    /// The plain text of the block that is being read.
    block: String,
    field: Field,
    summary: Summary,
    footnotes: Footnotes,
    /// For each open block quote, whether it is a callout.
    quotes: Vec<bool>,
    /// For each open link, its place in the list; none where it leads elsewhere.
    open_links: Vec<Option<u32>>,
    /// Open lists, quotes and tables.
    depth: usize,
    /// The element of raw HTML that is open and whose content is text, such as a script.
    text_element: Option<&'static str>,
    /// The tags of raw HTML.
    balance: Balance,
    /// Of the table that is being read.
    columns: usize,
    shortcodes: Shortcodes,
    /// By the event that a block begins with.
    attributes: BTreeMap<usize, Given>,
    /// It is told that drawings are not drawn.
    told_drawing: bool,
    /// So many blocks are diagrams.
    diagrams: usize,
}

impl Reader<'_, '_> {
    fn range(&mut self, events: &Events<'_>, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            at = self.event(events, at);
        }
    }

    /// Reads the event at `at`, with those that belong to it, and says where to go on.
    fn event(&mut self, events: &Events<'_>, at: usize) -> usize {
        let Some(given) = self.attributes.remove(&at) else {
            return self.bare_event(events, at);
        };
        let from = self.writer.len();
        let next = self.bare_event(events, at);
        let id = given.id.as_deref().map(|id| self.own_id(id, &given.span));
        match self.writer.give(from, id.as_deref(), &given.classes) {
            true => self.content.ids.extend(id),
            false => self.warn(
                left_over::TEMPLATE,
                "these attributes have no effect on this block".to_owned(),
                &given.span,
                "take them out: how it looks is the theme's to say",
            ),
        }
        next
    }

    /// The same for a block without attributes.
    fn bare_event(&mut self, events: &Events<'_>, at: usize) -> usize {
        let (event, span) = &events[at];
        if let Some((tag, next)) = self.tag_event(events, at) {
            self.tag(tag, false);
            return next;
        }
        match event {
            Event::Start(Tag::HtmlBlock) if self.has_tags(span) => {
                return self.html_with_tags(events, at);
            }
            Event::Start(Tag::Heading { .. }) => return self.heading(events, at),
            Event::Start(Tag::Paragraph) => return self.paragraph(events, at),
            Event::Start(Tag::Image { .. }) => return self.picture(events, at, false),
            Event::Start(Tag::BlockQuote(_)) => return self.quote(events, at),
            Event::Start(Tag::HtmlBlock) => return self.html_block(events, at),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                return self.definition(label, events, at);
            }
            Event::Start(Tag::Link { .. }) => return self.link(events, at),
            Event::Start(Tag::CodeBlock(kind)) => return self.code_block(kind, events, at),
            Event::Start(tag) => {
                match tag {
                    Tag::Item
                    | Tag::TableCell
                    | Tag::DefinitionListTitle
                    | Tag::DefinitionListDefinition => self.balance.enter(),
                    Tag::Table(alignments) => self.columns = alignments.len(),
                    Tag::TableRow => self.lost_cells(span),
                    _ => {}
                }
                if matches!(tag, Tag::List(_) | Tag::Table(_) | Tag::DefinitionList) {
                    self.flush();
                    self.depth += 1;
                }
                self.writer.start(tag);
            }
            Event::End(TagEnd::Link) => self.link_end(),
            Event::End(TagEnd::BlockQuote(kind)) => {
                self.depth = self.depth.saturating_sub(1);
                self.balance.leave();
                match self.quotes.pop() {
                    Some(true) => self.writer.hole(Hole::CalloutClose),
                    _ => self.writer.end(TagEnd::BlockQuote(*kind)),
                }
            }
            Event::End(tag) => {
                match tag {
                    TagEnd::List(_) | TagEnd::Table | TagEnd::DefinitionList => {
                        self.depth = self.depth.saturating_sub(1);
                    }
                    _ => {}
                }
                let is_cell = matches!(
                    tag,
                    TagEnd::Item
                        | TagEnd::TableCell
                        | TagEnd::DefinitionListTitle
                        | TagEnd::DefinitionListDefinition
                );
                if is_cell || matches!(tag, TagEnd::Paragraph) {
                    self.flush();
                }
                if is_cell {
                    self.balance.leave();
                }
                self.writer.end(*tag);
            }
            Event::Text(text) => {
                self.tell_lost_formula(text, events, at);
                match self.options.markdown.emoji {
                    true => self.plain(&emoji::signs(text)),
                    false => self.plain(text),
                }
            }
            Event::Code(code) => {
                // What a reference names in its sentences is what it is about.
                self.block.push_str(code);
                self.writer.raw("<code>");
                self.writer.text(code);
                self.writer.raw("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.watch(html, span.start, false);
                self.html(html, span.start);
            }
            Event::SoftBreak if events::joins_cjk(&self.block, &events[at + 1..]) => {}
            Event::SoftBreak => {
                self.block.push(' ');
                self.writer.raw(match self.options.markdown.breaks {
                    true => "<br>\n",
                    false => "\n",
                });
            }
            Event::HardBreak => {
                self.block.push(' ');
                self.writer.raw("<br>\n");
            }
            Event::Rule => self.writer.raw("<hr>\n"),
            Event::TaskListMarker(done) => self.writer.task(*done),
            Event::FootnoteReference(label) => self.mention(label),
            Event::InlineMath(tex) => self.formula(tex, false, span),
            Event::DisplayMath(tex) => self.display_formula(tex, span),
        }
        at + 1
    }

    /// Ends a block of text: its words are counted and weighed.
    fn flush(&mut self) {
        if !self.block.is_empty() {
            if let Some(terms) = &mut self.terms {
                self.content.words += terms.add(self.field, &self.block);
            }
            self.block.clear();
        }
    }

    fn warn(&mut self, code: &'static str, message: String, span: &Range<usize>, help: &str) {
        let bytes = self.base + span.start..self.base + span.end.min(self.text.len());
        self.diagnostics.push(
            Diagnostic::warning(code, self.path, message)
                .at(bytes)
                .help(help),
        );
    }

    /// Watches the tags of a piece of raw HTML; `block` where Markdown in it stays text.
    fn watch(&mut self, html: &str, from: usize, block: bool) {
        if self.options.markdown.html != RawHtml::Escape {
            self.balance.read(html, from, block);
        }
    }

    /// Tells what is wrong with the raw HTML.
    fn unbalanced(&mut self) {
        self.balance.leave();
        for wrong in std::mem::take(&mut self.balance.wrong) {
            let code = match wrong.kind {
                WrongHtml::Swallows | WrongHtml::Unbalanced => "unbalanced-html",
                WrongHtml::NoElement => "lost-words",
                WrongHtml::Component => left_over::TEMPLATE,
                WrongHtml::Markdown => left_over::MARKUP,
            };
            let rest = self.text.get(wrong.from..).unwrap_or_default();
            let start = wrong.from + rest.find(&wrong.written).unwrap_or(0);
            let place = start..start + wrong.written.lines().next().map_or(0, str::len);
            self.warn(code, wrong.message, &place, &wrong.help);
            if let (WrongHtml::Swallows, Some(told)) = (wrong.kind, self.diagnostics.last_mut()) {
                told.severity = Severity::Error;
            }
        }
    }

    fn finish(mut self) -> Content {
        self.flush();
        self.unbalanced();
        let mut content = self.content;
        content.summary = self.summary.finish();
        content.body = self.writer.finish();
        content.ids.sort();
        content.ids.dedup();
        content.body.outline = content.outline.iter().map(Made::heading).collect();
        content
    }
}
