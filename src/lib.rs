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
//!    HTML with holes where a link's address, a callout, a picture or a player goes; bodies wait in memory
//!    within a bound, and in a file beyond it. Knows no other page.
//! 3. [`link`] turns the pages into a [`model::site::Site`]: sections, guides, tags, authors, resolved
//!    links, backlinks, up next.
//! 4. [`output::plan`] asks every entry of the table [`output::OUTPUTS`] what it wants written.
//! 5. [`output::View::render`] makes one job's bytes, from values alone.
//! 6. [`store`] writes what changed and removes what it once wrote and is no longer planned. Nothing is
//!    published unless every job rendered.
//!
//! Each step leaves what it made in `.gen/` ([`kept`]), and takes from there what the last build made of the same:
//! a file that looks as it did is not parsed, lists whose inputs are the same are not ranked, and a job tells what
//! its bytes are made of ([`output::inputs`]) before it makes them. Where nothing at all changed, the first step is
//! the last. The law: what is kept never changes a byte (`tests/incremental/`).
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
//! | 7 | this file | the pipeline, as one function; its steps `load.rs`, `bodies.rs` and `publish.rs` | |
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
//! | 5 | [`store`] | guards, atomic writes, the manifest, pruning; `.gen/`; the author's files; a file without a name | tempfile |
//! | 4 | [`output`] | one output a file; themes and templates; contexts | tera, serde_json, sha2, base64 |
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
pub mod kept;
pub mod link;
pub mod lint;
mod load;
pub mod model;
pub mod output;
pub mod parse;
pub mod picture;
pub mod preview;
mod publish;
pub mod scan;
pub mod serve;
pub mod store;
pub mod suggest;
mod survey;
pub mod writing;

use std::path::{Path, PathBuf};

use crate::artwork::Artwork;
pub use crate::bodies::HELD;
use crate::bodies::{Bodies, Shelf};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::Kept;
use crate::kept::record::{Record, Written};
pub use crate::load::Loaded;
use crate::model::date::{Day, Zone};
use crate::model::site::{Site, Skipped};
use crate::output::inputs::Inputs;
use crate::output::{Planner, View, search};
use crate::preview::Built;
use crate::publish::Rendering;
use crate::scan::Stamp;
use crate::store::{Changes, Store};
pub use crate::survey::{Survey, survey};

/// The build's day: an argument, so that the same input gives the same bytes.
#[derive(Clone, Copy, Debug)]
pub enum Today {
    /// This day.
    Day(Day),
    /// The day of this moment (seconds since 1970) in the site's time zone.
    Moment(i64),
}

impl Today {
    /// The day in a time zone.
    pub(crate) fn day(self, zone: &Zone) -> Day {
        match self {
            Today::Day(day) => day,
            Today::Moment(seconds) => zone.day_of(seconds),
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
    /// Bytes of HTML that memory holds between parse and render, at most; what is beyond is put into a file without a
    /// name. Changes no byte of the output. [`HELD`] is a good number.
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
        shelf: shelf(&options.root, how),
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
        shelf: Shelf::new(
            HELD,
            vec![
                options.root.join(store::cache::FOLDER),
                options.root.clone(),
            ],
        ),
        look: Some(look),
    };
    run.all(options, watch).map(|(report, _)| report)
}

/// A build, or the rehearsal of one.
struct Run<'a> {
    /// What is published; nothing in a rehearsal.
    store: Option<&'a mut Store>,
    kept: Option<&'a Kept>,
    strict: bool,
    cache: bool,
    /// The site is handed out.
    hold: bool,
    shelf: Shelf,
    look: Option<Look<'a>>,
}

/// Where bodies are put: in `.gen/` where there is one, else where the output will be written, too.
fn shelf(root: &Path, how: Build<'_>) -> Shelf {
    let folders = vec![root.join(store::cache::FOLDER), how.output.join("..")];
    Shelf::new(how.held, folders)
}

/// What came of a run, and the site where it is held.
type Ran = Result<(Report, Option<Built>), Error>;

