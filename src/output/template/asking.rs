//! Functions by which a template asks the site. Their answers need the site as one job sees it, which a function of the
//! engine cannot hold. So a question that has no answer yet is noted, something empty stands in, and the template is
//! rendered again with the answers: once for all questions that do not follow from others.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::Value;
use super::memory::{Answered, Memory};
use super::question::{Ask, Asked};

/// What the template that a thread renders may know, and what it asks.
#[derive(Default)]
pub(in crate::output) struct Round {
    /// Answers that many pages share.
    pub(in crate::output) memory: Arc<Memory>,
    /// Answers that only this page has.
    pub(in crate::output) own: BTreeMap<String, Answered>,
    /// What was answered.
    pub(in crate::output) used: BTreeMap<String, Answered>,
    /// What could not be answered yet.
    pub(in crate::output) missing: BTreeMap<String, Asked>,
    /// Entries of all answers together, at most.
    pub(in crate::output) most: usize,
    /// Those that were given.
    pub(in crate::output) entries: usize,
}

impl Round {
    fn ask(&mut self, asked: Asked) -> TeraResult<Value> {
        let known = self.used.get(&asked.key).or(self.own.get(&asked.key));
        let Some(answered) = known.cloned().or_else(|| self.memory.get(&asked.key)) else {
            let stand_in = asked.ask.stand_in();
            self.missing.insert(asked.key.clone(), asked);
            return Ok(stand_in);
        };
        let (value, entries) = (answered.value.clone(), answered.entries);
        if self.used.insert(asked.key, answered).is_none() {
            self.entries += entries;
        }
        if self.entries > self.most {
            return Err(Error::message(format!(
                "this template asks for more than {} entries on one page; take fewer by `first`",
                self.most
            )));
        }
        value.map_err(Error::message)
    }
}

/// A round for each thread: one page is rendered by one.
#[derive(Clone)]
pub(super) struct Asking {
    asks: &'static [Ask],
    slots: Arc<Vec<Mutex<Option<Round>>>>,
}

impl Asking {
    pub(super) fn new(asks: &'static [Ask]) -> Asking {
        let threads = 1 + rayon::current_num_threads();
        let slots = (0..threads).map(|_| Mutex::new(None));
        Asking {
            asks,
            slots: Arc::new(slots.collect()),
        }
    }

    /// Threads that are none of the pool share the first.
    fn slot(&self) -> MutexGuard<'_, Option<Round>> {
        let own = rayon::current_thread_index().map_or(0, |index| index + 1);
        let slot = &self.slots[own % self.slots.len()];
        slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is rendered from now on may know this round, or may not ask where it is none; gives back the one before.
    pub(super) fn swap(&self, round: &mut Option<Round>) {
        std::mem::swap(&mut *self.slot(), round);
    }

    /// The names of the functions.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.asks.iter().map(|ask| ask.name)
    }

    /// Makes the functions known to the engine.
    pub(super) fn register(&self, tera: &mut Tera) {
        for ask in self.asks {
            let asking = self.clone();
            tera.register_function(
                ask.name,
                move |args: Kwargs, _: &State<'_>| -> TeraResult<Value> { asking.call(ask, &args) },
            );
        }
    }

    fn call(&self, ask: &'static Ask, args: &Kwargs) -> TeraResult<Value> {
        let given = args.iter();
        let given =
            given.filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value.clone())));
        let asked = Asked::new(ask, given.collect()).map_err(Error::message)?;
        let mut slot = self.slot();
        let Some(round) = slot.as_mut() else {
            return Err(Error::message(format!(
                "`{}` answers the template of a page alone: cards, callouts, players and what is in once/ are parts of its answers",
                ask.name
            )));
        };
        round.ask(asked)
    }
}
