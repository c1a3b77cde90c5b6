//! The line of a file that a diagnostic shows, and the file's lines, which are counted once for all of its diagnostics.

use std::ops::Range;

/// A line of a file with the part that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line, cut to a window around the spot where it is very long.
    pub text: String,
    /// The bytes of `text` that are meant.
    pub marked: Range<usize>,
    /// `text` is not the whole line.
    pub is_window: bool,
}

/// A file's text, with the places of its lines.
#[derive(Debug)]
pub struct Lines {
    /// The whole text.
    pub text: String,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many letters stand before each step of bytes: a line may be as long as the file.
    letters: Vec<usize>,
}

/// Bytes from one count of letters to the next.
const STEP: usize = 1024;

impl Lines {
    /// Counts the lines of a text.
    pub fn new(text: impl Into<String>) -> Lines {
        let text = text.into();
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        let mut before = 0;
        let steps = text.as_bytes().chunks(STEP).map(|step| {
            before += letters(step);
            before
        });
        let letters = std::iter::once(0).chain(steps).collect();
        Lines {
            text,
            starts,
            letters,
        }
    }

    /// How many letters begin before this byte.
    fn letters_before(&self, at: usize) -> usize {
        let step = at / STEP;
        self.letters[step] + letters(&self.text.as_bytes()[step * STEP..at])
    }
}

/// How many letters begin in these bytes of UTF-8.
fn letters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

/// Lines longer than this are shown as a window around the spot.
const WINDOW: usize = 200;

impl Excerpt {
    /// The line that `bytes` begins in. Bytes past the end mean the end.
    pub fn new(lines: &Lines, bytes: Range<usize>) -> Excerpt {
        let text = lines.text.as_str();
        let start = floor_char(text, bytes.start);
        let end = floor_char(text, bytes.end).max(start);
        let line = lines.starts.partition_point(|at| *at <= start);
        let line_start = lines.starts[line - 1];
        let line_end = lines.starts.get(line).map_or(text.len(), |next| next - 1);
        let mark = text[line_start..start].starts_with('\u{feff}');
        let before = lines.letters_before(start) - lines.letters_before(line_start);
        let column = before - usize::from(mark) + 1;
        let (mut from, mut to) = (line_start, line_end);
        if to - from > WINDOW {
            from = floor_char(text, start.saturating_sub(WINDOW / 2)).max(line_start);
            to = floor_char(text, start + WINDOW / 2).min(line_end);
        }
        let is_window = from != line_start || to != line_end;
        let window = &text[from..to];
        // Replaced byte for byte, so that the marked range stays right.
        let shown: String = window
            .chars()
            .flat_map(|c| {
                let hidden = c.is_control() || c == '\u{feff}';
                let count = if hidden { c.len_utf8() } else { 1 };
                std::iter::repeat_n(if hidden { ' ' } else { c }, count)
            })
            .collect();
        let marked = start - from..end.clamp(start, to) - from;
        Excerpt {
            line,
            column,
            text: shown.trim_end().to_owned(),
            marked,
            is_window,
        }
        .within_text()
    }

    /// A mark of nothing, or past the shown text, becomes a mark of one place at its end.
    fn within_text(mut self) -> Excerpt {
        let length = self.text.len();
        let end = self.marked.end.min(length);
        let start = self.marked.start.min(end);
        self.marked = start..end;
        self
    }
}

fn floor_char(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_counts_lines_and_characters() {
        let e = Excerpt::new(&Lines::new("a\nüb [x]\r\nc"), 6..9);
        assert_eq!((e.line, e.column), (2, 4));
        assert_eq!(e.text, "üb [x]");
        assert_eq!(&e.text[e.marked], "[x]");
    }

    #[test]
    fn an_excerpt_of_anything_is_no_panic() {
        for text in ["", "\n", "\u{feff}", "ü", "\0\u{1b}[0m"] {
            for start in 0..6 {
                for end in 0..6 {
                    let e = Excerpt::new(&Lines::new(text), start..end);
                    assert!(
                        e.text.get(e.marked.clone()).is_some(),
                        "{text:?} {start}..{end}"
                    );
                }
            }
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_spot() {
        let text = format!("{}HERE{}", "x".repeat(5000), "y".repeat(5000));
        let e = Excerpt::new(&Lines::new(text), 5000..5004);
        assert_eq!(&e.text[e.marked.clone()], "HERE");
        assert!(e.text.len() <= WINDOW);
        assert_eq!(e.column, 5001);
    }

    #[test]
    fn letters_are_counted_across_steps() {
        let text = format!("\u{feff}{}\n{}[x]", "ü".repeat(STEP), "€a".repeat(3 * STEP));
        let lines = Lines::new(text.as_str());
        for (at, c) in text.char_indices().filter(|(_, c)| *c != '\n') {
            let e = Excerpt::new(&lines, at..at + c.len_utf8());
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let before = text[start..at].trim_start_matches('\u{feff}');
            assert_eq!(e.column, before.chars().count() + 1);
            assert_eq!(e.line, text[..at].matches('\n').count() + 1);
        }
    }
}
