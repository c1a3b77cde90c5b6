//! `refused.txt`: what authors want suggested no more, a line each: words that shall be no link, or two articles of which
//! the first shall not link to the second. Nothing is read here: text comes in.

use std::collections::BTreeSet;

use super::phrase::hash;
use crate::parse::terms::PhraseWords;

/// The file's name, at the site's root.
pub const FILE: &str = "refused.txt";
/// What the file begins with.
pub const HEAD: &str = "# What `gen check --suggest` leaves out: words, or the article that would link `->` the other one.\n";
const TO: &str = "->";

/// What is suggested no more.
#[derive(Debug, Default)]
pub struct Refused {
    /// Hashes of phrases, whatever the forms of their words.
    phrases: BTreeSet<u64>,
    /// The files of two articles in `content/`, the one that would link first.
    pairs: BTreeSet<(String, String)>,
}

impl Refused {
    /// Reads the file's text, of a site in this language.
    pub fn read(text: &str, language: &str) -> Refused {
        let mut words = PhraseWords::new(language);
        let mut refused = Refused::default();
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.split_once(TO) {
                Some((from, to)) => {
                    let file = |path: &str| {
                        let path = path.trim();
                        path.strip_prefix("content/").unwrap_or(path).to_owned()
                    };
                    refused.pairs.insert((file(from), file(to)));
                }
                None => {
                    refused.phrases.insert(hash(&words.of(line)));
                }
            }
        }
        refused
    }

    /// Whether a phrase shall be no link.
    pub(super) fn has_phrase(&self, hash: u64) -> bool {
        self.phrases.contains(&hash)
    }

    /// Whether the one article shall not link to the other.
    pub(super) fn has_pair(&self, from: &str, to: &str) -> bool {
        self.pairs.contains(&(from.to_owned(), to.to_owned()))
    }
}
