//! Makes what every template can read: `site`, and `t`, the theme's words.

use std::collections::BTreeMap;
use std::iter::Peekable;

use super::template::{Value, extra, object};
use super::theme::{Theme, direction, locale};
use super::{icons, policy, taxonomy};
use crate::config::{Config, MenuEntry};
use crate::escape;
use crate::model::site::{Site, Target, Taxonomy};
use crate::model::url::Permalink;

/// Both, by their names.
pub(super) fn globals(site: &Site, config: &Config, theme: &Theme) -> Vec<(&'static str, Value)> {
    let entries = |at_foot: bool| -> Vec<Value> {
        let links = site.menu.iter().zip(&config.menu);
        let links = links.filter(|(_, entry)| entry.footer == at_foot);
        let mut links = links.map(|((title, target), entry)| MenuLink {
            entry,
            title,
            url: menu_href(site, config, target),
        });
        menu_below(&mut links.by_ref().peekable(), 0)
    };
    let link = |title: &str, to: &Permalink| object! { "title" => title, "url" => config.base_url.href(to) };
    let hubs = site.guides.iter().map(|guide| site.page(guide.hub));
    let guides: Vec<Value> = hubs
        .clone()
        .map(|hub| link(&hub.title, &hub.permalink))
        .collect();
    let is_guide = |to: &Permalink| hubs.clone().any(|hub| hub.permalink == *to);
    let top = site.top_sections.iter().map(|id| &site.sections[*id]);
    let sections: Vec<Value> = top
        .filter(|section| !is_guide(&section.permalink))
        .map(|section| link(&section.title, &section.permalink))
        .collect();
    let feeds = config.feeds.size > 0;
    let feed = |file, wanted| {
        if feeds && wanted {
            config.base_url.href(&config.file_at(file))
        } else {
            String::new()
        }
    };
    let has = |any: bool, path| {
        if any {
            config.base_url.href(&config.page_at(path))
        } else {
            String::new()
        }
    };
    let own = site.taxonomies.rows().iter().skip(Taxonomy::BUILT_IN);
    let own = own.filter(|taxonomy| !taxonomy.terms.is_empty());
    let taxonomies: Vec<Value> = own
        .map(|own| taxonomy::value(config, theme, &own.key, &own.title))
        .collect();
    let colors = theme.colors.as_ref().map_or(Value::none(), |colors| {
        object! { "light" => colors.light.as_str(), "dark" => colors.dark.as_str() }
    });
    let value = object! {
        "title" => config.title.as_str(),
        "description" => config.description.as_str(),
        "language" => config.language.as_str(),
        "direction" => direction(&config.language),
        "locale" => locale(&config.language),
        "url" => config.base_url.href(&config.home()),
        "menu" => entries(false),
        "footer" => entries(true),
        "guides" => guides,
        "sections" => sections,
        "feed" => feed("feed.xml", true),
        "json_feed" => feed("feed.json", true),
        "rss" => feed("rss.xml", config.feeds.rss),
        "tags_url" => has(!site.tags().rows().is_empty(), "tags"),
        "authors_url" => has(!site.authors().rows().is_empty(), "authors"),
        "taxonomies" => taxonomies,
        "search_url" => has(config.search, "search"),
        "archive_url" => has(!site.years.is_empty(), "archive"),
        "mark" => mark(site, config),
        "icons" => icons::links(site, config, theme),
        "colors" => colors,
        "policy" => config.headers.meta.then(|| policy::policy(&[site], config, theme, false)),
        "generator" => concat!("gen ", env!("CARGO_PKG_VERSION")),
        "extra" => extra(&config.extra),
    };
    vec![("site", value), ("t", strings(theme))]
}

/// The site's mark: a file at the root of `content/`.
fn mark(site: &Site, config: &Config) -> Option<String> {
    let mut names = ["mark.svg", "mark.png"].into_iter();
    names.find_map(|name| icons::own_file(&site.assets, config, name))
}

/// The theme's words by their keys: texts, and for those with a number in them a map of their forms, with their language.
fn strings(theme: &Theme) -> Value {
    let texts = theme.strings.iter();
    let texts = texts.map(|(key, text)| (key.clone(), Value::from(text.as_str())));
    let counted = theme.counted.iter().map(|(key, counted)| {
        let mut forms = counted.forms.clone();
        forms.insert("language".to_owned(), counted.language.tag.clone());
        (key.clone(), Value::from(forms))
    });
    Value::from(texts.chain(counted).collect::<BTreeMap<String, Value>>())
}

/// An entry of the menu, with its address where it leads anywhere today.
struct MenuLink<'a> {
    entry: &'a MenuEntry,
    title: &'a str,
    url: Option<String>,
}

/// The entries from a level on, each with those below it. Where one leads nowhere, these stand in its place.
fn menu_below<'a>(
    links: &mut Peekable<impl Iterator<Item = MenuLink<'a>>>,
    level: usize,
) -> Vec<Value> {
    let mut made = Vec::new();
    while let Some(link) = links.next_if(|link| link.entry.level >= level) {
        let below = menu_below(links, link.entry.level + 1);
        match link.url {
            Some(url) => made.push(object! {
                "title" => link.title,
                "url" => url,
                "urgent" => link.entry.urgent,
                "entries" => below,
            }),
            None => made.extend(below),
        }
    }
    made
}

fn menu_href(site: &Site, config: &Config, target: &Target) -> Option<String> {
    Some(match target {
        Target::Page { id, query, anchor } => {
            let hash = if anchor.is_empty() { "" } else { "#" };
            let path = config.base_url.href(&site.page(*id).permalink);
            format!("{path}{}{hash}{}", escape::url(query), escape::url(anchor))
        }
        Target::Path { permalink, suffix } => {
            format!("{}{suffix}", config.base_url.href(permalink))
        }
        Target::Other(other) => {
            format!(
                "{}{}",
                config.base_url.href(&other.permalink),
                escape::url(&other.suffix)
            )
        }
        Target::Elsewhere(url) => escape::url(url),
        Target::Hidden(_) | Target::Nowhere => return None,
    })
}
