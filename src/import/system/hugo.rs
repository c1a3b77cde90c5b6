//! Hugo: `content/` and `static/`, with permalinks by section, bundles, languages by file name.

use super::{Keys, OldSite, System};
use crate::error::Error;
use crate::import::address::{self, Names, urlized};
use crate::import::doc::stem;
use crate::import::source::{Source, text_of, value_of};
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
    site.take(source, "content", "")?;
    site.take_static(source, "static");
    site.take_static(source, "assets");
    let own = text_of(&settings, "defaultContentLanguage")
        .unwrap_or("en")
        .to_owned();
    for doc in &mut site.docs {
        let language = language_of(&doc.source, &settings);
        if let Some(language) = &language {
            let with = format!(".{language}.md");
            let bare = doc
                .path
                .strip_suffix(&with)
                .map(|bare| format!("{bare}.md"));
            let bare = bare.unwrap_or_else(|| doc.path.clone());
            doc.path = if *language == own {
                bare
            } else {
                format!("{language}/{bare}")
            };
        }
        let prefix = language
            .filter(|language| *language != own)
            .map(|language| format!("/{language}"));
        let inside = doc.source.trim_start_matches("content/").to_owned();
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
    Ok(site)
}

/// The language that a file's name ends in: one that the settings have, or any of two letters.
fn language_of(source: &str, settings: &Extra) -> Option<String> {
    let (_, language) = stem(source).rsplit_once('.')?;
    let is_configured = match value_of(settings, "languages") {
        Some(ExtraValue::Map(map)) => map.keys().any(|known| known.eq_ignore_ascii_case(language)),
        _ => language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()),
    };
    is_configured.then(|| language.to_owned())
}
