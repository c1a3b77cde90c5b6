//! Reads a Markdown body once, for everything: HTML with holes, outline, links, pictures, callouts,
//! summary, words and terms. It walks over the events of one file; what a link leads to is link's.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options as Flags, Parser, Tag, TagEnd};

use super::raw_html::{self, Found, leads_into_site};
use super::terms::{Collector, Field};
use super::writer::Writer;
use super::{Options, autolink, bracketed, callout, embed};
use crate::config::RawHtml;
use crate::diagnostic::Diagnostic;
use crate::model::page::{Body, Callout, Embed, Heading, Hole, Link, LinkForm, Picture};
use crate::model::slug::heading_id;

/// Characters of a summary, at most.
const SUMMARY_LIMIT: usize = 320;

/// What a body says.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) body: Body,
    pub(super) summary: String,
    pub(super) words: u32,
    pub(super) outline: Vec<Heading>,
    pub(super) anchors: Vec<String>,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Picture>,
    pub(super) callouts: Vec<Callout>,
    pub(super) embeds: Vec<Embed>,
}

/// Reads `text`, which begins at byte `base` of the file at `path`.
pub(super) fn read(
    text: &str,
    base: usize,
    path: &str,
    options: &Options<'_>,
    terms: &mut Collector<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    let mut flags = Flags::ENABLE_TABLES
        | Flags::ENABLE_FOOTNOTES
        | Flags::ENABLE_STRIKETHROUGH
        | Flags::ENABLE_TASKLISTS
        | Flags::ENABLE_HEADING_ATTRIBUTES
        | Flags::ENABLE_WIKILINKS;
    flags.set(Flags::ENABLE_SMART_PUNCTUATION, options.markdown.smart_punctuation());
    let escaped = bracketed::escape(text, flags);
    let source = escaped.as_ref().map_or(text, |escaped| &escaped.text);
    let mut linked = autolink::link(source, Parser::new_ext(source, flags).into_offset_iter());
    if let Some(escaped) = &escaped {
        linked.map_places(|bytes| escaped.original(bytes));
    }
    let events = linked.events;
    let mut reader = Reader {
        text,
        base,
        path,
        options,
        terms,
        diagnostics,
        writer: Writer::with_capacity(text.len() + text.len() / 4),
        content: Content::default(),
        ids: BTreeMap::new(),
        written: linked.written,
        own_ids: own_ids(&events),
        given: BTreeSet::new(),
        block: String::new(),
        field: Field::Body,
        summary: Summary::default(),
        footnotes: Footnotes::default(),
        quotes: Vec::new(),
        open_links: Vec::new(),
        depth: 0,
        in_code: false,
    };
    reader.range(&events, 0, events.len());
    reader.end_notes(&events);
    reader.finish()
}

/// The ids that headings are given by hand: these win over made ones, wherever they stand.
fn own_ids(events: &[(Event<'_>, Range<usize>)]) -> BTreeSet<String> {
    let own = |event: &Event<'_>| match event {
        Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
        _ => None,
    };
    events.iter().filter_map(|(event, _)| own(event)).collect()
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
    terms: &'a mut Collector<'m>,
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
    in_code: bool,
}

type Events<'e> = [(Event<'e>, Range<usize>)];

