//! What the pages of a site in several languages say of each other: `hreflang`, for search engines, and the switch that
//! leads readers to the page at hand in another language.

use super::View;
use super::template::{Value, object};
use super::theme::{direction, locale};
use crate::config::Config;
use crate::model::site::Counterpart;
use crate::model::url::Permalink;

/// A translation, as search engines are told of it.
pub(super) struct Alternate<'a> {
    /// Its tag, or `x-default`.
    pub(super) language: &'a str,
    /// Its full address.
    pub(super) url: String,
}

/// The translations of a page, itself among them, and the one for readers of all other languages: the first. None where
/// there is but one.
pub(super) fn alternates<'a>(
    config: &'a Config,
    counterparts: &[Counterpart],
) -> Vec<Alternate<'a>> {
    let languages = config.languages.all();
    let translated = counterparts
        .iter()
        .filter(|one| one.is_translated && one.is_listed);
    let mut alternates: Vec<Alternate<'a>> = translated
        .map(|one| Alternate {
            language: &languages[one.language].tag,
            url: config.base_url.absolute(&one.permalink),
        })
        .collect();
    match alternates.first() {
        Some(first) if alternates.len() > 1 => {
            let url = first.url.clone();
            alternates.push(Alternate {
                language: "x-default",
                url,
            });
        }
        _ => alternates.clear(),
    }
    alternates
}

/// Where the same as at an address stands in the site's languages; for a list's further pages, where the list does.
pub(super) fn counterparts<'a>(view: &View<'a>, permalink: &Permalink) -> &'a [Counterpart] {
    if !view.config.languages.are_several() {
        return &[];
    }
    let path = permalink.as_str();
    match path.rfind("/page/").filter(|_| path.ends_with('/')) {
        Some(at) => view.site.counterparts(&Permalink::page(&path[..at])),
        None => view.site.counterparts(permalink),
    }
}

/// The switch: each language in which there is something for the reader of this page.
pub(super) fn switch(view: &View<'_>, counterparts: &[Counterpart]) -> Vec<Value> {
    let languages = view.config.languages.all();
    if counterparts.len() < 2 {
        return Vec::new();
    }
    let entry = |one: &Counterpart| {
        let language = &languages[one.language];
        object! {
            "language" => language.tag.as_str(),
            "name" => view.names[one.language].as_str(),
            "direction" => direction(&language.tag),
            "url" => view.config.base_url.href(&one.permalink),
            "current" => one.language == view.config.edition,
            "translated" => one.is_translated,
        }
    };
    counterparts.iter().map(entry).collect()
}

/// The other languages that a page is in, as Open Graph writes them.
pub(super) fn locales(view: &View<'_>, counterparts: &[Counterpart]) -> Vec<Value> {
    let languages = view.config.languages.all();
    let others = counterparts
        .iter()
        .filter(|one| one.is_translated && one.language != view.config.edition);
    others
        .map(|one| locale(&languages[one.language].tag))
        .filter(|locale| !locale.is_empty())
        .map(Value::from)
        .collect()
}

/// The language of a page that stands in for its translation.
pub(super) fn original(view: &View<'_>, language: &str) -> Value {
    let languages = view.config.languages.all();
    let number = languages.iter().position(|known| known.tag == language);
    object! {
        "language" => language,
        "direction" => direction(language),
        "name" => number.map_or(language, |number| view.names[number].as_str()),
    }
}
