//! Goes to many hosts at once, and to each host's addresses one after the other.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::ask::Asker;
use super::{Answer, Verdict, Wanted};

/// Hosts that are asked at once.
const AT_ONCE: usize = 8;

/// So many hosts without a way to one of them, and the rest is not tried.
const ENOUGH: usize = 16;

/// What came of it.
pub(super) struct Visited {
    /// By address. Where no network is, not of all.
    pub(super) answers: BTreeMap<String, Answer>,
    /// Several hosts were tried, and no way led to any.
    pub(super) offline: bool,
}

/// Asks for all of these. `told` hears how many of how many are done.
pub(super) fn all(
    wanted: &[&Wanted],
    timeout: u64,
    agent: &str,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Visited {
    let mut hosts: BTreeMap<String, Vec<&Wanted>> = BTreeMap::new();
    for one in wanted {
        hosts.entry(one.address.host()).or_default().push(one);
    }
    let mut hosts: Vec<Vec<&Wanted>> = hosts.into_values().collect();
    // The longest first: what begins last ends last.
    hosts.sort_by_key(|addresses| std::cmp::Reverse(addresses.len()));
    let asker = Asker::new(Duration::from_secs(timeout), agent);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (reached, lost) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let answers = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(addresses) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
            if reached.load(Ordering::Relaxed) == 0 && lost.load(Ordering::Relaxed) >= ENOUGH {
                return;
            }
            let mut is_lost = true;
            for one in addresses {
                let answer = asker.answer(&one.address, &one.fragments);
                is_lost &= answer.verdict == Verdict::Lost;
                let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                answers.insert(one.address.key().to_owned(), answer);
                told(done.fetch_add(1, Ordering::Relaxed) + 1, wanted.len());
            }
            let count = if is_lost { &lost } else { &reached };
            count.fetch_add(1, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(hosts.len()) {
            scope.spawn(work);
        }
    });
    Visited {
        answers: answers.into_inner().unwrap_or_else(PoisonError::into_inner),
        // A single host may just be gone.
        offline: reached.into_inner() == 0 && lost.into_inner() > 1,
    }
}
