//! MkDocs: `docs/` below a `mkdocs.yml`.

use super::System;
use crate::error::Error;
use crate::import::doc::{stem, with_md};
use crate::import::lines::Lines;
use crate::import::old_site::{Keys, OldSite, in_language, joined};
use crate::import::source::{Source, text_of, value_of};
use crate::import::spoken::Spoken;
use crate::model::extra::{Extra, ExtraValue};

pub(super) const SYSTEM: System = System {
    name: "MkDocs",
    is: |source| {
        let is_markup = |text: String| {
            text.lines()
                .any(|line| line.starts_with("!!! ") || line.starts_with("=== \""))
        };
        source.has("mkdocs.yml")
            || source.has("mkdocs.yaml")
            || source
                .markdown("docs")
                .take(50)
                .any(|file| source.text(file).is_ok_and(is_markup))
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = source.settings(&["mkdocs.yml", "mkdocs.yaml"]);
    let root = text_of(&settings, "docs_dir")
        .unwrap_or("docs")
        .trim_matches('/')
        .to_owned();
    let mut site = OldSite {
        root: root.clone(),
        lines: Lines {
            bangs: true,
            attributes: true,
            ..Lines::default()
        },
        ..OldSite::default()
    };
    site.settings(
        &settings,
        &Keys {
            title: &["site_name"],
            base_url: &["site_url"],
        },
    );
    site.take(source, &root, "")?;
    let spoken = spoken(&settings);
    for file in &mut site.files {
        // What lies in the folder of the usual language has addresses without it.
        if let Some((number, bare)) = spoken.in_folder(&file.to)
            && number == spoken.own
            && file.to.len() == bare.len() + spoken.tags[number].len() + 1
        {
            file.url = format!("/{bare}");
            file.to = bare;
        }
    }
    let is_flat = value_of(&settings, "use_directory_urls") == Some(&ExtraValue::Bool(false));
    for doc in &mut site.docs {
        let inside = doc
            .source
            .trim_start_matches(&format!("{root}/"))
            .to_owned();
        let named = in_language(&inside, &spoken.tags);
        let first = |inside: &str| {
            Some((
                spoken.number(inside.split_once('/')?.0)?,
                inside.split_once('/')?.1.to_owned(),
            ))
        };
        let found = named.or_else(|| first(&inside));
        let language = found.as_ref().map_or(spoken.own, |(language, _)| *language);
        if let Some((_, bare)) = &found {
            spoken.settle(doc, language, &with_md(bare));
        }
        let inside = found.map_or(inside, |(_, bare)| bare);
        let bare = inside
            .rsplit_once('.')
            .map_or(inside.as_str(), |(bare, _)| bare);
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_index = matches!(stem(&inside), "index" | "README");
        if stem(&inside) == "README" {
            spoken.settle(doc, language, &joined(folder, "index.md"));
        }
        let address = match (is_index, is_flat) {
            (true, _) => format!("/{folder}/").replace("//", "/"),
            (false, true) => format!("/{bare}.html"),
            (false, false) => format!("/{bare}/"),
        };
        doc.address = Some(format!("{}{address}", spoken.prefix(language)));
    }
    spoken.tell(&mut site);
    Ok(site)
}

/// The languages of the plugin `i18n` (mkdocs-static-i18n), in names or in folders.
fn spoken(settings: &Extra) -> Spoken {
    let theme = text_of(settings, "theme.language").unwrap_or("en");
    let plugins = match value_of(settings, "plugins") {
        Some(ExtraValue::List(list)) => list.as_slice(),
        _ => &[],
    };
    let plugin = plugins.iter().find_map(|plugin| match plugin {
        ExtraValue::Map(plugin) => value_of(plugin, "i18n"),
        _ => None,
    });
    let Some(ExtraValue::Map(plugin)) = plugin else {
        return Spoken::new(theme, []);
    };
    let mut own = text_of(plugin, "default_language")
        .unwrap_or(theme)
        .to_owned();
    let mut others: Vec<String> = Vec::new();
    let mut titles: Vec<(String, String)> = Vec::new();
    match value_of(plugin, "languages") {
        Some(ExtraValue::List(list)) => {
            for language in list {
                let ExtraValue::Map(language) = language else {
                    continue;
                };
                let Some(tag) = text_of(language, "locale") else {
                    continue;
                };
                let is =
                    |key: &str, truth| value_of(language, key) == Some(&ExtraValue::Bool(truth));
                if is("default", true) {
                    tag.clone_into(&mut own);
                } else if !is("build", false) {
                    others.push(tag.to_owned());
                }
                let title = text_of(language, "site_name").map(str::to_owned);
                titles.extend(title.map(|title| (tag.to_owned(), title)));
            }
        }
        Some(ExtraValue::Map(map)) => {
            others.extend(map.keys().filter(|tag| *tag != "default").cloned())
        }
        _ => {}
    }
    let mut spoken = Spoken::new(&own, others);
    let titles = titles.into_iter();
    spoken.titles = titles
        .filter_map(|(tag, title)| Some((spoken.number(&tag)?, title)))
        .collect();
    let falls_back = value_of(plugin, "fallback_to_default") != Some(&ExtraValue::Bool(false));
    spoken.shows_originals = falls_back;
    spoken
}
