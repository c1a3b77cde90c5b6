//! Pictures that only the web has: which of them are to be fetched, and what they are called then.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Fetched;
use super::paths::clean;
use crate::escape::url_decode;
use crate::fingerprint::Fingerprint;
use crate::model::url::BaseUrl;

/// Endings of what is fetched.
const PICTURES: [&str; 9] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico",
];

/// The pictures that are to be fetched, by their addresses.
pub(super) struct ToFetch {
    is_wanted: bool,
    hosts: &'static [&'static str],
    paths: RefCell<BTreeMap<String, String>>,
}

impl ToFetch {
    pub(super) fn new(is_wanted: bool, hosts: &'static [&'static str]) -> ToFetch {
        ToFetch {
            is_wanted,
            hosts,
            paths: RefCell::default(),
        }
    }

    /// The path in `content/` of a picture of the old site itself; none of what is no picture, or is not to be fetched.
    pub(super) fn of_home(&self, url: &str, base: Option<&BaseUrl>) -> Option<String> {
        let path = base.and_then(|base| base.within(url))?;
        let path = url_decode(path.split(['?', '#']).next().unwrap_or_default());
        let path = path.trim_start_matches('/');
        self.add(url, path.strip_prefix("wp-content/").unwrap_or(path))
    }

    /// The same of one that another host holds for it.
    pub(super) fn of_host(&self, url: &str) -> Option<String> {
        let (_, rest) = url.split_once("://")?;
        let host = rest.split(['/', ':']).next().unwrap_or_default();
        let is_known = |known: &&&str| {
            host.strip_suffix(**known)
                .is_some_and(|before| before.is_empty() || before.ends_with(['.', '-']))
        };
        self.hosts.iter().find(is_known)?;
        let decoded = url_decode(rest.split(['?', '#']).next().unwrap_or_default());
        let name = decoded.rsplit('/').next().unwrap_or_default().to_owned();
        // Names of others are no names of ours: two may be called alike.
        let own = Fingerprint::of(url.as_bytes()).to_string();
        self.add(
            url,
            &format!("pictures/{}-{name}", own.get(..8).unwrap_or(&own)),
        )
    }

    fn add(&self, url: &str, path: &str) -> Option<String> {
        let ending = path
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending)
            .to_lowercase();
        if !self.is_wanted || !PICTURES.contains(&ending.as_str()) {
            return None;
        }
        let path = clean(path);
        let mut paths = self.paths.borrow_mut();
        Some(paths.entry(url.to_owned()).or_insert(path).clone())
    }

    /// All of them, sorted by path; of two for one path, the first.
    pub(super) fn all(&self) -> Vec<Fetched> {
        let paths = self.paths.borrow();
        let mut all: Vec<Fetched> = paths
            .iter()
            .map(|(url, path)| Fetched {
                url: url.clone(),
                to: format!("content/{path}"),
            })
            .collect();
        all.sort_by(|a, b| (&a.to, &a.url).cmp(&(&b.to, &b.url)));
        all.dedup_by(|later, first| later.to == first.to);
        all
    }
}
