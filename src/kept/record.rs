//! Records what the last build published and from what: enough to see that there is nothing to do, and which outputs are
//! as they should be.

use borsh::{BorshDeserialize, BorshSerialize};
use rayon::prelude::*;

use super::{Kept, settled_after};
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::site::Skipped;
use crate::output::Note;
use crate::scan::Stamp;

const RECORD: &str = "record";
const NOTES: &str = "notes";

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
    /// The files that are shown in pages, as they look, by their paths from the site's root.
    pub shown: Vec<Written>,
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
}

impl Record {
    /// Whether a build would read and write the same again. `look` says how a published file looks now.
    pub fn still_holds(
        &self,
        conditions: Fingerprint,
        sources: &Sources,
        look: &(dyn Fn(&str) -> Option<Stamp> + Sync),
        look_inside: &dyn Fn(&str) -> Stamp,
    ) -> bool {
        self.quiet
            && self.conditions == conditions
            && self.sources == sources.fingerprint()
            && sources.settled_after < self.began
            && self.shown.iter().all(|shown| {
                let is_settled = settled_after(shown.stamp) < self.began;
                is_settled && look_inside(&shown.path) == shown.stamp
            })
            && self
                .outputs
                .par_iter()
                .all(|written| look(&written.path) == Some(written.stamp))
    }

    /// How what was published at a path looked when it was written.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        let outputs = &self.outputs;
        let at = outputs.binary_search_by(|written| written.path.as_str().cmp(path));
        at.ok().map(|at| outputs[at].stamp)
    }
}

/// What published files were made of, sorted by path.
#[derive(Default, BorshDeserialize, BorshSerialize)]
pub struct Notes(Vec<(String, Note)>);

impl Notes {
    /// Adds that of a file. They come sorted by path.
    pub fn add(&mut self, path: String, note: Note) {
        self.0.push((path, note));
    }

    /// That of the file at a path.
    pub fn of(&self, path: &str) -> Option<&Note> {
        let at = self
            .0
            .binary_search_by(|(known, _)| known.as_str().cmp(path));
        at.ok().map(|at| &self.0[at].1)
    }
}

impl Kept {
    /// The last build's record.
    pub fn record(&self) -> Option<Record> {
        self.value(RECORD)
    }

    /// What the files were made of that the last build published.
    pub fn notes(&self) -> Notes {
        self.value(NOTES).unwrap_or_default()
    }

    /// Keeps what the files of this build were made of.
    pub fn keep_notes(&self, notes: &Notes) {
        self.keep(NOTES, notes);
    }

    /// Keeps this build's record.
    pub fn keep_record(&self, record: &Record) {
        self.keep(RECORD, record);
    }
}
