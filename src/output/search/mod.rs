//! Full-text search on a host that only serves files: an index in small files, of which `assets/search.js` fetches those
//! that a query needs.
//!
//! Each file is named by its own bytes, and by no name but those in the page for search and in other files of the index, as
//! in a Git repository. So caches may keep it for ever, a page never puts parts of two indexes together, and an edit
//! leaves all files in place but the few that its words stand in: that is why documents keep their numbers
//! (`documents.rs`), and why files are cut at words that are chosen by their letters (`index.rs`).

mod documents;
mod endings;
mod gather;
mod index;
mod phrases;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::json::{self, json};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::model::site::Site;
use crate::model::url::Permalink;

/// The theme's script for search, which is published with an index only.
pub(super) const SCRIPT: &str = "search.js";

/// The folder of the index, below the page. Nothing else lies in it.
const FOLDER: &str = "parts/";

/// The index of a site.
pub struct Index {
    /// What the script must know before it fetches anything, as JSON.
    root: String,
    files: Vec<(Permalink, Vec<u8>)>,
    /// Pages in it.
    pub pages: usize,
}

/// Where the search page is.
pub(super) fn address(config: &Config) -> Permalink {
    config.page_at("search")
}

/// The folder of the index.
pub(super) fn folder(config: &Config) -> Permalink {
    address(config).join(FOLDER)
}

impl Index {
    /// Reads the words of every page that readers may find. The bytes do not depend on the number of threads.
    pub fn build(site: &Site, config: &Config) -> Index {
        let documents = documents::numbered(site);
        let count = documents.all.len();
        let words: usize = (documents.all.iter())
            .map(|document| site.page(document.page).words as usize)
            .sum();
        let mean = rounded(words / count.max(1));
        let part = count.div_ceil(rayon::current_num_threads()).max(1);
        let parts: Vec<&[documents::Document]> = documents.all.chunks(part).collect();
        let gathered: Vec<gather::Gathered> = parts
            .into_par_iter()
            .map(|documents| gather::gather(site, documents, mean, &config.language))
            .collect();
        let (lists, endings) = index::lists(&gathered);
        let phrases = phrases::rows(&gathered, documents.room);
        drop(gathered);

        let mut files = Files::default();
        let mut firsts = Vec::new();
        for list in lists {
            for block in list.blocks {
                files.add("bin", block);
            }
            firsts.push(json!([list.first, files.add("bin", list.words)]));
        }
        let mut root = json!({
            "folder": config.base_url.href(&folder(config)),
            "pages": count,
            "lists": firsts,
            "endings": endings,
            "chunk": documents::PAGES,
            "chunks": files.add_all("json", documents::files(site, config, &documents)),
            "rows": phrases.in_file,
            "row": phrases.bytes,
            "phrases": files.add_all("bin", phrases.files),
        });
        let first = first(site, &documents.all);
        if !first.is_empty() {
            root["first"] = first.into();
        }
        if !config.synonyms.is_empty() {
            root["synonyms"] = json!(config.synonyms);
        }
        let folder = folder(config);
        let files = files.0.into_iter();
        Index {
            root: json::compact(&root),
            files: files
                .map(|(name, bytes)| (folder.join(&name), bytes))
                .collect(),
            pages: count,
        }
    }

    /// What the script must know before it fetches anything, as JSON.
    pub(super) fn root(&self) -> &String {
        &self.root
    }

    /// The files with their addresses.
    pub(super) fn files(&self) -> &[(Permalink, Vec<u8>)] {
        &self.files
    }
}

/// The files of an index, by their names.
#[derive(Default)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file, and returns the name that its bytes give it.
    fn add(&mut self, ending: &str, bytes: Vec<u8>) -> String {
        let name = format!("{}.{ending}", Fingerprint::of(&bytes).short());
        self.0.insert(name.clone(), bytes);
        name
    }

    /// Adds files and one that names them in their order, and returns the name of this.
    fn add_all(&mut self, ending: &str, all: Vec<Vec<u8>>) -> String {
        let mut names = Vec::with_capacity(all.len() * 5);
        for bytes in all {
            names.extend(Fingerprint::of(&bytes).short_bytes());
            self.add(ending, bytes);
        }
        self.add("bin", names)
    }
}

/// A number to its first four binary digits, so that it stays when a little is added to what it is the mean of.
fn rounded(number: usize) -> usize {
    let rest = (number.checked_ilog2().unwrap_or(0)).saturating_sub(3);
    number >> rest << rest
}

/// The searches that pages are the first answer to, each with the page's number.
fn first(site: &Site, documents: &[documents::Document]) -> Vec<json::Value> {
    let mut first = Vec::new();
    for document in documents {
        let finding = site.page(document.page).front.search.as_deref();
        let searches = finding.map_or(&[][..], |finding| &finding.first_for.0);
        first.extend((searches.iter()).map(|search| json!([search, document.number])));
    }
    first
}
