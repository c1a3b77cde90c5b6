//! What becomes of each tag of a text: which go together, and which stand where none can.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as Element, TagEnd};

use crate::diagnostic::nearest;
use crate::model::shortcode::{Declarations, Inner};
use crate::parse::markdown::events::Events;
use crate::parse::markdown::include;
use crate::parse::shortcode::{Mask, Role, Tag, wrong_body};

/// So deep may shortcodes stand in each other.
const DEEPEST: usize = 16;
/// So many may stand in one file.
const MOST: usize = 5_000;

/// What becomes of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is all of a shortcode.
    Alone,
    /// It begins one that the tag of this number ends.
    Begins(usize),
    /// It ends one.
    Ends,
    /// It is shown as it is written.
    Shown,
    /// It is a comment.
    Hidden,
    /// Something is wrong with it, which is told.
    Nothing,
}

/// Something wrong with a tag.
pub(super) struct Wrong {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Wrong {
    fn new(at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong {
            at: at.clone(),
            message: message.into(),
            help: help.into(),
        }
    }
}

/// Where a tag stands among the events.
#[derive(Clone, Copy)]
struct Standing {
    /// The event that begins what it stands in.
    parent: Option<usize>,
    /// Only words may stand there.
    in_line: bool,
}

/// Finds out what becomes of each tag.
pub(super) fn fates(
    text: &str,
    is_alone: bool,
    mask: &Mask,
    events: &Events<'_>,
    known: &Declarations,
) -> (Vec<Fate>, Vec<Wrong>) {
    let mut wrong = Vec::new();
    let standing = standing(mask, events);
    let mut fates = vec![Fate::Nothing; mask.tags.len()];
    let mut open: Vec<usize> = Vec::new();
    for (number, tag) in mask.tags.iter().enumerate() {
        if matches!(tag.role, Role::Shows | Role::Hides) {
            fates[number] = match tag.role {
                Role::Shows => Fate::Shown,
                _ => Fate::Hidden,
            };
            continue;
        }
        if let Some((what, at)) = &tag.fault {
            wrong.push(Wrong::new(
                at,
                *what,
                format!(
                    "write {{{{< {} key=\"value\" >}}}}, with straight quotes",
                    tag.name
                ),
            ));
            continue;
        }
        // What can be shown of a file stands there already.
        if tag.name == include::NAME {
            if is_alone {
                continue;
            }
            let (message, help) = include::fault(tag, text);
            wrong.push(Wrong::new(&tag.span, message, help));
            continue;
        }
        let Some(_) = known.get(&tag.name) else {
            if tag.role != Role::Ends || open.is_empty() {
                wrong.push(unknown(tag, known));
            }
            continue;
        };
        if standing[number].is_none() {
            let help =
                "write it where words stand; an address and an attribute are written as they are";
            wrong.push(Wrong::new(
                &tag.span,
                format!("the shortcode `{}` stands where none can", tag.name),
                help,
            ));
            continue;
        }
        match tag.role {
            Role::Begins if open.len() < MOST => open.push(number),
            Role::Alone | Role::Begins => fates[number] = Fate::Alone,
            Role::Ends | Role::Shows | Role::Hides => {
                // Those behind the one that it ends are alone.
                let begin = open
                    .iter()
                    .rposition(|begin| mask.tags[*begin].name == tag.name);
                let Some(begin) = begin else {
                    let message = format!("no `{}` is open that this tag ends", tag.name);
                    wrong.push(Wrong::new(
                        &tag.span,
                        message,
                        "take it out, or begin the shortcode before it",
                    ));
                    continue;
                };
                for alone in open.drain(begin + 1..) {
                    fates[alone] = Fate::Alone;
                }
                let begin = open.pop().unwrap_or(number);
                let parents =
                    [begin, number].map(|n| standing[n].and_then(|standing| standing.parent));
                if parents[0] != parents[1] {
                    let message = format!(
                        "this `{}` does not end in the part of the text that it begins in",
                        tag.name
                    );
                    let help = "put both tags on lines of their own, as far indented as each other";
                    wrong.push(Wrong::new(&mask.tags[begin].span, message, help));
                    continue;
                }
                fates[begin] = Fate::Begins(number);
                fates[number] = Fate::Ends;
            }
        }
    }
    for alone in open {
        fates[alone] = Fate::Alone;
    }
    check(mask, &standing, events, known, &mut fates, &mut wrong);
    (fates, wrong)
}

/// Tells of tags that go against what is declared, and of too many.
fn check(
    mask: &Mask,
    standing: &[Option<Standing>],
    events: &Events<'_>,
    known: &Declarations,
    fates: &mut [Fate],
    wrong: &mut Vec<Wrong>,
) {
    let mut open: Vec<&str> = Vec::new();
    let mut seen = 0usize;
    for number in 0..mask.tags.len() {
        let tag = &mask.tags[number];
        let end = match fates[number] {
            Fate::Ends => {
                open.pop();
                continue;
            }
            Fate::Begins(end) => Some(end),
            Fate::Alone => None,
            Fate::Shown | Fate::Hidden | Fate::Nothing => continue,
        };
        let Some(declared) = known.get(&tag.name) else {
            continue;
        };
        seen += 1;
        let too_many = match (seen > MOST, open.len() >= DEEPEST) {
            (true, _) => Some(format!("a file has {MOST} shortcodes at most")),
            (_, true) => Some(format!(
                "shortcodes stand in each other {DEEPEST} deep at most"
            )),
            _ => None,
        };
        let fault = too_many
            .map(|message| (message, "take some of them out".to_owned()))
            .or_else(|| {
                let message = wrong_body(&tag.name, declared, end.is_some())?;
                let help = match end {
                    Some(_) => format!("take out {{{{< /{} >}}}}", tag.name),
                    None => format!("end it with {{{{< /{} >}}}}", tag.name),
                };
                Some((message, help))
            })
            .or_else(|| {
                let outer = declared.inside.as_deref()?;
                (open.last() != Some(&outer)).then(|| {
                    (
                        format!("the shortcode `{}` stands in `{outer}`", tag.name),
                        format!(
                            "put {{{{< {outer} >}}}} before it and {{{{< /{outer} >}}}} behind it"
                        ),
                    )
                })
            })
            .or_else(|| {
                let in_line = standing[number].is_some_and(|standing| standing.in_line);
                let is_lone = || is_lone(mask, standing[number], events, number, end);
                (in_line && !declared.inline && !is_lone()).then(|| {
                    (
                        format!(
                            "the shortcode `{}` is a block, and stands within a line",
                            tag.name
                        ),
                        "put its tags on lines of their own".to_owned(),
                    )
                })
            });
        if let Some((message, help)) = fault {
            // A thousand that are too many are told once.
            let is_first = !wrong
                .iter()
                .any(|other| other.message == message && help == "take some of them out");
            if is_first {
                wrong.push(Wrong::new(&tag.span, message, help));
            }
            fates[number] = Fate::Nothing;
            if let Some(end) = end {
                fates[end] = Fate::Nothing;
            }
            continue;
        }
        if let Some(end) = end {
            if declared.body == Inner::Pictures {
                let inner = tag.span.end..mask.tags[end].span.start;
                wrong.extend(beside_pictures(tag, inner, mask, events));
            }
            open.push(&tag.name);
        }
    }
}

/// What is lost between the tags of a shortcode that shows the pictures there alone: the first of it.
fn beside_pictures(
    tag: &Tag,
    inner: Range<usize>,
    mask: &Mask,
    events: &Events<'_>,
) -> Option<Wrong> {
    let (mut depth, mut is_empty) = (0, true);
    for (event, span) in events {
        if span.start < inner.start || span.end > inner.end {
            continue;
        }
        let is_lost = match event {
            Event::Start(Element::Image { .. }) => {
                (depth, is_empty) = (depth + 1, false);
                false
            }
            Event::End(TagEnd::Image) => {
                depth -= 1;
                false
            }
            _ if depth > 0 => false,
            Event::Text(text) => !text.trim().is_empty(),
            Event::Html(html) | Event::InlineHtml(html) => {
                mask.at.contains_key(&span.start)
                    || !(html.trim().is_empty() || html.trim_start().starts_with("<!--"))
            }
            Event::Start(Element::Link { .. }) => true,
            Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => false,
            _ => true,
        };
        if is_lost {
            return Some(Wrong::new(
                span,
                format!(
                    "the shortcode `{}` shows pictures alone: this would be lost",
                    tag.name
                ),
                "put it before or behind the shortcode; words for one picture are its title: ![what it shows](pot.jpg \"words\")",
            ));
        }
    }
    is_empty.then(|| {
        Wrong::new(
            &tag.span,
            format!(
                "the shortcode `{}` has no pictures between its tags",
                tag.name
            ),
            "write them there: ![what it shows](pot.jpg)",
        )
    })
}

/// Whether a paragraph is one shortcode and nothing else.
fn is_lone(
    mask: &Mask,
    standing: Option<Standing>,
    events: &Events<'_>,
    first: usize,
    end: Option<usize>,
) -> bool {
    let Some(parent) = standing.and_then(|standing| standing.parent) else {
        return false;
    };
    let (Event::Start(Element::Paragraph), span) = &events[parent] else {
        return false;
    };
    let last = &mask.tags[end.unwrap_or(first)].span;
    let behind = span.end.saturating_sub(last.end);
    // What is left of the paragraph is its line end.
    mask.tags[first].span.start == span.start && behind <= 1
}

fn unknown(tag: &Tag, known: &Declarations) -> Wrong {
    let names = || known.keys().map(String::as_str).chain([include::NAME]);
    let help = match nearest(&tag.name, names()) {
        _ if matches!(&*tag.name, "ref" | "relref") => {
            "a link to a page is written [words](page.md)".to_owned()
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "known are {}; templates/shortcodes/{}.html in a theme makes it one",
            names().collect::<Vec<_>>().join(", "),
            tag.name
        ),
    };
    Wrong::new(
        &tag.span,
        format!("there is no shortcode `{}`", tag.name),
        help,
    )
}

/// Where each tag stands; none where the parser did not take it for a piece of HTML.
fn standing(mask: &Mask, events: &Events<'_>) -> Vec<Option<Standing>> {
    let mut found = vec![None; mask.tags.len()];
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, (event, span)) in events.iter().enumerate() {
        let here = match event {
            Event::Start(Element::HtmlBlock) => Some(span.clone()),
            Event::InlineHtml(_) | Event::Start(Element::Link { .. }) => {
                Some(span.start..span.start + 1)
            }
            _ => None,
        };
        for (_, tag) in here.into_iter().flat_map(|span| mask.at.range(span)) {
            found[*tag] = Some(Standing {
                parent: open.last().map(|(at, _)| *at),
                in_line: open.last().is_some_and(|(_, in_line)| *in_line),
            });
        }
        match event {
            Event::Start(tag) => open.push((at, is_line(tag))),
            Event::End(_) => drop(open.pop()),
            _ => {}
        }
    }
    found
}

/// Whether only words may stand in an element.
fn is_line(tag: &Element<'_>) -> bool {
    matches!(
        tag,
        Element::Paragraph
            | Element::Heading { .. }
            | Element::Emphasis
            | Element::Strong
            | Element::Strikethrough
            | Element::Superscript
            | Element::Subscript
            | Element::Link { .. }
            | Element::Image { .. }
            | Element::DefinitionListTitle
    )
}
