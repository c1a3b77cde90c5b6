//! Which addresses a site answers at: those of its files, and those that its rules for hosts lead on from.

use super::{Options, Pipeline};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::picture::Pictures;
use crate::model::url::{BaseUrl, Permalink};
use crate::output::{self, Planner};
use crate::parse::redirects::{self, Redirect};

/// The addresses of a site.
#[derive(Debug)]
pub struct Addresses {
    /// Where the site stands.
    pub base_url: BaseUrl,
    /// Of its files, sorted.
    files: Vec<Permalink>,
    rules: Vec<Redirect>,
}

/// Finds the addresses of the site at the options' root. `Err` in the value are mistakes that leave no site to speak of.
///
/// # Errors
/// What the machine refuses.
pub fn addresses(options: &Options) -> Result<Result<Addresses, Vec<Diagnostic>>, Error> {
    let mut watch = |_: &'static str, _: usize| {};
    let loaded = match Pipeline::new(options, &mut watch).load() {
        Ok(loaded) => loaded,
        Err(stop) => return stop.mistakes().map(Err),
    };
    let (editions, pictures) = (loaded.in_languages(), Pictures::default());
    let planners: Vec<Planner<'_>> = (0..editions.len())
        .map(|number| Planner::new(&editions, number, &pictures))
        .collect();
    let (jobs, _) = output::plan(&planners, &[]);
    let (rules, _) = redirects::read(&loaded.first().site.host_files.redirects);
    Ok(Ok(Addresses {
        files: jobs.into_iter().map(|job| job.permalink).collect(),
        rules,
        base_url: loaded.first().config.base_url.clone(),
    }))
}

impl Addresses {
    /// Whether there is an answer at a path, decoded, with its query.
    pub fn answer(&self, path: &str) -> bool {
        let (bare, query) = path.split_once('?').unwrap_or((path, ""));
        let is_file = |permalink: Permalink| {
            let at = |known: &Permalink| known.as_str().cmp(permalink.as_str());
            self.files.binary_search_by(at).is_ok()
        };
        let index = bare.strip_suffix("index.html").map(Permalink::page);
        let by_file = is_file(Permalink::file(bare))
            || is_file(Permalink::page(bare))
            || index.is_some_and(is_file);
        let is_plain = |key: &str| key.is_empty() || !["p", "page_id", "id"].contains(&key);
        let asks = query
            .split('&')
            .any(|pair| !is_plain(pair.split('=').next().unwrap_or_default()));
        by_file && !asks || self.rules.iter().any(|rule| holds(rule, bare, query))
    }
}

fn holds(rule: &Redirect, path: &str, query: &str) -> bool {
    let has = |wanted: &String| query.split('&').any(|pair| pair == wanted);
    if !rule.conditions.is_empty() || !rule.query.iter().all(has) {
        return false;
    }
    let from = crate::escape::url_decode(&rule.from);
    let mut parts = path.trim_matches('/').split('/');
    for wanted in from.trim_matches('/').split('/') {
        match (wanted, parts.next()) {
            ("*", _) => return true,
            (wanted, Some(part)) if wanted.starts_with(':') || wanted == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}
