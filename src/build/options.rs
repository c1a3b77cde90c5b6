//! Holds what a caller says of a build, and what is said to the caller.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::date::{Date, Day, Now, WrittenDate, Zone};
use crate::model::site::Skipped;
use crate::store::Changes;

/// The build's day: an argument, so that the same input gives the same bytes.
#[derive(Clone, Copy, Debug)]
pub enum Today {
    /// The beginning of this day in the site's time zone.
    Day(Day),
    /// The moment that this date is in the site's time zone.
    At(WrittenDate),
    /// The day of this moment (seconds since 1970) in the site's time zone.
    Moment(i64),
}

impl Today {
    /// Reads `2026-01-31`, or a day with a time: `2026-01-31T18:00`.
    ///
    /// # Errors
    /// In words: the text is neither.
    pub fn parse(text: &str) -> Result<Today, String> {
        WrittenDate::parse(text)
            .map(Today::At)
            .or_else(|_| Day::parse(text).map(Today::Day))
    }

    /// The moment in a time zone.
    pub(crate) fn now(self, zone: &Zone) -> Now {
        match self {
            Today::Day(day) => zone.beginning(day),
            Today::At(written) => Date::resolve(written, zone).now(),
            Today::Moment(seconds) => zone.now(seconds),
        }
    }
}

/// What the commands can say of a site.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with `site.toml`.
    pub root: PathBuf,
    /// In place of the configured `base_url`.
    pub base_url: Option<String>,
    /// Publish drafts too.
    pub drafts: bool,
    /// Publish what is dated after the build's day too.
    pub future: bool,
    /// The build's day.
    pub today: Today,
}

impl Options {
    /// Asks for all that stands in the site's files, published or not, as commands do that change them.
    pub fn of_all_files(root: &Path, today: Today) -> Options {
        Options {
            root: root.to_path_buf(),
            base_url: None,
            drafts: true,
            future: true,
            today,
        }
    }
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, located, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// Mistakes of `baseline.txt` that are still there; they are not among the diagnostics.
    pub known: usize,
    /// What was written; nothing where there was an error.
    pub changes: Option<Changes>,
    /// Articles and hubs.
    pub articles: usize,
    /// Guides.
    pub guides: usize,
    /// Tags that stand on an article.
    pub tags: usize,
    /// What was left out.
    pub skipped: Skipped,
    /// The files that pages show as a part of theirs, sorted, be they there or not: paths from the root on.
    pub shown: Vec<String>,
    /// Files whose bytes were made; the others are known to be as they should.
    pub rendered: usize,
    /// Something of what was kept in `.gen/` was damaged, and is made anew.
    pub cache_damaged: bool,
}

impl Report {
    /// How many diagnostics are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    }
}

/// Is told of each stage's end: its name, and how many things it worked on. A caller with a clock can time them.
pub type Watch<'a> = &'a mut dyn FnMut(&'static str, usize);

/// How a site is built.
#[derive(Clone, Copy, Debug)]
pub struct Build<'a> {
    /// The folder that is published.
    pub output: &'a Path,
    /// Warnings are errors.
    pub strict: bool,
    /// Take what the last build kept in `.gen/`, and keep what this one makes.
    pub cache: bool,
    /// Bytes of HTML that memory holds between parse and render, at most; what is beyond is made again of the author's
    /// files. Changes no byte of the output. [`HELD`](super::HELD) is a good number.
    pub held: usize,
}
