//! Eleventy: Markdown below `content/`, `src/` or the folder itself, with data files beside it.

use super::System;
use crate::error::Error;
use crate::import::address::without_double_slashes;
use crate::import::doc::{Doc, stem};
use crate::import::old_site::{OldSite, joined};
use crate::import::script::{self, assignments};
use crate::import::source::{Source, text_of, texts_of};
use crate::import::spoken::Spoken;
use crate::import::tag::{self, Tags};
use crate::model::extra::ExtraValue;
use crate::model::slug::slugify;

const SCRIPTS: [&str; 6] = [
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
    ".eleventy.cjs",
];
/// Tags that say which list a file is in, not what it is about.
const LISTS: [&str; 7] = ["posts", "post", "all", "nav", "page", "pages", "blog"];

pub(super) const SYSTEM: System = System {
    name: "Eleventy",
    is: |source| {
        let is_script = SCRIPTS.iter().any(|path| source.has(path));
        is_script
            || source.markdown("").take(50).any(|file| {
                source.text(file).is_ok_and(|text| {
                    text.contains("eleventyNavigation:")
                        || text.contains("eleventyExcludeFromCollections")
                })
            })
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let script = SCRIPTS.iter().find_map(|path| source.text_at(path));
    let script = script.unwrap_or_default();
    let folders = script::named(&script, "dir");
    let input = match &folders {
        Some(ExtraValue::Map(folders)) => text_of(folders, "input"),
        _ => None,
    };
    let input = input.map(|input| input.trim_start_matches("./").trim_matches('/'));
    let root = input
        .into_iter()
        .chain(["content", "src"])
        .find(|root| source.markdown(root).next().is_some() && *root != ".")
        .unwrap_or_default();
    let mut site = OldSite {
        root: root.to_owned(),
        tags: Tags {
            hugo: false,
            liquid: true,
        },
        ..OldSite::default()
    };
    let data = source.settings(&[
        "_data/metadata.json",
        "content/_data/metadata.json",
        "src/_data/metadata.json",
        "_data/site.json",
        "src/_data/site.json",
    ]);
    site.title = text_of(&data, "title").map(str::to_owned);
    site.base_url = text_of(&data, "url").map(str::to_owned);
    site.description = text_of(&data, "description").map(str::to_owned);
    site.take(source, root, "")?;
    site.take_static(source, "public");
    site.docs.retain(|doc| {
        !doc.source.contains("node_modules/")
            && !doc.source.contains("/_includes/")
            && !doc.source.starts_with("README")
    });
    for doc in &mut site.docs {
        doc.front
            .tags
            .0
            .retain(|tag| !LISTS.contains(&tag.to_lowercase().as_str()));
        let folder = doc
            .source
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        for folder in folder
            .match_indices('/')
            .map(|(at, _)| &folder[..at])
            .chain([folder.as_str()])
        {
            let name = folder.rsplit('/').next().unwrap_or_default();
            let data = source.settings(&[
                &format!("{folder}/{name}.json"),
                &format!("{folder}/{name}.11tydata.json"),
            ]);
            if doc.front.authors.0.is_empty() {
                doc.front.authors.0 = texts_of(&data, "author");
            }
            if data.get("draft") == Some(&ExtraValue::Bool(true)) {
                doc.front.draft = Some(true);
            }
        }
        if doc.raw.get("permalink") == Some(&ExtraValue::Bool(false)) {
            doc.front.draft = Some(true);
        }
        let written = text_of(&doc.raw, "permalink").map(str::to_owned);
        doc.front.address = None;
        if let Some(written) = written {
            match filled(doc, &written) {
                Some(address) => doc.address = Some(address),
                None => doc.leave("permalink that is computed", &written),
            }
        }
    }
    in_languages(&mut site, source, &script);
    Ok(site)
}

/// Sorts the texts by the folders that are languages, whose addresses begin with these.
fn in_languages(site: &mut OldSite, source: &Source, script: &str) {
    let settings = assignments(script);
    let own = text_of(&settings, "defaultLanguage").or(site.language.as_deref());
    let mut spoken = Spoken::of_folders(source, &site.root, own.unwrap_or("en"));
    if spoken.tags.len() < 2 {
        return;
    }
    let own = joined(&site.root, &spoken.tags[spoken.own]);
    spoken.is_own_in_folder = source.has_folder(&own);
    for doc in &mut site.docs {
        if let Some((language, bare)) = spoken.in_folder(&doc.path) {
            spoken.settle(doc, language, &bare);
        }
    }
    spoken.tell(site);
}

/// A permalink whose templates are the usual ones: the date, the title, the file's name.
fn filled(doc: &Doc, pattern: &str) -> Option<String> {
    let tags = Tags {
        hugo: false,
        liquid: true,
    };
    let mut is_known = true;
    let day = doc.day();
    let path = tag::replaced(pattern, tags, &mut |call| {
        let written = call.written.as_str();
        let value = written.split('|').next().unwrap_or_default().trim();
        let made = match value {
            "title" | "page.title" => doc.front.title.as_ref().map(|title| slugify(&title.0)),
            "page.fileSlug" | "slug" => {
                let name = stem(&doc.path);
                let bare = crate::model::date::WrittenDate::from_file_name(name)
                    .map_or(name, |(_, rest)| rest);
                Some(text_of(&doc.raw, "slug").unwrap_or(bare).to_owned())
            }
            "page.date" | "date" => day.as_deref().and_then(|day| {
                let format = written.split(['"', '\'']).nth(1)?;
                let mut parts = day.split('-');
                let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
                let made = format
                    .replace("%Y", year)
                    .replace("%m", month)
                    .replace("%d", day);
                let made = made
                    .replace("yyyy", year)
                    .replace("YYYY", year)
                    .replace("MM", month)
                    .replace("LL", month)
                    .replace("dd", day)
                    .replace("DD", day);
                made.chars()
                    .all(|c| c.is_ascii_digit() || "/-".contains(c))
                    .then_some(made)
            }),
            _ => None,
        };
        is_known &= made.is_some();
        made.unwrap_or_default()
    });
    (is_known && !path.is_empty()).then(|| without_double_slashes(&format!("/{path}")))
}
