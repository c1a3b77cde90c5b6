//! Remembers what other sites said, in `.gen/external/` from check to check: that an address was alive, for a week. What
//! was not good is asked each time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Answer, Verdict, Wanted};
use crate::fingerprint::Fingerprint;
use crate::store::derived::Derived;

/// Seconds that a good answer holds.
const HOLDS: i64 = 7 * 24 * 60 * 60;

/// The name of the one entry: another version of it is not found.
const NAME: &[u8] = b"external 1";

/// By address: when it was asked (seconds since 1970), where it moved to, and the places that were looked for and
/// are not missing.
type Known = BTreeMap<String, (i64, Option<String>, BTreeSet<String>)>;

pub(super) struct Memory {
    folder: Derived,
    known: Known,
}

impl Memory {
    /// What is kept for the site at `root`; nothing where that is damaged.
    pub(super) fn open(root: &Path) -> Memory {
        let folder = Derived::open(root, "external", false);
        let bytes = folder.get(Fingerprint::of(NAME)).unwrap_or_default();
        let known = borsh::from_slice(&bytes).unwrap_or_default();
        Memory { folder, known }
    }

    /// The answers that still hold, for all places that are wanted.
    pub(super) fn fresh(
        &self,
        wanted: &BTreeMap<String, Wanted>,
        now: i64,
    ) -> BTreeMap<String, Answer> {
        let holds = |key: &str, wanted: &Wanted| {
            let (asked, moved, there) = self.known.get(key)?;
            // A clock that was set back makes old answers look new.
            let is_fresh = (0..HOLDS).contains(&(now - asked));
            (is_fresh && wanted.fragments.is_subset(there)).then(|| Answer {
                verdict: Verdict::Alive,
                moved: moved.clone(),
                missing: Vec::new(),
            })
        };
        let all = wanted.iter();
        all.filter_map(|(key, wanted)| Some((key.clone(), holds(key, wanted)?)))
            .collect()
    }

    /// Keeps the new answers that are good, and the old ones that are still wanted.
    pub(super) fn keep(
        mut self,
        wanted: &BTreeMap<String, Wanted>,
        answers: &BTreeMap<String, Answer>,
        now: i64,
    ) {
        let before = self.known.clone();
        self.known.retain(|key, _| wanted.contains_key(key));
        for (key, answer) in answers {
            let is_good = answer.verdict == Verdict::Alive && answer.missing.is_empty();
            match wanted.get(key).filter(|_| is_good) {
                Some(wanted) => {
                    let value = (now, answer.moved.clone(), wanted.fragments.clone());
                    self.known.insert(key.clone(), value);
                }
                None => {
                    self.known.remove(key);
                }
            }
        }
        if self.known == before {
            return;
        }
        let key = Fingerprint::of(NAME);
        let used = match self.known.is_empty() {
            true => BTreeSet::new(),
            false => BTreeSet::from([key]),
        };
        if let Ok(bytes) = borsh::to_vec(&self.known)
            && !used.is_empty()
        {
            self.folder.put(key, &bytes);
        }
        self.folder.prune(&used);
    }
}
