//! The last step: publishes what was rendered, and keeps for the next build what was published and what it was made of.

use std::collections::BTreeSet;
use std::path::Path;

use super::configure::Configured;
use super::load::{Edition, Loaded};
use super::located::located;
use super::render::{RenderedSite, is_publishable};
use super::{Options, Pipeline, Report, Today, job, losses};
use crate::artwork::Artwork;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::Kept;
use crate::kept::record::{Record, Sources, Written};
use crate::model::date::Now;
use crate::model::site::Site;
use crate::scan::{self, Content, git};
use crate::store::{Changes, Store};

/// What a build knows before it reads anything: of itself, and of the one before.
pub(super) struct Before {
    /// All that a build depends on beside the files.
    conditions: Fingerprint,
    /// How the files look.
    pub(super) sources: Sources,
    /// What the build before published.
    pub(super) record: Option<Record>,
}

impl Before {
    pub(super) fn new(
        options: &Options,
        configured: &Configured,
        content: &Content,
        record: Option<Record>,
    ) -> Before {
        let mut sources = Sources::default();
        scan::sources(&options.root, content, &mut |folder, path, stamp| {
            sources.add(folder, path, stamp);
        });
        Before {
            conditions: conditions(options, configured),
            sources,
            record,
        }
    }

    /// What the build before published, if this one would publish the same.
    pub(super) fn still_holding(&self, root: &Path, now: Now, store: &Store) -> Option<&Record> {
        let record = self.record.as_ref()?;
        let is_due = record.turns.is_some_and(|turns| now.second >= turns);
        let look = |path: &str| store.look(path);
        let look_inside = |path: &str| scan::look_inside(root, path);
        let holds =
            !is_due && record.still_holds(self.conditions, &self.sources, &look, &look_inside);
        holds.then_some(record)
    }

    /// Keeps what was published, for the next build.
    fn keep(
        self,
        kept: &Kept,
        report: &Report,
        turns: Option<i64>,
        shown: Vec<Written>,
        outputs: Vec<Written>,
    ) {
        kept.keep_record(&Record {
            conditions: self.conditions,
            began: kept.began(),
            sources: self.sources.fingerprint(),
            turns,
            shown,
            outputs,
            quiet: report.diagnostics.is_empty() && report.known == 0,
            articles: report.articles as u64,
            guides: report.guides as u64,
            tags: report.tags as u64,
            skipped: report.skipped.clone(),
        });
    }
}

impl Pipeline<'_> {
    /// Publishes what was rendered, if nothing is wrong with it, and says what came of it.
    pub(super) fn publish(
        &mut self,
        loaded: &Loaded,
        artwork: &Artwork<'_>,
        rendered: &mut RenderedSite,
        before: Before,
        strict: bool,
        store: &mut Store,
    ) -> Result<Report, Error> {
        let mut report = Report::of_sites(&loaded.editions);
        let sites = || loaded.editions.iter().map(|edition| &edition.site);
        report.known = self.known;
        report.shown = shown(sites());
        report.rendered = rendered.made.iter().filter(|made| made.rendered).count();
        let diagnostics = std::mem::take(&mut rendered.diagnostics);
        report.diagnostics = located(&self.options.root, diagnostics);
        if is_publishable(&report.diagnostics, strict) {
            report.diagnostics.extend(losses::of_some(store));
        }
        let mut changed = 0;
        if is_publishable(&report.diagnostics, strict) {
            let changes = store.publish(report.articles)?;
            changed = changes.written.len();
            report.changes = Some(changes);
            artwork.prune(&rendered.pictures, &rendered.drawings);
            if let Some(kept) = self.kept {
                let (outputs, notes) = job::written(std::mem::take(&mut rendered.made));
                kept.keep_notes(&notes);
                let look = |path: &String| Written {
                    path: path.clone(),
                    stamp: scan::look_inside(&self.options.root, path),
                };
                let shown = report.shown.iter().map(look).collect();
                let turns = sites().filter_map(|site| site.turns).min();
                before.keep(kept, &report, turns, shown, outputs);
            }
        }
        (self.watch)("store", changed);
        Ok(report)
    }
}

impl Report {
    /// What is said of a site of which nothing can be built.
    pub(super) fn of_mistakes(diagnostics: Vec<Diagnostic>) -> Report {
        Report {
            diagnostics,
            ..Report::default()
        }
    }

    /// What is said of a site, but for what is wrong with it.
    fn of_sites(editions: &[Edition]) -> Report {
        let mut report = Report::default();
        for site in editions.iter().map(|edition| &edition.site) {
            let tags = site.tags().rows().iter();
            report.articles += site.articles.len();
            report.guides += site.guides.len();
            report.tags += tags.filter(|tag| !tag.articles.is_empty()).count();
            let skipped = site.skipped.clone();
            report.skipped.drafts.extend(skipped.drafts);
            report.skipped.scheduled.extend(skipped.scheduled);
            report.skipped.expired.extend(skipped.expired);
        }
        let all = &mut report.skipped;
        for files in [&mut all.drafts, &mut all.scheduled, &mut all.expired] {
            files.sort();
        }
        report
    }

    /// What is said of a site that is as the last build left it.
    pub(super) fn unchanged(record: &Record) -> Report {
        Report {
            changes: Some(Changes {
                unchanged: record.outputs.len(),
                ..Changes::default()
            }),
            articles: record.articles as usize,
            guides: record.guides as usize,
            tags: record.tags as usize,
            skipped: record.skipped.clone(),
            ..Report::default()
        }
    }
}

/// The files that are shown in pages.
fn shown<'s>(sites: impl Iterator<Item = &'s Site>) -> Vec<String> {
    let files = sites.flat_map(|site| site.pages.iter());
    let files = files.flat_map(|page| &page.included);
    let paths: BTreeSet<&str> = files.map(|file| file.path.as_str()).collect();
    let named = paths.into_iter().filter(|path| !path.is_empty());
    named.map(str::to_owned).collect()
}

/// What a build depends on beside the files.
fn conditions(options: &Options, configured: &Configured) -> Fingerprint {
    let now = configured.now;
    let mut mix = Mix::default();
    mix.add(&(&options.base_url, options.drafts, options.future, now.day));
    // The clock's moment is another each time: until when a record holds, it says itself.
    let asked = !matches!(options.today, Today::Moment(_));
    mix.add(&asked.then_some(now.second));
    let dates = configured.config.git.dates;
    mix.add(&dates.then(|| git::commit(&options.root)));
    mix.finish()
}
