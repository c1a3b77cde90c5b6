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
mod shortcode;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options as Flags, Parser, Tag, TagEnd};

pub use autolink::urls;
pub use lines::line;

use super::Options;
use super::terms::{Collector, Field};
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::Edit;
use crate::find;
use crate::model::front_matter::text::one_line;
use crate::model::page::{
    Body, Callout, Embed, Hole, Included, Inserted, Link, Load, Painted, Picture,
};
use crate::model::shortcode::Shortcode;
use crate::model::texts::Heading;
use crate::parse::code::Painter;
use attributes::Given;
use balance::{Balance, Kind as WrongHtml};
use events::{Events, matching_end};
use include::{Found, Weaver};
use left_over::LeftOver;
use shortcode::Shortcodes;
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

/// So many marks are told for one reason in one file, at most.
const MOST_OF_A_KIND: usize = 20;

/// Characters of a summary, at most.
const SUMMARY_LIMIT: usize = 320;

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

/// Reads `text`, which begins at byte `base` of the file at `path`.
pub(super) fn read(
    text: &str,
    base: usize,
    path: &str,
    title: &str,
    options: &Options<'_>,
    known: Known<'_, '_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    let mut flags = FLAGS;
    flags.set(Flags::ENABLE_MATH, options.markdown.math());
    let woven = Weaver {
        options,
        flags,
        path,
        base,
    };
    let Some(mut woven) = woven.weave(text) else {
        return read_woven(text, base, path, title, options, known, diagnostics);
    };
    let mut told = Vec::new();
    let mut content = read_woven(&woven.text, base, path, title, options, known, &mut told);
    let spans = content.callouts.iter_mut().map(|callout| &mut callout.span);
    let spans = spans.chain(content.loads.iter_mut().map(|load| &mut load.span));
    let found = Found {
        links: &mut content.links,
        pictures: &mut content.images,
        shortcodes: &mut content.shortcodes,
        spans: spans.collect(),
    };
    content.inserted = woven.inserted(base, &found);
    woven.restore(base, path, &mut told, found);
    diagnostics.extend(woven.wrong());
    diagnostics.extend(told);
    content
        .included
        .splice(0..0, std::mem::take(&mut woven.included));
    content
}

/// Whether a line begins with `:::`.
fn has_boxes(text: &str) -> bool {
    let is_box = |line: &str| line.trim_start().starts_with(":::");
    find::is_within(text.as_bytes(), b":::") && text.lines().any(is_box)
}

/// Reads a text in which all stands that is shown in it.
fn read_woven(
    text: &str,
    base: usize,
    path: &str,
    title: &str,
    options: &Options<'_>,
    known: Known<'_, '_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    let mut flags = FLAGS;
    flags.set(
        Flags::ENABLE_SMART_PUNCTUATION,
        options.markdown.smart_punctuation(options.language),
    );
    flags.set(Flags::ENABLE_MATH, options.markdown.math());
    // The marks of a box in other programs, which are told, would be definitions.
    if has_boxes(text) {
        flags.remove(Flags::ENABLE_DEFINITION_LIST);
    }
    let mut mask = shortcode::hidden(text, options.shortcodes, flags);
    let hidden = mask.text.take();
    let visible = hidden.as_deref().unwrap_or(text);
    let delimited = formula::delimited(visible, flags);
    let given = delimited.as_deref().unwrap_or(visible);
    let escaped = bracketed::escape(given, flags);
    let source = escaped.as_ref().map_or(given, |escaped| &escaped.text);
    let parted = cjk::part(source, flags);
    let source = parted.as_ref().map_or(source, |parted| &parted.text);
    let mut linked = autolink::link(source, Parser::new_ext(source, flags).into_offset_iter());
    if let Some(parted) = &parted {
        cjk::clear(&mut linked);
        linked.map_places(|bytes| parted.original(bytes));
    }
    if let Some(escaped) = &escaped {
        linked.map_places(|bytes| escaped.original(bytes));
    }
    // A thousand of a kind are one kind.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut is_new = |left: &LeftOver| {
        let count = seen.entry(left.message.clone()).or_default();
        *count += 1;
        *count <= MOST_OF_A_KIND
    };
    let left_over = linked.left_over.into_iter().filter(|left| is_new(left));
    diagnostics.extend(left_over.map(|left| left.told(path, base)));
    let mut events = linked.events;
    highlight::highlight(&mut events);
    let attributes = attributes::take(&mut events);
    let mut reader = Reader {
        text,
        base,
        path,
        options,
        related: options
            .strings
            .get("related")
            .map_or("Related", String::as_str),
        terms: known.terms,
        painter: known.code.map_or_else(Painter::new, Painter::knowing),
        diagnostics,
        writer: Writer::with_capacity(text.len() + text.len() / 4),
        content: Content::default(),
        ids: BTreeMap::new(),
        written: linked.written,
        own_ids: own_ids(&events, &attributes),
        attributes,
        given: BTreeSet::new(),
        block: String::new(),
        field: Field::Body,
        summary: Summary::default(),
        footnotes: Footnotes::default(),
        quotes: Vec::new(),
        open_links: Vec::new(),
        depth: 0,
        text_element: None,
        balance: Balance::default(),
        columns: 0,
        shortcodes: Shortcodes::default(),
        told_drawing: false,
        diagrams: 0,
    };
    reader.take_shortcodes(mask, &events);
    reader.writer.part(title);
    reader.range(&events, 0, events.len());
    reader.end_notes(&events);
    reader.finish()
}

