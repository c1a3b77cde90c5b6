//! Bytes that took long to make, kept in `.gen/` from build to build. Each entry is named by a hash of all
//! that it depends on, and ends in a hash of its name and bytes: what is not whole, or stands under another's name, is
//! not there. Losing it loses time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::cache;
use crate::fingerprint::{Fingerprint, Mix};

/// The length of the hash at an entry's end.
const SEAL: usize = 16;

/// One kind of entries, in a folder of its own.
pub struct Derived {
    root: PathBuf,
    folder: PathBuf,
    /// What this build put here, where it is to find nothing else.
    own: Option<Mutex<BTreeSet<Fingerprint>>>,
}

impl Derived {
    /// The entries of this kind, for the site at `root`. With `anew`, only those that this build makes.
    pub fn open(root: &Path, kind: &str, anew: bool) -> Derived {
        Derived {
            root: root.to_path_buf(),
            folder: root.join(cache::FOLDER).join(kind),
            own: anew.then(Mutex::default),
        }
    }

    /// An entry, if it is there and whole.
    pub fn get(&self, key: Fingerprint) -> Option<Vec<u8>> {
        if !self.has(key) {
            return None;
        }
        let mut bytes = fs::File::open(self.path(key))
            .and_then(super::read_all)
            .ok()?;
        let end = bytes.len().checked_sub(SEAL)?;
        let seal = bytes.split_off(end);
        (seal == seal_of(key, &bytes)).then_some(bytes)
    }

    /// Whether an entry is there; perhaps it is not whole.
    pub fn has(&self, key: Fingerprint) -> bool {
        let own = self.own.as_ref().map(|own| own.lock());
        let hidden = own.is_some_and(|own| {
            let own = own.unwrap_or_else(PoisonError::into_inner);
            !own.contains(&key)
        });
        !hidden && self.path(key).is_file()
    }

    /// Keeps an entry. Where the system refuses, nothing is kept: the next build makes it again.
    pub fn put(&self, key: Fingerprint, bytes: &[u8]) {
        // Two builds may make the same entry at once.
        let new = self.folder.join(format!("{key}.{}", std::process::id()));
        let whole = [bytes, &seal_of(key, bytes)].concat();
        let kept = cache::make_folder(&self.root)
            .and_then(|_| fs::create_dir_all(&self.folder))
            .and_then(|()| fs::File::create(&new))
            .and_then(|mut file| std::io::Write::write_all(&mut file, &whole))
            .and_then(|()| fs::rename(&new, self.path(key)));
        if kept.is_err() {
            let _ = fs::remove_file(&new);
        } else if let Some(own) = &self.own {
            own.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(key);
        }
    }

    /// Removes every entry but these.
    pub fn prune(&self, used: &BTreeSet<Fingerprint>) {
        let names: BTreeSet<String> = used.iter().map(Fingerprint::to_string).collect();
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            if !names.contains(&*entry.file_name().to_string_lossy()) {
                let _ = fs::remove_file(entry.path());
            }
        }
        // Only where nothing is left.
        let _ = fs::remove_dir(&self.folder);
    }

    fn path(&self, key: Fingerprint) -> PathBuf {
        self.folder.join(key.to_string())
    }
}

/// A hash of an entry's name and bytes.
fn seal_of(key: Fingerprint, bytes: &[u8]) -> [u8; SEAL] {
    let mut mix = Mix::default();
    mix.add(&(key, bytes));
    mix.finish().0.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_and_what_is_broken_is_not() {
        let root = tempfile::tempdir().unwrap();
        let derived = Derived::open(root.path(), "images", false);
        let (one, two) = (Fingerprint::of(b"1"), Fingerprint::of(b"2"));
        derived.put(one, b"bytes");
        derived.put(two, b"");
        assert_eq!(derived.get(one).as_deref(), Some(&b"bytes"[..]));
        assert_eq!(derived.get(two).as_deref(), Some(&b""[..]));
        assert!(!Derived::open(root.path(), "images", true).has(one));
        for broken in [&b"byteX"[..], b"", b"short"] {
            fs::File::create(derived.path(one))
                .and_then(|mut file| std::io::Write::write_all(&mut file, broken))
                .unwrap();
            assert_eq!(derived.get(one), None);
        }
        fs::copy(derived.path(two), derived.path(one)).unwrap();
        assert_eq!(derived.get(one), None, "it is another's");
        derived.prune(&BTreeSet::from([two]));
        assert!(!derived.has(one) && derived.has(two));
        derived.prune(&BTreeSet::new());
        assert!(!derived.folder.exists());
    }
}
