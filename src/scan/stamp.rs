//! How a file looks from outside: by it, a build knows whether the file changed.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

use borsh::{BorshDeserialize, BorshSerialize};
use walkdir::DirEntry;

/// How a file looks from outside: when it changes, this does, nearly always.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize,
)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970 by the file system's clock.
    pub modified: i64,
    /// When anything of it was last changed, in the same unit: no program can set this time back. Zero where the system
    /// does not tell.
    pub changed: i64,
    /// Its number in the file system: another file under the same name has another. Zero where the system does not tell.
    pub inode: u64,
}

impl Stamp {
    /// Of what cannot be looked at: nothing follows from it.
    pub const UNKNOWN: Stamp = Stamp {
        size: 0,
        modified: i64::MAX,
        changed: 0,
        inode: 0,
    };

    /// Of the file at a path.
    pub(super) fn of_path(path: &Path) -> Stamp {
        std::fs::metadata(path).map_or(Stamp::UNKNOWN, |metadata| Stamp::of(&metadata))
    }

    /// Of a file that a walk came by.
    pub(super) fn of_entry(entry: &DirEntry) -> Stamp {
        let metadata = entry.metadata();
        metadata.map_or(Stamp::UNKNOWN, |metadata| Stamp::of(&metadata))
    }

    /// Of what the system says of an author's file.
    pub fn of(metadata: &Metadata) -> Stamp {
        let (changed, inode) = change(metadata);
        Stamp {
            changed,
            inode,
            ..Stamp::of_written(metadata)
        }
    }

    /// Of what the system says of a file that `gen` writes itself: without the time of change, which moving the file to
    /// its place would set.
    pub fn of_written(metadata: &Metadata) -> Stamp {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        Stamp {
            size: metadata.len(),
            modified: since
                .and_then(|since| i64::try_from(since.as_nanos()).ok())
                .unwrap_or(Stamp::UNKNOWN.modified),
            changed: 0,
            inode: 0,
        }
    }
}

/// The time of a file's last change in nanoseconds since 1970, and its inode.
#[cfg(unix)]
fn change(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = metadata.ctime().saturating_mul(1_000_000_000);
    (
        seconds.saturating_add(metadata.ctime_nsec()),
        metadata.ino(),
    )
}

#[cfg(not(unix))]
fn change(_: &Metadata) -> (i64, u64) {
    (0, 0)
}
