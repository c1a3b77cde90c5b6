//! One run of the pipeline, from the files found to the files published: a build, or the rehearsal of one.

use std::borrow::Cow;
use std::path::Path;

use crate::artwork::Artwork;
use crate::bodies::Bodies;
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::Kept;
use crate::kept::record::{Notes, Record, Sources, Written};
use crate::load::{self, Loaded};
use crate::model::date::Now;
use crate::model::site::Site;
use crate::output::{self, Planner, Renderer, card, search};
use crate::preview::Built;
use crate::publish::{self, Rendering};
use crate::scan::{self, Content};
use crate::store::{Changes, Store};
use crate::{Look, Options, Report, Today, Watch};

/// Fewer files are removed without a word.
const FEW: usize = 3;

/// Of sites with more files no notes are kept of what each is made of: they would take more memory than they save time.
const MOST_NOTED: usize = 300_000;

/// A build, or the rehearsal of one.
pub(crate) struct Run<'a> {
    /// What is published; nothing in a rehearsal.
    pub(crate) store: Option<&'a mut Store>,
    pub(crate) kept: Option<&'a Kept>,
    pub(crate) strict: bool,
    pub(crate) cache: bool,
    /// The site is handed out.
    pub(crate) hold: bool,
    /// Bytes of HTML that pages hold at most.
    pub(crate) held: usize,
    pub(crate) look: Option<Look<'a>>,
}

/// What came of a run, and the site where it is held.
pub(crate) type Ran = Result<(Report, Option<Built>), Error>;

