//! Tells which of the author's files changed. Folders are watched, never files: editors save by renaming. A burst of
//! changes is one. The only module that knows notify.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{
    Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as System,
};

use crate::build::baseline;
use crate::config;
use crate::error::Error;
use crate::scan;
use crate::suggest::refused;

/// A burst is over when nothing changed for so long. An editor's save takes a few milliseconds.
const QUIET: Duration = Duration::from_millis(12);
/// Or when it lasts so long: what is written all the time must not keep the author waiting.
const LONGEST: Duration = Duration::from_millis(200);
/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_secs(1);

/// The folders beside `site.toml` that are watched with all that is in them.
const FOLDERS: [&str; 4] = ["content", "data", "static", "themes"];

/// Watches a site.
pub(super) struct Watcher {
    root: PathBuf,
    /// Files of other folders that pages show: paths from the root on.
    shown: BTreeSet<String>,
    system: Box<dyn System + Send>,
    changes: Receiver<notify::Result<Event>>,
    /// Why the files are looked at every second instead.
    pub(super) polls: Option<String>,
}

impl Watcher {
    /// Begins to watch the site at `root`, a path without symlinks.
    ///
    /// # Errors
    /// The root cannot be watched in any way.
    pub(super) fn new(root: &Path) -> Result<Watcher, Error> {
        let (sender, changes) = mpsc::channel();
        let (system, polls) = match by_system(root, sender.clone()) {
            Ok(system) => (system, None),
            Err(error) => {
                let polling = by_looking(root, sender).map_err(|error| {
                    Error::refused(
                        format!("{} cannot be watched: {error}", root.display()),
                        "see that the folder can be read; gen build needs no watching",
                    )
                })?;
                (polling, Some(error.to_string()))
            }
        };
        Ok(Watcher {
            root: root.to_path_buf(),
            shown: BTreeSet::new(),
            system,
            changes,
            polls,
        })
    }

    /// Watches these files too, which a build read for pages that show them: paths from the root on, be they there or not.
    pub(super) fn watch_shown(&mut self, files: Vec<String>) {
        let beside = files.into_iter().filter(|file| !is_source(file));
        self.shown.extend(beside);
        self.follow();
    }

    /// Watches the folders of the files that pages show. Of one that is not there, the folder above it tells.
    fn follow(&mut self) {
        for file in &self.shown {
            let path = self.root.join(file);
            let mut folders = path.ancestors().skip(1);
            let there = folders.find(|folder| folder.is_dir());
            if let Some(folder) = there.filter(|folder| *folder != self.root) {
                let _ = self.system.watch(folder, RecursiveMode::NonRecursive);
            }
        }
    }

