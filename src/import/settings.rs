//! The settings of the new site, `site.toml`.

use std::collections::BTreeSet;

use super::doc::Doc;
use super::index::Found;
use super::old_site::{OldSite, joined};
use super::places::Places;
use super::site_toml::{NOWHERE, config, text};
use super::source::Source;
use crate::model::date::Zone;
use crate::model::url::BaseUrl;
use crate::parse;

/// All that the new site's file says.
pub(super) fn of_site(
    site: &OldSite,
    docs: &[Doc],
    base: Option<&BaseUrl>,
    places: &Places<'_>,
    source: &Source,
) -> String {
    let folder = source.files.first().and_then(|file| {
        let absolute = file.absolute();
        let depth = file.path.split('/').count();
        let folder = absolute.ancestors().nth(depth)?.file_name()?.to_str()?;
        Some(parse::title_from(folder))
    });
    let title = site.title.clone().filter(|title| !title.trim().is_empty());
    let title = title.or(folder).filter(|title| !title.trim().is_empty());
    let name = title.unwrap_or_else(|| "My site".to_owned());
    let base = base.map_or_else(|| NOWHERE.to_owned(), BaseUrl::to_string);
    let old = places
        .old
        .map_or_else(|| NOWHERE.to_owned(), BaseUrl::to_string);
    let bare = |url: &str| {
        let (_, place) = url.split_once("://").unwrap_or_default();
        place.trim_end_matches('/').to_owned()
    };
    let mut out = format!(
        "title = {}\nbase_url = {}\n",
        text(&name),
        text(base.trim_end_matches('/'))
    );
    let others: Vec<String> = site
        .elsewhere
        .iter()
        .filter(|_| old.as_str() != NOWHERE)
        .map(|path| text(&format!("{}{path}", bare(&old))))
        .collect();
    if bare(&old) != bare(&base) {
        out.push_str(&format!(
            "# Where the site stood: its full addresses are links within it.\nalso_ours = [{}]\n",
            text(&bare(&old))
        ));
    }
    if !others.is_empty() {
        out.push_str(&format!(
            "# What only the old site has is loaded from there.\nnot_ours = [{}]\n",
            others.join(", ")
        ));
    }
    if let Some(description) = &site.description {
        out.push_str(&format!("description = {}\n", text(description)));
    }
    let with = |line: &str| config(line).is_some();
    let language = site
        .language
        .as_deref()
        .map(|tag| format!("language = {}\n", text(tag)));
    out.extend(language.filter(|line| with(line)));
    let zone = site
        .timezone
        .as_deref()
        .filter(|name| Zone::named(name).is_some());
    out.extend(zone.map(|name| format!("timezone = {}\n", text(name))));
    let home = Doc {
        source: joined(&site.root, "index.md"),
        ..Doc::default()
    };
    let entries: Vec<String> = site
        .menu
        .iter()
        .filter_map(|entry| {
            let url = match places.index.find(&home, &entry.url) {
                Found::Doc(number) if !places.hidden[number] => places.paths[number].clone(),
                Found::Elsewhere if entry.url.contains("://") => entry.url.clone(),
                _ if matches!(entry.url.as_str(), "/" | "/tags/" | "/archive/") => {
                    entry.url.clone()
                }
                _ => return None,
            };
            Some(format!(
                "  {{ title = {}, url = {} }},\n",
                text(&entry.title),
                text(&url)
            ))
        })
        .collect();
    if !entries.is_empty() {
        out.push_str(&format!("menu = [\n{}]\n", entries.concat()));
    }
    let own = site.language.as_deref().unwrap_or("en");
    let mut told: BTreeSet<String> = BTreeSet::new();
    for language in &site.languages {
        let (tag, is_own) = (&language.tag, language.tag.eq_ignore_ascii_case(own));
        let mut table = format!("\n[languages.{tag}]\n");
        match (is_own, &language.folder) {
            (true, Some(folder)) => table.push_str(&format!("address = {}\n", text(folder))),
            (true, None) => continue,
            (false, _) => {
                let begin = format!("{}/", tag.to_lowercase());
                let is_of_it = |doc: &Doc| doc.path.to_lowercase().starts_with(&begin);
                if !docs.iter().any(is_of_it) {
                    continue;
                }
                let title = language.title.as_ref().filter(|title| **title != name);
                let title = title.map(|title| format!("title = {}\n", text(title)));
                table.extend(title);
                // Every address of it begins as the old one did.
                let folder = language.folder.as_ref();
                let folder = folder.filter(|folder| **folder != tag.to_lowercase());
                let address = folder.map(|folder| format!("address = {}\n", text(folder)));
                table.extend(address.filter(|line| with(&format!("{table}{line}"))));
                if !language.shows_originals {
                    // What was not translated stood at no address there.
                    table.push_str("missing = \"leave-out\"\n");
                }
            }
        }
        if with(&table) && told.insert(tag.to_lowercase()) {
            out.push_str(&table);
        }
    }
    let is_used = |key: &str| docs.iter().any(|doc| doc.front.terms.contains_key(key));
    let mut table = String::from("\n[taxonomies]\n");
    for (key, title) in site.taxonomies.iter().filter(|(key, _)| is_used(key)) {
        let is_about = |doc: &&Doc| {
            let rest = doc.path.strip_prefix(key).unwrap_or_default();
            matches!(rest, "/index.md" | "/_index.md")
        };
        let about = docs.iter().find(is_about);
        let own = about.and_then(|doc| doc.front.title.as_ref());
        let title = own.map_or(title, |title| title.0.as_str());
        table.push_str(&format!("{key} = {}\n", text(title)));
    }
    if table.lines().count() > 2 && with(&table) {
        out.push_str(&table);
    }
    out
}
