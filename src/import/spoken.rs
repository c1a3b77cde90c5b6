//! The languages of the old site: which one a text is in, and which folder of the new site it goes to.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::old_site::{Language, OldSite, in_language, joined};
use super::source::{Source, text_of, within};
use crate::model::source as names;

/// Keys by which translations of one text know each other, where their files have other names.
const TIES: [&str; 9] = [
    "translationKey",
    "translation_key",
    "translation_id",
    "translationId",
    "page_id",
    "lang_ref",
    "lang-ref",
    "ref",
    "permalink",
];

/// The languages that a site is in.
#[derive(Debug)]
pub(super) struct Spoken {
    /// As the site names them.
    pub(super) tags: Vec<String>,
    /// What the site is called in each.
    pub(super) titles: BTreeMap<usize, String>,
    /// The number of the one that is usual.
    pub(super) own: usize,
    /// Whether its addresses begin with its name, as those of the others.
    pub(super) is_own_in_folder: bool,
    /// Whether originals stand where nothing is translated.
    pub(super) shows_originals: bool,
}

impl Spoken {
    /// Of a site whose usual language is `own`.
    pub(super) fn new(own: &str, others: impl IntoIterator<Item = String>) -> Spoken {
        let mut tags = vec![own.replace('_', "-")];
        for tag in others {
            let tag = tag.replace('_', "-");
            if !tags.iter().any(|known| known.eq_ignore_ascii_case(&tag)) {
                tags.push(tag);
            }
        }
        Spoken {
            tags,
            titles: BTreeMap::new(),
            own: 0,
            is_own_in_folder: false,
            shows_originals: false,
        }
    }

    /// Of a site whose settings say nothing: folders of `root` that are called as languages are, and hold for the most part
    /// what stands beside them, too, in the usual language or in another such folder.
    pub(super) fn of_folders(source: &Source, root: &str, own: &str) -> Spoken {
        let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut beside: BTreeSet<&str> = BTreeSet::new();
        for file in source.markdown(root) {
            let inside = within(&file.path, root).unwrap_or_default();
            beside.insert(inside);
            if let Some((folder, rest)) = inside.split_once('/').filter(|(tag, _)| is_tag(tag)) {
                folders.entry(folder).or_default().insert(rest);
            }
        }
        let others = |tag: &str, path: &str| {
            let mut others = folders.iter().filter(|(other, _)| **other != tag);
            beside.contains(path) || others.any(|(_, paths)| paths.contains(path))
        };
        let mirrors = folders.iter().filter(|(tag, paths)| {
            let both = paths.iter().filter(|path| others(tag, path));
            both.count() * 2 >= paths.len()
        });
        let tags: Vec<String> = mirrors.map(|(tag, _)| (*tag).to_owned()).collect();
        let known = |wanted: &str| tags.iter().find(|tag| base(tag) == base(wanted));
        let own = known(own).map_or(own, String::as_str).to_owned();
        Spoken::new(&own, tags)
    }

    /// The number of a language, in any spelling; `en-US` may be the only English.
    pub(super) fn number(&self, tag: &str) -> Option<usize> {
        let tag = tag.replace('_', "-");
        let is_it = |known: &String| known.eq_ignore_ascii_case(&tag);
        let is_alike = |known: &String| is_tag(&tag) && base(known) == base(&tag);
        let mut all = self.tags.iter();
        all.position(is_it)
            .or_else(|| self.tags.iter().position(is_alike))
    }

    /// A path without the language that is one of its folders, the first or the second, and that language.
    pub(super) fn in_folder(&self, path: &str) -> Option<(usize, String)> {
        let (first, rest) = path.split_once('/')?;
        if let Some(number) = self.number(first) {
            return Some((number, rest.to_owned()));
        }
        let (second, rest) = rest.split_once('/')?;
        Some((self.number(second)?, joined(first, rest)))
    }

