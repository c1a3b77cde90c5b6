//! Blocks of code: reads their fences, has them coloured, and tells what is wrong.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event};

use super::events::{Events, matching_end};
use super::{Reader, diagram};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::page::{Included, Painted};
use crate::parse::code::{Block, Fence, NoPart, Unpainted, WrongKind, names, part, without_marks};

impl Reader<'_, '_> {
    pub(super) fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        events: &Events<'_>,
        at: usize,
    ) -> usize {
        let end = matching_end(events, at);
        let mut text = String::new();
        for (event, _) in &events[at + 1..end] {
            if let Event::Text(piece) = event {
                text.push_str(piece);
            }
        }
        let span = &events[at].1;
        let mut fence = match kind {
            CodeBlockKind::Fenced(info) => Fence::read(info),
            CodeBlockKind::Indented => Fence::default(),
        };
        if fence.language == "math" && self.options.markdown.math() {
            self.formula_block(&text, span);
            return end + 1;
        }
        // Hugo's documentation names the file that a text is to be put into.
        match (fence.file.is_empty(), text.trim().is_empty()) {
            (true, _) => {}
            (false, true) => text = self.taken_from_file(&mut fence, span),
            (false, false) if fence.title.is_empty() => fence.title.clone_from(&fence.file),
            (false, false) => {}
        }
        if fence.language == diagram::LANGUAGE && self.diagram(&fence, &text, span) {
            return end + 1;
        }
        let text = without_marks(&text, &mut fence).into_owned();
        let painted = self.painter.paint(&fence.language, &text);
        if !self.painter.knows() {
            self.tell_fence(&fence, &text, span);
            self.tell_unpainted(&fence, painted.as_ref().err(), span);
            if !matches!(painted, Err(Unpainted::Plain)) {
                let kept = painted
                    .as_ref()
                    .map_or_else(|_| Painted::default(), Clone::clone);
                self.content.code.push(kept);
            }
        }
        let block = Block {
            fence: &fence,
            text: &text,
            painted: painted.as_ref().ok(),
        };
        block.open(self.writer.html());
        self.writer.region();
        block.close(self.writer.html());
        end + 1
    }

    /// The text of a block that is taken from a file.
    fn taken_from_file(&mut self, fence: &mut Fence, span: &Range<usize>) -> String {
        let path = fence.file.clone();
        self.content.included.push(Included {
            path: path.clone(),
            asked: None,
        });
        let name = path.rsplit('/').next().unwrap_or_default();
        if fence.language.is_empty()
            && let Some((_, ending)) = name.rsplit_once('.')
        {
            ending.clone_into(&mut fence.language);
        }
        if self.options.alone {
            return String::new();
        }
        let bytes = (self.options.files)(&path);
        let text = bytes.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())
        });
        let (place, message, help) = match text {
            Err(why) => {
                let help = "write its path from the site's root, where site.toml is";
                let message = format!("`{path}` cannot be shown: {why}");
                (path.clone(), message, help.to_owned())
            }
            Ok(text) => match part(&text, &fence.region, &fence.lines) {
                Ok(part) => {
                    fence.start = fence.start.or(Some(part.first));
                    return part.text;
                }
                Err(NoPart::Lines(count)) => {
                    let message = format!("`{path}` has {count} lines, and not all of these");
                    (
                        "lines=".to_owned(),
                        message,
                        "name lines that are there".to_owned(),
                    )
                }
                Err(NoPart::Region(known)) => {
                    let region = &fence.region;
                    let message = format!("`{path}` has no region `{region}`");
                    let help = match nearest(region, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => {
                            format!("mark it in comments: #region {region} … #endregion {region}")
                        }
                    };
                    (region.clone(), message, help)
                }
            },
        };
        let place = self.in_fence(&place, span);
        let bytes = self.base + place.start..self.base + place.end;
        self.diagnostics.push(
            Diagnostic::error("code-file", self.path, message)
                .at(bytes)
                .help(help),
        );
        String::new()
    }

    /// Where a part of a fence stands in the text; the whole fence where it cannot be found.
    fn in_fence(&self, part: &str, span: &Range<usize>) -> Range<usize> {
        let block = self.text.get(span.clone()).unwrap_or_default();
        let line = block.lines().next().unwrap_or_default();
        match line.find(part).filter(|_| !part.is_empty()) {
            Some(at) => span.start + at..span.start + at + part.len(),
            None => span.start..span.start + line.len(),
        }
    }

    /// Tells what a fence says in vain.
    fn tell_fence(&mut self, fence: &Fence, text: &str, span: &Range<usize>) {
        for wrong in &fence.wrong {
            let written = &wrong.written;
            let (message, help) = match wrong.kind {
                WrongKind::Name => (
                    format!("`{written}` is no option of a block of code"),
                    guess(written),
                ),
                WrongKind::Lines => (
                    format!("`{written}` names no lines"),
                    "write lines such as 2 or 3-5, the first is 1: {2,4-6}".to_owned(),
                ),
                WrongKind::Mark => (
                    format!("`{written}` is no mark of a line"),
                    "marks are ++, --, highlight, focus, warning and error".to_owned(),
                ),
                WrongKind::Number => (
                    format!("`{written}` names no number"),
                    "write the number of the first line: start=10".to_owned(),
                ),
            };
            let place = self.in_fence(written, span);
            self.warn("code-option", message, &place, &help);
        }
        let of_a_file = !(fence.region.is_empty() && fence.lines.is_empty());
        if of_a_file && fence.file.is_empty() {
            let message = "this says which part of a file is shown, and names no file".to_owned();
            let place = self.in_fence(
                if fence.region.is_empty() {
                    "lines"
                } else {
                    "region"
                },
                span,
            );
            self.warn(
                "code-option",
                message,
                &place,
                "add file=\"…\", or mark lines so: {3-5}",
            );
        }
        let count = text.lines().count();
        let named = [&fence.marked, &fence.added, &fence.removed];
        let last = named.into_iter().flatten().map(|lines| *lines.end()).max();
        if let Some(last) = last.filter(|last| *last as usize > count) {
            let message = match count {
                1 => format!("this block has one line, and no line {last}"),
                _ => format!("this block has {count} lines, and no line {last}"),
            };
            let place = self.in_fence(&last.to_string(), span);
            self.warn(
                "code-option",
                message,
                &place,
                "name lines that are there; the first is 1",
            );
        }
    }

    /// Says why a block has no colours.
    fn tell_unpainted(&mut self, fence: &Fence, why: Option<&Unpainted>, span: &Range<usize>) {
        let (message, help) = match why {
            // Why it is not drawn was told.
            Some(Unpainted::Unknown(_)) if fence.language == diagram::LANGUAGE => return,
            Some(Unpainted::Unknown(_)) if is_drawing(&fence.language) => {
                // Once in a text.
                if std::mem::replace(&mut self.told_drawing, true) {
                    return;
                }
                let name = &fence.language;
                (
                    format!("drawings in `{name}` are not drawn: readers see their source"),
                    "draw it to an SVG file, and show that: ![words](drawing.svg)".to_owned(),
                )
            }
            Some(Unpainted::Unknown(known)) => {
                let written = &fence.language;
                let message = format!("no colours are known for the language `{written}`");
                let help = match nearest(written, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`? `text` says that it is none"),
                    None => "readers see it as plain text; `text` says that it is none".to_owned(),
                };
                (message, help)
            }
            Some(Unpainted::TooMuch) => (
                "this block is not coloured: a page has colours for 128 KiB of code".to_owned(),
                "show the part that matters, and link to the whole".to_owned(),
            ),
            Some(Unpainted::Plain) | None => return,
        };
        let place = self.in_fence(&fence.language, span);
        let bytes = self.base + place.start..self.base + place.end;
        self.diagnostics.push(
            Diagnostic::note("code-language", self.path, message)
                .at(bytes)
                .help(help),
        );
    }
}

/// Whether a language is one of drawings that nothing here draws.
fn is_drawing(language: &str) -> bool {
    matches!(language, "plantuml" | "d2")
}

/// The option that is probably meant, or all of them.
fn guess(written: &str) -> String {
    let name = written.split('=').next().unwrap_or_default();
    match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "options are title, numbers, start, {3-5}, added, removed, wrap, file, region and lines"
                .to_owned()
        }
    }
}
