//! The line of a file that a diagnostic shows.

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

/// Lines longer than this are shown as a window around the spot.
const WINDOW: usize = 200;

impl Excerpt {
    /// The line of `text` that `bytes` begins in. Bytes past the end mean the end.
    pub fn new(text: &str, bytes: Range<usize>) -> Excerpt {
        let start = floor_char(text, bytes.start);
        let end = floor_char(text, bytes.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text.as_bytes()[..start]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1;
        let before = text[line_start..start].trim_start_matches('\u{feff}');
        let column = before.chars().count() + 1;
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
        let e = Excerpt::new("a\nüb [x]\r\nc", 6..9);
        assert_eq!((e.line, e.column), (2, 4));
        assert_eq!(e.text, "üb [x]");
        assert_eq!(&e.text[e.marked], "[x]");
    }

    #[test]
    fn an_excerpt_of_anything_is_no_panic() {
        for text in ["", "\n", "\u{feff}", "ü", "\0\u{1b}[0m"] {
            for start in 0..6 {
                for end in 0..6 {
                    let e = Excerpt::new(text, start..end);
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
        let e = Excerpt::new(&text, 5000..5004);
        assert_eq!(&e.text[e.marked.clone()], "HERE");
        assert!(e.text.len() <= WINDOW);
        assert_eq!(e.column, 5001);
    }
}
