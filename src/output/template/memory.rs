//! Answers that several pages share, so that each is made once: a sidebar is the same on every page of a folder.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Value;
use crate::output::reads::Question;

/// Entries that are held, at most: of further answers each page makes its own.
const HELD: usize = 1 << 20;

/// An answer, and what was asked of the site to make it.
#[derive(Clone)]
pub(in crate::output) struct Answered {
    /// The answer; or, in words, why there is none.
    pub(in crate::output) value: Result<Value, String>,
    /// How many entries it has.
    pub(in crate::output) entries: usize,
    pub(in crate::output) questions: Arc<[Question]>,
}

/// Answers by their questions.
#[derive(Default)]
pub(in crate::output) struct Memory(Mutex<Held>);

#[derive(Default)]
struct Held {
    answers: BTreeMap<String, Answered>,
    entries: usize,
}

impl Memory {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a question, if it is held.
    pub(in crate::output) fn get(&self, key: &str) -> Option<Answered> {
        self.held().answers.get(key).cloned()
    }

    /// Holds an answer, if there is room.
    pub(in crate::output) fn put(&self, key: &str, answered: &Answered) {
        let mut held = self.held();
        // A key and its questions take room, too.
        let size = 8 + answered.entries;
        if held.entries + size <= HELD {
            held.entries += size;
            held.answers.insert(key.to_owned(), answered.clone());
        }
    }
}
