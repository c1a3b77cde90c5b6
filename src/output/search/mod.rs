//! Full-text search on a host that only serves files: the page `/search/`, and an index in small files of
//! which `assets/search.js` fetches those that a query needs.
//!
//! Everything of one index lies in one folder, whose name is a fingerprint of all its bytes. So caches may keep
//! it for ever, and a page never puts parts of two indexes together.

mod documents;
mod endings;
mod gather;
mod index;
mod phrases;

use rayon::prelude::*;

use super::head::Head;
use super::json::{self, json};
use super::template::{Value, object};
use super::{Job, Planner, Rendered, Subject, View, context};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::model::url::Permalink;

/// The theme's script for search, which is published with an index only.
pub(super) const SCRIPT: &str = "search.js";

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

impl Index {
    /// Reads the words of every page that readers may find. The bytes do not depend on the number of threads.
    pub fn build(site: &Site, config: &Config) -> Index {
        let ids = documents::found(site);
        let words: u64 = ids.iter().map(|id| u64::from(site.page(*id).words)).sum();
        let mean = words as f32 / ids.len().max(1) as f32;
        let part = ids.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts: Vec<(usize, &[PageId])> = ids.chunks(part).enumerate().collect();
        let gathered: Vec<gather::Gathered> = parts
            .into_par_iter()
            .map(|(number, ids)| gather::gather(site, ids, number * part, mean, &config.language))
            .collect();
        let (lists, endings) = index::lists(&gathered);
        let phrases = phrases::rows(&gathered);
        drop(gathered);

        let firsts: Vec<String> = lists.iter().map(|list| list.first.clone()).collect();
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for (number, list) in lists.into_iter().enumerate() {
            files.push((format!("{number}.bin"), list.words));
            let blocks = list.blocks.into_iter().enumerate();
            files.extend(blocks.map(|(block, bytes)| (format!("{number}-{block}.bin"), bytes)));
        }
        let of_phrases = phrases.files.into_iter().enumerate();
        files.extend(of_phrases.map(|(number, bytes)| (format!("p{number}.bin"), bytes)));
        let pages = documents::files(site, config, &ids).into_iter().enumerate();
        files.extend(pages.map(|(number, bytes)| (format!("{number}.json"), bytes)));

        let all: Vec<u8> = files
            .iter()
            .flat_map(|(_, bytes)| Fingerprint::of(bytes).0.to_le_bytes())
            .collect();
        let folder = address(config).join(&format!("{}/", Fingerprint::of(&all).short()));
        let mut root = json!({
            "folder": config.base_url.href(&folder),
            "pages": ids.len(),
            "chunk": documents::PAGES,
            "block": index::BLOCK,
            "lists": firsts,
            "endings": endings,
            "rows": phrases.in_file,
        });
        let first = first(site, &ids);
        if !first.is_empty() {
            root["first"] = first.into();
        }
        if !config.synonyms.is_empty() {
            root["synonyms"] = json!(config.synonyms);
        }
        Index {
            root: json::compact(&root),
            files: files
                .into_iter()
                .map(|(name, bytes)| (folder.join(&name), bytes))
                .collect(),
            pages: ids.len(),
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

/// The searches that pages are the first answer to, each with the page's number.
fn first(site: &Site, ids: &[PageId]) -> Vec<json::Value> {
    let mut first = Vec::new();
    for (number, id) in ids.iter().enumerate() {
        let finding = site.page(*id).front.search.as_deref();
        let searches = finding.map_or(&[][..], |finding| &finding.first_for.0);
        first.extend(searches.iter().map(|search| json!([search, number])));
    }
    first
}

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let Some(index) = planner.search else { return };
    let permalink = address(planner.config);
    jobs.push(Job::new(permalink, "the search page", Subject::Search));
    for (number, (permalink, _)) in index.files.iter().enumerate() {
        jobs.push(Job::new(
            permalink.clone(),
            "the search index",
            Subject::SearchFile(number),
        ));
    }
}

pub(super) fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let title = view.theme.string("search");
    let mut head = Head::new(title, "", &job.permalink);
    head.noindex = true;
    let mut context = context::with_head(&head, view);
    context.insert_value("title", Value::from(title));
    context.insert_value("search", value(view));
    view.page("search.html", &context, &job.owner)
}

/// A file of the index.
pub(super) fn file(view: &View<'_>, number: usize) -> Rendered {
    Rendered::Bytes(view.site.search_file(number).to_vec())
}

/// The index as templates read it; none where the site has no search.
pub(super) fn value(view: &View<'_>) -> Value {
    let base = &view.config.base_url;
    view.site.search_root().map_or(
        Value::none(),
        |root| object! { "url" => base.href(&address(view.config)), "index" => root },
    )
}