    /// A path without the language in its name or its folders, and that language.
    pub(super) fn in_path(&self, path: &str) -> Option<(usize, String)> {
        in_language(path, &self.tags).or_else(|| self.in_folder(path))
    }

    /// What the addresses of a language begin with.
    pub(super) fn prefix(&self, language: usize) -> String {
        match language != self.own || self.is_own_in_folder {
            true => format!("/{}", self.tags[language]),
            false => String::new(),
        }
    }

    /// Moves a text into the folder of its language.
    pub(super) fn settle(&self, doc: &mut Doc, language: usize, bare: &str) {
        doc.path = match language == self.own {
            true => bare.to_owned(),
            false => joined(&self.tags[language], bare),
        };
    }

    /// Notes the languages, and ties translations to their originals whose files are called otherwise. A site whose texts
    /// are in one language is left as it is.
    pub(super) fn tell(self, site: &mut OldSite) {
        let of_other = |doc: &Doc| {
            let (folder, rest) = doc.path.split_once('/')?;
            let number = self.number(folder).filter(|number| *number != self.own)?;
            Some((number, rest.to_owned()))
        };
        if !site.docs.iter().any(|doc| of_other(doc).is_some()) && !self.is_own_in_folder {
            return;
        }
        let originals: Vec<&Doc> = site
            .docs
            .iter()
            .filter(|doc| of_other(doc).is_none())
            .collect();
        let paths: BTreeSet<&str> = originals.iter().map(|doc| doc.path.as_str()).collect();
        let mut by_tie: BTreeMap<(&str, String), Option<String>> = BTreeMap::new();
        for doc in &originals {
            for tie in ties(doc) {
                let path = names::without_ending(&doc.path).to_owned();
                by_tie
                    .entry(tie)
                    .and_modify(|known| *known = None)
                    .or_insert(Some(path));
            }
        }
        let tied: Vec<Option<String>> = site
            .docs
            .iter()
            .map(|doc| {
                let (_, bare) = of_other(doc)?;
                if paths.contains(bare.as_str()) {
                    return None;
                }
                ties(doc).find_map(|tie| by_tie.get(&tie).cloned().flatten())
            })
            .collect();
        for (doc, original) in site.docs.iter_mut().zip(tied) {
            // Folders and `translation_of` say what these said.
            for key in TIES.iter().chain(&["lang", "language", "locale"]) {
                doc.front.extra.remove(*key);
            }
            if doc.front.translation_of.is_none() {
                doc.front.translation_of = original;
            }
        }
        let own = &self.tags[self.own];
        let is_it = |code: &String| base(code) == base(own);
        site.language = site
            .language
            .take()
            .filter(is_it)
            .or_else(|| Some(own.clone()));
        for (number, tag) in self.tags.iter().enumerate() {
            let is_own = number == self.own;
            site.languages.push(Language {
                tag: match is_own {
                    true => site.language.clone().unwrap_or_default(),
                    false => tag.clone(),
                },
                title: self.titles.get(&number).cloned(),
                folder: (!is_own || self.is_own_in_folder).then(|| tag.clone()),
                shows_originals: self.shows_originals,
            });
        }
    }
}

/// By what a text is the translation of another.
fn ties(doc: &Doc) -> impl Iterator<Item = (&'static str, String)> {
    let value = |key: &'static str| Some((key, text_of(&doc.raw, key)?.to_owned()));
    TIES.into_iter().filter_map(value)
}

/// A language without its country.
pub(super) fn base(tag: &str) -> String {
    let end = tag.find(['-', '_']).unwrap_or(tag.len());
    tag[..end].to_lowercase()
}

/// Whether a folder may be called so for a language: `de`, `pt-br`, `zh-Hant`.
pub(super) fn is_tag(name: &str) -> bool {
    let (base, more) = name.split_once(['-', '_']).unwrap_or((name, ""));
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_more = more.is_empty() && base == name || matches!(more.len(), 2 | 4) && letters(more);
    base.len() == 2 && base.bytes().all(|byte| byte.is_ascii_lowercase()) && is_more
}
