//! Shortcodes in a body: which tags go together, what their arguments are, and the holes that they leave.

mod fate;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag as Element};

use self::fate::{Fate, fates};
use super::events::{Events, count, matching_end};
use super::{Reader, include, line};
use crate::diagnostic::Diagnostic;
use crate::model::address::Role as AddressRole;
use crate::model::page::{Hole, Link, LinkForm, Picture};
use crate::model::shortcode::{
    ALT, Argument, Declaration, Declarations, Kind, Named, Parameter, Shortcode, Value,
};
use crate::parse::raw_html::{leads_into_site, unescape};
use crate::parse::shortcode::{Mask, Tag, Written, checked, mask, tags};
use crate::parse::terms::Field;
use crate::parse::{embed, media};

/// The shortcodes of a text: its tags, and what becomes of each.
#[derive(Default)]
pub(super) struct Shortcodes {
    tags: Vec<Tag>,
    at: BTreeMap<usize, usize>,
    fates: Vec<Fate>,
}

/// A text without the tags of its shortcodes, and these.
pub(super) fn hidden(text: &str, known: &Declarations, flags: pulldown_cmark::Options) -> Mask {
    let is_inline = |name: &str| known.get(name).is_some_and(|declared| declared.inline);
    let mut mask = mask(text, |text| include::code(text, flags), is_inline);
    for tag in &mut mask.tags {
        if !known.contains_key(&tag.name) {
            as_player(tag);
        }
    }
    mask
}

/// Reads `youtube` and `vimeo`, which Hugo has for one host each, as the shortcode for all of them.
fn as_player(tag: &mut Tag) {
    const HOSTS: [(&str, &str); 2] = [
        ("youtube", "https://www.youtube.com/watch?v="),
        ("vimeo", "https://vimeo.com/"),
    ];
    let Some((_, address)) = HOSTS.iter().find(|(name, _)| *name == tag.name) else {
        return;
    };
    "player".clone_into(&mut tag.name);
    // How Hugo draws the frame means nothing here.
    tag.args.retain(|arg| matches!(&*arg.name, "" | "id"));
    tag.args.truncate(1);
    for arg in &mut tag.args {
        "url".clone_into(&mut arg.name);
        arg.value.insert_str(0, address);
    }
}

impl Reader<'_, '_> {
    /// Finds out what becomes of each tag, and tells what is wrong.
    pub(super) fn take_shortcodes(&mut self, mask: Mask, events: &Events<'_>) {
        if mask.tags.is_empty() {
            return;
        }
        let (fates, wrong) = fates(
            self.text,
            self.options.alone,
            &mask,
            events,
            self.options.shortcodes,
        );
        for wrong in wrong {
            self.refuse(&wrong.at, wrong.message, wrong.help);
        }
        self.shortcodes = Shortcodes {
            tags: mask.tags,
            at: mask.at,
            fates,
        };
    }

    fn refuse(&mut self, at: &Range<usize>, message: String, help: String) {
        let bytes = self.base + at.start..self.base + at.end.min(self.text.len());
        let told = Diagnostic::error("shortcode", self.path, message).at(bytes);
        self.diagnostics.push(match help.is_empty() {
            true => told,
            false => told.help(help),
        });
    }

    /// The tag that stands where an event does.
    pub(super) fn tag_at(&self, start: usize) -> Option<usize> {
        self.shortcodes.at.get(&start).copied()
    }

    /// Whether tags begin within these bytes.
    pub(super) fn has_tags(&self, span: &Range<usize>) -> bool {
        self.shortcodes.at.range(span.clone()).next().is_some()
    }

    /// The tags of an HTML block, and the HTML around them.
    pub(super) fn html_with_tags(&mut self, events: &Events<'_>, at: usize) -> usize {
        let end = matching_end(events, at);
        let (mut html, mut from) = (String::new(), events[at].1.start);
        for (event, span) in &events[at + 1..end] {
            let (Event::Html(line) | Event::Text(line)) = event else {
                continue;
            };
            let mut done = 0;
            let tags: Vec<(usize, usize)> = self
                .shortcodes
                .at
                .range(span.clone())
                .map(|(at, tag)| (*at, *tag))
                .collect();
            for (start, tag) in tags {
                let start = (start - span.start).min(line.len());
                html.push_str(line.get(done..start).unwrap_or_default());
                self.html_before_tag(&mut html, from);
                self.tag(tag, true);
                let length = self.shortcodes.tags[tag].span.len();
                done = (start + length).min(line.len());
                from = span.start + done;
            }
            // Of a tag over several lines, each line is an event.
            let inside = self.shortcodes.at.range(..span.start).next_back();
            if let Some((_, tag)) = inside {
                let end = self.shortcodes.tags[*tag].span.end;
                done = done.max(end.saturating_sub(span.start).min(line.len()));
            }
            html.push_str(line.get(done..).unwrap_or_default());
        }
        self.html_before_tag(&mut html, from);
        end + 1
    }

