//! The text of a file as editors count it: lines, and in them units of UTF-16.

use std::ops::Range as Bytes;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Excerpt;

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Position {
    /// From 0.
    pub(super) line: u32,
    /// Units of UTF-16 before it in its line.
    pub(super) character: u32,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Range {
    pub(super) start: Position,
    /// Behind the last character.
    pub(super) end: Position,
}

/// A text, with the places of its lines.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) text: String,
    /// Where each line begins: behind `\n`, `\r\n` or `\r`.
    starts: Vec<usize>,
    /// Where each line begins as messages count them: behind `\n`.
    lines: Vec<usize>,
}

/// The text of a file that is gone.
impl Default for Document {
    fn default() -> Document {
        Document::new(String::new())
    }
}

impl Document {
    pub(super) fn new(text: String) -> Document {
        let bytes = text.as_bytes();
        let ends = |at: usize| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = (0..bytes.len()).filter(|at| ends(*at)).map(|at| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
        let lines = starts.iter().copied();
        let lines = lines.filter(|at| *at == 0 || bytes[at - 1] == b'\n');
        Document {
            lines: lines.collect(),
            starts,
            text,
        }
    }

    /// The byte at a place. A place behind the end of its line means that end, one within a character its beginning.
    pub(super) fn byte(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize) else {
            return self.text.len();
        };
        let next = self.starts.get(position.line as usize + 1);
        let line = &self.text[*start..next.copied().unwrap_or(self.text.len())];
        let line = line.trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (at, c) in line.char_indices() {
            units += c.len_utf16() as u32;
            if units > position.character {
                return start + at;
            }
        }
        start + line.len()
    }

    pub(super) fn bytes(&self, range: Range) -> Bytes<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start..end.max(start)
    }

    /// The place of a byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = floor(&self.text, byte);
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let before = &self.text[self.starts[line]..byte];
        Position {
            line: line as u32,
            character: before.chars().map(|c| c.len_utf16() as u32).sum(),
        }
    }

    pub(super) fn range(&self, bytes: Bytes<usize>) -> Range {
        Range {
            start: self.position(bytes.start),
            end: self.position(bytes.end.max(bytes.start)),
        }
    }

    /// Puts a text in the place of a part; in that of all where none is named.
    pub(super) fn change(&mut self, range: Option<Range>, text: &str) {
        let new = match range {
            None => text.to_owned(),
            Some(range) => {
                let bytes = self.bytes(range);
                let mut new = std::mem::take(&mut self.text);
                new.replace_range(bytes, text);
                new
            }
        };
        *self = Document::new(new);
    }

    /// The bytes that a message shows; none where the text has another line there. Messages count characters in a line.
    pub(super) fn marked(&self, excerpt: &Excerpt) -> Option<Bytes<usize>> {
        let start = *self.lines.get(excerpt.line - 1)?;
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        let mark = if line.starts_with('\u{feff}') { 3 } else { 0 };
        let before = line[mark..].chars().take(excerpt.column - 1);
        let at = start + mark + before.map(char::len_utf8).sum::<usize>();
        let length = excerpt.marked.len();
        let shown = excerpt.text.get(excerpt.marked.clone())?;
        // Signs that a terminal cannot show stand there as spaces.
        let is_same = self.text.get(at..at + length).is_some_and(|text| {
            let same = |(a, b): (u8, u8)| a == b || b == b' ';
            text.bytes().zip(shown.bytes()).all(same)
        });
        is_same.then_some(at..at + length)
    }
}

fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lines;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn places_are_counted_in_units_of_utf_16() {
        let document = Document::new("aü😀b\r\n€\rx\n".to_owned());
        for (position, byte) in [
            (at(0, 0), 0),
            (at(0, 2), 3),
            // Within the two units of one character.
            (at(0, 3), 3),
            (at(0, 4), 7),
            (at(0, 5), 8),
            // Behind the line's end.
            (at(0, 9), 8),
            (at(1, 1), 13),
            (at(2, 1), 15),
            (at(3, 0), 16),
            (at(9, 9), 16),
        ] {
            assert_eq!(document.byte(position), byte, "{position:?}");
        }
        assert_eq!(document.position(7), at(0, 4));
        assert_eq!(document.position(5), at(0, 2), "within a character");
        assert_eq!(document.position(14), at(2, 0));
        assert_eq!(document.position(99), at(3, 0));
        assert_eq!(Document::default().range(0..1), Range::default());
    }

    #[test]
    fn changes_are_made_where_they_are_meant() {
        let mut document = Document::new("😀one\ntwo".to_owned());
        let range = |start, end| Some(Range { start, end });
        document.change(range(at(0, 2), at(1, 1)), "x\n");
        assert_eq!(document.text, "😀x\nwo");
        document.change(range(at(7, 0), at(1, 0)), "!");
        assert_eq!(document.text, "😀x\nwo!");
        document.change(None, "all");
        assert_eq!(document.text, "all");
    }

    #[test]
    fn what_a_message_shows_is_found_again() {
        let text = "\u{feff}ü\ra [x](y)\nb\t[z](w)";
        let document = Document::new(text.to_owned());
        for shown in ["ü", "[x](y)", "[z](w)", "\t"] {
            let start = text.find(shown).unwrap();
            let bytes = start..start + shown.len();
            let excerpt = Excerpt::new(&Lines::new(text), bytes.clone());
            assert_eq!(document.marked(&excerpt), Some(bytes), "{shown}");
        }
        let excerpt = Excerpt::new(&Lines::new(text), 3..5);
        assert_eq!(Document::new("x".to_owned()).marked(&excerpt), None);
    }
}
