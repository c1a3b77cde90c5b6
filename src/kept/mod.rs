//! Keeps what a build leaves for the next one: what parse made of each file, and what stands in the output. It saves work
//! and never changes a byte: without it, nothing is lost but time.

pub mod pages;
pub mod record;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::fingerprint::Fingerprint;
use crate::scan::Stamp;
use crate::store::cache::{Cache, Found};

/// A file that changed within this many nanoseconds before it was looked at may have changed once more since,
/// without a sign: file systems tell time in steps.
const STEP: i64 = 20_000_000;
/// Some tell whole seconds, or two at once.
const COARSE_STEP: i64 = 2_000_000_000;

/// Whether a file that looks as it did at `seen` (nanoseconds since 1970) holds the bytes that it held then.
pub fn is_settled(stamp: Stamp, seen: i64) -> bool {
    settled_after(stamp) < seen
}

/// After this (nanoseconds since 1970) a file that looks so is settled.
fn settled_after(stamp: Stamp) -> i64 {
    let step = match stamp.modified % 1_000_000_000 {
        0 => COARSE_STEP,
        _ => STEP,
    };
    stamp.modified.saturating_add(step)
}

/// What is kept for one output folder.
pub struct Kept {
    cache: Cache,
    damaged: AtomicBool,
    /// Which file of pages the small one of changed pages goes with.
    pages: Mutex<Option<Fingerprint>>,
}

impl Kept {
    /// Opens it; none where nothing can be kept.
    pub fn open(root: &Path, output: &Path) -> Option<Kept> {
        Some(Kept {
            cache: Cache::new(root, output)?,
            damaged: AtomicBool::new(false),
            pages: Mutex::new(None),
        })
    }

    /// When this build began, in nanoseconds since 1970.
    pub fn began(&self) -> i64 {
        self.cache.began()
    }

    /// Whether something was found damaged and passed over.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Which file of pages was read; with `Some`, says which.
    fn pages_seal(&self, read: Option<Fingerprint>) -> Option<Fingerprint> {
        let mut seal = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        *seal = read.or(*seal);
        *seal
    }

    /// What was found, if it is of use.
    fn useful<T>(&self, found: Found<T>) -> Option<T> {
        match found {
            Found::There(found) => Some(found),
            Found::Nothing => None,
            Found::Damaged => {
                self.damaged.store(true, Ordering::Relaxed);
                None
            }
        }
    }

    fn value<T: BorshDeserialize>(&self, name: &str) -> Option<T> {
        let mut file = self.useful(self.cache.open(name))?;
        let mut bytes = Vec::new();
        let is_whole = file.rest(&mut bytes);
        self.useful(file.finish())?;
        is_whole.then(|| borsh::from_slice(&bytes).ok())?
    }

    fn keep<T: BorshSerialize>(&self, name: &str, value: &T) {
        let written = self.cache.write(name, |to| borsh::to_writer(to, value));
        self.forget_unless(name, written.is_ok());
    }

    /// What could not be written must not be taken for what is.
    fn forget_unless(&self, name: &str, written: bool) {
        if !written {
            self.cache.remove(name);
        }
    }
}
