//! The pipeline from the files found to the files published. Read in order, the methods of `Pipeline` are the program:
//!
//! | method | file | its end is all that is asked for by |
//! |---|---|---|
//! | `configure`, `scan`, `theme`, `parse` | `configure.rs`, this one, `theme.rs`, `parse.rs` | `gen list`, `new`, `mv` ([`survey()`]) |
//! | `link` | `load.rs` | `gen explain`, `graph` ([`load()`]) |
//! | `render` | `render.rs`, `job.rs`, with the bodies of `bodies.rs` | `gen check` ([`check()`](check::check)) |
//! | `publish` | `publish.rs`, with the guards of `losses.rs` | `gen build`, `serve` ([`build()`]) |
//!
//! What one build holds in memory, `gen serve` shows edits of before the next ([`preview`]); `gen lsp` holds a site that
//! is parsed file by file as it is edited, and linked ([`open`]).

pub mod addresses;
pub mod baseline;
mod bodies;
pub mod check;
mod configure;
mod job;
mod load;
mod located;
mod losses;
pub mod open;
mod options;
mod parse;
pub mod preview;
mod publish;
mod render;
mod survey;
mod theme;
pub mod values;

use std::path::Path;

use crate::artwork::Artwork;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::kept::Kept;
use crate::model::date::Day;
use crate::scan::{self, Content};
use crate::store::Store;
use baseline::Baseline;
use configure::Configured;
pub use load::{Edition, Loaded};
pub use options::{Build, Options, Report, Today, Watch};
pub use parse::HELD;
pub(crate) use parse::parsing;
use preview::Built;
use publish::Before;
pub use survey::{Survey, survey};

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
/// As [`build()`].
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
    let mut pipeline = Pipeline {
        baseline: Baseline::read(&options.root)?,
        kept: kept.as_ref(),
        held: how.held,
        is_asked: false,
        ..Pipeline::new(options, watch)
    };
    let (mut report, built) = match pipeline.all(how, hold, &mut store) {
        Ok(done) => done,
        Err(stop) => (Report::of_mistakes(stop.mistakes()?), None),
    };
    report.cache_damaged = kept.is_some_and(|kept| kept.is_damaged());
    Ok((report, built))
}

/// Reads and links the site at the options' root; stops after `link`, and writes nothing. `Err` in the value are
/// mistakes that leave no site to speak of.
///
/// # Errors
/// What the machine refuses.
pub fn load(options: &Options, watch: Watch<'_>) -> Result<Result<Loaded, Vec<Diagnostic>>, Error> {
    let mut pipeline = Pipeline {
        baseline: Baseline::read(&options.root)?,
        ..Pipeline::new(options, watch)
    };
    match pipeline.load() {
        Ok(mut loaded) => {
            let found = std::mem::take(&mut loaded.diagnostics);
            loaded.diagnostics = {
                let config = &loaded.first().config;
                pipeline.softened(config, loaded.today, found)
            };
            Ok(Ok(loaded))
        }
        Err(stop) => stop.mistakes().map(Err),
    }
}

/// Why the pipeline ends before its end.
enum Stop {
    /// The author's mistakes leave nothing to go on with. Located, sorted.
    Mistakes(Vec<Diagnostic>),
    /// The machine refused.
    Refused(Error),
}

impl Stop {
    /// The author's mistakes.
    ///
    /// # Errors
    /// What the machine refused.
    fn mistakes(self) -> Result<Vec<Diagnostic>, Error> {
        match self {
            Stop::Mistakes(mistakes) => Ok(mistakes),
            Stop::Refused(error) => Err(error),
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Refused(error)
    }
}

/// One run of the pipeline, as far as somebody takes it.
struct Pipeline<'a> {
    options: &'a Options,
    /// Mistakes that stop nothing, less those that were found.
    baseline: Option<Baseline>,
    /// How many of them were found.
    known: usize,
    /// What is kept of the last build.
    kept: Option<&'a Kept>,
    /// Bytes of HTML that pages hold at most.
    held: usize,
    /// Somebody asks what just missed each up-next list, and how scores are made up.
    is_asked: bool,
    /// Files are read by themselves: what they show of others is left out.
    alone: bool,
    watch: Watch<'a>,
}