    fn html_before_tag(&mut self, html: &mut String, from: usize) {
        if !html.trim().is_empty() {
            self.watch(html, from, true);
            self.html(html, from);
        }
        html.clear();
    }

    /// A paragraph that is one shortcode and nothing else, which is a block: where to go on.
    pub(super) fn lone_shortcode(&mut self, events: &Events<'_>, at: usize) -> Option<usize> {
        let (first, next) = self.tag_event(events, at + 1)?;
        let end = matching_end(events, at);
        let last = match self.shortcodes.fates[first] {
            Fate::Alone => (next == end).then_some(None)?,
            Fate::Begins(last) => Some(last),
            _ => return None,
        };
        let name = &self.shortcodes.tags[first].name;
        let is_inline = self.options.shortcodes.get(name)?.inline;
        (!is_inline).then_some(())?;
        let Some(last) = last else {
            self.tag(first, true);
            return Some(end + 1);
        };
        let close = (next..end).find(|i| {
            self.tag_event(events, *i)
                .is_some_and(|(tag, _)| tag == last)
        })?;
        (self.tag_event(events, close)?.1 == end).then_some(())?;
        self.tag(first, true);
        self.flush();
        self.writer.raw("<p>");
        self.range(events, next, close);
        self.flush();
        self.writer.raw("</p>\n");
        self.tag(last, true);
        Some(end + 1)
    }

    /// The tag that an event stands for, and where to go on behind it.
    pub(super) fn tag_event(&self, events: &Events<'_>, at: usize) -> Option<(usize, usize)> {
        let (event, span) = events.get(at)?;
        // Nearly every event is done here.
        let tag = self.tag_at(span.start)?;
        let next = match event {
            Event::InlineHtml(_) => at + 1,
            Event::Start(Element::Link { .. }) => matching_end(events, at) + 1,
            _ => return None,
        };
        Some((tag, next))
    }

    /// Writes what a tag stands for.
    pub(super) fn tag(&mut self, number: usize, is_block: bool) {
        match self.shortcodes.fates[number] {
            Fate::Nothing => {}
            // Markdown copies leave it out by its place.
            Fate::Hidden => {
                let span = &self.shortcodes.tags[number].span;
                self.content.shortcodes.push(Shortcode {
                    name: String::new(),
                    args: [].into(),
                    has_body: false,
                    span: self.base + span.start..self.base + span.end,
                    end: None,
                });
            }
            Fate::Shown => {
                let name = self.shortcodes.tags[number].name.clone();
                self.plain(&name);
            }
            Fate::Ends => {
                if is_block {
                    self.flush();
                    self.depth = self.depth.saturating_sub(1);
                }
                self.balance.leave();
                self.writer.hole(Hole::ShortcodeClose);
                if is_block {
                    self.writer.raw("\n");
                }
            }
            Fate::Alone => {
                self.begin(number, None);
                self.writer.hole(Hole::ShortcodeClose);
                if is_block {
                    self.writer.raw("\n");
                }
            }
            Fate::Begins(end) => {
                if is_block {
                    self.flush();
                    self.depth += 1;
                }
                self.begin(number, Some(end));
                self.balance.enter();
            }
        }
    }

    fn begin(&mut self, number: usize, end: Option<usize>) {
        let tag = self.shortcodes.tags[number].clone();
        let Some(declared) = self.options.shortcodes.get(&tag.name) else {
            return;
        };
        let values = self.values("shortcode", &tag, declared);
        let place = |span: &Range<usize>| self.base + span.start..self.base + span.end;
        let shortcode = Shortcode {
            span: place(&tag.span),
            end: end.map(|end| place(&self.shortcodes.tags[end].span)),
            name: tag.name,
            args: values,
            has_body: end.is_some(),
        };
        for words in shortcode.words() {
            if let Some(terms) = &mut self.terms {
                self.content.words += terms.add(Field::Body, words);
            }
            self.content.said.push_str(words);
            self.content.said.push('\n');
        }
        self.writer
            .hole(Hole::ShortcodeOpen(count(&self.content.shortcodes)));
        self.content.shortcodes.push(shortcode);
    }

