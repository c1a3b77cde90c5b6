//! Hugo: `content/` and `static/`, with permalinks by section, bundles, languages by file name.

use super::System;
use crate::error::Error;
use crate::import::address::{self, Names, urlized};
use crate::import::doc::stem;
use crate::import::old_site::{Keys, Language, OldSite, in_language, joined};
use crate::import::source::{Source, is_markdown, text_of, value_of, within};
use crate::import::tag::Tags;
use crate::model::extra::{Extra, ExtraValue};

const SETTINGS: [&str; 9] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config/_default/hugo.toml",
    "config/_default/config.toml",
];

pub(super) const SYSTEM: System = System {
    name: "Hugo",
    is: |source| {
        let has_folders = source.has_folder("content");
        SETTINGS
            .iter()
            .any(|path| source.has(path) && (has_folders || path.starts_with("hugo")))
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = source.settings(&SETTINGS);
    let mut site = OldSite {
        root: "content".to_owned(),
        tags: Tags {
            hugo: true,
            liquid: false,
        },
        ..OldSite::default()
    };
    site.settings(
        &settings,
        &Keys {
            title: &["title"],
            base_url: &["baseURL"],
        },
    );
    let main = value_of(&settings, "menu.main").or(value_of(&settings, "menus.main"));
    site.menu(main, &["name", "title"], &["url", "pageRef"]);
    let keys = match value_of(&settings, "taxonomies") {
        Some(ExtraValue::Map(map)) => map
            .keys()
            .filter_map(|key| text_of(map, key).map(str::to_owned))
            .collect(),
        // Without a word, Hugo has tags and categories.
        _ => vec!["categories".to_owned()],
    };
    site.sort_by(source, keys.into_iter());
    let spoken = Spoken::new(source, &settings);
    for (folder, into) in spoken.folders() {
        site.take(source, folder, into)?;
    }
    site.take_static(source, "static");
    site.take_static(source, "assets");
    let mut docs = std::mem::take(&mut site.docs);
    for doc in &mut docs {
        let (language, inside) = spoken.place(&doc.source);
        let named = in_language(&doc.path, &spoken.tags);
        let is_moved = named.is_some() && language != spoken.own;
        if let Some((_, bare)) = named {
            doc.path = bare;
        }
        if let Some(term) = site.term(&doc.path) {
            if term.starts_with("authors/") && doc.front.name.is_none() {
                doc.front.name = doc.front.title.take();
            }
            doc.path = term;
        }
        if is_moved {
            doc.path = joined(&spoken.tags[language], &doc.path);
        }
        let prefix = (language != spoken.own || spoken.is_own_in_folder)
            .then(|| format!("/{}", spoken.tags[language].to_lowercase()));
        let (folder, _) = inside.rsplit_once('/').unwrap_or(("", inside.as_str()));
        let section = inside
            .split('/')
            .next()
            .filter(|_| !folder.is_empty())
            .unwrap_or_default();
        let name = stem(&inside);
        let is_bundle = name.split('.').next() == Some("index");
        let is_list = name.split('.').next() == Some("_index");
        let own = match is_bundle {
            true => folder.rsplit('/').next().unwrap_or_default(),
            false => name,
        };
        let slug = text_of(&doc.raw, "slug").map_or_else(|| urlized(own), str::to_owned);
        let pattern = ["permalinks", "permalinks.page"].iter().find_map(|key| {
            match value_of(&settings, key) {
                Some(ExtraValue::Map(map)) => text_of(map, section),
                _ => None,
            }
        });
        let above = match is_bundle {
            true => folder.rsplit_once('/').map_or("", |(above, _)| above),
            false => folder,
        };
        let above: Vec<String> = above.split('/').map(urlized).collect();
        let usual = match is_list {
            true => format!("/{}/", above.join("/")),
            false => format!("/{}/{slug}/", above.join("/")),
        };
        let title = doc.front.title.as_ref().map(|title| urlized(&title.0));
        let by_pattern = pattern.filter(|_| !is_list).and_then(|pattern| {
            let pattern = match title {
                Some(title) => pattern.replace(":title", &title),
                None => pattern.to_owned(),
            };
            address::filled(
                &pattern,
                &Names {
                    doc: &*doc,
                    slug: &slug,
                    section,
                    categories: &[],
                },
            )
        });
        let written = doc.front.address.take();
        let address = written.or(by_pattern).unwrap_or(usual);
        let address =
            address::without_double_slashes(&format!("{}/{address}", prefix.unwrap_or_default()));
        doc.address = Some(address);
    }
    site.docs = docs;
    if spoken.tags.len() > 1 || spoken.is_own_in_folder {
        // Hugo's own language is the one of this key, whatever code it has for browsers.
        let own = &spoken.tags[spoken.own];
        let code = site.language.take();
        let is_it = |code: &String| code.to_lowercase().starts_with(&own.to_lowercase());
        site.language = code.filter(is_it).or_else(|| Some(own.clone()));
        let language = |number: usize| Language {
            tag: match number == spoken.own {
                true => site.language.clone().unwrap_or_default(),
                false => spoken.tags[number].clone(),
            },
            title: spoken.titles[number].clone(),
            folder: (number != spoken.own || spoken.is_own_in_folder)
                .then(|| spoken.tags[number].to_lowercase()),
            shows_originals: false,
        };
        site.languages = (0..spoken.tags.len()).map(language).collect();
        if site.title.is_none() {
            site.title = spoken.titles[spoken.own].clone();
        }
    }
    Ok(site)
}

/// The languages of a site.
struct Spoken {
    /// Their keys in the settings.
    tags: Vec<String>,
    titles: Vec<Option<String>>,
    /// The folders of those that have one of their own.
    folders: Vec<Option<String>>,
    /// The number of the one that is usual.
    own: usize,
    is_own_in_folder: bool,
}

impl Spoken {
    /// Those that the settings have; where they have none, those of files that lie beside one of the same name without.
    fn new(source: &Source, settings: &Extra) -> Spoken {
        const FILES: [&str; 3] = [
            "config/_default/languages.toml",
            "config/_default/languages.yaml",
            "config/_default/languages.yml",
        ];
        let apart = source.settings(&FILES);
        let written = match value_of(settings, "languages") {
            Some(ExtraValue::Map(map)) => map,
            _ => &apart,
        };
        let own = text_of(settings, "defaultContentLanguage").unwrap_or("en");
        let mut spoken = Spoken {
            tags: written.keys().cloned().collect(),
            titles: Vec::new(),
            folders: Vec::new(),
            own: 0,
            is_own_in_folder: !written.is_empty()
                && value_of(settings, "defaultContentLanguageInSubdir")
                    == Some(&ExtraValue::Bool(true)),
        };
        if written.is_empty() {
            spoken.tags = in_names(source);
        }
        if !spoken.tags.iter().any(|tag| tag.eq_ignore_ascii_case(own)) {
            spoken.tags.push(own.to_owned());
        }
        spoken.tags.sort();
        let is_own = |tag: &String| tag.eq_ignore_ascii_case(own);
        spoken.own = spoken.tags.iter().position(is_own).unwrap_or_default();
        for tag in &spoken.tags {
            let of = |key: &str| text_of(written, &format!("{tag}.{key}")).map(str::to_owned);
            spoken.titles.push(of("title"));
            let folder = of("contentDir").map(|folder| folder.trim_matches('/').to_owned());
            spoken
                .folders
                .push(folder.filter(|folder| source.has_folder(folder)));
        }
        spoken
    }

    /// The folders that texts lie in, each with its folder in ours.
    fn folders(&self) -> Vec<(&str, &str)> {
        let mut folders: Vec<(&str, &str)> = Vec::new();
        for (number, folder) in self.folders.iter().enumerate() {
            let into = match number == self.own {
                true => "",
                false => self.tags[number].as_str(),
            };
            folders.extend(folder.as_deref().map(|folder| (folder, into)));
        }
        let is_apart = |(folder, _): &(&str, &str)| within(folder, "content").is_none();
        if folders.iter().all(is_apart) && !folders.iter().any(|(folder, _)| *folder == "content") {
            folders.push(("content", ""));
        }
        folders
    }

    /// The language of a file of the old site, and its path in that language's texts, without the language in its name.
    fn place(&self, path: &str) -> (usize, String) {
        let of_folder = self
            .folders
            .iter()
            .enumerate()
            .find_map(|(number, folder)| {
                let inside = within(path, folder.as_deref()?)?;
                Some((number, inside))
            });
        let (number, inside) = of_folder.unwrap_or_else(|| {
            let inside = within(path, "content").unwrap_or(path);
            (self.own, inside)
        });
        match in_language(inside, &self.tags) {
            Some((language, bare)) => (language, bare),
            None => (number, inside.to_owned()),
        }
    }
}

/// The languages in files' names, two letters each, that lie beside a file of the same name without.
fn in_names(source: &Source) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for file in source
        .below("content")
        .filter(|file| is_markdown(&file.path))
    {
        let Some((bare, tag)) = stem(&file.path).rsplit_once('.') else {
            continue;
        };
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_tag = tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_tag && source.has(&joined(folder, &format!("{bare}.md"))) {
            tags.push(tag.to_owned());
        }
    }
    tags.sort();
    tags.dedup();
    tags
}
