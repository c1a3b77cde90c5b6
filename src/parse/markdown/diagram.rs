//! Diagrams in a text: blocks of code in Mermaid's language, drawn where they stand.

use std::ops::Range;

use super::Reader;
use crate::escape;
use crate::parse::code::Fence;
use crate::parse::diagram;

/// The language of blocks that are drawn.
pub(super) const LANGUAGE: &str = "mermaid";

impl Reader<'_, '_> {
    /// Writes a diagram. Where it cannot be drawn, tells why and says no: readers see its source then.
    pub(super) fn diagram(&mut self, fence: &Fence, text: &str, span: &Range<usize>) -> bool {
        self.diagrams += 1;
        match diagram::draw(text, self.diagrams) {
            Ok(drawing) => {
                self.writer.raw("<figure class=\"diagram");
                self.writer
                    .raw(if drawing.is_coloured { " light" } else { "" });
                self.writer.raw(if drawing.is_wide { " wide" } else { "" });
                self.writer.raw("\"><div");
                self.writer.region();
                self.writer.raw(">");
                self.writer.raw(&drawing.svg);
                self.writer.raw("</div>");
                if !fence.title.is_empty() {
                    self.writer.raw("<figcaption>");
                    escape::push_text(self.writer.html(), &fence.title);
                    self.writer.raw("</figcaption>");
                }
                self.writer.raw("</figure>\n");
                true
            }
            Err(mistake) => {
                let place = self.line_of(text, mistake.line, span);
                let message = format!("this diagram cannot be drawn: {}", mistake.message);
                let help = "readers see its source; mend it, or name another language behind the fence: text";
                self.warn("diagram", message, &place, help);
                false
            }
        }
    }

    /// Where a line of a block's text stands; the block's first line where it is not known. Quotes and lists stand before it,
    /// so it is found by its words.
    fn line_of(&self, text: &str, line: Option<usize>, span: &Range<usize>) -> Range<usize> {
        let source = self.text.get(span.clone()).unwrap_or_default();
        let fence = span.start..span.start + source.lines().next().map_or(0, str::len);
        let Some(number) = line else {
            return fence;
        };
        let words = text
            .lines()
            .nth(number.saturating_sub(1))
            .unwrap_or_default()
            .trim();
        let mut at = span.start;
        for (index, written) in source.split_inclusive('\n').enumerate() {
            // The block's first line is the fence.
            if index == number
                && let Some(found) = written.find(words).filter(|_| !words.is_empty())
            {
                return at + found..at + found + words.len();
            }
            at += written.len();
        }
        fence
    }
}
