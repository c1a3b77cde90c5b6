//! Publishing itself, while the claim is held: the files go, and a list at the place says how far it is.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::list::{List, State};
use super::place::{self, Claim, Follow, Found, Place, Shipment};
use super::plan::{self, Plan};
use super::{Goods, Order, Sent, Watch, address, list_at, list_name, sent};
use crate::config::publish::key;
use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::model::url::Permalink;
use crate::model::wording::count;

/// Files that are named where they are in the way, at most.
const NAMED: usize = 10;

/// The list while files are sent.
#[derive(Default)]
struct Ledger {
    list: List,
    version: Option<String>,
    /// It says more than what is kept at the place.
    is_ahead: bool,
    done: usize,
    all: usize,
}

/// Publishing, while the claim is held.
pub(super) struct Work<'a> {
    order: &'a Order<'a>,
    place: &'a dyn Place,
    claim: &'a Claim<'a>,
    watch: &'a Watch<'a>,
    goods: Goods,
    ledger: Mutex<Ledger>,
}

impl<'a> Work<'a> {
    pub(super) fn new(
        order: &'a Order<'a>,
        place: &'a dyn Place,
        claim: &'a Claim<'a>,
        watch: &'a Watch<'a>,
        goods: Goods,
    ) -> Work<'a> {
        Work {
            order,
            place,
            claim,
            watch,
            goods,
            ledger: Mutex::default(),
        }
    }

    /// All of it.
    pub(super) fn all(&self) -> Result<Sent, Error> {
        let (there, version) = list_at(self.order, self.place)?;
        let there = self.settled(there)?;
        let plan = Plan::new(&self.goods.hashes, &there);
        {
            let mut ledger = self.ledger();
            ledger.list = plan.begun(&there, &self.order.config.base_url.to_string());
            ledger.version = version;
            ledger.all = plan.clear.len() + plan.send.len() + plan.remove.len();
            ledger.is_ahead = true;
            self.keep(&mut ledger)?;
        }
        let result = self.carry_out(&plan);
        // However it ended: the next run need not send again what is there.
        let kept = self.keep(&mut self.ledger());
        result.and(kept)?;
        let changed = self.ledger().list.untold.clone();
        let (told, note) = self.tell(&changed);
        let mut ledger = self.ledger();
        ledger
            .list
            .untold
            .retain(|path| note.is_some() && plan::is_page(path));
        ledger.is_ahead |= !changed.is_empty();
        self.keep(&mut ledger)?;
        drop(ledger);
        let mut sent = sent(self.order, self.place, plan, &changed, told);
        sent.notes.extend(note);
        Ok(sent)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Without doubt of what is there: of files that a killed publisher was about to send to where nothing was, it is asked
    /// whether they came there.
    fn settled(&self, mut there: List) -> Result<List, Error> {
        let uncertain = there.uncertain();
        if uncertain.is_empty() {
            return Ok(there);
        }
        (self.watch.step)("looking at what a killed run left");
        let found = self.place.find(&uncertain)?;
        for ((path, hash), found) in uncertain.into_iter().zip(found) {
            match found {
                Found::Ours => there.files.insert(path, State::Sent(hash)),
                Found::Stale => there.files.insert(path, State::Changing(hash)),
                Found::Nothing | Found::Foreign => there.files.remove(&path),
            };
        }
        Ok(there)
    }

    fn carry_out(&self, plan: &Plan) -> Result<(), Error> {
        let may = || self.claim.still_held();
        let gone = |path: &str| self.done(path, None);
        let removal = Follow {
            may: &may,
            done: &gone,
        };
        self.place.remove(&plan.clear, &removal)?;
        for stage in plan.send.chunk_by(|a, b| a.stage == b.stage) {
            let shipments: Vec<Shipment> = stage
                .iter()
                .map(|parcel| Shipment {
                    file: self.order.output.join(&parcel.path),
                    bytes: self.order.published.files[&parcel.path],
                    hash: parcel.hash,
                    told: self
                        .goods
                        .told
                        .get(&parcel.path)
                        .cloned()
                        .unwrap_or_default(),
                    is_new: parcel.is_new && !self.order.adopt,
                    path: parcel.path.clone(),
                })
                .collect();
            let arrived = |path: &str| self.done(path, self.goods.hashes.get(path).copied());
            let follow = Follow {
                may: &may,
                done: &arrived,
            };
            let foreign = self.place.send(&shipments, &follow)?;
            if !foreign.is_empty() {
                return Err(self.in_the_way(foreign));
            }
        }
        self.place.remove(&plan.remove, &removal)
    }

    /// A file is there, or is gone.
    fn done(&self, path: &str, hash: Option<Fingerprint>) {
        let mut ledger = self.ledger();
        match hash {
            Some(hash) => ledger.list.files.insert(path.to_owned(), State::Sent(hash)),
            None => ledger.list.files.remove(path),
        };
        ledger.is_ahead = true;
        ledger.done += 1;
        let words = format!("sending {} of {}", ledger.done, ledger.all);
        drop(ledger);
        (self.watch.step)(&words);
    }

    fn in_the_way(&self, mut foreign: Vec<String>) -> Error {
        let mut ledger = self.ledger();
        // They never were gen's.
        foreign.iter().for_each(|path| {
            ledger.list.files.remove(path);
        });
        foreign.sort();
        let mut names: String = foreign
            .iter()
            .take(NAMED)
            .map(|path| format!("\n  {path}"))
            .collect();
        if foreign.len() > NAMED {
            names.push_str(&format!("\n  and {} more", foreign.len() - NAMED));
        }
        Error::refused(
            format!(
                "{} of {} {} in the way, which gen did not send there:{names}",
                count(foreign.len(), "file", "files"),
                self.place.name(),
                if foreign.len() == 1 { "is" } else { "are" }
            ),
            "remove what is no longer needed there; or publish once with --adopt, which overwrites them",
        )
    }

    /// Keeps the list at the place, if it says more than the one that is there.
    fn keep(&self, ledger: &mut Ledger) -> Result<(), Error> {
        if !ledger.is_ahead {
            return Ok(());
        }
        self.claim.still_held()?;
        let text = ledger.list.text();
        let version = ledger.version.as_deref();
        match self.place.write(&list_name(), text.as_bytes(), version)? {
            Some(version) => {
                ledger.version = Some(version);
                ledger.is_ahead = false;
                Ok(())
            }
            None => Err(Error::refused(
                format!(
                    "another publisher wrote into {} meanwhile",
                    self.place.name()
                ),
                "see that only one publishes at a time, and run gen publish again",
            )),
        }
    }

    /// Keeps what is done so far, so that a run after this one need not do it again, if this one is killed.
    pub(super) fn checkpoint(&self) {
        // What fails now is tried again at the end.
        let _ = self.keep(&mut self.ledger());
    }

    /// Tells search engines of the pages that changed. Gives how many they heard of, or why they did not.
    fn tell(&self, changed: &BTreeSet<String>) -> (Option<usize>, Option<String>) {
        let config = self.order.config;
        let Some(engine) = config
            .publish
            .index_now
            .as_deref()
            .filter(|_| self.order.tells)
        else {
            return (None, None);
        };
        let files = &self.order.published.files;
        let listed = self.listed();
        let base = &config.base_url;
        // Pages that want to be found, and those that are no more.
        let pages = changed
            .iter()
            .filter(|path| plan::is_page(path))
            .map(|path| {
                let address = address(base, path);
                (files.contains_key(path), address)
            });
        let pages = pages.filter(|(is_there, address)| !is_there || listed.contains(address));
        let addresses: Vec<String> = pages.map(|(_, address)| address).collect();
        if addresses.is_empty() {
            return (Some(0), None);
        }
        (self.watch.step)("telling search engines");
        let key = key(base);
        let key_at = base.absolute(&Permalink::file(&format!("{key}.txt")));
        let root = base.to_string();
        let host = root.split("://").nth(1).unwrap_or_default();
        let host = host.split('/').next().unwrap_or_default();
        match place::index_now(engine, host, &key, &key_at, &addresses) {
            Ok(()) => (Some(addresses.len()), None),
            Err(why) => {
                let pages = count(addresses.len(), "changed page", "changed pages");
                let note = format!(
                    "search engines did not hear of {pages}: {engine}: {why}; the next gen publish tells them"
                );
                (None, Some(note))
            }
        }
    }

    /// The addresses in the site's sitemap.
    fn listed(&self) -> BTreeSet<String> {
        let files = self.order.published.files.keys();
        let maps = files.filter(|path| path.starts_with("sitemap") && path.ends_with(".xml"));
        let mut listed = BTreeSet::new();
        for map in maps {
            let text = place::text(self.order.output, map);
            let addresses = text
                .split("<loc>")
                .skip(1)
                .filter_map(|rest| rest.split("</loc>").next());
            listed.extend(addresses.map(crate::escape::plain));
        }
        listed
    }
}
