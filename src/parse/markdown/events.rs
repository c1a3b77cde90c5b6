//! Questions about a run of Markdown events: where an element ends, what its plain text is, whether it holds
//! nothing but a link, a picture or an address.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::cjk;
use crate::parse::raw_html::leads_into_site;

/// Events, each with its place in the text.
pub(super) type Events<'e> = [(Event<'e>, Range<usize>)];

pub(super) fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// Where the element that starts at `at` ends.
pub(super) fn matching_end(events: &Events<'_>, at: usize) -> usize {
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

pub(super) fn plain_text(events: &Events<'_>) -> String {
    let mut text = String::new();
    for (at, (event, _)) in events.iter().enumerate() {
        let is_end = matches!(event, Event::SoftBreak);
        if !is_end || !joins_cjk(&text, &events[at + 1..]) {
            text.push_str(text_of(event));
        }
    }
    text
}

/// Whether a line ends between two Chinese or Japanese characters, where no space is: `before` ends in one, and the
/// text of the events begins with one.
pub(super) fn joins_cjk(before: &str, after: &Events<'_>) -> bool {
    before.chars().next_back().is_some_and(cjk::joins)
        && after
            .iter()
            .map(|(event, _)| event)
            .find(|event| !matches!(event, Event::Start(_) | Event::End(_)))
            .is_some_and(|event| text_of(event).starts_with(cjk::joins))
}

pub(super) fn text_of<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(text)
        | Event::Code(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}

pub(super) fn is_single_link(inner: &Events<'_>) -> bool {
    matches!(inner.first(), Some((Event::Start(Tag::Link { dest_url, .. }), _)) if leads_into_site(dest_url))
        && matching_end(inner, 0) == inner.len() - 1
}

pub(super) fn is_lone_image(inner: &Events<'_>) -> bool {
    matches!(inner.first(), Some((Event::Start(Tag::Image { .. }), _)))
        && matching_end(inner, 0) == inner.len() - 1
}

/// The URL of a paragraph that holds nothing else: bare, in angle brackets, or a link that shows itself.
pub(super) fn lone_url(inner: &Events<'_>) -> Option<String> {
    match inner {
        [
            (Event::Start(Tag::Link { dest_url, .. }), _),
            (Event::Text(text), _),
            (Event::End(TagEnd::Link), _),
        ] => (text == dest_url).then(|| dest_url.to_string()),
        _ => None,
    }
}
