//! The places that a site is sent to, and all of publishing that touches network, files, clocks and environment. One kind
//! of place a file; a place knows files and bytes, and nothing of the order in which they go.

mod claim;
mod credentials;
mod folder;
mod http;
mod refusal;
mod sftp;
mod store;
mod tell;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::object::Told;
use crate::config::publish::{Location, Target};
use crate::error::Error;
use crate::fingerprint::Fingerprint;
pub(super) use claim::Claim;
pub(super) use tell::index_now;

/// The folder of what gen keeps at a place.
pub(super) const OWN: &str = ".gen-publish";

/// A file on its way.
pub(super) struct Shipment {
    /// From the place's root.
    pub(super) path: String,
    /// On this machine.
    pub(super) file: PathBuf,
    /// Of its bytes.
    pub(super) bytes: Fingerprint,
    /// Of its bytes and what is told with them.
    pub(super) hash: Fingerprint,
    pub(super) told: Told,
    /// What is there is somebody else's.
    pub(super) is_new: bool,
}

/// A small file of gen's own at a place.
pub(super) struct Kept {
    pub(super) bytes: Vec<u8>,
    /// Another one with each writing.
    pub(super) version: String,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    /// What gen was about to send there.
    Ours,
    /// Another file of gen's.
    Stale,
    Foreign,
}

/// Who follows the sending of files.
pub(super) struct Follow<'a> {
    /// Is asked before each step: an error stops the work.
    pub(super) may: &'a (dyn Fn() -> Result<(), Error> + Sync),
    /// Hears of each file that is done, by its path.
    pub(super) done: &'a (dyn Fn(&str) + Sync),
}

/// Somewhere that a site can be sent to.
pub(super) trait Place: Sync {
    /// As people are told of it.
    fn name(&self) -> &str;

    /// Whether it is told types and lifetimes.
    fn takes_headers(&self) -> bool {
        false
    }

    /// Reads a file of gen's own, if it is there.
    fn read(&self, name: &str) -> Result<Option<Kept>, Error>;

    /// Writes a file of gen's own if it still is of this version, or is not there where none is given. Gives the new
    /// version, or none where another publisher was faster.
    fn write(
        &self,
        name: &str,
        bytes: &[u8],
        version: Option<&str>,
    ) -> Result<Option<String>, Error>;

    /// Whether it keeps to what [`Place::write`] says, as it must be asked: some stores pass over conditions.
    fn keeps_conditions(&self, _name: &str, _bytes: &[u8]) -> Result<bool, Error> {
        Ok(true)
    }

    /// Sends files, in any order. Gives the paths where somebody else's files are in the way, which stay.
    fn send(&self, files: &[Shipment], follow: &Follow<'_>) -> Result<Vec<String>, Error>;

    /// What stands at these paths, where these bytes were about to be sent.
    fn find(&self, files: &[(String, Fingerprint)]) -> Result<Vec<Found>, Error>;

    /// Removes files, whether they are there or not.
    fn remove(&self, paths: &[String], follow: &Follow<'_>) -> Result<(), Error>;

    /// What is worth a word to the author, now that all is done.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Opens a place for the site at `root`, which is built into `output`.
pub(super) fn open(root: &Path, output: &Path, target: &Target) -> Result<Box<dyn Place>, Error> {
    let location = target.location().map_err(|why| {
        Error::refused(
            format!("`to = {:?}` names no place: {why}", target.to),
            "mend it in site.toml",
        )
    })?;
    Ok(match location {
        Location::Folder(folder) => Box::new(folder::Folder::open(root, output, &folder)?),
        Location::Bucket(bucket) => Box::new(store::Store::bucket(&bucket, target)?),
        Location::Azure(container) => Box::new(store::Store::azure(&container, target)?),
        Location::Ssh(remote) => Box::new(sftp::Sftp::open(&remote, target.at_once)),
    })
}

/// The bytes of a file of the site, if they still are those that were planned.
fn bytes_of(shipment: &Shipment) -> Result<Vec<u8>, Error> {
    let bytes = read(&shipment.file)?;
    match Fingerprint::of(&bytes) == shipment.bytes {
        true => Ok(bytes),
        false => Err(Error::refused(
            format!("{} changed while it was sent", shipment.file.display()),
            "run gen publish again, and let nothing else write there meanwhile",
        )),
    }
}

/// The bytes of a file of this machine.
#[expect(clippy::disallowed_methods, reason = "what is sent is read here")]
fn read(file: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(file).map_err(Error::io("could not read", file))
}

/// A file that the site has under this path in its output folder, as text.
pub(super) fn text(output: &Path, path: &str) -> String {
    read(&output.join(path)).map_or_else(
        |_| String::new(),
        |bytes| String::from_utf8_lossy(&bytes).into_owned(),
    )
}

/// How large it is.
pub(super) fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |found| found.len())
}

/// Does some work for each of these, so many at once; the results are in their order. The first error ends it.
fn parallel<T: Sync, R: Send>(
    items: &[T],
    at_once: usize,
    work: &(dyn Fn(&T) -> Result<R, Error> + Sync),
) -> Result<Vec<R>, Error> {
    let next = AtomicUsize::new(0);
    let is_over = AtomicBool::new(false);
    let some = || {
        let mut done = Vec::new();
        while !is_over.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { break };
            let result = work(item);
            is_over.fetch_or(result.is_err(), Ordering::Relaxed);
            done.push((number, result));
        }
        done
    };
    let mut done: Vec<(usize, Result<R, Error>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..at_once.min(items.len()))
            .map(|_| scope.spawn(some))
            .collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined
            .flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}
