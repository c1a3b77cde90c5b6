//! The author's mistakes, as values: collected by every stage, located in their file, sorted, and shown
//! with an excerpt. Which mistakes there are is said where they are found, not here.

mod excerpt;
mod names;
mod place;

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::edit::Edit;
pub use excerpt::{Excerpt, Lines};
pub use names::{Names, did_you_mean, is_one_slip, is_slip, nearest, unknown_key};

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

/// A link that could be written where a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// Of 100, what it is worth.
    pub worth: u8,
    /// The words that would be the link.
    pub words: String,
    /// The file that they would lead to, relative to `content/`.
    pub to: String,
    /// The link in Markdown.
    pub link: String,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq)]
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
    /// The link that is suggested, where it is a suggestion.
    pub suggested: Option<Box<Suggested>>,
    /// The line it stands in, once [`Diagnostic::locate`] has seen the file.
    pub excerpt: Option<Excerpt>,
}

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
            suggested: None,
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

    /// Something that is worth a word, and is no mistake: nothing stops for it.
    pub fn note(code: &'static str, path: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Note,
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

    /// Moves the bytes that it points at, of a part of a file, to that part's place.
    pub fn shift(&mut self, by: usize) {
        if let Spot::Bytes(bytes) = &mut self.spot {
            *bytes = bytes.start + by..bytes.end + by;
        }
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