impl Run<'_> {
    /// Goes all the way.
    ///
    /// # Errors
    /// What the machine refuses.
    pub(crate) fn all(mut self, options: &Options, watch: Watch<'_>) -> Ran {
        let root = &options.root;
        let configured = match load::configure(options)? {
            Ok(configured) => configured,
            Err(diagnostics) => return Ok((mistakes(diagnostics), None)),
        };
        let conditions = conditions(options, configured.now);
        let (found, before) =
            rayon::join(|| scan::content(root), || self.kept.and_then(Kept::record));
        let found = found?;
        if let Some(error) = no_articles(&found.0, self.store.as_deref()) {
            let mut diagnostics = found.1;
            diagnostics.push(error);
            return Ok((mistakes(diagnostics), None));
        }
        let mut sources = Sources::default();
        scan::sources(root, &found.0, &mut |folder, path, stamp| {
            sources.add(folder, path, stamp);
        });
        watch("scan", sources.count);
        let now = configured.now.second;
        let holds = |record: &Record, store: &Store| {
            record.turns.is_none_or(|turns| now < turns)
                && record.still_holds(conditions, &sources, &|path| store.look(path))
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
        let (held, asked) = (self.held, self.look.is_some());
        let loaded = load::load(options, configured, found, self.kept, held, asked, watch)?;
        let mut loaded = match loaded {
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
            sources: sources.fingerprint(),
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
        let make = |id| bodies.body(site.page(id)).map(Cow::into_owned);
        let drawings = match &templates {
            Some(templates) => {
                let renderer = Renderer::new(&planner, templates, &make);
                let (drawings, errors) = card::drawings(&planner, &renderer);
                diagnostics.extend(errors);
                drawings
            }
            None => Vec::new(),
        };
        let planner = Planner {
            drawings: &drawings,
            ..planner
        };
        let (jobs, errors) = output::plan(&planner, templates.as_ref());
        diagnostics.extend(errors);
        watch("plan", jobs.len());
        let mut made = Vec::new();
        if let Some(templates) = &templates {
            let noted = self.kept.filter(|_| jobs.len() <= MOST_NOTED);
            let files = noted.map_or(Vec::new(), |kept| {
                publish::files(&loaded.assets, kept.began())
            });
            let mut renderer = Renderer::new(&planner, templates, &make);
            if noted.is_some() {
                renderer = renderer.noting(&planner, loaded.common, &files);
            }
            let store = self.store.as_deref();
            let rendering = Rendering {
                renderer: &renderer,
                assets: &loaded.assets,
                articles: &loaded.articles,
                artwork: &artwork,
                store: store.filter(|_| is_publishable(&diagnostics, self.strict)),
                before: known.before.as_ref(),
                notes: noted.map_or_else(Notes::default, Kept::notes),
            };
            let (outputs, errors) = rendering.all(&jobs)?;
            diagnostics.extend(errors);
            made = outputs;
        }
        let mut report = counted(site);
        report.rendered = made.iter().filter(|made| made.rendered).count();
        watch("render", report.rendered);
        report.diagnostics = load::located(root, diagnostics);
        let mut publishable = is_publishable(&report.diagnostics, self.strict);
        if let Some(store) = self.store.as_deref().filter(|_| publishable) {
            report.diagnostics.extend(losses(store));
            publishable = is_publishable(&report.diagnostics, self.strict);
        }
        if let Some(store) = self.store.filter(|_| publishable) {
            report.changes = Some(store.publish(report.articles)?);
            artwork.prune(&pictures, &drawings);
            if let Some(kept) = self.kept {
                let (outputs, notes) = publish::written(made);
                kept.keep_notes(&notes);
                known.keep(kept, &report, site.turns, outputs);
            }
        }
        let changed = report
            .changes
            .as_ref()
            .map_or(0, |changes| changes.written.len());
        watch("store", changed);
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
    sources: Fingerprint,
    before: Option<Record>,
}

impl Known {
    /// Keeps what was published, for the next build.
    fn keep(self, kept: &Kept, report: &Report, turns: Option<i64>, outputs: Vec<Written>) {
        kept.keep_record(&Record {
            conditions: self.conditions,
            began: kept.began(),
            sources: self.sources,
            turns,
            outputs,
            quiet: report.diagnostics.is_empty(),
            articles: report.articles as u64,
            guides: report.guides as u64,
            tags: report.tags as u64,
            skipped: report.skipped.clone(),
        });
    }
}

/// The error that there is nothing to publish where there was something: folders are not there by mistake.
fn no_articles(content: &Content, store: Option<&Store>) -> Option<Diagnostic> {
    let before = store.map_or(0, Store::articles_before);
    let lost = content.articles.is_empty() && before > 0;
    lost.then(|| {
        let message = format!("there is no article in content/; the last build published {before}, and they stay");
        Diagnostic::error("no-articles", "content", message).help(
            "put the files back; if nothing is to be left of the site, remove the output folder and build again",
        )
    })
}

/// What is said before something is lost: most of the site, or what somebody wrote into a published file.
fn losses(store: &Store) -> Vec<Diagnostic> {
    let losses = store.losses();
    let mut told = Vec::new();
    if losses.removed >= FEW && losses.removed * 2 > losses.before {
        let message = format!(
            "this build removes {} of {} published files",
            losses.removed, losses.before
        );
        told.push(Diagnostic::warning("removes-most", config::FILE, message).help(
            "if that is not meant, look for what is missing in content/, and at base_url and --output; with --strict, nothing is removed",
        ));
    }
    if let Some(first) = losses.edited.first() {
        let message = match losses.edited.len() {
            1 => "this published file was changed by hand; gen writes it anew".to_owned(),
            several => format!(
                "this and {} other published files were changed by hand; gen writes them anew",
                several - 1
            ),
        };
        told.push(Diagnostic::note("edited-output", first, message).help(
            "change what it is made of, in content/ or in a theme: what is in the output folder does not last",
        ));
    }
    told
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

/// What a build depends on beside the files.
fn conditions(options: &Options, now: Now) -> Fingerprint {
    let mut mix = Mix::default();
    mix.add(&(&options.base_url, options.drafts, options.future, now.day));
    // The clock's moment is another each time: until when a record holds, it says itself.
    let asked = !matches!(options.today, Today::Moment(_));
    mix.add(&asked.then_some(now.second));
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