impl Run<'_> {
    fn all(mut self, options: &Options, watch: Watch<'_>) -> Ran {
        let root = &options.root;
        let configured = match load::configure(options)? {
            Ok(configured) => configured,
            Err(diagnostics) => return Ok((mistakes(diagnostics), None)),
        };
        let conditions = conditions(options, configured.today);
        let found = scan::content(root)?;
        let sources = scan::sources(root, &found.0);
        watch("scan", sources.len());
        let before = self.kept.and_then(Kept::record);
        let holds = |record: &Record, store: &Store| {
            record.still_holds(conditions, &sources, &|path| store.look(path))
        };
        let before = match (before, self.store.as_deref()) {
            (Some(record), Some(store))
                if !self.hold && found.1.is_empty() && holds(&record, store) =>
            {
                watch("store", 0);
                return Ok((unchanged(record), None));
            }
            (before, _) => before,
        };
        let shelf = std::mem::replace(&mut self.shelf, Shelf::none());
        let asked = (shelf, self.look.is_some());
        let mut loaded = match load::load(options, configured, found, self.kept, asked, watch)? {
            Ok(loaded) => loaded,
            Err(diagnostics) => return Ok((mistakes(diagnostics), None)),
        };
        if let Some(look) = &mut self.look {
            let seen = look(&loaded)?;
            loaded.diagnostics.extend(seen);
            watch("lints", loaded.site.pages.len());
        }
        let known = Known {
            conditions,
            sources,
            before,
        };
        self.render(root, loaded, known, watch)
    }

    /// Renders what was loaded, and publishes it.
    fn render(self, root: &Path, mut loaded: Loaded, known: Known, watch: Watch<'_>) -> Ran {
        let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
        let site = &loaded.site;
        let templates = match output::compile(site, &loaded.config, &loaded.theme) {
            Ok(templates) => Some(templates),
            Err(errors) => {
                diagnostics.extend(errors);
                None
            }
        };
        let search = loaded
            .config
            .search
            .then(|| search::Index::build(site, &loaded.config));
        watch("search", search.as_ref().map_or(0, |index| index.pages));
        let (config, theme) = (&loaded.config, &loaded.theme);
        let artwork = Artwork::open(root, config, theme, &loaded.assets, self.cache);
        let (pictures, warnings) = artwork.pictures(site)?;
        diagnostics.extend(warnings);
        watch("pictures", pictures.files.len());
        let planner = Planner {
            site,
            config,
            theme,
            search: search.as_ref(),
            pictures: &pictures,
            drawings: &[],
        };
        let bodies = Bodies::new(&loaded);
        let make = |id| bodies.find(id);
        let mut view = templates
            .as_ref()
            .map(|templates| View::new(&planner, templates, &make));
        if let Some(view) = &mut view {
            diagnostics.extend(view.plan_drawings());
        }
        let planner = Planner {
            drawings: view.as_ref().map_or(&[], |view| &view.drawings),
            ..planner
        };
        let (jobs, errors) = output::plan(&planner, templates.as_ref());
        diagnostics.extend(errors);
        watch("plan", jobs.len());
        let mut made = Vec::new();
        if let Some(view) = &view {
            let began = self.kept.map(Kept::began);
            let store = self.store.as_deref();
            let rendering = Rendering {
                view,
                assets: &loaded.assets,
                artwork: &artwork,
                store: store.filter(|_| is_publishable(&diagnostics, self.strict)),
                before: known.before.as_ref(),
                inputs: began.map(|began| {
                    let files = publish::files(&loaded.assets, began);
                    Inputs::new(view, loaded.common, files)
                }),
            };
            let (outputs, errors) = rendering.all(&jobs)?;
            diagnostics.extend(errors);
            made = outputs;
        }
        bodies.check()?;
        let mut report = counted(site);
        report.rendered = made.iter().filter(|made| made.rendered).count();
        watch("render", report.rendered);
        report.diagnostics = load::located(root, diagnostics);
        let publishable = is_publishable(&report.diagnostics, self.strict);
        if let Some(store) = self.store.filter(|_| publishable) {
            report.changes = Some(store.publish()?);
            artwork.prune(&pictures, planner.drawings);
            if let Some(kept) = self.kept {
                known.keep(kept, &report, publish::written(made));
            }
        }
        let changed = report
            .changes
            .as_ref()
            .map_or(0, |changes| changes.written.len());
        watch("store", changed);
        let drawings = view.map_or(Vec::new(), |view| view.drawings);
        let built = templates.filter(|_| self.hold).map(|templates| Built {
            templates,
            search,
            pictures,
            drawings,
            loaded,
        });
        Ok((report, built))
    }
}

/// What a build knows before it loads anything.
struct Known {
    conditions: Fingerprint,
    sources: Vec<(String, Stamp)>,
    before: Option<Record>,
}

impl Known {
    /// Keeps what was published, for the next build.
    fn keep(self, kept: &Kept, report: &Report, outputs: Vec<Written>) {
        kept.keep_record(&Record {
            conditions: self.conditions,
            began: kept.began(),
            sources: self.sources,
            outputs,
            quiet: report.diagnostics.is_empty(),
            articles: report.articles as u64,
            guides: report.guides as u64,
            tags: report.tags as u64,
            skipped: report.skipped.clone(),
        });
    }
}

/// What is said of a site of which nothing can be built.
fn mistakes(diagnostics: Vec<Diagnostic>) -> Report {
    Report {
        diagnostics,
        ..Report::default()
    }
}

/// What is said of a site, but for what is wrong with it.
fn counted(site: &Site) -> Report {
    Report {
        articles: site.articles.len(),
        guides: site.guides.len(),
        tags: site
            .tags
            .iter()
            .filter(|tag| !tag.articles.is_empty())
            .count(),
        skipped: site.skipped.clone(),
        ..Report::default()
    }
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
    load::load(
        options,
        configured,
        found,
        None,
        (Shelf::none(), true),
        watch,
    )
}

/// What a build depends on beside the files.
fn conditions(options: &Options, today: Day) -> Fingerprint {
    let mut mix = Mix::default();
    mix.add(&(&options.base_url, options.drafts, options.future, today));
    mix.finish()
}

/// What is said of a site that is as the last build left it.
fn unchanged(record: Record) -> Report {
    Report {
        changes: Some(Changes {
            unchanged: record.outputs.len(),
            ..Changes::default()
        }),
        articles: record.articles as usize,
        guides: record.guides as usize,
        tags: record.tags as usize,
        skipped: record.skipped,
        ..Report::default()
    }
}

fn is_publishable(diagnostics: &[Diagnostic], strict: bool) -> bool {
    diagnostics
        .iter()
        .all(|d| d.severity == Severity::Note || d.severity == Severity::Warning && !strict)
}
