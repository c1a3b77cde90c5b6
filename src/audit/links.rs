//! Which links of a built site lead to nothing, and which pages no other leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{HtmlPage, rooted};
use super::{Document, Finding};
use crate::escape::url_decode;
use crate::model::page::id_of_fragment;
use crate::model::url::BaseUrl;
use crate::parse::leads_into_site;

/// The pages and files of a site, by their addresses.
pub(super) struct Places<'a> {
    pub(super) documents: &'a [Document],
    pub(super) pages: &'a [&'a HtmlPage],
    pub(super) files: &'a BTreeSet<String>,
    pub(super) base: Option<&'a BaseUrl>,
    /// All of the site is here: what is not, is nowhere.
    pub(super) is_whole: bool,
    by_address: BTreeMap<&'a str, usize>,
}

/// Where a link leads.
enum Found {
    Page(usize),
    File,
    /// Another site, or what is not looked at.
    Elsewhere,
    Nothing,
}

impl<'a> Places<'a> {
    pub(super) fn new(
        documents: &'a [Document],
        pages: &'a [&'a HtmlPage],
        files: &'a BTreeSet<String>,
        base: Option<&'a BaseUrl>,
        is_whole: bool,
    ) -> Places<'a> {
        let addresses = documents.iter().enumerate();
        let by_address = addresses
            .map(|(number, one)| (one.address.as_str(), number))
            .collect();
        Places {
            documents,
            pages,
            files,
            base,
            is_whole,
            by_address,
        }
    }

    /// The path of a link from the site's root, with its anchor; none of one that leads elsewhere.
    fn within(&self, from: usize, href: &str) -> Option<(String, String)> {
        let href = href.trim();
        let own = match self.base {
            Some(base) => base.within(href),
            None => None,
        };
        let whole = match own {
            Some(path) => path,
            None if !leads_into_site(href) || href.starts_with("//") => return None,
            None => {
                let path = rooted(&self.documents[from].address, href);
                let below = self.base.map_or("/", BaseUrl::path);
                match path.strip_prefix(below.trim_end_matches('/')) {
                    Some(rest) if rest.starts_with('/') && href.starts_with('/') => rest.to_owned(),
                    // Another part of the host.
                    None if href.starts_with('/') => return None,
                    _ => path,
                }
            }
        };
        let (path, suffix) = whole.split_at(whole.find(['?', '#']).unwrap_or(whole.len()));
        let anchor = suffix.split_once('#').map_or("", |(_, anchor)| anchor);
        Some((url_decode(path), url_decode(id_of_fragment(anchor))))
    }

    fn find(&self, path: &str) -> Found {
        let bare = path.trim_start_matches('/');
        let folder = bare.trim_end_matches('/');
        let page = |address: String| self.by_address.get(address.as_str()).copied();
        let index = path.strip_suffix("index.html").map(str::to_owned);
        let slashed = if folder.is_empty() {
            "/".to_owned()
        } else {
            format!("/{folder}/")
        };
        let places = [
            Some(path.to_owned()),
            index,
            Some(slashed),
            Some(format!("/{folder}.html")),
        ];
        if let Some(found) = places.into_iter().flatten().find_map(page) {
            return Found::Page(found);
        }
        match self.files.contains(bare) {
            true => Found::File,
            false if self.is_whole => Found::Nothing,
            false => Found::Elsewhere,
        }
    }

    /// What is wrong with the links, each dead address once, and the pages that none leads to.
    pub(super) fn check(&self, findings: &mut Vec<Finding>) {
        let mut dead: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut anchors: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut missing: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut is_linked = vec![false; self.pages.len()];
        for (from, page) in self.pages.iter().enumerate() {
            for href in &page.links {
                let Some((path, anchor)) = self.within(from, href) else {
                    continue;
                };
                match self.find(&path) {
                    Found::Page(to) => {
                        is_linked[to] |= to != from;
                        let target = &self.pages[to];
                        let is_there = anchor.is_empty()
                            || anchor.eq_ignore_ascii_case("top")
                            || target.ids.contains(&anchor)
                            || anchor.starts_with(['!', '/']);
                        if !is_there && !target.is_redirect {
                            let address = format!("{}#{anchor}", self.documents[to].address);
                            anchors.entry(address).or_default().insert(from);
                        }
                    }
                    Found::Nothing => {
                        dead.entry(path).or_default().insert(from);
                    }
                    Found::File | Found::Elsewhere => {}
                }
            }
            for href in &page.files {
                if let Some((path, _)) = self.within(from, href)
                    && matches!(self.find(&path), Found::Nothing)
                {
                    missing.entry(path).or_default().insert(from);
                }
            }
        }
        for (kind, found) in [
            ("dead-link", dead),
            ("dead-anchor", anchors),
            ("missing-file", missing),
        ] {
            let mut found: Vec<(String, BTreeSet<usize>)> = found.into_iter().collect();
            found.sort_by_key(|(_, from)| std::cmp::Reverse(from.len()));
            findings.extend(found.into_iter().map(|(what, from)| {
                Finding {
                    kind,
                    what,
                    places: from
                        .into_iter()
                        .map(|from| self.documents[from].address.clone())
                        .collect(),
                }
            }));
        }
        if !self.is_whole {
            return;
        }
        for (number, page) in self.pages.iter().enumerate() {
            let address = &self.documents[number].address;
            let is_special =
                page.is_redirect || page.is_hidden || address.contains("404") || address == "/";
            if !is_linked[number] && !is_special {
                findings.push(Finding {
                    kind: "orphan",
                    what: page.headline.clone(),
                    places: vec![address.clone()],
                });
            }
        }
    }
}
