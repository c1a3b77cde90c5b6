//! The HTML of plain CommonMark and GFM, event by event, with holes. What is the site's own (links,
//! headings, callouts, pictures, footnotes) is written by [`super::markdown`] through this.

use pulldown_cmark::{Alignment, Tag, TagEnd};

use crate::escape;
use crate::model::page::{Body, Hole};

/// HTML under construction.
#[derive(Default)]
pub(super) struct Writer {
    body: Body,
    alignments: Vec<Alignment>,
    in_head: bool,
    cell: usize,
    /// The heading above.
    part: String,
    /// Regions below it so far.
    regions: u32,
}

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Writer {
        let body = Body {
            html: String::with_capacity(bytes),
            ..Body::default()
        };
        Writer {
            body,
            ..Writer::default()
        }
    }

    pub(super) fn finish(mut self) -> Body {
        self.body.html.shrink_to_fit();
        self.body.holes.shrink_to_fit();
        self.body
    }

    pub(super) fn raw(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    pub(super) fn text(&mut self, text: &str) {
        escape::push_text(&mut self.body.html, text);
    }

    /// How much is written.
    pub(super) fn len(&self) -> usize {
        self.body.html.len()
    }

    /// Gives the element that begins at `from` an id and classes; false where none begins there.
    pub(super) fn give(&mut self, from: usize, id: Option<&str>, classes: &[String]) -> bool {
        let html = &self.body.html[from..];
        let is_hole = |(at, _): &(u32, Hole)| *at as usize == from;
        let Some(end) = html.find('>').filter(|_| html.starts_with('<')) else {
            return false;
        };
        if self.body.holes.iter().rev().any(is_hole) {
            return false;
        }
        let tag = html[..end].to_owned();
        let mut insert = |at: usize, text: String| {
            self.body.html.insert_str(from + at, &text);
            for (place, _) in self.body.holes.iter_mut().rev() {
                if *place as usize <= from {
                    break;
                }
                *place = place.saturating_add(text.len() as u32);
            }
        };
        let name = tag.find(' ').unwrap_or(end);
        let mut classes = classes.join(" ");
        match tag.find(" class=\"") {
            Some(at) if !classes.is_empty() => {
                classes.push(' ');
                insert(at + " class=\"".len(), classes);
            }
            None if !classes.is_empty() => insert(name, format!(" class=\"{classes}\"")),
            _ => {}
        }
        if let Some(id) = id {
            insert(name, format!(" id=\"{}\"", escape::html(id)));
        }
        true
    }

    /// Lets the HTML be written on by others.
    pub(super) fn html(&mut self) -> &mut String {
        &mut self.body.html
    }

    pub(super) fn attribute(&mut self, text: &str) {
        escape::push_html(&mut self.body.html, text);
    }

    pub(super) fn hole(&mut self, hole: Hole) {
        // A text is at most 16 MiB and its HTML some small multiple of it.
        let at = u32::try_from(self.body.html.len()).unwrap_or(u32::MAX);
        self.body.holes.push((at, hole));
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.raw("<p>"),
            Tag::BlockQuote(_) => self.raw("<blockquote>\n"),
            Tag::List(None) => self.raw("<ul>\n"),
            Tag::List(Some(1)) => self.raw("<ol>\n"),
            Tag::List(Some(first)) => self.raw(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.raw("<li>"),
            Tag::DefinitionList => self.raw("<dl>\n"),
            Tag::DefinitionListTitle => self.raw("<dt>"),
            Tag::DefinitionListDefinition => self.raw("<dd>"),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.raw("<div class=\"table\"");
                self.region();
                self.raw("><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.raw("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.raw("<tr>");
            }
            Tag::TableCell => self.cell_start(),
            Tag::Emphasis => self.raw("<em>"),
            Tag::Strong => self.raw("<strong>"),
            Tag::Strikethrough => self.raw("<del>"),
            // See `highlight.rs`.
            Tag::Superscript => self.raw("<mark>"),
            Tag::Subscript => self.raw("<sub>"),
            Tag::HtmlBlock
            | Tag::CodeBlock(_)
            | Tag::MetadataBlock(_)
            | Tag::Heading { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.raw("</p>\n"),
            TagEnd::BlockQuote(_) => self.raw("</blockquote>\n"),
            TagEnd::List(true) => self.raw("</ol>\n"),
            TagEnd::List(false) => self.raw("</ul>\n"),
            TagEnd::Item => self.raw("</li>\n"),
            TagEnd::DefinitionList => self.raw("</dl>\n"),
            TagEnd::DefinitionListTitle => self.raw("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.raw("</dd>\n"),
            TagEnd::Table => self.raw("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.raw("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::TableCell => {
                self.raw(if self.in_head { "</th>" } else { "</td>" });
                self.cell += 1;
            }
            TagEnd::Emphasis => self.raw("</em>"),
            TagEnd::Strong => self.raw("</strong>"),
            TagEnd::Strikethrough => self.raw("</del>"),
            TagEnd::Superscript => self.raw("</mark>"),
            TagEnd::Subscript => self.raw("</sub>"),
            TagEnd::HtmlBlock
            | TagEnd::CodeBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::Heading(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Link
            | TagEnd::Image => {}
        }
    }

    /// The title of the part of the text that begins now, for the names of regions in it.
    pub(super) fn part(&mut self, title: &str) {
        title.clone_into(&mut self.part);
        self.regions = 0;
    }

    /// What is wide scrolls; those who use a keyboard must be able to reach it, and to hear what it is.
    pub(super) fn region(&mut self) {
        self.regions += 1;
        self.raw(" role=\"region\" tabindex=\"0\" aria-label=\"");
        let name = match self.regions {
            1 => self.part.clone(),
            number => format!("{} ({number})", self.part),
        };
        self.attribute(&name);
        self.raw("\"");
    }

    /// Alignment is a class, not a style: a strict content security policy forbids inline styles.
    fn cell_start(&mut self) {
        self.raw(if self.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        });
        self.raw(match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        });
    }

    /// The box of a task list: a character that every screen reader has a name for.
    pub(super) fn task(&mut self, done: bool) {
        self.raw(if done {
            "<span class=\"task\">☑</span> "
        } else {
            "<span class=\"task\">☐</span> "
        });
    }
}
