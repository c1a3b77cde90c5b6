//! Checks the whole site as it is on disk, on a thread of its own: what lints of the site say, what only rendering
//! finds, and which words could be links.

use std::collections::BTreeSet;
use std::sync::mpsc::Sender;
use std::thread;

use super::Event;
use crate::Options;
use crate::build::check::{self, Suggest, Wanted};
use crate::diagnostic::Diagnostic;

/// What came of a check.
pub(super) struct Heard {
    /// What was known when it began, sorted.
    before: Vec<Diagnostic>,
    /// Documents that were not as they are on disk.
    unsaved: BTreeSet<String>,
    /// What it found, sorted; none where it could not be made.
    found: Option<Vec<Diagnostic>>,
}

impl Heard {
    /// What it found beyond what was known; none where nothing can be said.
    pub(super) fn beyond(self) -> Option<Vec<Diagnostic>> {
        let Heard {
            before, unsaved, ..
        } = &self;
        let is_beyond =
            |found: &Diagnostic| !unsaved.contains(&found.path) && !holds(before, found);
        let found = self.found.as_ref()?.iter();
        Some(found.filter(|found| is_beyond(found)).cloned().collect())
    }
}

/// Whether a sorted list has this one.
pub(super) fn holds(sorted: &[Diagnostic], one: &Diagnostic) -> bool {
    let key = one.sort_key();
    let start = sorted.partition_point(|other| other.sort_key() < key);
    let alike = sorted[start..].iter();
    let mut alike = alike.take_while(|other| other.sort_key() == key);
    alike.any(|other| other == one)
}

/// Begins a check; false where no thread can be had.
pub(super) fn start(
    options: Options,
    before: Vec<Diagnostic>,
    unsaved: BTreeSet<String>,
    events: Sender<Event>,
) -> bool {
    let wanted = Wanted {
        suggest: Some(Suggest::Few),
        suggest_beside: true,
        ..Wanted::default()
    };
    let run = move || {
        let checked = check::check(&options, &wanted, None, &mut |_, _| {});
        let heard = Heard {
            before,
            unsaved,
            found: checked.ok().map(|checked| checked.diagnostics),
        };
        // Nobody hears it where the server ended meanwhile.
        let _ = events.send(Event::Checked(Box::new(heard)));
    };
    let thread = thread::Builder::new().name("check".to_owned());
    thread.spawn(run).is_ok()
}
