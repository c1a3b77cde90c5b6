//! The author's mistakes, as values: collected by every stage, located in their file, sorted, and shown
//! with an excerpt. Which mistakes there are is said where they are found, not here.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::edit::Edit;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// The site is built all the same.
    Warning,
    /// Nothing is wrong; something could be done.
    Note,
}

/// Where in its file a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// These bytes of it.
    Bytes(Range<usize>),
    /// This key of its front matter; with `item`, this text within the key's value.
    Key {
        /// A top-level key.
        key: String,
        /// A scalar somewhere in its value.
        item: Option<String>,
        /// How many places of that scalar come before the one that is meant.
        after: usize,
    },
}

/// One mistake.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A short, stable name such as `dead-link`.
    pub code: &'static str,
    /// The file, relative to the site's root, with `/`.
    pub path: String,
    /// Where in the file.
    pub spot: Spot,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What mends it, where that is sure.
    pub fixes: Vec<Edit>,
    /// The same where its place is not known yet: in the spot, the first text becomes the second.
    /// [`Diagnostic::locate`] makes an edit of it.
    pub swap: Option<(String, String)>,
    /// The line it stands in, once [`Diagnostic::locate`] has seen the file.
    pub excerpt: Option<Excerpt>,
}

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

impl Diagnostic {
    /// An error about the whole of `path`; narrow it with [`Diagnostic::at`] and the others.
    pub fn error(code: &'static str, path: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            path: path.to_owned(),
            spot: Spot::File,
            message: message.into(),
            help: None,
            fixes: Vec::new(),
            swap: None,
            excerpt: None,
        }
    }

    /// A warning about the whole of `path`.
    pub fn warning(code: &'static str, path: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, path, message)
        }
    }

    /// The same, pointing at these bytes.
    pub fn at(mut self, bytes: Range<usize>) -> Diagnostic {
        self.spot = Spot::Bytes(bytes);
        self
    }

    /// The same, pointing at a front-matter key.
    pub fn at_key(mut self, key: &str) -> Diagnostic {
        self.spot = Spot::Key {
            key: key.to_owned(),
            item: None,
            after: 0,
        };
        self
    }

    /// The same, pointing at one text in the value of a front-matter key.
    pub fn at_item(mut self, key: &str, item: &str) -> Diagnostic {
        self.spot = Spot::Key {
            key: key.to_owned(),
            item: Some(item.to_owned()),
            after: 0,
        };
        self
    }

    /// The same, pointing at a later place of an item that stands there several times: `after` so many.
    pub fn again(mut self, places: usize) -> Diagnostic {
        if let Spot::Key { after, .. } = &mut self.spot {
            *after = places;
        }
        self
    }

    /// The same, with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same, with a change that mends it.
    pub fn fix(mut self, edit: Edit) -> Diagnostic {
        self.fixes.push(edit);
        self
    }

    /// The same, mended by `new` in place of `old` where it points, as its help says already.
    pub fn swap(mut self, old: &str, new: impl Into<String>) -> Diagnostic {
        self.swap = Some((old.to_owned(), new.into()));
        self
    }

    /// Finds line, column and excerpt in the file's text. `find_key` gives the bytes of a front-matter
    /// key or of an item in it.
    pub fn locate(
        &mut self,
        text: &str,
        find_key: impl Fn(&str, &str, Option<&str>) -> Option<Range<usize>>,
    ) {
        let bytes = match &self.spot {
            Spot::File => return,
            Spot::Bytes(bytes) => Some(bytes.clone()),
            Spot::Key { key, item, after } => {
                let first = find_key(text, key, item.as_deref());
                first.map(|first| later_place(text, first, *after))
            }
        };
        if let (Some(spot), Some((old, new))) = (&bytes, self.swap.take())
            && let Some(at) = written(text, spot, &old)
        {
            self.fixes.push(Edit::new(&self.path, at, new));
            if let Some(help) = &mut self.help {
                help.push_str("; gen check --fix writes that");
            }
        }
        self.excerpt = bytes.map(|b| Excerpt::new(text, b));
    }

    /// What sorts diagnostics: file, place, severity, code, message.
    pub fn sort_key(&self) -> (&str, usize, usize, Severity, &str, &str) {
        let (line, column) = self.excerpt.as_ref().map_or((0, 0), |e| (e.line, e.column));
        (
            &self.path,
            line,
            column,
            self.severity,
            self.code,
            &self.message,
        )
    }

    /// The message as the author reads it, with escape codes for colours where `styled`.
    pub fn render(&self, styled: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(printable(&self.message)).id(self.code);
        let mut group: Group<'_> = match &self.excerpt {
            Some(e) => {
                let snippet = Snippet::source(e.text.as_str())
                    .line_start(e.line)
                    .annotation(AnnotationKind::Primary.span(e.marked.clone()));
                match e.is_window {
                    // The column in the window is not the column in the line.
                    true => title
                        .element(
                            Origin::path(self.path.as_str())
                                .line(e.line)
                                .char_column(e.column),
                        )
                        .element(snippet),
                    false => title.element(snippet.path(self.path.as_str())),
                }
            }
            None => title.element(Origin::path(self.path.as_str())),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        let renderer = if styled {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }
}