impl Reader<'_, '_> {
    fn range(&mut self, events: &Events<'_>, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            at = self.event(events, at);
        }
    }

    /// Reads the event at `at`, with those that belong to it, and says where to go on.
    fn event(&mut self, events: &Events<'_>, at: usize) -> usize {
        let (event, span) = &events[at];
        match event {
            Event::Start(Tag::Heading { .. }) => return self.heading(events, at),
            Event::Start(Tag::Paragraph) => return self.paragraph(events, at),
            Event::Start(Tag::Image { .. }) => return self.picture(events, at, false),
            Event::Start(Tag::BlockQuote(_)) => return self.quote(events, at),
            Event::Start(Tag::HtmlBlock) => return self.html_block(events, at),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let end = matching_end(events, at);
                let kept = self.footnotes.definitions.insert(label.to_string(), at + 1..end);
                if kept.is_some() {
                    let message = format!("the footnote `[^{label}]` is defined twice");
                    self.warn("footnote", message, span, "keep one of the two; the last one is shown");
                }
                return end + 1;
            }
            Event::Start(Tag::Link { .. }) => return self.link(events, at),
            Event::Start(tag) => {
                self.in_code |= matches!(tag, Tag::CodeBlock(_));
                if matches!(tag, Tag::List(_) | Tag::Table(_)) {
                    self.flush();
                    self.depth += 1;
                }
                self.writer.start(tag);
            }
            Event::End(TagEnd::Link) => self.link_end(),
            Event::End(TagEnd::BlockQuote(kind)) => {
                self.depth = self.depth.saturating_sub(1);
                match self.quotes.pop() {
                    Some(true) => self.writer.hole(Hole::CalloutClose),
                    _ => self.writer.end(TagEnd::BlockQuote(*kind)),
                }
            }
            Event::End(tag) => {
                match tag {
                    TagEnd::CodeBlock => self.in_code = false,
                    TagEnd::List(_) | TagEnd::Table => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if matches!(tag, TagEnd::Item | TagEnd::TableCell | TagEnd::Paragraph) {
                    self.flush();
                }
                self.writer.end(*tag);
            }
            Event::Text(text) if self.in_code => self.writer.text(text),
            Event::Text(text) => self.plain(text),
            Event::Code(code) => {
                self.block.push(' ');
                self.writer.raw("<code>");
                self.writer.text(code);
                self.writer.raw("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, span.start),
            Event::SoftBreak => {
                self.block.push(' ');
                self.writer.raw("\n");
            }
            Event::HardBreak => {
                self.block.push(' ');
                self.writer.raw("<br>\n");
            }
            Event::Rule => self.writer.raw("<hr>\n"),
            Event::TaskListMarker(done) => self.writer.task(*done),
            Event::FootnoteReference(label) => self.mention(label),
            Event::InlineMath(math) | Event::DisplayMath(math) => self.writer.text(math),
        }
        at + 1
    }

    /// Ends a block of text: its words are counted and weighed.
    fn flush(&mut self) {
        if !self.block.is_empty() {
            self.content.words += self.terms.add(self.field, &self.block);
            self.block.clear();
        }
    }

    fn plain(&mut self, text: &str) {
        self.block.push_str(text);
        self.writer.text(text);
    }

    fn external_open(&mut self, url: &str, title: &str) {
        self.writer.raw("<a href=\"");
        self.writer.attribute(&crate::escape::url(url));
        if !title.is_empty() {
            self.writer.raw("\" title=\"");
            self.writer.attribute(title);
        }
        self.writer.raw("\">");
    }

    fn heading(&mut self, events: &Events<'_>, at: usize) -> usize {
        let Event::Start(Tag::Heading { level, id, classes, .. }) = &events[at].0 else { return at + 1 };
        let end = matching_end(events, at);
        let text = plain_text(&events[at + 1..end]);
        let id = match id {
            Some(own) => self.own_id(own, &events[at].1),
            None => self.unique_id(&heading_id(&self.as_written(&events[at + 1..end]))),
        };
        let number = *level as u8;
        self.writer.raw(&format!("<h{number} id=\""));
        self.writer.attribute(&id);
        if !classes.is_empty() {
            self.writer.raw("\" class=\"");
            self.writer.attribute(&classes.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" "));
        }
        self.writer.raw("\">");
        if is_single_link(&events[at + 1..end]) {
            self.writer.hole(Hole::StepNumber(self.next_link()));
        }
        self.flush();
        self.field = Field::Heading;
        self.range(events, at + 1, end);
        self.flush();
        self.field = Field::Body;
        self.writer.raw(&format!("</h{number}>\n"));
        self.content.anchors.push(id.clone());
        self.content.outline.push(Heading { level: number, id, text });
        end + 1
    }

    /// An id given by hand: once in a file.
    fn own_id(&mut self, id: &str, span: &Range<usize>) -> String {
        if !self.given.insert(id.to_owned()) {
            let error = Diagnostic::error("same-id", self.path, format!("two headings have the id `{id}`"))
                .at(self.base + span.start..self.base + span.end)
                .help("a link could lead to either: change one of the two");
            self.diagnostics.push(error);
        }
        id.to_owned()
    }

    /// The text of a heading before smart punctuation: ids do not depend on that, as on GitHub.
    fn as_written(&self, inner: &Events<'_>) -> String {
        inner.iter().map(|(event, span)| self.written.get(&span.start).cloned().unwrap_or_else(|| text_of(event).to_owned())).collect()
    }

    /// An id that no heading has yet: `a`, `a-1`, `a-2`.
    fn unique_id(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        loop {
            let count = self.ids.entry(wanted.to_owned()).or_insert(0);
            let id = if *count == 0 { wanted.to_owned() } else { format!("{wanted}-{count}") };
            *count += 1;
            let made_before = id != wanted && self.ids.contains_key(&id);
            if !self.own_ids.contains(&id) && !made_before {
                self.ids.entry(id.clone()).or_insert(1);
                return id;
            }
        }
    }

    fn paragraph(&mut self, events: &Events<'_>, at: usize) -> usize {
        let end = matching_end(events, at);
        let inner = &events[at + 1..end];
        if let Some(embed) = lone_url(inner).as_deref().and_then(embed::recognise) {
            self.writer.hole(Hole::Embed(count(&self.content.embeds)));
            self.content.embeds.push(embed);
            return end + 1;
        }
        if is_lone_image(inner) {
            self.picture(events, at + 1, true);
            return end + 1;
        }
        self.flush();
        let label = self.options.strings.get("related").map_or("Related", String::as_str);
        let related = match &inner.first().map(|(event, _)| event) {
            Some(Event::Text(text)) => text.strip_prefix(label).and_then(|rest| rest.trim_start().strip_prefix(':')),
            _ => None,
        };
        match related.map(str::to_owned) {
            Some(rest) => {
                self.writer.raw("<p class=\"related\"><span class=\"related-label\">");
                self.writer.text(label);
                self.writer.raw(":</span>");
                self.plain(&rest);
                self.range(events, at + 2, end);
                self.flush();
            }
            None => {
                self.writer.raw("<p>");
                self.range(events, at + 1, end);
                if self.depth == 0 {
                    self.add_to_summary();
                }
                self.flush();
            }
        }
        self.writer.raw("</p>\n");
        end + 1
    }

    fn add_to_summary(&mut self) {
        let summary = &mut self.summary;
        let room = summary.text.len() < SUMMARY_LIMIT * 4;
        // A mark with nothing before it cuts nothing.
        let is_cut = summary.cut.is_some_and(|cut| cut > 0);
        if !room || self.block.trim().is_empty() || is_cut {
            return;
        }
        if !summary.text.is_empty() {
            summary.text.push(' ');
        }
        summary.text.push_str(self.block.trim());
        if summary.first_paragraph == 0 {
            summary.first_paragraph = summary.text.len();
        }
    }

    fn quote(&mut self, events: &Events<'_>, at: usize) -> usize {
        self.flush();
        self.depth += 1;
        let mark = match (events.get(at + 1).map(|e| &e.0), events.get(at + 2)) {
            (Some(Event::Start(Tag::Paragraph)), Some((Event::Text(text), span))) => {
                callout::mark(text).map(|mark| (mark, text, span))
            }
            _ => None,
        };
        self.quotes.push(mark.is_some());
        let Some((mark, text, span)) = mark else {
            self.writer.start(&Tag::BlockQuote(None));
            return at + 1;
        };
        let end = matching_end(events, at + 1);
        let line_end = (at + 3..end)
            .find(|i| matches!(events[*i].0, Event::SoftBreak | Event::HardBreak))
            .unwrap_or(end);
        self.writer.hole(Hole::CalloutOpen(count(&self.content.callouts)));
        let rest = &text[mark.length..];
        let start = self.base + span.start;
        self.content.callouts.push(Callout {
            kind: mark.kind,
            marker: mark.marker.to_owned(),
            folded: mark.folded,
            titled: !rest.trim().is_empty() || line_end > at + 3,
            span: start..start + mark.marker.len(),
        });
        self.plain(rest);
        self.range(events, at + 3, line_end);
        self.flush();
        self.writer.hole(Hole::CalloutBody);
        if line_end < end {
            self.writer.raw("<p>");
            self.range(events, line_end + 1, end);
            self.flush();
            self.writer.raw("</p>\n");
        }
        end + 1
    }

    fn link(&mut self, events: &Events<'_>, at: usize) -> usize {
        let (Event::Start(Tag::Link { link_type, dest_url, title, .. }), span) = &events[at] else {
            return at + 1;
        };
        let wiki = matches!(link_type, LinkType::WikiLink { .. });
        if !wiki && !leads_into_site(dest_url) && !dest_url.is_empty() {
            let url = if matches!(link_type, LinkType::Email) { format!("mailto:{dest_url}") } else { dest_url.to_string() };
            self.external_open(&url, title);
            if matches!(link_type, LinkType::Autolink) {
                // The parts of an address are no words of the text.
                let end = matching_end(events, at);
                self.block.push(' ');
                self.writer.text(&plain_text(&events[at + 1..end]));
                self.writer.raw("</a>");
                return end + 1;
            }
            self.open_links.push(None);
            return at + 1;
        }
        if !wiki && matches!(link_type, LinkType::Email) {
            self.external_open(&format!("mailto:{dest_url}"), title);
            self.open_links.push(None);
            return at + 1;
        }
        let index = self.next_link();
        self.content.links.push(Link {
            dest: dest_url.to_string(),
            title: title.to_string(),
            form: if wiki { LinkForm::Wiki } else { LinkForm::Markdown },
            span: self.base + span.start..self.base + span.end,
        });
        self.writer.hole(Hole::LinkOpen(index));
        self.open_links.push(Some(index));
        let end = matching_end(events, at);
        let bare_wiki = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        if bare_wiki || end == at + 1 {
            self.writer.hole(Hole::LinkText(index));
            return end;
        }
        at + 1
    }

    fn link_end(&mut self) {
        match self.open_links.pop() {
            Some(Some(index)) => self.writer.hole(Hole::LinkClose(index)),
            _ => self.writer.raw("</a>"),
        }
    }

    fn next_link(&self) -> u32 {
        count(&self.content.links)
    }

    fn picture(&mut self, events: &Events<'_>, at: usize, figure: bool) -> usize {
        let (Event::Start(Tag::Image { dest_url, title, .. }), span) = &events[at] else { return at + 1 };
        let end = matching_end(events, at);
        let alt = plain_text(&events[at + 1..end]);
        self.terms.add(Field::Body, &alt);
        self.writer.hole(Hole::Picture(count(&self.content.images)));
        self.content.images.push(Picture {
            src: dest_url.to_string(),
            alt,
            title: title.to_string(),
            figure,
            span: self.base + span.start..self.base + span.end,
        });
        end + 1
    }

    /// The lines of an HTML block are put together first: a tag may go over several.
    fn html_block(&mut self, events: &Events<'_>, at: usize) -> usize {
        let end = matching_end(events, at);
        let mut html = String::new();
        for (event, _) in &events[at + 1..end] {
            if let Event::Html(line) | Event::Text(line) = event {
                html.push_str(line);
            }
        }
        self.html(&html, events[at].1.start);
        end + 1
    }

    fn html(&mut self, html: &str, start: usize) {
        let trimmed = html.trim();
        if let Some(comment) = trimmed.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"))
            && comment.trim() == "more"
        {
            self.summary.cut.get_or_insert(self.summary.text.len());
            return;
        }
        if self.options.markdown.html == RawHtml::Escape {
            self.writer.text(html);
            return;
        }
        let mut done = 0;
        for found in raw_html::scan(html) {
            match found {
                Found::Id(value) => self.content.anchors.push(html[value].to_owned()),
                Found::Address(value) => {
                    self.writer.raw(&html[done..value.start]);
                    self.writer.hole(Hole::Url(self.next_link()));
                    let at = self.base + start + value.start;
                    self.content.links.push(Link {
                        dest: unescape(&html[value.clone()]),
                        title: String::new(),
                        form: LinkForm::Attribute,
                        span: at..at + value.len(),
                    });
                    done = value.end;
                }
            }
        }
        self.writer.raw(&html[done..]);
    }

    fn mention(&mut self, label: &str) {
        let notes = &mut self.footnotes;
        let next = notes.order.len() + 1;
        let (number, times) = notes.mentions.entry(label.to_owned()).or_insert((next, 0));
        if *times == 0 {
            notes.order.push(label.to_owned());
        }
        *times += 1;
        let suffix = if *times == 1 { String::new() } else { format!("-{times}") };
        self.writer.raw(&format!(
            "<sup class=\"footnote\"><a href=\"#fn:{number}\" id=\"fnref:{number}{suffix}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// The footnotes that were mentioned, below the text. A note may mention another.
    fn end_notes(&mut self, events: &Events<'_>) {
        if self.footnotes.order.is_empty() {
            return;
        }
        let string = |key: &str, default: &str| {
            self.options.strings.get(key).map_or(default, String::as_str).to_owned()
        };
        let (title, back) = (string("footnotes", "Footnotes"), string("back_to_text", "Back to the text"));
        self.writer.raw("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.writer.attribute(&title);
        self.writer.raw("\">\n<ol>\n");
        let mut number = 0;
        while let Some(label) = self.footnotes.order.get(number).cloned() {
            number += 1;
            self.writer.raw(&format!("<li id=\"fn:{number}\">"));
            self.content.anchors.push(format!("fn:{number}"));
            if let Some(range) = self.footnotes.definitions.get(&label).cloned() {
                self.depth += 1;
                self.range(events, range.start, range.end);
                self.depth -= 1;
            }
            for time in 1..=self.footnotes.mentions.get(&label).map_or(1, |(_, times)| *times) {
                let suffix = if time == 1 { String::new() } else { format!("-{time}") };
                self.writer.raw(&format!(
                    "<a class=\"back\" href=\"#fnref:{number}{suffix}\" role=\"doc-backlink\" aria-label=\""
                ));
                self.writer.attribute(&format!("{back} ({number}{suffix})"));
                self.writer.raw("\">↩</a> ");
            }
            self.writer.raw("</li>\n");
        }
        self.writer.raw("</ol>\n</section>\n");
    }

    fn warn(&mut self, code: &'static str, message: String, span: &Range<usize>, help: &str) {
        let bytes = self.base + span.start..self.base + span.end.min(self.text.len());
        self.diagnostics.push(Diagnostic::warning(code, self.path, message).at(bytes).help(help));
    }

    fn finish(mut self) -> Content {
        self.flush();
        let whole = match self.summary.cut.filter(|cut| *cut > 0) {
            Some(cut) => &self.summary.text[..cut],
            None => &self.summary.text[..self.summary.first_paragraph],
        };
        let mut content = self.content;
        content.summary = shorten(whole, SUMMARY_LIMIT);
        content.body = self.writer.finish();
        content.anchors.sort();
        content.anchors.dedup();
        content
    }
}

fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// Where the element that starts at `at` ends.
fn matching_end(events: &Events<'_>, at: usize) -> usize {
    let mut depth = 0usize;
    for (i, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth -= 1;
                if depth == 0 {
                    return i;
                }
            }
            _ => {}
        }
    }
    events.len()
}

fn plain_text(events: &Events<'_>) -> String {
    events.iter().map(|(event, _)| text_of(event)).collect()
}

fn text_of<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(text) | Event::Code(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}

fn is_single_link(inner: &Events<'_>) -> bool {
    matches!(inner.first(), Some((Event::Start(Tag::Link { dest_url, .. }), _)) if leads_into_site(dest_url))
        && matching_end(inner, 0) == inner.len() - 1
}

fn is_lone_image(inner: &Events<'_>) -> bool {
    matches!(inner.first(), Some((Event::Start(Tag::Image { .. }), _)))
        && matching_end(inner, 0) == inner.len() - 1
}

/// The URL of a paragraph that holds nothing else: bare, in angle brackets, or a link that shows itself.
fn lone_url(inner: &Events<'_>) -> Option<String> {
    match inner {
        [(Event::Start(Tag::Link { dest_url, .. }), _), (Event::Text(text), _), (Event::End(TagEnd::Link), _)] => {
            (text == dest_url).then(|| dest_url.to_string())
        }
        _ => None,
    }
}

/// The few character references that stand in addresses.
fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// At most `limit` characters, cut after a sentence or else at a word.
fn shorten(text: &str, limit: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text };
    let head = &text[..cut];
    let sentence = head.rfind(". ").map(|i| i + 1).filter(|i| *i * 2 > cut);
    match sentence {
        Some(end) => head[..end].to_owned(),
        None => format!("{}…", head[..head.rfind(' ').unwrap_or(cut)].trim_end_matches([',', ';', ':', ' '])),
    }
}
