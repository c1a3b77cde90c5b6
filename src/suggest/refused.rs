//! `refused.txt`: what authors want suggested no more, a line each: words that shall be no link, or two articles of which
//! the first shall not link to the second. Articles are named as links name them.

use std::collections::BTreeSet;
use std::path::Path;

use super::hash::hash;
use crate::edit::{Edit, Plan};
use crate::error::Error;
use crate::link::named;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::model::url::BaseUrl;
use crate::parse::terms::PhraseWords;
use crate::scan;
use crate::store::author;

/// The file's name, at the site's root.
pub const FILE: &str = "refused.txt";
/// What the file begins with.
const HEAD: &str = "# What `gen check --suggest` leaves out: words, or the article that would link `->` the other one.\n";
const TO: &str = "->";

/// The line that keeps one article, by its file in `content/`, from being told to link to another one.
pub fn pair(from: &str, to: &str) -> String {
    format!("{from} {TO} {to}")
}

/// Adds lines to the file of the site at `root`; one that it has already is not added again.
///
/// # Errors
/// The file cannot be read or written.
pub fn remember(root: &Path, lines: &[String]) -> Result<(), Error> {
    let bytes = match root.join(FILE).is_file() {
        true => Some(scan::file(root, FILE)?),
        false => None,
    };
    let before = bytes.as_deref().map(String::from_utf8_lossy);
    let known = before.as_deref().unwrap_or(HEAD);
    let mut more = String::new();
    if !known.ends_with('\n') && !known.is_empty() {
        more.push('\n');
    }
    let lines = lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        // Else it would be a comment.
        .map(|line| line.trim_start_matches(['#', ' ']).to_owned());
    for line in lines.filter(|line| !line.is_empty()) {
        let is_known = |text: &str| text.lines().any(|known| known.trim() == line);
        if !is_known(known) && !is_known(&more) {
            more.push_str(&line);
            more.push('\n');
        }
    }
    if more.trim().is_empty() {
        return Ok(());
    }
    let plan = match &bytes {
        Some(bytes) => Plan {
            edits: vec![Edit::new(FILE, bytes.len()..bytes.len(), more)],
            ..Plan::default()
        },
        None => Plan {
            created: vec![(FILE.to_owned(), format!("{HEAD}{more}"))],
            ..Plan::default()
        },
    };
    author::carry_out(root, &plan)
}

/// What is suggested no more.
#[derive(Debug, Default)]
pub struct Refused {
    /// Hashes of phrases, whatever the forms of their words.
    phrases: BTreeSet<u64>,
    /// Two articles, the one that would link first.
    pairs: BTreeSet<(PageId, PageId)>,
    /// What names no article of this site: the lines, from 1, and what stands there.
    pub unknown: Vec<(usize, String)>,
}

impl Refused {
    /// Reads the file's text, for a site in this language.
    pub fn read(text: &str, site: &Site, base_url: &BaseUrl, language: &str) -> Refused {
        let mut words = PhraseWords::new(language);
        let mut refused = Refused::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((from, to)) = line.split_once(TO).or_else(|| line.split_once('→')) else {
                refused.phrases.insert(hash(&words.of(line)));
                continue;
            };
            let mut article = |written: &str| {
                let found = named::article(site, base_url, written).ok();
                if found.is_none() {
                    refused.unknown.push((number + 1, written.to_owned()));
                }
                found
            };
            if let (Some(from), Some(to)) = (article(from.trim()), article(to.trim())) {
                refused.pairs.insert((from, to));
            }
        }
        refused
    }

    /// Whether a phrase shall be no link.
    pub(super) fn has_phrase(&self, hash: u64) -> bool {
        self.phrases.contains(&hash)
    }

    /// Whether the one article shall not link to the other.
    pub(super) fn has_pair(&self, from: PageId, to: PageId) -> bool {
        self.pairs.contains(&(from, to))
    }
}
