//! Politeness: one request at a time to each host, a pause after each, and none to a host that is known not to answer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Verdict;

/// Between two requests to one host.
const PAUSE: Duration = Duration::from_millis(200);

/// What is known of a host.
#[derive(Default)]
pub(super) struct Host {
    /// No request before this.
    next: Option<Instant>,
    /// What all its addresses get from now on.
    pub(super) given_up: Option<Verdict>,
    /// Addresses that it left without an answer.
    pub(super) silent: u32,
}

/// All hosts that were asked.
#[derive(Default)]
pub(super) struct Hosts(Mutex<BTreeMap<String, Arc<Mutex<Host>>>>);

impl Hosts {
    /// A host by its name and port.
    pub(super) fn get(&self, name: String) -> Arc<Mutex<Host>> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(name).or_default())
    }
}

/// Waits for a host's turn. Who holds it asks, and calls [`Host::rest`] when the answer is there.
pub(super) fn turn(host: &Mutex<Host>) -> MutexGuard<'_, Host> {
    let host = host.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(next) = host.next {
        std::thread::sleep(next.saturating_duration_since(now()));
    }
    host
}

impl Host {
    /// Leaves the host alone for a while, and for the pause at least.
    pub(super) fn rest(&mut self, wait: Option<Duration>) {
        self.next = Some(now() + wait.unwrap_or_default().max(PAUSE));
    }
}

#[expect(clippy::disallowed_methods, reason = "pauses between requests")]
fn now() -> Instant {
    Instant::now()
}
