//! The terms that articles of the new site are sorted by.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::{NewFile, site_toml};
use crate::config::{Languages, Taxonomies};
use crate::model::slug::{fold, slugify};
use crate::parse;

/// The taxonomies of ours that some keys of front matter can be; each is called by its key.
pub(super) fn taxonomies(keys: impl Iterator<Item = String>) -> Taxonomies {
    let table = |lines: &str| site_toml::config(&format!("[taxonomies]\n{lines}"));
    let lines = keys
        .filter(|key| slugify(key) == *key)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|key| format!("{key} = {}\n", site_toml::text(&parse::title_from(&key))))
        .filter(|line| table(line).is_some());
    let all = table(&lines.collect::<String>());
    all.map(|config| config.taxonomies).unwrap_or_default()
}

/// How a term is written, by its small letters: how often, and one way of it.
type Spellings = BTreeMap<String, (usize, String)>;

/// Files for terms that would share an address with another one, as `C` and `C++` do.
pub(super) fn told_apart(docs: &[Doc], languages: &Languages) -> Vec<NewFile> {
    let slugs = languages.all()[0].slugs;
    let mut by_slug: BTreeMap<(&str, String), Spellings> = BTreeMap::new();
    let topics = docs.iter().flat_map(|doc| doc.front.topics());
    for (key, name) in topics.flat_map(|(key, names)| names.iter().map(move |name| (key, name))) {
        let spellings = by_slug.entry((key, slugs.of(name))).or_default();
        let known = spellings
            .entry(fold(name))
            .or_insert_with(|| (0, name.clone()));
        known.0 += 1;
    }
    let mut files = Vec::new();
    for ((key, slug), spellings) in &by_slug {
        let mut all: Vec<&(usize, String)> = spellings.values().collect();
        all.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
        let mut number = 2;
        for (_, name) in all.into_iter().skip(1) {
            while by_slug.contains_key(&(*key, format!("{slug}-{number}"))) {
                number += 1;
            }
            let path = format!("content/{key}/{slug}-{number}.md");
            if !docs
                .iter()
                .any(|doc| format!("content/{}", doc.path) == path)
            {
                let text = format!("---\ntitle: {}\n---\n", parse::scalar::scalar(name));
                files.push(NewFile { path, text });
            }
            number += 1;
        }
    }
    files
}
