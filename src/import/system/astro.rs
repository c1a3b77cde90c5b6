//! Astro: the collections of `src/content/`, in Markdown and MDX.

use super::System;
use crate::error::Error;
use crate::import::address::without_double_slashes;
use crate::import::doc::stem;
use crate::import::lines::Lines;
use crate::import::old_site::{Asset, OldSite, is_shown};
use crate::import::script::{self, assignments};
use crate::import::source::{Source, text_of, texts_of, value_of, within};
use crate::import::spoken::Spoken;
use crate::model::extra::ExtraValue;

pub(super) const SYSTEM: System = System {
    name: "Astro",
    is: |source| {
        source.has_folder("src/content")
            || source.has("astro.config.mjs")
            || source.has("astro.config.ts")
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let script = ["astro.config.mjs", "astro.config.ts", "astro.config.js"]
        .iter()
        .find_map(|path| source.text_at(path))
        .unwrap_or_default();
    let settings = assignments(&script);
    let consts = assignments(&source.text_at("src/consts.ts").unwrap_or_default());
    let mut site = OldSite {
        root: "src/content".to_owned(),
        title: text_of(&consts, "SITE_TITLE")
            .or(text_of(&settings, "title"))
            .map(str::to_owned),
        description: text_of(&consts, "SITE_DESCRIPTION").map(str::to_owned),
        base_url: text_of(&settings, "site").map(str::to_owned),
        lines: Lines {
            colons: true,
            mdx: true,
            ..Lines::default()
        },
        ..OldSite::default()
    };
    site.take(source, "src/content", "")?;
    for file in source.below("src/assets") {
        if let Some(rest) = within(&file.path, "src").filter(|rest| is_shown(rest)) {
            let url = format!("/src/{rest}");
            site.files.push(Asset {
                from: file.clone(),
                to: rest.to_owned(),
                url,
            });
        }
    }
    site.take_static(source, "public");
    let spoken = spoken(&script);
    if site.title.is_none() {
        site.title = spoken.titles.get(&spoken.own).cloned();
    }
    for doc in &mut site.docs {
        let inside = doc.source.trim_start_matches("src/content/").to_owned();
        let found = spoken.in_folder(&inside);
        let language = found.as_ref().map_or(spoken.own, |(language, _)| *language);
        if found.is_some()
            && let Some((_, bare)) = spoken.in_folder(&doc.path)
        {
            spoken.settle(doc, language, &bare);
        }
        let inside = found.map_or(inside, |(_, bare)| bare);
        let inside = inside.as_str();
        let bare = inside.rsplit_once('.').map_or(inside, |(bare, _)| bare);
        let bare = if stem(inside) == "index" {
            bare.trim_end_matches("index")
        } else {
            bare
        };
        // Starlight's documents stand at the root.
        let path = bare.strip_prefix("docs/").unwrap_or(bare);
        let slug = text_of(&doc.raw, "slug").map(str::to_owned);
        let slug = slug.as_deref().map(|slug| {
            // Starlight's slugs name the language, too.
            let of_language = within(slug.trim_matches('/'), &spoken.tags[language]);
            of_language.unwrap_or(slug)
        });
        let path = slug.unwrap_or(path).trim_matches('/');
        let address = format!("{}/{path}/", spoken.prefix(language));
        doc.address = Some(without_double_slashes(&address));
    }
    spoken.tell(&mut site);
    Ok(site)
}

/// The languages of Starlight, whose one without a folder is `root`, or those of `i18n`.
fn spoken(script: &str) -> Spoken {
    let i18n = script::named(script, "i18n");
    let locales = script::named(script, "locales");
    match (i18n, locales) {
        (Some(ExtraValue::Map(i18n)), _) => {
            let own = text_of(&i18n, "defaultLocale").unwrap_or("en");
            let mut spoken = Spoken::new(own, texts_of(&i18n, "locales"));
            let in_folder = value_of(&i18n, "routing.prefixDefaultLocale");
            spoken.is_own_in_folder = in_folder == Some(&ExtraValue::Bool(true));
            spoken
        }
        (_, Some(ExtraValue::Map(locales))) => {
            let of_root = text_of(&locales, "root.lang").map(str::to_owned);
            let usual = assignments(script);
            let usual = text_of(&usual, "defaultLocale").filter(|tag| *tag != "root");
            let first = locales.keys().find(|tag| *tag != "root").cloned();
            let own = of_root.or(usual.map(str::to_owned)).or(first);
            let others = locales.keys().filter(|tag| *tag != "root").cloned();
            let mut spoken = Spoken::new(own.as_deref().unwrap_or("en"), others);
            spoken.is_own_in_folder = !locales.contains_key("root");
            spoken.shows_originals = true;
            if let Some(ExtraValue::Map(titles)) = script::named(script, "title") {
                let titles = titles.keys().filter_map(|tag| {
                    let title = text_of(&titles, tag)?.to_owned();
                    Some((spoken.number(tag)?, title))
                });
                spoken.titles = titles.collect();
            }
            spoken
        }
        _ => Spoken::new("en", []),
    }
}