impl<'a> Pipeline<'a> {
    /// One that takes nothing of the last build, and holds no bodies.
    fn new(options: &'a Options, watch: Watch<'a>) -> Pipeline<'a> {
        Pipeline {
            options,
            baseline: None,
            known: 0,
            kept: None,
            held: 0,
            is_asked: true,
            alone: false,
            watch,
        }
    }

    /// Goes all the way.
    fn all(
        &mut self,
        how: Build<'_>,
        hold: bool,
        store: &mut Store,
    ) -> Result<(Report, Option<Built>), Stop> {
        let configured = self.configure()?;
        let (found, record) = rayon::join(
            || scan(self.options, &configured.config),
            || self.kept.and_then(Kept::record),
        );
        let found = found?;
        losses::of_all(&found, store)?;
        let before = Before::new(self.options, &configured, &found.content, record);
        (self.watch)("scan", before.sources.count);
        if !hold
            && found.diagnostics.is_empty()
            && let Some(record) = before.still_holding(&self.options.root, configured.now, store)
        {
            (self.watch)("store", 0);
            return Ok((Report::unchanged(record), None));
        }
        let mut loaded = self.load_found(configured, found)?;
        let diagnostics = std::mem::take(&mut loaded.diagnostics);
        let artwork = Artwork::open(
            &self.options.root,
            &loaded.first().config,
            &loaded.first().theme,
            &loaded.assets,
            how.cache,
        );
        let stage = render::Stage {
            store,
            strict: how.strict,
            before: before.record.as_ref(),
        };
        let mut rendered = self.render(&loaded, &artwork, diagnostics, Some(stage))?;
        let report = self.publish(&loaded, &artwork, &mut rendered, before, how.strict, store)?;
        let built = hold.then(|| rendered.held(loaded)).flatten();
        Ok((report, built))
    }

    /// Locates what was found, makes warnings of what `[build]` lets pass, and takes out what is known.
    fn softened(&mut self, config: &Config, today: Day, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut found = located::located(&self.options.root, found);
        config.build.soften(&mut found, today);
        if let Some(baseline) = &mut self.baseline {
            self.known += baseline.take(&mut found).len();
        }
        found
    }

    /// Reads and links the site.
    fn load(&mut self) -> Result<Loaded, Stop> {
        let configured = self.configure()?;
        let found = scan(self.options, &configured.config)?;
        let content = &found.content;
        let count = content.articles.len() + content.replies.len() + content.assets.len();
        (self.watch)("scan", count);
        self.load_found(configured, found)
    }

    fn load_found(&mut self, configured: Configured, found: Found) -> Result<Loaded, Stop> {
        let mut diagnostics = found.diagnostics;
        let (themed, errors) = self.theme(&configured)?;
        diagnostics.extend(errors);
        let mut parsed = self.parse(configured, themed, found.content)?;
        diagnostics.append(&mut parsed.diagnostics);
        parsed.diagnostics = diagnostics;
        Ok(self.link(parsed)?)
    }
}

/// The files of the site, and what is wrong with them as files.
struct Found {
    content: Content,
    diagnostics: Vec<Diagnostic>,
}

/// The folders whose files are published as they are: those that `site.toml` names, else `static/` where it is there.
fn static_folders(root: &Path, config: &Config) -> Vec<String> {
    let usual = || root.join("static").is_dir().then(|| "static".to_owned());
    (config.static_folders.clone()).unwrap_or_else(|| usual().into_iter().collect())
}

fn scan(options: &Options, config: &Config) -> Result<Found, Error> {
    let folders = static_folders(&options.root, config);
    let (content, mut diagnostics) = scan::content(&options.root, &folders)?;
    if config.static_folders.is_none() && !folders.is_empty() {
        let message = "static/ is published as it is: its files are found below the site's root";
        diagnostics.push(Diagnostic::note("static-folder", config::FILE, message).help(
            "say so in site.toml, `content.static = [\"static\"]`, or that they are not to be, `content.static = []`",
        ));
    }
    Ok(Found {
        content,
        diagnostics,
    })
}
