//! Keeps a second publisher out while one is at work. Who publishes holds a small file at the place, which it writes anew
//! every few seconds; one that stays the same for a minute is of a publisher that was killed, or lost its way, and the next
//! takes it. No clock of two machines is compared. All writing is conditional: of two that take it, one is refused.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{OWN, Place};
use crate::error::Error;
use crate::fingerprint::Mix;
use crate::publish::Watch;

/// How often the holder writes it anew.
const BEAT: Duration = Duration::from_secs(15);
/// A holder that could not for so long does nothing more.
const DOUBT: Duration = Duration::from_secs(40);
/// Nobody holds what stays the same for so long.
const DEAD: Duration = Duration::from_secs(60);
/// Between two looks at what somebody else holds.
const LOOK: Duration = Duration::from_secs(2);
/// What stands in it when nobody does.
const FREE: &str = "free\n";

/// The right to publish to a place, until it is given back.
pub(in crate::publish) struct Claim<'p> {
    place: &'p dyn Place,
    token: String,
    /// Two of one site on one machine: locked by the system, which frees it when the program ends.
    own: File,
    held: Mutex<Held>,
    /// Wakes the beat when the work is done.
    end: Condvar,
    /// The place passes over conditions.
    pub(in crate::publish) is_loose: bool,
}

struct Held {
    version: String,
    beats: u64,
    since: Instant,
    /// Somebody else has it.
    is_lost: bool,
    is_done: bool,
}

fn name() -> String {
    format!("{OWN}/claim")
}

