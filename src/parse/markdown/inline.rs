//! Writes what stands within a line: text with bare addresses, links, pictures, raw HTML.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::Reader;
use super::events::{Events, count, matching_end, plain_text};
use super::lines::line;
use crate::config::RawHtml;
use crate::model::address::{Role, fault};
use crate::model::nfc::nfc;
use crate::model::page::{Embed, Hole, Link, LinkForm, Picture};
use crate::model::source;
use crate::parse::raw_html::{self, Found, Kind, leads_into_site};
use crate::parse::terms::Field;
use crate::parse::{embed, loads};

impl Reader<'_, '_> {
    pub(super) fn plain(&mut self, text: &str) {
        self.block.push_str(text);
        self.writer.text(text);
    }

    pub(super) fn external_open(&mut self, url: &str, title: &str) {
        self.writer.raw("<a href=\"");
        self.writer.attribute(&crate::escape::url(url));
        if !title.is_empty() {
            self.writer.raw("\" title=\"");
            self.writer.attribute(title);
        }
        self.writer.raw("\">");
    }

    pub(super) fn link(&mut self, events: &Events<'_>, at: usize) -> usize {
        let (
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }),
            span,
        ) = &events[at]
        else {
            return at + 1;
        };
        let wiki = matches!(link_type, LinkType::WikiLink { .. });
        let is_mail = matches!(link_type, LinkType::Email);
        let is_own = || self.options.base_url.within(dest_url).is_some();
        if !wiki && !leads_into_site(dest_url) && !dest_url.is_empty() && (is_mail || !is_own()) {
            let url = if is_mail {
                format!("mailto:{dest_url}")
            } else {
                self.tell_fault(dest_url, Role::Link, span);
                dest_url.to_string()
            };
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
        if !wiki && is_mail {
            self.external_open(&format!("mailto:{dest_url}"), title);
            self.open_links.push(None);
            return at + 1;
        }
        let index = self.next_link();
        // In a table, the bar is escaped, and the parser leaves the escape to the name.
        let dest = match wiki {
            true => dest_url.strip_suffix('\\').unwrap_or(dest_url),
            false => dest_url,
        };
        self.content.links.push(Link {
            dest: dest.to_owned(),
            title: title.to_string(),
            form: match link_type {
                LinkType::WikiLink { .. } => LinkForm::Wiki,
                LinkType::Autolink => LinkForm::Bare,
                _ => LinkForm::Markdown,
            },
            span: self.base + span.start..self.base + span.end,
        });
        self.writer.hole(Hole::LinkOpen(index));
        let end = matching_end(events, at);
        if matches!(link_type, LinkType::Autolink) {
            self.block.push(' ');
            self.writer.text(&plain_text(&events[at + 1..end]));
            self.writer.hole(Hole::LinkClose(index));
            return end + 1;
        }
        self.open_links.push(Some(index));
        let bare_wiki = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let is_blank =
            |event: &Event<'_>| matches!(event, Event::Text(text) if text.trim().is_empty());
        if bare_wiki || events[at + 1..end].iter().all(|(event, _)| is_blank(event)) {
            // What it leads to has a title, which no other file knows: its file's name stands for it in the summary.
            self.block.push_str(&name_of(dest));
            self.writer.hole(Hole::LinkText(index));
            return end;
        }
        at + 1
    }

    pub(super) fn link_end(&mut self) {
        match self.open_links.pop() {
            Some(Some(index)) => self.writer.hole(Hole::LinkClose(index)),
            _ => self.writer.raw("</a>"),
        }
    }

    /// Tells of an address that nobody can follow. `span` is where it stands.
    pub(super) fn tell_fault(&mut self, written: &str, role: Role, span: &Range<usize>) {
        if let Some(fault) = fault(written, role) {
            let bytes = self.base + span.start..self.base + span.end.min(self.text.len());
            let told = fault.told(self.path, written, |found| found.at(bytes.clone()));
            self.diagnostics.push(told);
        }
    }

    pub(super) fn next_link(&self) -> u32 {
        count(&self.content.links)
    }

    pub(super) fn picture(&mut self, events: &Events<'_>, at: usize, figure: bool) -> usize {
        let (
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            }),
            span,
        ) = &events[at]
        else {
            return at + 1;
        };
        let end = matching_end(events, at);
        self.tell_fault(dest_url, Role::Picture, span);
        // A space is how an author says that it only decorates.
        let alt = plain_text(&events[at + 1..end]);
        let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
        let alt = without_width(alt.trim(), is_wiki).to_owned();
        if let Some(terms) = &mut self.terms {
            terms.add(Field::Body, &alt);
        }
        // A page of another site is a block, the file of a film or a sound stands in the line.
        let player = embed::recognise(dest_url).filter(|e| figure || e.media != "frame");
        let own = self.options.base_url.within(dest_url).is_some();
        if let Some(player) = player.filter(|_| !own) {
            self.player(
                Embed {
                    label: alt,
                    ..player
                },
                title,
            );
            return end + 1;
        }
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

    /// A player in the place of a picture, with its caption.
    fn player(&mut self, embed: Embed, caption: &str) {
        let around = match caption {
            "" => ("", String::new()),
            caption => {
                let smart = self
                    .options
                    .markdown
                    .smart_punctuation(self.options.language);
                let caption = line(caption, smart).html;
                (
                    "<figure>",
                    format!("<figcaption>{caption}</figcaption></figure>\n"),
                )
            }
        };
        self.writer.raw(around.0);
        self.writer.hole(Hole::Embed(count(&self.content.embeds)));
        self.writer.raw(&around.1);
        self.content.embeds.push(embed);
    }

    /// The lines of an HTML block are put together first: a tag may go over several.
    pub(super) fn html_block(&mut self, events: &Events<'_>, at: usize) -> usize {
        let end = matching_end(events, at);
        let mut html = String::new();
        for (event, _) in &events[at + 1..end] {
            if let Event::Html(line) | Event::Text(line) = event {
                html.push_str(line);
            }
        }
        self.watch(&html, events[at].1.start, true);
        self.html(&html, events[at].1.start);
        end + 1
    }

    pub(super) fn html(&mut self, html: &str, start: usize) {
        let trimmed = html.trim();
        if let Some(comment) = trimmed
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
            && comment.trim() == "more"
        {
            self.summary.cut();
            return;
        }
        if self.options.markdown.html == RawHtml::Escape {
            self.writer.text(html);
            return;
        }
        for mut load in loads::of(html, self.options.base_url) {
            let span = start + load.span.start..start + load.span.end;
            load.span = self.base + span.start..self.base + span.end.min(self.text.len());
            self.content.loads.push(load);
        }
        let mut done = 0;
        for Found { kind, bytes, .. } in raw_html::scan_on(html, &mut self.text_element) {
            if kind == Kind::Id {
                self.writer.raw(&html[done..bytes.start]);
                let id = nfc(&html[bytes.clone()]);
                self.writer.raw(&id);
                self.content.ids.push(id.into_owned());
                done = bytes.end;
                continue;
            }
            let dest = raw_html::unescape(&html[bytes.clone()]);
            let span = start + bytes.start..start + bytes.end;
            if !leads_into_site(&dest) && self.options.base_url.within(&dest).is_none() {
                let role = match kind {
                    Kind::Source => Role::Picture,
                    _ => Role::Link,
                };
                self.tell_fault(&dest, role, &span);
                continue;
            }
            self.writer.raw(&html[done..bytes.start]);
            self.writer.hole(Hole::Url(self.next_link()));
            self.content.links.push(Link {
                dest,
                title: String::new(),
                form: LinkForm::Attribute,
                span: self.base + span.start..self.base + span.end,
            });
            done = bytes.end;
        }
        self.writer.raw(&html[done..]);
    }
}

/// The words of a picture without the width that other programs take from them: `300`, `Words|300`, `300x200`.
fn without_width(alt: &str, is_wiki: bool) -> &str {
    let is_width = |text: &str| {
        text.split('x').count() <= 2
            && text
                .split('x')
                .all(|side| !side.is_empty() && side.bytes().all(|b| b.is_ascii_digit()))
    };
    match alt.rsplit_once('|') {
        Some((words, width)) if is_width(width.trim()) => words.trim_end(),
        None if is_wiki && is_width(alt) => "",
        _ => alt,
    }
}

/// The words in the name of the file that a link leads to: `walks on the beach` of `../walks-on-the-beach.md#tides`.
fn name_of(dest: &str) -> String {
    let path = dest.split(['#', '?']).next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    source::without_ending(name).replace(['-', '_'], " ")
}
