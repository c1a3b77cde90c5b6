//! Footnotes: numbered in the order of their first mention, gathered below the text, each with links back.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Reader;
use super::events::{Events, matching_end};

/// Footnotes by label: numbers in the order of their first mention.
#[derive(Default)]
pub(super) struct Footnotes {
    definitions: BTreeMap<String, Range<usize>>,
    order: Vec<String>,
    /// Number and how often it is mentioned.
    mentions: BTreeMap<String, (usize, u32)>,
}

impl Reader<'_, '_> {
    /// Keeps a note until the text ends, and says where to go on.
    pub(super) fn definition(&mut self, label: &str, events: &Events<'_>, at: usize) -> usize {
        let end = matching_end(events, at);
        let definitions = &mut self.footnotes.definitions;
        if definitions.insert(label.to_owned(), at + 1..end).is_some() {
            self.warn(
                "footnote",
                format!("the footnote `[^{label}]` is defined twice"),
                &events[at].1,
                "keep one of the two; the last one is shown",
            );
        }
        end + 1
    }

    /// The number of a note, as a link to it.
    pub(super) fn mention(&mut self, label: &str) {
        let notes = &mut self.footnotes;
        let next = notes.order.len() + 1;
        let (number, times) = notes.mentions.entry(label.to_owned()).or_insert((next, 0));
        if *times == 0 {
            notes.order.push(label.to_owned());
        }
        *times += 1;
        let suffix = if *times == 1 {
            String::new()
        } else {
            format!("-{times}")
        };
        self.writer.raw(&format!(
            "<sup class=\"footnote\"><a href=\"#fn:{number}\" id=\"fnref:{number}{suffix}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// The footnotes that were mentioned, below the text. A note may mention another.
    pub(super) fn end_notes(&mut self, events: &Events<'_>) {
        if self.footnotes.order.is_empty() {
            self.unused_notes(events);
            return;
        }
        let string = |key: &str, default: &str| {
            self.options
                .strings
                .get(key)
                .map_or(default, String::as_str)
                .to_owned()
        };
        let (title, back) = (
            string("footnotes", "Footnotes"),
            string("back_to_text", "Back to the text"),
        );
        self.writer
            .raw("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.writer.attribute(&title);
        self.writer.raw("\">\n<ol>\n");
        let mut number = 0;
        while let Some(label) = self.footnotes.order.get(number).cloned() {
            number += 1;
            self.writer.raw(&format!("<li id=\"fn:{number}\">"));
            self.content.ids.push(format!("fn:{number}"));
            if let Some(range) = self.footnotes.definitions.get(&label).cloned() {
                self.depth += 1;
                self.balance.enter();
                self.range(events, range.start, range.end);
                self.balance.leave();
                self.depth -= 1;
            }
            for time in 1..=self
                .footnotes
                .mentions
                .get(&label)
                .map_or(1, |(_, times)| *times)
            {
                let suffix = if time == 1 {
                    String::new()
                } else {
                    format!("-{time}")
                };
                self.writer.raw(&format!(
                    "<a class=\"back\" href=\"#fnref:{number}{suffix}\" role=\"doc-backlink\" aria-label=\""
                ));
                self.writer.attribute(&format!("{back} ({number}{suffix})"));
                self.writer.raw("\">↩</a> ");
            }
            self.writer.raw("</li>\n");
        }
        self.writer.raw("</ol>\n</section>\n");
        self.unused_notes(events);
    }

    /// Tells of the notes that nobody sees, for the text mentions them nowhere.
    fn unused_notes(&mut self, events: &Events<'_>) {
        let definitions = std::mem::take(&mut self.footnotes.definitions);
        for (label, range) in definitions {
            if self.footnotes.mentions.contains_key(&label) {
                continue;
            }
            let start = events[range.start - 1].1.start;
            let line = self.text[start..].lines().next().map_or(0, str::len);
            self.warn(
                "footnote",
                format!("readers do not see this footnote: the text mentions `[^{label}]` nowhere"),
                &(start..start + line),
                "mention it where it belongs, or remove it",
            );
        }
    }
}
