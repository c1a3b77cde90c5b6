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
//!    HTML with holes where a link's address, a callout, a picture or a player goes. Knows no other page.
//! 3. [`link`] turns the pages into a [`model::site::Site`]: sections, guides, tags, authors, resolved
//!    links, backlinks, up next.
//! 4. [`output::plan`] asks every entry of the table [`output::OUTPUTS`] what it wants written.
//! 5. [`output::View::render`] makes one job's bytes, from values alone.
//! 6. [`store`] writes what changed and removes what it once wrote and is no longer planned. Nothing is
//!    published unless every job rendered.
//!
//! The author's mistakes are values ([`diagnostic::Diagnostic`]): all stages collect them, and all are told
//! at once. The machine's failures ([`error::Error`]) stop the run.
//!
//! # Where things live
//!
//! | level | module | its job | its library |
//! |---|---|---|---|
//! | 7 | `cli/` | one command a file: arguments, and what is said | clap |
//! | 6 | this file | the pipeline, as one function | |
//! | 5 | [`store`] | guards, atomic writes, the manifest, pruning | |
//! | 4 | [`output`] | one output a file; themes and templates; contexts | tera, serde_json |
//! | 3 | [`link`] | one relation a file; `up_next/` ranks | |
//! | 2 | [`parse`] | front matter, Markdown, terms | serde_yaml, pulldown-cmark |
//! | 2 | [`scan`] | finding files | walkdir |
//! | 1 | [`model`], [`config`] | plain data; `site.toml` | jiff, toml |
//! | 0 | [`diagnostic`], [`error`], [`escape`], [`fingerprint`] | what all others use | annotate-snippets |
//!
//! A module names only modules of its own level or below. Each library is named in one module (serde and rayon
//! excepted). Files, clocks and the environment appear only in `scan`, `store` and `cli`. A test holds these
//! three rules (`tests/architecture.rs`).
//!
//! To add an output or a command: one file, its `mod` line, its line in the table. To add a front-matter
//! key: one documented field in [`model::front_matter`].

pub mod config;
pub mod diagnostic;
pub mod error;
pub mod escape;
pub mod fingerprint;
pub mod link;
pub mod model;
pub mod output;
pub mod parse;
pub mod scan;
pub mod store;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity, Spot};
use crate::error::Error;
use crate::model::date::Day;
use crate::model::page::Page;
use crate::model::site::{Site, Skipped};
use crate::output::theme::{Theme, ThemeFiles};
use crate::output::{Job, Planner, Rendered, View};
use crate::parse::{image_size, terms};
use crate::scan::SourceFile;
use crate::store::{Changes, Source, Store};

