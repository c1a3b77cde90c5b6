//! Writes the site into its output folder: first beside it, then by renames, so that what is published is
//! whole at every moment. Removes only what it once wrote. Knows bytes and paths, not pages.

pub mod author;
pub mod cache;
pub mod derived;
mod guard;
mod manifest;
mod removing;
pub mod serving;
pub mod unzip;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::scan::Stamp;
use manifest::Manifest;
use removing::{is_in_the_way, remove, remove_folder};

/// New bytes are put together here before they are published, inside an output folder that is there already.
const STAGING: &str = ".gen-staging";

/// An output folder, locked for one build.
pub struct Store {
    root: PathBuf,
    output: PathBuf,
    staging: PathBuf,
    /// There was no folder: the whole staged folder takes the place of the empty one that holds the lock.
    fresh: bool,
    old: Manifest,
    /// Whether a file that is not as it was left was changed by hand, and not by a killed build or a preview.
    knows_bytes: bool,
    done: Mutex<Done>,
    /// Released when the store is dropped.
    _lock: File,
}

/// What was staged so far.
#[derive(Default)]
struct Done {
    written: Vec<String>,
    files: BTreeMap<String, Fingerprint>,
    /// Files that somebody else changed since they were published.
    edited: BTreeSet<String>,
}

/// What publishing takes away.
#[derive(Debug)]
pub struct Losses {
    /// So many published files are removed; those do not count that have a fingerprint in their names, and another one
    /// with every change.
    pub removed: usize,
    /// So many there are.
    pub before: usize,
    /// Files that somebody else changed, with the name of their folder, sorted.
    pub edited: Vec<String>,
}

/// What publishing changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files with new bytes, sorted.
    pub written: Vec<String>,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files that `gen` once wrote and that are no longer planned, sorted.
    pub removed: Vec<String>,
}

impl Store {
    /// Opens the output folder of the site at `root`, and keeps other builds out of it.
    ///
    /// # Errors
    /// The folder is one that `gen` must not touch, or another build is at work in it.
    pub fn open(root: &Path, output: &Path) -> Result<Store, Error> {
        let (root, output) = guard::checked(root, output)?;
        let (lock, fresh) = guard::lock(&output)?;
        let staging = match fresh {
            true => beside(&output),
            false => output.join(STAGING),
        };
        let killed = staging.exists();
        // What a killed build left behind. The lock says that nobody is at work on it.
        remove_folder(&staging)?;
        remove_folder(&beside(&output))?;
        let old = match fresh {
            true => Manifest::default(),
            false => Manifest::read(&root, &output)?,
        };
        Ok(Store {
            knows_bytes: !killed && !output.starts_with(root.join(cache::FOLDER)),
            root,
            output,
            staging,
            fresh,
            old,
            done: Mutex::default(),
            _lock: lock,
        })
    }

    /// Puts one file in readiness, if it is not in the output folder already. From any thread. Gives how it looks.
    ///
    /// # Errors
    /// The system's refusal, or a file of somebody else's in the way. Nothing is published then.
    pub fn stage(&self, path: &str, bytes: &[u8]) -> Result<Stamp, Error> {
        let fingerprint = Fingerprint::of(bytes);
        let there = match self.fresh {
            true => None,
            false => stamp_if_same(&self.output.join(path), bytes),
        };
        let (stamp, edited) = match there {
            Some(stamp) => (stamp, false),
            None => {
                self.refuse_foreign(path)?;
                let edited = self.is_edited(path, Some(fingerprint));
                (self.write(path, bytes)?, edited)
            }
        };
        let mut done = self.done();
        if there.is_none() {
            done.written.push(path.to_owned());
        }
        if edited {
            done.edited.insert(path.to_owned());
        }
        done.files.insert(path.to_owned(), fingerprint);
        Ok(stamp)
    }

    /// How a file of the output folder looks; none where there is no plain file.
    pub fn look(&self, path: &str) -> Option<Stamp> {
        let metadata = fs::symlink_metadata(self.output.join(path)).ok()?;
        metadata.is_file().then(|| Stamp::of_written(&metadata))
    }

    /// Leaves a file as it is, if it is one that `gen` wrote. From any thread.
    pub fn keep(&self, path: &str) -> bool {
        let Some(fingerprint) = self.old.files.get(path) else {
            return false;
        };
        let mut done = self.done();
        done.files.insert(path.to_owned(), *fingerprint);
        true
    }

    /// Whether a published file holds other bytes than were published, and than are to be.
    fn is_edited(&self, path: &str, new: Option<Fingerprint>) -> bool {
        let Some(old) = self.old.files.get(path).filter(|_| self.knows_bytes) else {
            return false;
        };
        let there = self.output.join(path);
        let is_file = fs::symlink_metadata(&there).is_ok_and(|found| found.is_file());
        let bytes = is_file.then(|| File::open(&there).and_then(read_all).ok());
        bytes.flatten().is_some_and(|bytes| {
            let found = Fingerprint::of(&bytes);
            found != *old && Some(found) != new
        })
    }

    /// How many articles the last build had; none where nothing is published.
    pub fn articles_before(&self) -> usize {
        self.old.articles
    }

    /// What is worth a word before [`Store::publish`]: files that it removes, or that somebody else changed.
    pub fn losses(&self) -> Losses {
        let done = self.done();
        let mut edited = done.edited.clone();
        let stale = self
            .old
            .files
            .keys()
            .filter(|path| !done.files.contains_key(*path));
        let mut removed = 0;
        for path in stale {
            removed += usize::from(!is_fingerprinted(path));
            if self.is_edited(path, None) {
                edited.insert(path.clone());
            }
        }
        let named = self.old.files.keys().filter(|path| !is_fingerprinted(path));
        let before = named.count();
        let folder = self
            .output
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        Losses {
            removed,
            before,
            edited: edited
                .iter()
                .map(|path| format!("{folder}/{path}"))
                .collect(),
        }
    }