    /// The arguments of a callout whose mark begins at `start`.
    pub(super) fn callout_args(&mut self, kind: &str, start: usize) -> Box<[Argument]> {
        let source = self.text.get(start..).unwrap_or_default();
        let mark = source.find(']').map_or("", |end| &source[..end]);
        // The reader of tags reads them.
        let written = format!("{{{{<{}>}}}}", mark.strip_prefix("[!").unwrap_or_default());
        let place = |at: &mut Range<usize>| {
            *at = (start + at.start).saturating_sub(1)..(start + at.end).saturating_sub(1)
        };
        let (Some(mut tag), Some(declared)) =
            (tags(&written, &[]).pop(), self.options.callouts.get(kind))
        else {
            return [].into();
        };
        kind.clone_into(&mut tag.name);
        tag.span = start..start + mark.len() + 1;
        for arg in &mut tag.args {
            place(&mut arg.at);
            place(&mut arg.whole);
        }
        if let Some((what, mut at)) = tag.fault.take() {
            place(&mut at);
            let help = format!("write [!{kind} key=\"value\"], with straight quotes");
            self.refuse(&at, what.to_owned(), help);
        }
        self.values("callout", &tag, declared)
    }

    /// The arguments of a tag; what is wrong with them is told.
    fn values(&mut self, what: &str, tag: &Tag, declared: &Declaration) -> Box<[Argument]> {
        let (args, refused) = checked(what, tag, declared);
        for refused in refused {
            self.refuse(&refused.at, refused.message, refused.help);
        }
        let alt = args.iter().find(|(arg, _)| arg.name == ALT);
        let alt = alt
            .map(|(_, written)| written.value.clone())
            .unwrap_or_default();
        let mut values = Vec::with_capacity(args.len());
        for (parameter, written) in args {
            let at = match written.at.is_empty() {
                true => tag.span.clone(),
                false => written.at.clone(),
            };
            if let Some(value) = self.value(parameter, &written, &at, &alt) {
                values.push(Argument {
                    name: parameter.name.clone(),
                    value,
                });
            }
        }
        values.into()
    }

    /// What an argument is; none where it is wrong, which is told.
    fn value(
        &mut self,
        parameter: &Parameter,
        written: &Written,
        at: &Range<usize>,
        alt: &str,
    ) -> Option<Value> {
        let text = written.value.clone();
        let Kind::Named(kind) = &parameter.kind else {
            return Some(Value::Name(text));
        };
        Some(match kind {
            Named::Text => Value::Text(text),
            Named::Name => Value::Name(text),
            Named::Markdown => {
                let smart = self
                    .options
                    .markdown
                    .smart_punctuation(self.options.language);
                Value::Markdown(line(&text, smart))
            }
            Named::Integer => Value::Integer(text.parse().ok()?),
            Named::Number => Value::Number(text.parse().ok()?),
            Named::Bool => Value::Flag(text == "true"),
            Named::Link => self.linked(unescape(&text), at),
            Named::Picture => {
                let src = unescape(&text);
                self.tell_fault(&src, AddressRole::Picture, at);
                self.content.images.push(Picture {
                    src,
                    alt: alt.trim().to_owned(),
                    title: String::new(),
                    figure: false,
                    span: self.base + at.start..self.base + at.end,
                });
                Value::Picture(count(&self.content.images) - 1)
            }
            Named::Player => match embed::recognise(&text) {
                Some(player) if media(&text).is_none() => {
                    self.content.embeds.push(player);
                    Value::Player(count(&self.content.embeds) - 1)
                }
                _ => {
                    let message = format!("`{text}` is no address of a player that is known");
                    let help = format!("known are {}", embed::hosts());
                    self.refuse(at, message, help);
                    return None;
                }
            },
        })
    }

    fn linked(&mut self, dest: String, at: &Range<usize>) -> Value {
        if !leads_into_site(&dest) && self.options.base_url.within(&dest).is_none() {
            self.tell_fault(&dest, AddressRole::Link, at);
            return Value::Elsewhere(dest);
        }
        self.content.links.push(Link {
            dest,
            title: String::new(),
            form: LinkForm::Attribute,
            span: self.base + at.start..self.base + at.end,
        });
        Value::Link(count(&self.content.links) - 1)
    }
}