/// The build's day: an argument, so that the same input gives the same bytes.
#[derive(Clone, Copy, Debug)]
pub enum Today {
    /// This day.
    Day(Day),
    /// The day of this moment (seconds since 1970) in the site's time zone.
    Moment(i64),
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

/// A site that was read and linked, with all that is wrong with it.
pub struct Loaded {
    /// Its configuration.
    pub config: Config,
    /// Its theme.
    pub theme: Theme,
    /// The linked pages.
    pub site: Site,
    /// The files of `content/` that are copied.
    pub assets: Vec<SourceFile>,
    /// What is wrong, located, sorted.
    pub diagnostics: Vec<Diagnostic>,
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

/// Builds the site into `output`. With `strict`, warnings are errors.
///
/// # Errors
/// What the machine refuses. The author's mistakes are in the report, and nothing is published then.
pub fn build(
    options: &Options,
    output: &Path,
    strict: bool,
    watch: Watch<'_>,
) -> Result<Report, Error> {
    let store = Store::open(&options.root, output)?;
    let mut loaded = match load(options, watch)? {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            return Ok(Report {
                diagnostics,
                ..Report::default()
            });
        }
    };
    let site = &loaded.site;
    let mut report = Report {
        articles: site.articles.len(),
        guides: site.guides.len(),
        tags: site
            .tags
            .iter()
            .filter(|tag| !tag.articles.is_empty())
            .count(),
        skipped: site.skipped.clone(),
        ..Report::default()
    };
    let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
    let templates = match output::compile(site, &loaded.config, &loaded.theme) {
        Ok(templates) => Some(templates),
        Err(errors) => {
            diagnostics.extend(errors);
            None
        }
    };
    let planner = Planner {
        site,
        config: &loaded.config,
        theme: &loaded.theme,
    };
    let (jobs, errors) = output::plan(&planner, templates.as_ref());
    diagnostics.extend(errors);
    watch("plan", jobs.len());
    if let Some(templates) = &templates {
        let publishable = is_publishable(&diagnostics, strict);
        let view = View::new(site, &loaded.config, &loaded.theme, templates, &|_| {
            Default::default()
        });
        diagnostics.extend(render(
            &view,
            &jobs,
            &loaded.assets,
            publishable.then_some(&store),
        )?);
    }
    watch("render", jobs.len());
    report.diagnostics = located(&options.root, diagnostics);
    match is_publishable(&report.diagnostics, strict) {
        true => report.changes = Some(store.publish()?),
        false => drop(store),
    }
    watch(
        "store",
        report
            .changes
            .as_ref()
            .map_or(0, |changes| changes.written.len()),
    );
    Ok(report)
}

/// Reads and links a site: everything up to what is to be written.
///
/// The inner error is for a site that cannot be read at all: a wrong `site.toml`, a theme that is not there.
///
/// # Errors
/// What the machine refuses.
pub fn load(options: &Options, watch: Watch<'_>) -> Result<Result<Loaded, Vec<Diagnostic>>, Error> {
    let root = &options.root;
    let text = scan::file(root, config::FILE)?;
    let text = match diagnostic::utf8(config::FILE, &text) {
        Ok(text) => text,
        Err(error) => return Ok(Err(vec![*error])),
    };
    let config = match Config::parse(text, options.base_url.as_deref()) {
        Ok(config) => config,
        Err(errors) => return Ok(Err(located(root, errors))),
    };
    let today = match options.today {
        Today::Day(day) => day,
        Today::Moment(seconds) => config.zone.day_of(seconds),
    };
    let chain = match theme_chain(root, &config.theme)? {
        Ok(chain) => chain,
        Err(errors) => return Ok(Err(located(root, errors))),
    };
    let (theme, mut diagnostics) = Theme::assemble(&chain, &config.language);

    let (content, errors) = scan::content(root)?;
    diagnostics.extend(errors);
    watch("scan", content.articles.len() + content.assets.len());
    let parsed = parse_all(&content.articles, &config, &theme)?;
    let mut pages = Vec::with_capacity(parsed.len());
    let mut broken = Vec::new();
    for (file, (page, errors)) in content.articles.iter().zip(parsed) {
        diagnostics.extend(errors);
        match page {
            Some(page) => pages.push(page),
            None => broken.push(file.path.clone()),
        }
    }
    watch("parse", content.articles.len());
    let assets: Vec<String> = content
        .assets
        .iter()
        .map(|file| file.path.clone())
        .collect();
    let (site, errors) = link::link(
        pages,
        &link::Options {
            config: &config,
            today,
            drafts: options.drafts,
            future: options.future,
            picture_sizes: &picture_sizes(&content.assets)?,
            assets: &assets,
            broken: &broken,
            callouts: &theme.callouts,
        },
    );
    diagnostics.extend(errors);
    let diagnostics = located(root, diagnostics);
    watch("link", site.pages.len());
    Ok(Ok(Loaded {
        config,
        theme,
        site,
        assets: content.assets,
        diagnostics,
    }))
}

/// The theme and those that it extends, the built-in one in place of a missing `default`.
fn theme_chain(root: &Path, name: &str) -> Result<Result<Vec<ThemeFiles>, Vec<Diagnostic>>, Error> {
    let mut chain: Vec<ThemeFiles> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.take() {
        let asked_by = chain.last().map(|t: &ThemeFiles| t.path_of("theme.toml"));
        let (path, key) = asked_by
            .as_deref()
            .map_or((config::FILE, "theme"), |path| (path, "extends"));
        if chain.iter().any(|theme| theme.name == name) {
            let error = Diagnostic::error(
                "unknown-theme",
                path,
                format!("the theme `{name}` extends itself"),
            );
            return Ok(Err(vec![
                error
                    .at_item(key, &name)
                    .help("extend `default`, or nothing"),
            ]));
        }
        let plain_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
        let mut files = ThemeFiles {
            name: name.clone(),
            ..ThemeFiles::default()
        };
        if plain_name {
            for file in scan::theme(&root.join("themes").join(&name))? {
                let bytes = file.read()?;
                files.files.push((file.path, bytes));
            }
        }
        if files.files.is_empty() {
            if name != output::theme::DEFAULT {
                let known = scan::themes(root);
                return Ok(Err(vec![output::theme::unknown(&name, key, path, &known)]));
            }
            files = output::theme::built_in();
        }
        match output::theme::extends(&files) {
            Ok(extends) => next = extends,
            Err(errors) => return Ok(Err(errors)),
        }
        chain.push(files);
    }
    Ok(Ok(chain))
}

type Parsed = (Option<Page>, Vec<Diagnostic>);

/// Parses every file, on all threads; the results are in the files' order.
fn parse_all(files: &[SourceFile], config: &Config, theme: &Theme) -> Result<Vec<Parsed>, Error> {
    let options = parse::Options {
        zone: &config.zone,
        markdown: &config.markdown,
        language: &config.language,
        strings: &theme.strings,
    };
    files
        .par_iter()
        .map_init(
            || terms::Memory::new(&config.language),
            |memory, file| {
                if file.too_large() {
                    let path = format!("content/{}", file.path);
                    let error =
                        Diagnostic::error("too-large", &path, "this file is larger than 16 MiB")
                            .help(
                                "an article is text; keep data and pictures in files of their own",
                            );
                    return Ok((None, vec![error]));
                }
                Ok(parse::page(&file.path, &file.read()?, &options, memory))
            },
        )
        .collect()
}

/// Width and height of the pictures in `content/`, by path.
fn picture_sizes(assets: &[SourceFile]) -> Result<BTreeMap<String, (u32, u32)>, Error> {
    let pictures: Vec<&SourceFile> = assets
        .iter()
        .filter(|file| image_size::is_picture(&file.path))
        .collect();
    let sizes: Vec<Option<(String, (u32, u32))>> = pictures
        .par_iter()
        .map(|file| {
            // A camera may put 200 KB of its own before the size.
            let head = file.read_head(256 << 10)?;
            Ok(image_size::size(&file.path, &head).map(|size| (file.path.clone(), size)))
        })
        .collect::<Result<_, Error>>()?;
    Ok(sizes.into_iter().flatten().collect())
}

/// Renders every job, on all threads, and stages it in the store, if there is one.
fn render(
    view: &View<'_>,
    jobs: &[Job],
    assets: &[SourceFile],
    store: Option<&Store>,
) -> Result<Vec<Diagnostic>, Error> {
    let results: Vec<Option<Diagnostic>> = jobs
        .par_iter()
        .map(|job| {
            let rendered = match view.render(job) {
                Ok(rendered) => rendered,
                Err(diagnostic) => return Ok(Some(*diagnostic)),
            };
            if let Some(store) = store {
                let path = job.permalink.output_file();
                match rendered {
                    Rendered::Bytes(bytes) => store.stage(&path, &Source::Bytes(&bytes))?,
                    Rendered::Copy(asset) => {
                        store.stage(&path, &Source::File(&assets[asset].absolute))?
                    }
                }
            }
            Ok(None)
        })
        .collect::<Result<_, Error>>()?;
    // One mistake in a template is one, however many pages it shows on: the first by address tells it.
    let mut told: Vec<(String, Spot, String)> = Vec::new();
    let mut first = Vec::new();
    for diagnostic in results.into_iter().flatten() {
        let key = (
            diagnostic.path.clone(),
            diagnostic.spot.clone(),
            diagnostic.message.clone(),
        );
        if !told.contains(&key) {
            told.push(key);
            first.push(diagnostic);
        }
    }
    Ok(first)
}

fn is_publishable(diagnostics: &[Diagnostic], strict: bool) -> bool {
    diagnostics
        .iter()
        .all(|d| d.severity == Severity::Warning && !strict)
}

/// The diagnostics with their excerpts, sorted by place. Files are read again only for this.
fn located(root: &Path, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut texts: BTreeMap<String, Option<String>> = BTreeMap::new();
    for diagnostic in diagnostics
        .iter_mut()
        .filter(|d| d.excerpt.is_none() && d.spot != Spot::File)
    {
        let text = texts.entry(diagnostic.path.clone()).or_insert_with(|| {
            let bytes = scan::file(root, &diagnostic.path).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        });
        if let Some(text) = text {
            let toml = diagnostic.path.ends_with(".toml");
            diagnostic.locate(text, |text, key, item| match toml {
                true => config::find_key(text, key, item),
                false => parse::front_matter::find_key(text, key, item),
            });
        }
    }
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics
}