    fn done(&self) -> MutexGuard<'_, Done> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refuse_foreign(&self, path: &str) -> Result<(), Error> {
        match self.fresh {
            true => Ok(()),
            false => guard::free(&self.output, path, &|path| {
                self.old.files.contains_key(path)
            }),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, Error> {
        let staged = self.staging.join(path);
        let create = || {
            let mut file = File::create(&staged)?;
            file.write_all(bytes)?;
            Ok(Stamp::of_written(&file.metadata()?))
        };
        let in_new_folder = |folder| fs::create_dir_all(folder).and_then(|()| create());
        let done = match staged.parent() {
            // Nearly every page has a folder of its own, which is not there yet.
            Some(folder) if path.ends_with("/index.html") => in_new_folder(folder),
            Some(folder) => create().or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => in_new_folder(folder),
                _ => Err(error),
            }),
            None => create(),
        };
        done.map_err(Error::io("could not write", &staged))
    }

    /// Publishes all that was staged and removes what is no longer planned.
    ///
    /// # Errors
    /// The system's refusal. Each file is old or new then, and the next build mends the rest.
    pub fn publish(&mut self, articles: usize) -> Result<Changes, Error> {
        let done = self.done.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Done {
            mut written, files, ..
        } = std::mem::take(done);
        let manifest = |files| Manifest {
            files,
            site: None,
            articles,
        };
        written.sort();
        let unchanged = files.len() - written.len();
        if self.fresh {
            fs::create_dir_all(&self.staging)
                .map_err(Error::io("could not write", &self.staging))?;
            manifest(files).write(&self.root, &self.output)?;
            fs::rename(&self.staging, &self.output)
                .map_err(Error::io("could not write", &self.output))?;
            // What is there now stays, however the build ends.
            self.fresh = false;
            return Ok(Changes {
                written,
                unchanged,
                removed: Vec::new(),
            });
        }
        let stale: Vec<String> = self
            .old
            .files
            .keys()
            .filter(|path| !files.contains_key(*path))
            .cloned()
            .collect();
        let is_same = articles == self.old.articles && files == self.old.files;
        if written.is_empty()
            && stale.is_empty()
            && is_same
            && !self.output.join(manifest::OLD).exists()
        {
            return Ok(Changes {
                written,
                unchanged,
                removed: Vec::new(),
            });
        }
        let is_new = |(path, _): &(&String, &Fingerprint)| !self.old.files.contains_key(*path);
        let mut new = files.iter().filter(is_new).peekable();
        if new.peek().is_some() {
            // If this build is killed from here on, the next one must know both the old files and the new.
            let new = new.map(|(path, fingerprint)| (path.clone(), *fingerprint));
            let mut both = self.old.files.clone();
            both.extend(new);
            manifest(both).write(&self.root, &self.output)?;
        }
        let planned: BTreeSet<&str> = files.keys().map(String::as_str).collect();
        let (in_the_way, later): (Vec<&String>, Vec<&String>) =
            stale.iter().partition(|path| is_in_the_way(path, &planned));
        for path in in_the_way {
            remove(&self.output, path)?;
        }
        for path in &written {
            let (from, to) = (self.staging.join(path), self.output.join(path));
            fs::rename(&from, &to)
                .or_else(|error| match (error.kind(), to.parent()) {
                    (io::ErrorKind::NotFound, Some(folder)) => {
                        fs::create_dir_all(folder).and_then(|()| fs::rename(&from, &to))
                    }
                    _ => Err(error),
                })
                .map_err(Error::io("could not write", &to))?;
        }
        for path in later {
            remove(&self.output, path)?;
        }
        manifest(files).write(&self.root, &self.output)?;
        Ok(Changes {
            written,
            unchanged,
            removed: stale,
        })
    }
}

/// The files that `gen` wrote into an output folder. No build changes them while this is held.
pub struct Published {
    /// By path in the folder.
    pub files: BTreeMap<String, Fingerprint>,
    _lock: File,
}

impl Published {
    /// Those of the site at `root`.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(root: &Path, output: &Path) -> Result<Published, Error> {
        let (root, output) = guard::checked(root, output)?;
        let (lock, _) = guard::lock(&output)?;
        Ok(Published {
            files: Manifest::read(&root, &output)?.files,
            _lock: lock,
        })
    }
}

/// Throws away what was staged and not published, however the build ends; the output folder is as it was.
impl Drop for Store {
    fn drop(&mut self) {
        // What cannot be removed now, the next build removes.
        let _ = remove_folder(&self.staging);
        if self.fresh {
            // Only where nothing was published: it is empty then.
            let _ = fs::remove_dir(&self.output);
        }
    }
}

/// A place for the new folder, on the same file system as the output.
fn beside(output: &Path) -> PathBuf {
    let name = output
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    output.with_file_name(format!(".{name}{STAGING}"))
}

/// Whether a file has a fingerprint in its name: `style.3f2a1b9c04.css`.
fn is_fingerprinted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split('.')
        .any(|part| part.len() == 10 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn read_all(mut file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How the file at `path` looks, if it holds just these bytes. A symlink does not: it is replaced by a file.
fn stamp_if_same(path: &Path, bytes: &[u8]) -> Option<Stamp> {
    let found = fs::symlink_metadata(path).ok()?;
    if !found.is_file() || found.len() != bytes.len() as u64 {
        return None;
    }
    let there = File::open(path).and_then(read_all).ok()?;
    (there == bytes).then(|| Stamp::of_written(&found))
}