/// Escape sequences and other control characters in an author's text must not reach the terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// The place of the same word so many times later; the last one where there are not so many.
fn later_place(text: &str, first: Range<usize>, after: usize) -> Range<usize> {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    let word = &text[first.clone()];
    let places = text[first.start..]
        .match_indices(word)
        .map(|(at, _)| first.start + at..first.start + at + word.len());
    places
        .filter(|at| {
            !text[..at.start].ends_with(part_of_word) && !text[at.end..].starts_with(part_of_word)
        })
        .take(after + 1)
        .last()
        .unwrap_or(first)
}

/// Where in the spot, which is a link or a word, `name` stands as a path or a name: not as part of a longer one, and
/// not in a link's words.
fn written(text: &str, spot: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let source = text.get(spot.clone()).filter(|_| !name.is_empty())?;
    let from = match source.rfind("](") {
        Some(end_of_words) => end_of_words + 2,
        // `[words][label]`: where it leads to stands elsewhere.
        None if source.starts_with('[') && !source.starts_with("[[") => return None,
        None => 0,
    };
    let in_name = |c: char| c.is_alphanumeric() || "-_/.%~".contains(c);
    source[from..]
        .match_indices(name)
        .map(|(at, _)| spot.start + from + at..spot.start + from + at + name.len())
        .find(|at| !text[..at.start].ends_with(in_name) && !text[at.end..].starts_with(in_name))
}

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

/// A file's bytes as text, or the error that says they are none.
///
/// # Errors
/// They are not UTF-8.
pub fn utf8<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1;
        let message = format!("line {line} of this file is not UTF-8");
        let error = Diagnostic::error("not-utf8", path, message);
        Box::new(error.help("save the file as UTF-8 in your editor"))
    })
}

/// The one of `known` that `written` most probably means, if any is near enough.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase();
    // Two letters of which one is wrong could mean anything.
    let limit = match folded.chars().count() {
        0..=2 => 0,
        length => (length / 3).max(1),
    };
    // A name that is longer or shorter by more letters than may be wrong need not be compared: in a list
    // of thousands that is most of them.
    let length = folded.chars().count();
    known
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Whether two words differ by one letter: too many, too few, wrong, or changed with its neighbour.
pub fn is_one_slip(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) == 1
}

/// "did you mean `x`?" for the nearest of `known`, or the whole list where it is short.
pub fn did_you_mean(written: &str, known: &[&str]) -> Option<String> {
    match nearest(written, known.iter().copied()) {
        Some(name) => Some(format!("did you mean `{name}`?")),
        None if known.is_empty() => None,
        None if known.len() <= 30 => Some(format!("what can stand here: {}", known.join(", "))),
        None => None,
    }
}

/// Serde's message for an unknown key, with the names it knows: `(key, known)`.
pub fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let start = message.find("unknown field `")?;
    let mut names = message[start..]
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned);
    let key = names.next()?;
    Some((key, names.collect()))
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

    #[test]
    fn a_name_is_found_where_a_link_leads() {
        let found = |text: &str, name| written(text, &(0..text.len()), name).map(|at| at.start);
        assert_eq!(found("[a.md](a.md#x \"a.md\")", "a.md"), Some(7));
        assert_eq!(found("[a.md](<a.md>)", "a.md"), Some(8));
        assert_eq!(found("[![a.md](x.svg)](../a.md)", "../a.md"), Some(17));
        assert_eq!(found("[[a|a]]", "a"), Some(2));
        assert_eq!(found("/a/", "/a/"), Some(0));
        for text in [
            "[a.md][a.md]",
            "[x](a%2Emd)",
            "[x](b/a.md)",
            "[a.md](b)",
            "",
        ] {
            assert_eq!(found(text, "a.md"), None, "{text}");
        }
    }

    #[test]
    fn the_nearest_name_is_proposed() {
        assert_eq!(nearest("titel", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("zebra", ["title", "tags"]), None);
    }
}
