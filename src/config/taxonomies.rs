//! `[taxonomies]`: what else a site sorts its articles by, beside tags and authors.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{FILE, Language, find_key};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::front_matter::FrontMatter;
use crate::model::slug::slugify;

/// The first parts of addresses that gen itself makes, and a word that front matter of others has for lists like these.
pub const TAKEN: [&str; 5] = ["archive", "assets", "page", "search", "taxonomies"];

/// The site's own taxonomies: their keys in front matter, each with the title that readers see.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Taxonomies(BTreeMap<String, String>);

impl Taxonomies {
    /// Their keys, each with its title, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter();
        all.map(|(key, title)| (key.as_str(), title.as_str()))
    }

    /// Their keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// Whether this folder of `content/` holds words about one and its terms.
    pub fn has(&self, folder: &str) -> bool {
        self.0.contains_key(folder)
    }

    /// Gives them the titles of a language.
    pub(super) fn call(&mut self, titles: &BTreeMap<String, String>) {
        for (key, title) in titles {
            if let Some(own) = self.0.get_mut(key) {
                own.clone_from(title);
            }
        }
    }

    /// What is wrong with the titles that they have in some languages; `text` is that of `site.toml`.
    pub(super) fn mistakes_in(&self, languages: &[Language], text: &str) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        let keys: Vec<&str> = self.keys().collect();
        for language in languages {
            for (key, title) in &language.taxonomies {
                let (message, help) = match (self.has(key), title.trim()) {
                    (false, _) => (
                        format!("the site has no taxonomy `{key}`"),
                        did_you_mean(key, &keys)
                            .unwrap_or_else(|| "write it below [taxonomies] first".to_owned()),
                    ),
                    (true, "") => (
                        format!("the taxonomy `{key}` has no title"),
                        "write what readers see, or take the line out".to_owned(),
                    ),
                    _ => continue,
                };
                let table = format!("languages.{}.taxonomies", language.tag);
                let at = find_key(text, &table, Some(key)).unwrap_or(0..0);
                errors.push(Diagnostic::error("config", FILE, message).at(at).help(help));
            }
        }
        errors
    }

    /// What is wrong with them.
    pub(super) fn mistakes(&self) -> Vec<Diagnostic> {
        let mistake = |(key, title): (&str, &str)| {
            let is_key = |known: &&str| *known == key.replace('-', "_");
            let (message, help) = match key {
                "tags" | "authors" => (
                    format!("every site has {key}"),
                    "take the line out; its words are the theme's".to_owned(),
                ),
                _ if FrontMatter::KEYS.iter().any(is_key) || TAKEN.contains(&key) => (
                    format!("`{key}` means something else already"),
                    "choose another key, such as `series`".to_owned(),
                ),
                _ if key.is_empty() || slugify(key) != key => (
                    format!("`{key}` cannot be the key of a taxonomy"),
                    "it is a key of front matter and a part of addresses: use small letters, digits and hyphens, such as `series`".to_owned(),
                ),
                _ if title.trim().is_empty() => (
                    format!("the taxonomy `{key}` has no title"),
                    format!("write what readers see: {key} = \"Series\""),
                ),
                _ => return None,
            };
            let error = Diagnostic::error("config", FILE, message);
            Some(error.at_item("taxonomies", key).help(help))
        };
        self.iter().filter_map(mistake).collect()
    }
}
