//! Jekyll: `_posts/`, `_drafts/`, collections and pages below a `_config.yml`.

use std::collections::BTreeMap;

use super::System;
use crate::error::Error;
use crate::import::address::{self, Names, urlized};
use crate::import::doc::{Doc, stem};
use crate::import::lines::Lines;
use crate::import::old_site::{Asset, Keys, OldSite, is_hidden, is_shown, joined};
use crate::import::source::{Source, is_markdown, text_of, texts_of, value_of, within};
use crate::import::spoken::{Spoken, base, is_tag};
use crate::import::tag::Tags;
use crate::model::date::WrittenDate;
use crate::model::extra::{Extra, ExtraValue};

pub(super) const SYSTEM: System = System {
    name: "Jekyll",
    is: |source| {
        source.has_folder("_posts")
            || source.has("_config.yml") && !source.has_folder("source/_posts")
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = source.settings(&["_config.yml", "_config.yaml", "_config.toml"]);
    let mut site = OldSite {
        tags: Tags {
            hugo: false,
            liquid: true,
        },
        lines: Lines {
            attributes: true,
            ..Lines::default()
        },
        heading_id: Some(heading_id),
        ..OldSite::default()
    };
    site.settings(
        &settings,
        &Keys {
            title: &["title", "name"],
            base_url: &["url"],
        },
    );
    let path = text_of(&settings, "baseurl").unwrap_or_default();
    site.base_url = site
        .base_url
        .map(|url| format!("{}/{}", url.trim_end_matches('/'), path.trim_matches('/')));
    let people = source.settings(&[
        "_data/authors.yml",
        "_data/authors.yaml",
        "_data/authors.json",
    ]);
    for (slug, person) in &people {
        if let ExtraValue::Map(person) = person {
            let name = text_of(person, "name")
                .or(text_of(person, "display_name"))
                .unwrap_or(slug);
            site.author(
                slug,
                name,
                text_of(person, "bio"),
                text_of(person, "avatar"),
            );
        }
    }
    let collections = collections(&settings);
    for file in &source.files {
        let path = file.path.as_str();
        let parts: Vec<&str> = path.split('/').collect();
        let private = parts.iter().position(|part| part.starts_with('_'));
        let Some(at) = private else {
            if is_hidden(path) {
                continue;
            }
            if is_markdown(path) {
                let doc = Doc::read(source, file, path)?;
                // Jekyll copies what has no front matter; that is README and the like.
                if !doc.raw.is_empty() {
                    site.docs.push(page(doc, path, &settings));
                }
            } else if is_shown(path) || path == "CNAME" {
                site.files.push(Asset {
                    from: file.clone(),
                    to: path.to_owned(),
                    url: format!("/{path}"),
                });
            }
            continue;
        };
        let folder = parts[..at].join("/");
        let name = parts[at].trim_start_matches('_');
        let rest = parts[at + 1..].join("/");
        let collection = collections.iter().find(|known| known.name == name);
        let is_posts = matches!(name, "posts" | "drafts");
        if rest.is_empty() || !is_posts && collection.is_none() {
            continue;
        }
        let into = if is_posts {
            joined(&folder, "posts")
        } else {
            name.to_owned()
        };
        let to = joined(&into, &rest);
        if !is_markdown(path) {
            if is_shown(path) {
                site.files.push(Asset {
                    from: file.clone(),
                    url: format!("/{to}"),
                    to,
                });
            }
            continue;
        }
        let mut doc = Doc::read(source, file, &to)?;
        let above = folder
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned);
        let categories: Vec<String> = above
            .chain(listed(&doc.raw, "categories"))
            .chain(listed(&doc.raw, "category"))
            .collect();
        let mut tags = listed(&doc.raw, "tags");
        tags.extend(
            categories
                .iter()
                .filter(|category| !tags.contains(category))
                .cloned()
                .collect::<Vec<_>>(),
        );
        doc.front.tags.0 = tags;
        defaults(&mut doc, &settings, if is_posts { "posts" } else { name });
        if name == "drafts" {
            doc.front.draft = Some(true);
        }
        let file_name = stem(path);
        let slug = WrittenDate::from_file_name(file_name)
            .map_or(file_name, |(_, rest)| rest)
            .to_owned();
        let slug = text_of(&doc.raw, "slug").map_or(slug, str::to_owned);
        let pattern = match collection {
            Some(known) => known.permalink.clone(),
            None => {
                text_of(&settings, "permalink").map_or_else(|| "date".to_owned(), str::to_owned)
            }
        };
        let pattern = doc.front.address.clone().unwrap_or(pattern);
        let pattern = match pattern.as_str() {
            "date" => "/:categories/:year/:month/:day/:title:output_ext",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "none" => "/:categories/:title:output_ext",
            other => other,
        };
        doc.names.push(file_name.to_owned());
        doc.names.push(rest.clone());
        let names = Names {
            doc: &doc,
            slug: &slug,
            section: name,
            categories: &categories,
        };
        let address = address::filled(pattern, &names);
        doc.front.address = None;
        doc.address = address;
        site.docs.push(doc);
    }
    in_languages(&mut site, &settings);
    Ok(site)
}