impl LeftOver {
    /// The same for the author; the text begins at byte `base` of the file.
    fn told(self, path: &str, base: usize) -> Diagnostic {
        let bytes = base + self.bytes.start..base + self.bytes.end;
        let told = Diagnostic::warning(self.code, path, self.message)
            .at(bytes)
            .help(self.help);
        match self.brackets {
            None => told,
            Some(inner) => {
                let insert = |at: usize, sign| Edit::new(path, base + at..base + at, sign);
                told.fix(insert(inner.start, "<"))
                    .fix(insert(inner.end, ">"))
            }
        }
    }
}

/// The ids that headings are given by hand: these win over made ones, wherever they stand.
fn own_ids(
    events: &[(Event<'_>, Range<usize>)],
    attributes: &BTreeMap<usize, Given>,
) -> BTreeSet<String> {
    let own = |event: &Event<'_>| match event {
        Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
        _ => None,
    };
    let of_blocks = attributes.values().filter_map(|given| given.id.clone());
    let of_headings = events.iter().filter_map(|(event, _)| own(event));
    of_headings.chain(of_blocks).collect()
}

/// The opening of the text, as it is gathered.
#[derive(Default)]
struct Summary {
    text: String,
    first_paragraph: usize,
    cut: Option<usize>,
}

/// Footnotes by label: numbers in the order of their first mention.
#[derive(Default)]
struct Footnotes {
    definitions: BTreeMap<String, Range<usize>>,
    order: Vec<String>,
    /// Number and how often it is mentioned.
    mentions: BTreeMap<String, (usize, u32)>,
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
                let end = matching_end(events, at);
                let kept = self
                    .footnotes
                    .definitions
                    .insert(label.to_string(), at + 1..end);
                if kept.is_some() {
                    let message = format!("the footnote `[^{label}]` is defined twice");
                    self.warn(
                        "footnote",
                        message,
                        span,
                        "keep one of the two; the last one is shown",
                    );
                }
                return end + 1;
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

    /// Tells of the cells of a row that the table has no column for.
    fn lost_cells(&mut self, row: &Range<usize>) {
        let Some(source) = self.text.get(row.clone()) else {
            return;
        };
        let line = source.trim_end();
        let start = usize::from(line.starts_with('|'));
        let is_bar = |at: &usize| {
            let before = line[..*at].bytes().rev();
            before.take_while(|b| *b == b'\\').count() % 2 == 0
        };
        let bars = line[start..].match_indices('|').map(|(at, _)| start + at);
        let Some(bar) = bars.filter(is_bar).nth(self.columns.saturating_sub(1)) else {
            return;
        };
        let lost = &line[bar + 1..];
        if lost
            .trim_matches(|c: char| c == '|' || c.is_whitespace())
            .is_empty()
        {
            return;
        }
        let help = match line.contains('`') || line.contains("[[") {
            true => {
                "add a column to the table's head; a bar that is part of a text is written `\\|`, in code too"
            }
            false => "add a column to the table's head, or put these words into another cell",
        };
        let words = lost.len() - lost.trim_start().len();
        let place = row.start + bar + 1 + words..row.start + line.len();
        self.warn(
            "lost-words",
            "readers do not see these cells: the table's head has no column for them".into(),
            &place,
            help,
        );
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
        let whole = match self.summary.cut.filter(|cut| *cut > 0) {
            Some(cut) => &self.summary.text[..cut],
            None => &self.summary.text[..self.summary.first_paragraph],
        };
        let mut content = self.content;
        content.summary = shorten(whole, SUMMARY_LIMIT);
        content.body = self.writer.finish();
        content.ids.sort();
        content.ids.dedup();
        content.body.outline = content.outline.iter().map(Made::heading).collect();
        content
    }
}

/// At most `limit` characters, cut after a sentence or else at a word.
fn shorten(text: &str, limit: usize) -> String {
    let text = one_line(text);
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return text.into_owned();
    };
    let head = &text[..cut];
    let sentence = head.rfind(". ").map(|i| i + 1).filter(|i| *i * 2 > cut);
    match sentence {
        Some(end) => head[..end].to_owned(),
        None => format!(
            "{}…",
            head[..head.rfind(' ').unwrap_or(cut)].trim_end_matches([',', ';', ':', ' '])
        ),
    }
}
