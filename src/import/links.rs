//! The links and pictures of a text in Markdown, and what each becomes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::written::comment;
use crate::model::heading_ids::HeadingIds;
use crate::model::page::LinkForm;
use crate::parse::destination;

/// What is done with a link or a picture.
pub(super) enum Change {
    Keep,
    /// It leads there.
    To(String),
    /// Its words stay; why, a comment says.
    Unlink(String),
}

/// A link or a picture that has begun.
struct Open {
    span: Range<usize>,
    /// Where its words stand.
    words: Option<Range<usize>>,
    /// Why only these stay.
    reason: Option<String>,
}

/// A text with its links and pictures changed: `change` is asked of each destination, and told whether it is a picture's.
pub(super) fn changed(text: &str, change: &mut dyn FnMut(&str, bool) -> Change) -> String {
    let mut edits: BTreeMap<usize, (Range<usize>, String)> = BTreeMap::new();
    let mut edit = |bytes: Range<usize>, new: String| {
        edits.entry(bytes.start).or_insert((bytes, new));
    };
    let mut open: Vec<Open> = Vec::new();
    for (event, bytes) in Parser::new_ext(text, options()).into_offset_iter() {
        let inside = |words: &mut Option<Range<usize>>| {
            *words = Some(match words.take() {
                Some(known) => known.start..bytes.end.max(known.end),
                None => bytes.clone(),
            });
        };
        match event {
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                if let Some(around) = open.last_mut() {
                    inside(&mut around.words);
                }
                let (dest, link_type, is_picture) = match &tag {
                    Tag::Link {
                        dest_url,
                        link_type,
                        ..
                    } => (dest_url, *link_type, false),
                    Tag::Image {
                        dest_url,
                        link_type,
                        ..
                    } => (dest_url, *link_type, true),
                    _ => continue,
                };
                let form = match link_type {
                    LinkType::Autolink | LinkType::Email => LinkForm::Bare,
                    LinkType::WikiLink { .. } => LinkForm::Wiki,
                    _ => LinkForm::Markdown,
                };
                let mut reason = None;
                match change(dest, is_picture) {
                    Change::Keep => {}
                    Change::To(new) if form == LinkForm::Bare => {
                        edit(bytes.clone(), format!("[{dest}]({new})"));
                    }
                    Change::To(new) => {
                        let places = destination::places(text, bytes.clone(), dest, form);
                        for place in places {
                            let spaced =
                                new.contains([' ', '(', ')']) && form == LinkForm::Markdown;
                            let is_angled = text[..place.start].ends_with('<');
                            edit(
                                place,
                                if spaced && !is_angled {
                                    format!("<{new}>")
                                } else {
                                    new.clone()
                                },
                            );
                        }
                    }
                    Change::Unlink(why) => reason = Some(why),
                }
                open.push(Open {
                    span: bytes,
                    words: None,
                    reason,
                });
            }
            Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => {
                let Some(Open {
                    span,
                    words,
                    reason,
                }) = open.pop()
                else {
                    continue;
                };
                match (reason, words) {
                    (Some(reason), Some(words)) => {
                        edit(span.start..words.start, String::new());
                        edit(words.end..span.end, comment(&reason));
                    }
                    (Some(reason), None) => edit(span, comment(&reason)),
                    (None, _) => {}
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                for place in attributes(&text[bytes.clone()]) {
                    let value = &text[bytes.start + place.start..bytes.start + place.end];
                    let is_picture = text[..bytes.start + place.start]
                        .trim_end_matches(['"', '\''])
                        .ends_with("src=");
                    let at = bytes.start + place.start..bytes.start + place.end;
                    match change(&crate::parse::unescape(value), is_picture) {
                        Change::To(new) => edit(at, crate::escape::html(&new)),
                        // It leads nowhere, and nothing is lost: where it led stays in the element.
                        Change::Unlink(_) => {
                            let name = if is_picture { "src=" } else { "href=" };
                            let from = at.start.saturating_sub(1 + name.len());
                            let written = text.get(from..).unwrap_or_default();
                            if written.starts_with(name) {
                                edit(from..from + name.len(), "data-was=".to_owned());
                            }
                        }
                        Change::Keep => {}
                    }
                }
                if let Some(around) = open.last_mut() {
                    inside(&mut around.words);
                }
            }
            _ => {
                if let Some(around) = open.last_mut() {
                    inside(&mut around.words);
                }
            }
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (bytes, new) in edits.into_values() {
        if bytes.start >= done {
            out.push_str(&text[done..bytes.start]);
            out.push_str(&new);
            done = bytes.end;
        }
    }
    out.push_str(&text[done..]);
    out
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// The values of `href` and `src` in a piece of HTML.
fn attributes(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in ["href=", "src="] {
        for (at, _) in html.match_indices(name) {
            let before = html[..at].chars().next_back();
            let start = at + name.len();
            let quote = html[start..]
                .chars()
                .next()
                .filter(|c| matches!(c, '"' | '\''));
            if let (Some(' ' | '\n' | '\t'), Some(quote)) = (before, quote)
                && let Some(length) = html[start + 1..].find(quote)
            {
                found.push(start + 1..start + 1 + length);
            }
        }
    }
    found.sort_by_key(|place| place.start);
    found
}

/// The ids that a link into a text can end in, by our rule for headings.
pub(super) fn ids(text: &str) -> BTreeSet<String> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for heading in headings(text) {
        let made = HeadingIds::Github.of(&heading.text);
        let mut id = heading.id.unwrap_or_else(|| made.clone());
        while ids.contains(&id) {
            let number = numbers.entry(made.clone()).or_default();
            *number += 1;
            id = format!("{made}-{number}");
        }
        ids.insert(id);
    }
    for name in ["id=\"", "name=\""] {
        let places = text.match_indices(name);
        ids.extend(places.filter_map(|(at, _)| {
            let rest = &text[at + name.len()..];
            rest.find('"').map(|end| rest[..end].to_owned())
        }));
    }
    ids
}

/// A heading of a text.
pub(super) struct Heading {
    /// In plain text.
    pub(super) text: String,
    /// Its own id.
    pub(super) id: Option<String>,
    pub(super) bytes: Range<usize>,
}

pub(super) fn headings(text: &str) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut is_open = false;
    for (event, bytes) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                is_open = true;
                let id = id.map(|id| id.to_string());
                headings.push(Heading {
                    text: String::new(),
                    id,
                    bytes,
                });
            }
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => is_open = false,
            Event::Text(words) | Event::Code(words) if is_open => {
                if let Some(heading) = headings.last_mut() {
                    heading.text.push_str(&words);
                }
            }
            _ => {}
        }
    }
    headings
}

/// A text whose headings keep the ids that they had, where ours would be others. `old` makes the old id of a heading's text.
pub(super) fn with_old_ids(text: &str, old: fn(&str) -> String) -> String {
    let mut out = text.to_owned();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    // The second heading of the same words has a number, there as here.
    let numbered: Vec<(Heading, String)> = headings(text)
        .into_iter()
        .map(|heading| {
            let id = old(&heading.text);
            let times = used.entry(id.clone()).or_default();
            *times += 1;
            let number = *times - 1;
            (
                heading,
                if number == 0 {
                    id
                } else {
                    format!("{id}-{number}")
                },
            )
        })
        .collect();
    for (heading, id) in numbered.into_iter().rev() {
        let is_plain =
            !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || "{}#\"<>".contains(c));
        if heading.id.is_some() || !is_plain || id == HeadingIds::Github.of(&heading.text) {
            continue;
        }
        let written = &text[heading.bytes.clone()];
        let line = written.lines().next().unwrap_or_default();
        let line = if line.starts_with('#') {
            line.trim_end().trim_end_matches('#').trim_end()
        } else {
            line.trim_end()
        };
        let at = heading.bytes.start + line.len();
        out.insert_str(at, &format!(" {{#{id}}}"));
    }
    out
}