/// Sorts the texts by language: that of their front matter, a folder or their names. Polyglot and its like name the
/// languages in the settings, and put their names before addresses.
fn in_languages(site: &mut OldSite, settings: &Extra) {
    let listed = texts_of(settings, "languages");
    let is_by_plugin = listed.len() > 1;
    let written = |doc: &Doc| {
        ["lang", "language", "locale"]
            .iter()
            .find_map(|key| text_of(&doc.raw, key).map(str::to_owned))
    };
    let keys = [
        "default_lang",
        "default_language",
        "lang",
        "language",
        "locale",
    ];
    let own = keys.iter().find_map(|key| text_of(settings, key));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for tag in site.docs.iter().filter_map(written) {
        *counts.entry(tag).or_default() += 1;
    }
    // Where the settings name none, it is the one that most texts name.
    let most = counts.iter().max_by_key(|(_, count)| **count);
    let most = most.filter(|(_, count)| **count * 2 > site.docs.len());
    let own = own.or(most.map(|(tag, _)| tag.as_str())).unwrap_or("en");
    let mut spoken = match is_by_plugin {
        true => Spoken::new(own, listed),
        false => {
            let others = counts
                .keys()
                .filter(|tag| is_tag(tag) && base(tag) != base(own));
            Spoken::new(own, others.cloned())
        }
    };
    spoken.shows_originals = is_by_plugin;
    for doc in &mut site.docs {
        let of_path = spoken.in_path(&doc.path);
        let of_front = written(doc).and_then(|tag| spoken.number(&tag));
        let Some(language) = of_front.or(of_path.as_ref().map(|(language, _)| *language)) else {
            continue;
        };
        let bare = of_path.map_or_else(|| doc.path.clone(), |(_, bare)| bare);
        let prefix = spoken.prefix(language);
        if let Some(address) = &mut doc.address
            && is_by_plugin
            && !prefix.is_empty()
            && within(address, &prefix).is_none()
        {
            address.insert_str(0, &prefix);
        }
        spoken.settle(doc, language, &bare);
    }
    spoken.tell(site);
}

/// A folder of files that are published, beside the posts.
struct Collection {
    name: String,
    permalink: String,
}

fn collections(settings: &Extra) -> Vec<Collection> {
    let Some(ExtraValue::Map(map)) = value_of(settings, "collections") else {
        return Vec::new();
    };
    let published = map.iter().filter_map(|(name, value)| {
        let ExtraValue::Map(value) = value else {
            return None;
        };
        (value_of(value, "output") == Some(&ExtraValue::Bool(true)) && name != "posts").then(|| {
            Collection {
                name: name.clone(),
                permalink: text_of(value, "permalink")
                    .unwrap_or("/:collection/:path:output_ext")
                    .to_owned(),
            }
        })
    });
    published.collect()
}

/// A text of words, or a list.
fn listed(raw: &Extra, key: &str) -> Vec<String> {
    match value_of(raw, key) {
        Some(ExtraValue::Text(text)) => text
            .split_whitespace()
            .map(|word| word.trim_matches(',').to_owned())
            .collect(),
        Some(_) => texts_of(raw, key),
        None => Vec::new(),
    }
}

fn page(mut doc: Doc, path: &str, settings: &Extra) -> Doc {
    let style = text_of(settings, "permalink").unwrap_or_default();
    let bare = path.rsplit_once('.').map_or(path, |(bare, _)| bare);
    let usual = match bare
        .rsplit_once('/')
        .map_or(("", bare), |(folder, name)| (folder, name))
    {
        (folder, "index") => format!("/{folder}/"),
        _ if style == "pretty" || style.ends_with('/') => format!("/{bare}/"),
        _ => format!("/{bare}.html"),
    };
    let own = doc.front.address.take();
    doc.address = Some(address::without_double_slashes(&own.unwrap_or(usual)));
    defaults(&mut doc, settings, "pages");
    doc
}

/// What `defaults` of the settings say of a file that says nothing.
fn defaults(doc: &mut Doc, settings: &Extra, kind: &str) {
    let Some(ExtraValue::List(list)) = value_of(settings, "defaults") else {
        return;
    };
    for entry in list {
        let ExtraValue::Map(entry) = entry else {
            continue;
        };
        let of_kind = text_of(entry, "scope.type").is_none_or(|wanted| wanted == kind);
        let below = text_of(entry, "scope.path")
            .is_none_or(|path| doc.source.starts_with(path.trim_end_matches('*')));
        if !of_kind || !below {
            continue;
        }
        if doc.front.authors.0.is_empty() {
            doc.front.authors.0 = texts_of(entry, "values.author");
        }
        if value_of(entry, "values.published") == Some(&ExtraValue::Bool(false))
            && !doc.raw.contains_key("published")
        {
            doc.front.draft = Some(true);
        }
    }
}

/// kramdown's: what comes before the first letter goes, then all but letters, digits, spaces and hyphens.
fn heading_id(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let kept = text
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let id: String = kept
        .map(|c| if c == ' ' { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect();
    match id.is_empty() {
        true => "section".to_owned(),
        false => urlized_or(id),
    }
}

fn urlized_or(id: String) -> String {
    if id.trim_matches('-').is_empty() {
        urlized(&id)
    } else {
        id
    }
}
