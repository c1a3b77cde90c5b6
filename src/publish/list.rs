//! The list of what `gen` sent to a place. It stands beside the site, so that every machine that publishes finds it: what
//! it does not name was put there by others, and stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Component, Path};

use crate::fingerprint::Fingerprint;

const HEAD: &str = "gen publish 1";

/// What is known of a file at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// These bytes stand there, with these headers.
    Sent(Fingerprint),
    /// Bytes of gen's stand there: those before, or these, which a publisher began to send.
    Changing(Fingerprint),
    /// A publisher began to send it to where nothing was. Nothing may be there, or somebody else's file.
    New(Fingerprint),
}

impl State {
    /// Of what was sent, or is to be.
    pub fn hash(self) -> Fingerprint {
        match self {
            State::Sent(hash) | State::Changing(hash) | State::New(hash) => hash,
        }
    }
}

/// What `gen` sent to a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The site's address; empty where nothing was ever sent.
    pub site: String,
    /// By path.
    pub files: BTreeMap<String, State>,
    /// Paths that changed, and of which search engines were not told yet.
    pub untold: BTreeSet<String>,
}

impl List {
    /// Reads it. A line that makes no sense is passed over: what it names stays, as somebody else's. None where it is no
    /// list, or one of a later version.
    pub fn parse(text: &str) -> Option<List> {
        let mut list = List::default();
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return None;
        }
        for line in lines {
            let Some((word, rest)) = line.split_once(' ') else {
                continue;
            };
            match word {
                "site" => rest.clone_into(&mut list.site),
                "untold" => {
                    list.untold.insert(rest.to_owned());
                }
                hash => {
                    let state: fn(Fingerprint) -> State = match hash.as_bytes().first() {
                        Some(b'~') => State::Changing,
                        Some(b'+') => State::New,
                        _ => State::Sent,
                    };
                    let is_inside = Path::new(rest)
                        .components()
                        .all(|part| matches!(part, Component::Normal(_)));
                    if let Ok(hash) = hash.trim_start_matches(['~', '+']).parse()
                        && is_inside
                    {
                        list.files.insert(rest.to_owned(), state(hash));
                    }
                }
            }
        }
        Some(list)
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.files.len() * 80 + 64);
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{HEAD}\nsite {}", self.site);
        for (path, state) in &self.files {
            let sign = match state {
                State::Sent(_) => "",
                State::Changing(_) => "~",
                State::New(_) => "+",
            };
            let _ = writeln!(text, "{sign}{} {path}", state.hash());
        }
        for path in &self.untold {
            let _ = writeln!(text, "untold {path}");
        }
        text
    }

    /// The files of which nobody knows whether they are there and whose: a publisher ended before it knew.
    pub fn uncertain(&self) -> Vec<(String, Fingerprint)> {
        let new = self.files.iter().filter_map(|(path, state)| match state {
            State::New(hash) => Some((path.clone(), *hash)),
            State::Sent(_) | State::Changing(_) => None,
        });
        new.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_what_it_wrote_and_nothing_outside() {
        let hash = Fingerprint::of(b"x");
        let list = List {
            site: "https://x.org/".into(),
            files: BTreeMap::from([
                ("a b/index.html".into(), State::Sent(hash)),
                ("c.css".into(), State::New(hash)),
                ("d.xml".into(), State::Changing(hash)),
            ]),
            untold: BTreeSet::from(["a b/index.html".into()]),
        };
        let text = list.text();
        assert_eq!(List::parse(&text), Some(list.clone()));
        let evil = format!("{text}{hash} ../x\n{hash} /etc/passwd\nnonsense\nzz y\n");
        assert_eq!(List::parse(&evil), Some(list));
        assert_eq!(List::parse("gen publish 2\n"), None);
        assert_eq!(List::parse("<html>"), None);
    }
}
