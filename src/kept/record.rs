//! What the last build published and from what: enough to see that there is nothing to do, and which outputs are
//! as they should be.

use borsh::{BorshDeserialize, BorshSerialize};
use rayon::prelude::*;

use super::{Kept, settled_after};
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::site::Skipped;
use crate::scan::Stamp;

const RECORD: &str = "record";

/// The files that are there to read.
#[derive(Default)]
pub struct Sources {
    mix: Mix,
    /// After this all of them are settled, in nanoseconds since 1970.
    settled_after: i64,
    /// How many there are.
    pub count: usize,
}

impl Sources {
    /// Adds one, by its path and how it looks.
    pub fn add(&mut self, folder: &str, path: &str, stamp: Stamp) {
        self.mix.add(&(folder, path, stamp));
        self.settled_after = self.settled_after.max(settled_after(stamp));
        self.count += 1;
    }

    /// Of all of them.
    pub fn fingerprint(&self) -> Fingerprint {
        self.mix.finish()
    }
}

/// What one build read and wrote.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Record {
    /// Of the day and the command line.
    pub conditions: Fingerprint,
    /// When the build began, in nanoseconds since 1970.
    pub began: i64,
    /// Of every file that was there to read.
    pub sources: Fingerprint,
    /// When the next page is published or expires by a time of day, in seconds since 1970.
    pub turns: Option<i64>,
    /// What was published, sorted by path.
    pub outputs: Vec<Written>,
    /// There was nothing to tell the author.
    pub quiet: bool,
    /// Articles and hubs.
    pub articles: u64,
    /// Guides.
    pub guides: u64,
    /// Tags.
    pub tags: u64,
    /// What was left out.
    pub skipped: Skipped,
}

/// A published file.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Written {
    /// In the output folder.
    pub path: String,
    /// As it looked when it was written.
    pub stamp: Stamp,
    /// What it was made of, where that is known.
    pub inputs: Option<Fingerprint>,
}

impl Record {
    /// Whether a build would read and write the same again. `look` says how a published file looks now.
    pub fn still_holds(
        &self,
        conditions: Fingerprint,
        sources: &Sources,
        look: &(dyn Fn(&str) -> Option<Stamp> + Sync),
    ) -> bool {
        self.quiet
            && self.conditions == conditions
            && self.sources == sources.fingerprint()
            && sources.settled_after < self.began
            && self
                .outputs
                .par_iter()
                .all(|written| look(&written.path) == Some(written.stamp))
    }

    /// What was published at a path.
    pub fn written(&self, path: &str) -> Option<&Written> {
        let at = self
            .outputs
            .binary_search_by(|written| written.path.as_str().cmp(path))
            .ok()?;
        Some(&self.outputs[at])
    }
}

impl Kept {
    /// The last build's record.
    pub fn record(&self) -> Option<Record> {
        self.value(RECORD)
    }

    /// Keeps this build's record.
    pub fn keep_record(&self, record: &Record) {
        self.keep(RECORD, record);
    }
}
