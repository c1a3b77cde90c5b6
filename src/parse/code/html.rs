//! The HTML of a block of code.

use std::ops::RangeInclusive;

use super::fence::Fence;
use super::painter::is_plain;
use crate::escape;
use crate::model::page::Painted;

/// A block of code as it is shown.
pub(in crate::parse) struct Block<'a> {
    pub(in crate::parse) fence: &'a Fence,
    pub(in crate::parse) text: &'a str,
    /// None where it is plain.
    pub(in crate::parse) painted: Option<&'a Painted>,
}

impl Block<'_> {
    /// Whether it stands in an element of its own, with what belongs to it.
    fn is_framed(&self) -> bool {
        let fence = self.fence;
        !fence.language.is_empty() || !fence.title.is_empty() || fence.numbers || fence.wrap
    }

    /// Writes what comes before the attributes of `pre`.
    pub(in crate::parse) fn open(&self, out: &mut String) {
        if !self.is_framed() {
            out.push_str("<pre");
            return;
        }
        let element = if self.fence.title.is_empty() {
            "div"
        } else {
            "figure"
        };
        out.push('<');
        out.push_str(element);
        out.push_str(" class=\"code");
        out.push_str(if self.fence.wrap { " wrap\"" } else { "\"" });
        let label = match self.painted {
            Some(painted) => painted.language.as_str(),
            None if is_plain(&self.fence.language) => "",
            None => &self.fence.language,
        };
        if !label.is_empty() {
            out.push_str(" data-language=\"");
            escape::push_html(out, label);
            out.push('"');
        }
        out.push('>');
        if !self.fence.title.is_empty() {
            out.push_str("<figcaption>");
            escape::push_text(out, &self.fence.title);
            out.push_str("</figcaption>");
        }
        out.push_str("<pre");
    }

    /// Writes what comes behind them.
    pub(in crate::parse) fn close(&self, out: &mut String) {
        out.push_str("><code");
        if !self.fence.language.is_empty() {
            out.push_str(" class=\"language-");
            escape::push_html(out, &self.fence.language);
            out.push('"');
        }
        out.push('>');
        self.lines(out);
        out.push_str("</code></pre>");
        out.push_str(match (self.is_framed(), self.fence.title.is_empty()) {
            (false, _) => "\n",
            (true, true) => "</div>\n",
            (true, false) => "</figure>\n",
        });
    }

    fn lines(&self, out: &mut String) {
        let fence = self.fence;
        let by_line = fence.numbers
            || !(fence.marked.is_empty() && fence.added.is_empty() && fence.removed.is_empty());
        let runs = self.painted.map_or(&[][..], |painted| &painted.runs);
        let mut runs = runs.iter().map(|run| (usize::from(run.length), run.class));
        // The rest of the run that a line ended in.
        let mut left = runs.next();
        let first = fence.start.unwrap_or(1);
        for (number, line) in (1..).zip(self.text.split_inclusive('\n')) {
            if by_line {
                self.line_start(number, first, out);
            }
            let mut rest = line;
            while let Some((length, class)) = left.filter(|_| !rest.is_empty()) {
                // A run never ends within a character but where the text changed under it.
                let part = rest.get(..length.min(rest.len())).unwrap_or(rest);
                rest = &rest[part.len()..];
                piece(part, class, out);
                left = match length > part.len() {
                    true => Some((length - part.len(), class)),
                    false => runs.next(),
                };
            }
            escape::push_text(out, rest);
            if by_line {
                out.push_str("</span>");
            }
        }
    }

    fn line_start(&self, number: u32, first: u32, out: &mut String) {
        let fence = self.fence;
        let is_in =
            |lines: &[RangeInclusive<u32>]| lines.iter().any(|range| range.contains(&number));
        out.push_str("<span class=\"line");
        for (class, lines) in [
            (" mark", &fence.marked),
            (" ins", &fence.added),
            (" del", &fence.removed),
        ] {
            if is_in(lines) {
                out.push_str(class);
            }
        }
        out.push('"');
        if fence.numbers {
            out.push_str(&format!(" data-n=\"{}\"", first.saturating_add(number - 1)));
        }
        out.push('>');
    }
}

/// Writes a piece of a line in its colour; spaces need none.
fn piece(text: &str, class: u8, out: &mut String) {
    if class == 0 || text.trim().is_empty() {
        escape::push_text(out, text);
        return;
    }
    out.push_str("<span class=\"");
    out.push(char::from(class));
    out.push_str("\">");
    escape::push_text(out, text);
    out.push_str("</span>");
}
