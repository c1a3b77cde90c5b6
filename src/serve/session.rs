//! One session of serving: builds the site anew after a change, leaves what is known of it for the requests, and
//! tells the open pages what concerns them.

use std::sync::Arc;
use std::time::Instant;

use super::listeners::Event;
use super::messages;
use super::state::{Shown, Site, State};
use super::{Tell, Told};
use crate::build::preview::Built;
use crate::error::Error;
use crate::store::{Changes, serving};
use crate::{Build, Report, build_and_hold};

/// A build, and what came of it.
pub struct Rebuilt {
    /// The files that changed, relative to the root; none for the first build.
    pub changed: Vec<String>,
    /// Seconds until the edited article could be seen, where it was shown before the build.
    pub seen: Option<f64>,
    /// Seconds that it took.
    pub seconds: f64,
    /// What came of it.
    pub outcome: Outcome,
}

impl Rebuilt {
    /// The files that pages show as a part of theirs.
    pub(super) fn shown(&self) -> Vec<String> {
        match &self.outcome {
            Outcome::Built(report) => report.shown.clone(),
            Outcome::Refused(_) => Vec::new(),
        }
    }
}

/// What came of a build.
pub enum Outcome {
    /// It was published, if the report names changes; else there are mistakes, and the last good site stays.
    Built(Box<Report>),
    /// The machine refused.
    Refused(Error),
}

/// The site that is served, from build to build.
pub(super) struct Session<'a> {
    state: &'a State,
    /// As it was last published.
    site: Option<Arc<Site>>,
}

impl<'a> Session<'a> {
    /// Before the first build.
    pub(super) fn new(state: &'a State) -> Session<'a> {
        Session { state, site: None }
    }

    /// Builds the site after these files changed, shows it, and tells the open pages.
    #[expect(clippy::disallowed_methods, reason = "says how long it took")]
    pub(super) fn rebuild(&mut self, changed: Vec<String>, tell: &mut Tell) -> Rebuilt {
        let start = Instant::now();
        let seen = self.preview(&changed);
        let after = start.elapsed().as_secs_f64();
        tell(Told::Begin);
        let options = self.state.options();
        let how = Build {
            output: &self.state.folder,
            strict: false,
            cache: true,
            held: crate::HELD,
        };
        let built = build_and_hold(&options, how, &mut |stage, count| {
            tell(Told::Stage(stage, count));
        });
        let outcome = match built {
            Ok((mut report, built)) => {
                self.show(&changed, &report, built);
                add(&seen, &mut report);
                Outcome::Built(Box::new(report))
            }
            Err(error) => {
                self.show_refusal(&error);
                Outcome::Refused(error)
            }
        };
        self.state.listeners.tell(&Event::Built);
        Rebuilt {
            changed,
            seen: seen.map(|_| after),
            seconds: start.elapsed().as_secs_f64(),
            outcome,
        }
    }

    /// Shows the page of the one article that was edited, as far as it can be known before the build. Gives its file.
    fn preview(&self, changed: &[String]) -> Option<String> {
        let [path] = changed else { return None };
        let source = path.strip_prefix("content/")?;
        // What cannot be shown now, the build shows or says.
        let page = self.site.as_ref()?.write().show(source).ok()??;
        serving::show(&self.state.folder, &page.file, &page.bytes).ok()?;
        let event = Event::Page(vec![address(&page.file)]);
        self.state.listeners.tell(&event);
        Some(page.file)
    }

    fn show(&mut self, changed: &[String], report: &Report, built: Option<Built>) {
        let before = self.site.clone();
        if report.changes.is_some() {
            self.site = built.map(|built| Arc::new(Site::new(built)));
        }
        let failed = report.changes.is_none();
        let mended = self.state.shown().failed && !failed;
        self.state.show(Shown {
            site: self.site.clone(),
            diagnostics: report.diagnostics.clone(),
            failed,
            built: true,
            ..Shown::default()
        });
        let listeners = &self.state.listeners;
        if failed {
            let html = messages::of(self.state, &self.state.shown());
            listeners.tell(&Event::Errors(html));
        } else if mended {
            listeners.tell(&Event::Errors(String::new()));
        }
        if let Some(changes) = &report.changes {
            let swaps = stylesheets(changed, before.as_deref(), self.site.as_deref(), changes);
            if !swaps.is_empty() {
                listeners.tell(&Event::Css(swaps));
            } else if !changes.written.is_empty() || !changes.removed.is_empty() {
                listeners.tell(&Event::Page(addresses(changes)));
            }
        }
    }

    fn show_refusal(&self, error: &Error) {
        self.state.show(Shown {
            site: self.site.clone(),
            refusal: Some(error.to_string()),
            failed: true,
            built: true,
            ..Shown::default()
        });
        let html = messages::of(self.state, &self.state.shown());
        self.state.listeners.tell(&Event::Errors(html));
    }
}

/// Counts the page that was shown before the build among those that it wrote.
fn add(seen: &Option<String>, report: &mut Report) {
    if let (Some(file), Some(changes)) = (seen, &mut report.changes)
        && !changes.written.contains(file)
    {
        changes.written.push(file.clone());
        changes.unchanged = changes.unchanged.saturating_sub(1);
    }
}

/// The stylesheets that have new bytes, with their addresses before and now; none where anything else changed too.
fn stylesheets(
    changed: &[String],
    before: Option<&Site>,
    now: Option<&Site>,
    changes: &Changes,
) -> Vec<(String, String)> {
    let is_css = |path: &str| path.ends_with(".css");
    let (Some(before), Some(now)) = (before, now) else {
        return Vec::new();
    };
    let (before, now) = (&before.read().loaded, &now.read().loaded);
    if !changed.iter().all(|path| is_css(path)) {
        return Vec::new();
    }
    let address = |path: &str| format!("/{path}");
    let mut swaps = Vec::new();
    for asset in now
        .first()
        .theme
        .assets
        .iter()
        .filter(|asset| is_css(&asset.path))
    {
        let old = before
            .first()
            .theme
            .assets
            .iter()
            .find(|old| old.path == asset.path);
        if let Some(old) = old.filter(|old| old.published != asset.published) {
            swaps.push((address(&old.published), address(&asset.published)));
        }
    }
    let own = |path: &&String| {
        is_css(path)
            && before
                .first()
                .site
                .assets
                .iter()
                .any(|a| a.as_str() == address(path))
    };
    swaps.extend(
        changes
            .written
            .iter()
            .filter(own)
            .map(|path| (address(path), address(path))),
    );
    swaps
}

/// Where the files that were written or removed stand on the site.
fn addresses(changes: &Changes) -> Vec<String> {
    let files = changes.written.iter().chain(&changes.removed);
    files.map(|file| address(file)).collect()
}

fn address(file: &str) -> String {
    match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    }
}
