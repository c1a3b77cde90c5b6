//! Zola: `content/` with TOML front matter, `static/`.

use super::System;
use crate::error::Error;
use crate::import::doc::stem;
use crate::import::old_site::{Keys, Language, OldSite, in_language, joined};
use crate::import::source::{Source, text_of, value_of};
use crate::import::tag::Tags;
use crate::model::date::WrittenDate;
use crate::model::extra::ExtraValue;
use crate::model::slug::slugify;

pub(super) const SYSTEM: System = System {
    name: "Zola",
    is: |source| {
        let settings = source
            .text_at("config.toml")
            .or_else(|| source.text_at("zola.toml"));
        source.has_folder("content") && settings.is_some_and(|text| text.contains("base_url"))
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = source.settings(&["config.toml", "zola.toml"]);
    let mut site = OldSite {
        root: "content".to_owned(),
        tags: Tags {
            hugo: false,
            liquid: true,
        },
        heading_id: Some(slugify),
        ..OldSite::default()
    };
    site.settings(
        &settings,
        &Keys {
            title: &["title"],
            base_url: &["base_url"],
        },
    );
    let mut names = Vec::new();
    if let Some(ExtraValue::List(list)) = value_of(&settings, "taxonomies") {
        names.extend(list.iter().filter_map(|taxonomy| match taxonomy {
            ExtraValue::Map(taxonomy) => text_of(taxonomy, "name").map(str::to_owned),
            _ => None,
        }));
    }
    site.sort_by(source, names.into_iter());
    site.take(source, "content", "")?;
    site.take_static(source, "static");
    let tags: Vec<String> = match value_of(&settings, "languages") {
        Some(ExtraValue::Map(map)) => map.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let language = |tag: &String| Language {
        tag: tag.clone(),
        title: text_of(&settings, &format!("languages.{tag}.title")).map(str::to_owned),
        folder: Some(tag.to_lowercase()),
        shows_originals: false,
    };
    site.languages = tags.iter().map(language).collect();
    for doc in &mut site.docs {
        let mut inside = doc.source.trim_start_matches("content/").to_owned();
        let mut prefix = String::new();
        if let Some((number, bare)) = in_language(&inside, &tags) {
            inside = bare;
            prefix = format!("/{}", tags[number]);
            let path = in_language(&doc.path, &tags).map_or(doc.path.clone(), |(_, bare)| bare);
            doc.path = joined(&tags[number], &path);
        }
        let (folder, _) = inside.rsplit_once('/').unwrap_or(("", inside.as_str()));
        let (above, own) = match stem(&inside) {
            "_index" => (folder, None),
            "index" => folder
                .rsplit_once('/')
                .map_or(("", Some(folder)), |(above, own)| (above, Some(own))),
            name => (folder, Some(name)),
        };
        let own = own.map(|own| {
            let undated = WrittenDate::from_file_name(own).map_or(own, |(_, rest)| rest);
            text_of(&doc.raw, "slug").map_or_else(|| slugify(undated), str::to_owned)
        });
        let mut parts: Vec<String> = above
            .split('/')
            .filter(|part| !part.is_empty())
            .map(slugify)
            .collect();
        parts.extend(own);
        let usual = if parts.is_empty() {
            "/".to_owned()
        } else {
            format!("/{}/", parts.join("/"))
        };
        let written = doc
            .front
            .address
            .take()
            .map(|path| format!("/{}/", path.trim_matches('/')));
        doc.address = Some(format!("{prefix}{}", written.unwrap_or(usual)));
    }
    Ok(site)
}
