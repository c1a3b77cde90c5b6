//! `gen` turns Markdown articles into a linked website for static hosting.
//!
//! # The way the data goes
//!
//! ```text
//! scan → parse → link → plan → render → store
//! ```
//!
//! 1. [`scan`] finds the files, sorted by path, as handles. [`build`] reads bytes through them and hands
//!    them on; no stage below opens a file.
//! 2. [`parse`] turns one file's bytes into a [`model::page::Page`] and what is wrong with it. The body is
//!    HTML with holes where a link's address, a callout, a picture or a player goes; it is held in memory, or made
//!    again of the file when it is asked for (`bodies.rs`). Knows no other page.
//! 3. [`link`] turns the pages into a [`model::site::Site`]: sections, guides, tags, authors, resolved
//!    links, backlinks, up next.
//! 4. [`output::plan`] asks every entry of the table [`output::OUTPUTS`] what it wants written.
//! 5. [`output::Renderer::render`] makes one job's bytes, from values alone, and notes what the job asked of the site.
//! 6. [`store`] writes what changed and removes what it once wrote and is no longer planned. Nothing is
//!    published unless every job rendered.
//!
//! Each step leaves what it made in `.gen/` ([`kept`]), and takes from there what the last build made of the same:
//! a file that looks as it did is not parsed, and a job whose questions have the answers that they had is not rendered
//! (`output/reads.rs`: outputs see the site through one reader, so that no question can be forgotten). Where nothing at all
//! changed, the first step is the last. The law: what is kept never changes a byte (`tests/incremental/`).
//!
//! A check ([`check`]) does the same without the last step, and asks every entry of the table [`lint::LINTS`] what could
//! be better.
//!
//! The author's mistakes are values ([`diagnostic::Diagnostic`]): all stages collect them, and all are told
//! at once. The machine's failures ([`error::Error`]) stop the run.
//!
//! # Where things live
//!
//! | level | module | its job | its library |
//! |---|---|---|---|
//! | 7 | `cli/` | one command a file: arguments, and what is said | clap, clap_complete, clap_mangen |
//! | 7 | this file | what a caller can ask for; the pipeline as one function is `run.rs`, its steps `load.rs` (with `themes.rs` and `parsed.rs`), `bodies.rs` and `publish.rs` | |
//! | 7 | [`survey()`] | every page, published or not, for what changes the author's files | |
//! | 7 | [`preview`] | one edited page, before the build | |
//! | 7 | [`serve`] | shows the site while it is written: watcher, server, live reload, the desk | hyper, tokio, notify, flate2 |
//! | 7 | [`check`] | the pipeline without its end, and the lints | |
//! | 6 | [`kept`] | what one build leaves for the next | borsh |
//! | 6 | [`external`] | whether what is linked on other sites is still there | ureq, url, html5gum |
//! | 6 | [`suggest`] | words that could link to articles with few ways in | |
//! | 6 | [`artwork`] | pictures: which are used, and what is made of them | |
//! | 5 | [`graph`] | the links as data, and drawn | |
//! | 5 | [`lint`] | what could be better: one lint a file | |
//! | 5 | [`store`] | guards, atomic writes, the manifest, pruning; `.gen/`; the author's files | |
//! | 4 | [`output`] | one output a file; themes and templates; contexts | tera, serde_json, sha2, base64 |
//! | 4 | [`import`] | makes a site of another system's, as values | htmd, quick-xml, serde_json |
//! | 4 | [`writing`] | what `gen new` and `gen mv` do to the author's files, as values | |
//! | 3 | [`link`] | one relation a file; `up_next/` ranks | |
//! | 2 | [`parse`] | front matter, Markdown, replies, terms, words for search | serde_yaml, pulldown-cmark |
//! | 2 | [`picture`] | smaller files of photographs, drawn cards: bytes in, bytes out | image, webp, resvg |
//! | 2 | [`scan`] | finding files | walkdir |
//! | 1 | [`model`], [`config`] | plain data; `site.toml` | jiff, toml |
//! | 0 | [`diagnostic`], [`edit`], [`error`], [`escape`], [`find`], [`fingerprint`] | what all others use | annotate-snippets, similar, memchr |
//!
//! A module names only modules of its own level or below. Each library is named in one module (borsh, rayon and
//! serde excepted). Files, clocks and the environment appear only in `scan`, `store`, `external`, `serve` and `cli`. A
//! test holds these three rules (`tests/architecture.rs`).
//!
//! To add an output, a lint or a command: one file, its `mod` line, its line in the table. To add a front-matter
//! key: one documented field in [`model::front_matter`].