    /// Whether a path is a file that pages show, or a folder of one.
    fn is_shown(&self, path: &str) -> bool {
        let is_folder = |file: &String| {
            file.strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        self.shown.contains(path) || self.shown.iter().any(is_folder)
    }

    /// Waits for the next change: the files, relative to the root, sorted. None when there will be no more.
    pub(super) fn next(&mut self) -> Option<Vec<String>> {
        loop {
            let mut burst = Burst::default();
            let first = self.changes.recv().ok()?;
            if !self.note(first, &mut burst) {
                continue;
            }
            self.settle(&mut burst);
            // What came and went within one burst was some program's own.
            let passed = |path: &String| burst.new.contains(path) && !self.root.join(path).exists();
            let changed: Vec<String> = burst
                .changed
                .iter()
                .filter(|path| !passed(path))
                .cloned()
                .collect();
            if !changed.is_empty() {
                return Some(changed);
            }
        }
    }

    /// Waits for the end of a burst.
    #[expect(clippy::disallowed_methods, reason = "measures how long it lasts")]
    fn settle(&mut self, burst: &mut Burst) {
        let end = Instant::now() + LONGEST;
        let mut quiet = Instant::now() + QUIET;
        loop {
            let wait = quiet.min(end).saturating_duration_since(Instant::now());
            match self.changes.recv_timeout(wait) {
                Ok(next) => {
                    if self.note(next, burst) {
                        quiet = Instant::now() + QUIET;
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Adds what the system tells of, and says whether it was of the author's files.
    fn note(&mut self, told: notify::Result<Event>, burst: &mut Burst) -> bool {
        let event = match told {
            Ok(event) => event,
            // What it could not look at may be gone or changed: one look too many does no harm.
            Err(error) => Event::new(EventKind::Any).add_some_path(error.paths.first().cloned()),
        };
        let mut ours = event.need_rescan();
        if ours {
            burst.changed.insert(FOLDERS[0].to_owned());
        }
        if !is_change(event.kind) {
            return ours;
        }
        for path in event.paths {
            let Some(name) = within(&self.root, &path) else {
                continue;
            };
            if self.is_shown(&name) {
                self.follow();
            } else if !is_source(&name) {
                continue;
            }
            ours = true;
            if FOLDERS.contains(&name.as_str()) {
                // It may be another folder of this name by now.
                let _ = self.system.unwatch(&path);
                let _ = self.system.watch(&path, RecursiveMode::Recursive);
            }
            if matches!(event.kind, EventKind::Create(_)) && !burst.changed.contains(&name) {
                burst.new.insert(name.clone());
            }
            burst.changed.insert(name);
        }
        ours
    }
}

/// Changes that count as one: paths relative to the root.
#[derive(Default)]
struct Burst {
    /// All of them.
    changed: BTreeSet<String>,
    /// Those that were not there before.
    new: BTreeSet<String>,
}

fn by_system(
    root: &Path,
    sender: Sender<notify::Result<Event>>,
) -> notify::Result<Box<dyn System + Send>> {
    let mut system = RecommendedWatcher::new(sender, Config::default())?;
    watch_folders(&mut system, root)?;
    Ok(Box::new(system))
}

fn by_looking(
    root: &Path,
    sender: Sender<notify::Result<Event>>,
) -> notify::Result<Box<dyn System + Send>> {
    let mut polling = PollWatcher::new(sender, Config::default().with_poll_interval(POLL))?;
    watch_folders(&mut polling, root)?;
    Ok(Box::new(polling))
}

fn watch_folders(watcher: &mut dyn System, root: &Path) -> notify::Result<()> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|name| root.join(name)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

/// Reading is none; a build reads everything.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// A path relative to the root; none outside of it, and for what editors leave.
fn within(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?.iter();
    let parts: Vec<&str> = below.map(|part| part.to_str()).collect::<Option<_>>()?;
    (!parts.iter().any(|part| scan::is_litter(part))).then(|| parts.join("/"))
}

/// Whether any build, or the desk, may read a file or folder, whatever stands in the pages.
fn is_source(path: &str) -> bool {
    match path.split_once('/') {
        None => {
            [config::FILE, baseline::FILE, refused::FILE].contains(&path) || FOLDERS.contains(&path)
        }
        Some((folder, _)) => FOLDERS.contains(&folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_together_is_one_change() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let (sender, changes) = mpsc::channel();
        let mut watcher = Watcher {
            system: Box::new(notify::NullWatcher),
            root: root.clone(),
            shown: BTreeSet::new(),
            changes,
            polls: None,
        };
        let tell = |kind: EventKind, name: &str| {
            let event = Event::new(kind).add_path(root.join(name));
            sender.send(Ok(event)).unwrap();
        };
        let create = EventKind::Create(notify::event::CreateKind::File);
        let read = EventKind::Access(AccessKind::Read);
        tell(read, "content/a.md");
        tell(EventKind::Any, "public/a.html");
        for name in ["content/b.md", "content/a.md", "content/b.md", "site.toml"] {
            tell(EventKind::Any, name);
        }
        // What came and went was some program's own; what was there before is not there now.
        tell(create, "content/sedXYZ");
        tell(EventKind::Any, "content/gone.md");
        tell(create, "content/gone.md");
        let together = [
            "content/a.md",
            "content/b.md",
            "content/gone.md",
            "site.toml",
        ];
        assert_eq!(watcher.next().unwrap(), together);
        drop(sender);
        assert_eq!(watcher.next(), None);
    }

    #[test]
    fn what_a_build_reads_is_told_and_nothing_else() {
        let of =
            |path: &str| within(Path::new("/s"), Path::new(path)).filter(|path| is_source(path));
        for told in [
            "content",
            "content/a/b.md",
            "themes/x/theme.toml",
            "site.toml",
            "content/.well-known/x",
        ] {
            assert_eq!(of(&format!("/s/{told}")).as_deref(), Some(told));
        }
        for passed in [
            "public/index.html",
            ".gen/serve/index.html",
            ".git/index",
            "target/debug/gen",
            "notes.md",
            "site.toml~",
            "content/.#x.md",
            "content/x.md~",
            "content/.x.md.swp",
            "content/4913",
            "content/#x.md#",
            "content/.goutputstream-1A2B",
            "content/x.md___jb_tmp___",
            "content/.obsidian/a.json",
            "site.toml/x",
        ] {
            assert_eq!(of(&format!("/s/{passed}")), None, "{passed}");
        }
        assert_eq!(of("/elsewhere/content/a.md"), None);
        assert_eq!(of("/s"), None);
    }
}