impl<'p> Claim<'p> {
    /// Takes it for the site at `root`. `watch` hears why that takes a while.
    pub(in crate::publish) fn take(
        place: &'p dyn Place,
        root: &Path,
        target: &str,
        watch: &Watch<'_>,
    ) -> Result<Claim<'p>, Error> {
        let (own, before) = own_file(root, target)?;
        let token = token();
        let text = text(&token, 0);
        let mut seen: Option<(String, Instant)> = None;
        let version = loop {
            let there = place.read(&name())?;
            let version = there.as_ref().map(|there| there.version.clone());
            let holder = there.map(|there| String::from_utf8_lossy(&there.bytes).into_owned());
            let holder = holder.filter(|holder| holder != FREE);
            // A killed run of this folder's: the system's lock says that it is over.
            let is_ours = |holder: &String| !before.is_empty() && holder.starts_with(&before);
            let is_taken = holder.as_ref().is_some_and(|holder| !is_ours(holder));
            let is_dead = match (&seen, &version) {
                (Some((known, _)), Some(version)) if is_taken && known != version => {
                    return Err(busy(place));
                }
                (Some((_, since)), _) => since.elapsed() > DEAD,
                _ => false,
            };
            if !is_taken || is_dead {
                // From here on, this run's own.
                remember(&own, &token)?;
                if let Some(version) = place.write(&name(), text.as_bytes(), version.as_deref())? {
                    break version;
                }
                continue;
            }
            if seen.is_none() {
                (watch.note)(
                    "another publisher began and did not end: if it is silent for a minute, this one goes on",
                );
                seen = version.map(|version| (version, now()));
            }
            let since = seen
                .as_ref()
                .map_or(Duration::ZERO, |(_, since)| since.elapsed());
            let left = DEAD.saturating_sub(since).as_secs();
            (watch.step)(&format!("waiting for another publisher, {left} s at most"));
            std::thread::sleep(LOOK);
        };
        let is_loose = !place.keeps_conditions(&name(), text.as_bytes())?;
        let mut version = version;
        if is_loose {
            // All that is left is to see who was last.
            std::thread::sleep(LOOK);
            match place.read(&name())? {
                Some(there) if there.bytes == text.as_bytes() => version = there.version,
                _ => return Err(busy(place)),
            }
        }
        Ok(Claim {
            place,
            token,
            own,
            held: Mutex::new(Held {
                version,
                beats: 0,
                since: now(),
                is_lost: false,
                is_done: false,
            }),
            end: Condvar::new(),
            is_loose,
        })
    }

    /// Does some work while the claim is held, and `meanwhile` with each beat; gives it back when the work is over,
    /// however that ends.
    pub(in crate::publish) fn during<T>(
        &self,
        meanwhile: &(dyn Fn() + Sync),
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let result = std::thread::scope(|scope| {
            scope.spawn(|| self.beat(meanwhile));
            let result = work();
            self.held().is_done = true;
            self.end.notify_all();
            result
        });
        self.free();
        result
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn beat(&self, meanwhile: &dyn Fn()) {
        loop {
            let held = self.held();
            let waited = self
                .end
                .wait_timeout_while(held, BEAT, |held| !held.is_done);
            let (held, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if held.is_done || held.is_lost {
                return;
            }
            drop(held);
            // What fails now may be right with the next beat; for how long, `still_held` says.
            let _ = self.renew();
            meanwhile();
        }
    }

    fn renew(&self) -> Result<(), Error> {
        let mut held = self.held();
        let text = text(&self.token, held.beats + 1);
        let began = now();
        match self
            .place
            .write(&name(), text.as_bytes(), Some(&held.version))?
        {
            Some(version) => {
                held.version = version;
                held.beats += 1;
                held.since = began;
                Ok(())
            }
            None => {
                held.is_lost = true;
                Err(lost(self.place))
            }
        }
    }

    /// Whether nobody else can have taken it: after a sleep of this machine, that is asked.
    pub(in crate::publish) fn still_held(&self) -> Result<(), Error> {
        let (is_lost, is_old) = {
            let held = self.held();
            (held.is_lost, held.since.elapsed() > DOUBT)
        };
        match (is_lost, is_old) {
            (true, _) => Err(lost(self.place)),
            (false, true) => self.renew(),
            (false, false) => Ok(()),
        }
    }

    fn free(&self) {
        let held = self.held();
        if held.is_lost {
            return;
        }
        // What cannot be given back is free after a minute, and for this folder at once.
        if let Ok(Some(_)) = self
            .place
            .write(&name(), FREE.as_bytes(), Some(&held.version))
        {
            let _ = remember(&self.own, "");
        }
    }
}

fn busy(place: &dyn Place) -> Error {
    Error::refused(
        format!("another gen publish is at work on {}", place.name()),
        "wait until it is done, then publish again",
    )
}

fn lost(place: &dyn Place) -> Error {
    Error::refused(
        format!(
            "another gen publish took over {}, because this one was silent for too long",
            place.name()
        ),
        "see which of the two sites is the right one, and publish that again",
    )
}

fn text(token: &str, beats: u64) -> String {
    format!("{token} {beats}\n")
}

/// The file by which two runs for one place know each other in one folder, locked, and the token of the last.
fn own_file(root: &Path, target: &str) -> Result<(File, String), Error> {
    let folder = root.join(crate::store::cache::FOLDER).join("publish");
    let path = folder.join(target);
    let open = || {
        fs::create_dir_all(&folder)?;
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        options.open(&path)
    };
    let mut file = open().map_err(Error::io("could not write", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(Error::refused(
                format!("another gen publish of this site to {target} is at work"),
                "wait until it is done",
            ));
        }
        Err(TryLockError::Error(error)) => return Err(Error::io("could not lock", &path)(error)),
    }
    let mut token = String::new();
    file.read_to_string(&mut token)
        .map_err(Error::io("could not read", &path))?;
    Ok((file, token))
}

fn remember(mut file: &File, token: &str) -> Result<(), Error> {
    let mut keep = || {
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(token.as_bytes())
    };
    let path = Path::new(".gen/publish");
    keep().map_err(Error::io("could not write", path))
}

/// What no other run has: the standard library's tables begin with random numbers.
fn token() -> String {
    use std::hash::{BuildHasher, RandomState};
    let mut mix = Mix::default();
    for number in 0..4_u64 {
        mix.add(&RandomState::new().hash_one(number));
    }
    mix.add(&std::process::id());
    mix.finish().to_string()
}

#[expect(clippy::disallowed_methods, reason = "a claim holds for a time")]
fn now() -> Instant {
    Instant::now()
}