pub mod artwork;
mod bodies;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod edit;
pub mod error;
pub mod escape;
pub mod external;
pub mod find;
pub mod fingerprint;
pub mod graph;
pub mod import;
pub mod kept;
pub mod link;
pub mod lint;
mod load;
pub mod model;
pub mod output;
pub mod parse;
mod parsed;
pub mod picture;
pub mod preview;
mod publish;
mod run;
pub mod scan;
pub mod serve;
pub mod store;
pub mod suggest;
mod survey;
mod themes;
pub mod writing;

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::kept::Kept;
pub use crate::load::Loaded;
use crate::model::date::{Date, Day, Now, WrittenDate, Zone};
use crate::model::site::Skipped;
pub use crate::parsed::HELD;
use crate::preview::Built;
use crate::run::Run;
use crate::store::{Changes, Store};
pub use crate::survey::{Survey, survey};

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

/// What a build did.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong, located, sorted.
    pub diagnostics: Vec<Diagnostic>,
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

/// Is shown the linked site before it is rendered, and says what else is wrong with it.
pub type Look<'a> = &'a mut dyn FnMut(&Loaded) -> Result<Vec<Diagnostic>, Error>;

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
    /// files. Changes no byte of the output. [`HELD`] is a good number.
    pub held: usize,
}

/// Builds the site.
///
/// # Errors
/// What the machine refuses. The author's mistakes are in the report, and nothing is published then.
pub fn build(options: &Options, how: Build<'_>, watch: Watch<'_>) -> Result<Report, Error> {
    build_as(options, how, false, watch).map(|(report, _)| report)
}

/// Builds the site and hands it out, so that edits of it can be shown before the next build; none where it could not
/// be rendered.
///
/// # Errors
/// As [`build`].
pub fn build_and_hold(
    options: &Options,
    how: Build<'_>,
    watch: Watch<'_>,
) -> Result<(Report, Option<Built>), Error> {
    build_as(options, how, true, watch)
}

fn build_as(
    options: &Options,
    how: Build<'_>,
    hold: bool,
    watch: Watch<'_>,
) -> Result<(Report, Option<Built>), Error> {
    let mut store = Store::open(&options.root, how.output)?;
    let kept = how
        .cache
        .then(|| Kept::open(&options.root, how.output))
        .flatten();
    let run = Run {
        store: Some(&mut store),
        kept: kept.as_ref(),
        strict: how.strict,
        cache: how.cache,
        hold,
        held: how.held,
        look: None,
    };
    let (mut report, built) = run.all(options, watch)?;
    report.cache_damaged = kept.is_some_and(|kept| kept.is_damaged());
    Ok((report, built))
}

/// Does all that a build does but writing the site: what is wrong with it is what a build would say, and what `look`
/// says.
///
/// # Errors
/// What the machine refuses.
pub fn rehearse(options: &Options, look: Look<'_>, watch: Watch<'_>) -> Result<Report, Error> {
    let run = Run {
        store: None,
        kept: None,
        strict: false,
        cache: true,
        hold: false,
        held: HELD,
        look: Some(look),
    };
    run.all(options, watch).map(|(report, _)| report)
}

/// Reads and links the site at the options' root; stops after `link`, and writes nothing. `Err` in the value are
/// mistakes that leave no site to speak of.
///
/// # Errors
/// What the machine refuses.
pub fn load(options: &Options, watch: Watch<'_>) -> Result<Result<Loaded, Vec<Diagnostic>>, Error> {
    let configured = match load::configure(options)? {
        Ok(configured) => configured,
        Err(diagnostics) => return Ok(Err(diagnostics)),
    };
    let found = scan::content(&options.root)?;
    let content = &found.0;
    watch(
        "scan",
        content.articles.len() + content.replies.len() + content.assets.len(),
    );
    load::load(options, configured, found, None, 0, true, watch)
}
