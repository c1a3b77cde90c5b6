//! Blocks that are the site's own: headings with their ids, paragraphs that are related lines, figures or
//! players, block quotes that are callouts.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::events::{
    Events, count, is_lone_image, is_single_link, lone_url, matching_end, plain_text, text_of,
};
use super::{Made, Reader};
use crate::diagnostic::Diagnostic;
use crate::model::page::{Callout, Hole};
use crate::parse::terms::Field;
use crate::parse::{callout, embed};

/// The elements of headings, by level.
const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

impl<'t> Reader<'t, '_> {
    pub(super) fn heading(&mut self, events: &Events<'_>, at: usize) -> usize {
        let Event::Start(Tag::Heading {
            level, id, classes, ..
        }) = &events[at].0
        else {
            return at + 1;
        };
        let end = matching_end(events, at);
        let mut text = plain_text(&events[at + 1..end]);
        let braces = self.braces(&events[at]);
        let id = match id {
            Some(own) => self.own_id(own, &events[at].1),
            None => {
                let written = self.as_written(&events[at + 1..end]) + braces;
                self.unique_id(&self.options.markdown.heading_ids.of(&written))
            }
        };
        text.push_str(braces);
        let name = NAMES[*level as usize - 1];
        self.writer.raw("<");
        self.writer.raw(name);
        self.writer.raw(" id=\"");
        self.writer.attribute(&id);
        if !classes.is_empty() {
            self.writer.raw("\" class=\"");
            self.writer.attribute(
                &classes
                    .iter()
                    .map(AsRef::as_ref)
                    .collect::<Vec<_>>()
                    .join(" "),
            );
        }
        self.writer.raw("\">");
        if is_single_link(&events[at + 1..end]) {
            self.writer.hole(Hole::StepNumber(self.next_link()));
        }
        self.flush();
        self.field = Field::Heading;
        self.range(events, at + 1, end);
        if !braces.is_empty() {
            self.plain(braces);
        }
        self.flush();
        self.field = Field::Body;
        self.writer.raw("</");
        self.writer.raw(name);
        self.writer.raw(">\n");
        self.writer.part(&text);
        self.content.ids.push(id.clone());
        self.content.outline.push(Made {
            level: *level as u8,
            id,
            text,
        });
        end + 1
    }

    /// The words in braces behind a heading, with the space before them, where the parser took them for attributes:
    /// only an id and a class are.
    fn braces(&self, heading: &(Event<'_>, Range<usize>)) -> &'t str {
        let (
            Event::Start(Tag::Heading {
                id: None,
                classes,
                attrs,
                ..
            }),
            span,
        ) = heading
        else {
            return "";
        };
        if attrs.is_empty() || !classes.is_empty() {
            return "";
        }
        let source = self.text.get(span.clone()).unwrap_or_default();
        // The first line that ends in braces: a line of hyphens may follow.
        let Some(end) = source.rfind('}') else {
            return "";
        };
        let Some(start) = source[..end].rfind('{') else {
            return "";
        };
        let before = source[..start].trim_end_matches([' ', '\t']).len();
        &source[before..=end]
    }

    /// An id given by hand: once in a file.
    pub(super) fn own_id(&mut self, id: &str, span: &Range<usize>) -> String {
        if !self.given.insert(id.to_owned()) {
            let error = Diagnostic::error(
                "same-id",
                self.path,
                format!("two headings have the id `{id}`"),
            )
            .at(self.base + span.start..self.base + span.end)
            .help("a link could lead to either: change one of the two");
            self.diagnostics.push(error);
        }
        id.to_owned()
    }

    /// The text of a heading before smart punctuation: ids do not depend on that, as on GitHub.
    pub(super) fn as_written(&self, inner: &Events<'_>) -> String {
        let mut text = String::new();
        for (event, span) in inner {
            let written = self.written.get(&span.start);
            text.push_str(written.map_or_else(|| text_of(event), String::as_str));
        }
        text
    }

    /// An id that no heading has yet: `a`, `a-1`, `a-2`.
    pub(super) fn unique_id(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        loop {
            let count = self.ids.entry(wanted.to_owned()).or_insert(0);
            let id = if *count == 0 {
                wanted.to_owned()
            } else {
                let before = self.options.markdown.heading_ids.before_number();
                format!("{wanted}{before}{count}")
            };
            *count += 1;
            let made_before = id != wanted && self.ids.contains_key(&id);
            if !self.own_ids.contains(&id) && !made_before {
                if id != wanted {
                    self.ids.insert(id.clone(), 1);
                }
                return id;
            }
        }
    }

    pub(super) fn paragraph(&mut self, events: &Events<'_>, at: usize) -> usize {
        if let Some(next) = self.lone_shortcode(events, at) {
            return next;
        }
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
        let label = self.related;
        let related = match &inner.first().map(|(event, _)| event) {
            Some(Event::Text(text)) => text
                .strip_prefix(label)
                .and_then(|rest| rest.trim_start().strip_prefix(':')),
            _ => None,
        };
        match related.map(str::to_owned) {
            Some(rest) => {
                self.writer
                    .raw("<p class=\"related\"><span class=\"related-label\">");
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
                    self.summary.add(&self.block);
                }
                self.flush();
            }
        }
        self.writer.raw("</p>\n");
        end + 1
    }

    pub(super) fn quote(&mut self, events: &Events<'_>, at: usize) -> usize {
        self.flush();
        self.depth += 1;
        self.balance.enter();
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
        let args = match mark.has_args {
            true => self.callout_args(&mark.kind, span.start),
            false => [].into(),
        };
        self.writer
            .hole(Hole::CalloutOpen(count(&self.content.callouts)));
        let rest = &text[mark.length..];
        let start = self.base + span.start;
        self.content.callouts.push(Callout {
            kind: mark.kind,
            marker: mark.marker.to_owned(),
            folded: mark.folded,
            args,
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
}
