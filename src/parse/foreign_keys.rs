//! Keys of front matter as other systems write them: another case, another name for the same thing, a value in another
//! form, none at all. [`ALIASES`] is the one list of names; `docs/authors.md` has the same.

use std::collections::BTreeMap;

use super::yaml::{Mapping, Value, from_value};
use crate::config::Taxonomies;
use crate::diagnostic::is_slip;
use crate::list::words;
use crate::model::date::WrittenDate;
use crate::model::extra::{Extra, ExtraValue};
use crate::model::front_matter::FrontMatter;

/// A key of other systems, and the key that means the same here.
pub struct Alias {
    /// In small letters, without `-` and `_`.
    pub theirs: &'static str,
    /// A key of [`FrontMatter`].
    pub ours: &'static str,
}

/// Declares [`ALIASES`], a line for each key of ours.
macro_rules! aliases {
    ($($ours:literal: $($theirs:literal)+;)*) => {
        /// Keys of other systems. Where a file has several for one of ours, all count for a list, the first else.
        pub const ALIASES: &[Alias] = &[$($(Alias { theirs: $theirs, ours: $ours },)+)*];
    };
}

aliases! {
    "date": "pubdate" "publishdate" "published" "publishedat" "publishedon" "publisheddate" "datepublished" "created"
        "createdat" "datecreated";
    "updated": "lastmod" "modified" "lastmodified" "lastmodifiedat" "lastupdated" "updatedat" "updateddate"
        "dateupdated" "datemodified" "modifieddate" "lastupdate" "reviewed";
    "expires": "expirydate" "expired" "unpublishdate";
    "description": "excerpt" "summary" "desc" "abstract" "metadescription" "teaser";
    "tags": "tag" "categories" "category" "keywords" "keyword" "topics" "topic";
    "authors": "author" "by" "byline" "writer";
    "image": "cover" "coverimage" "featuredimage" "featureimage" "featuredimg" "banner" "bannerimage" "heroimage"
        "hero" "thumbnail" "thumb" "images" "headerimage" "socialimage" "ogimage";
    "draft": "published" "publish" "isdraft" "unpublished" "private" "status";
    "address": "permalink" "url" "path";
    "aliases": "redirectfrom" "redirectsfrom" "oldurls";
    "canonical": "canonicalurl" "canonicallink";
    "weight": "order" "navorder" "sidebarposition" "menuorder" "position";
    "toc": "showtoc" "tableofcontents";
    "comments": "comment" "allowcomments" "enablecomments";
    "extra": "params";
}

/// Common keys of other systems that are near one of ours, and mean something else.
const NO_SLIPS: [&str; 18] = words(
    "resources series math data state mode note part theme lang rule link page tops sample stage \
    titles dated",
);

/// Front matter in our words.
#[derive(Default)]
pub(super) struct Translated {
    /// What has a key of ours, and what is probably meant for one.
    pub(super) known: Mapping,
    /// All else.
    pub(super) others: Extra,
    /// The keys of that, as they are written.
    pub(super) unknown: Vec<String>,
    /// By the keys of the site's own taxonomies: the names of terms.
    pub(super) terms: Terms,
    /// Keys of taxonomies, as they are written, whose values name no terms.
    pub(super) no_terms: Vec<String>,
    /// What a folder's `defaults` say, but for [`Translated::known`], which is put in its place.
    pub(super) defaults: Option<Box<Translated>>,
}

/// By the keys of taxonomies: the names of terms.
type Terms = BTreeMap<String, Vec<String>>;

/// Reads the keys of other systems as what they mean. A key of the site's own taxonomies is that, whatever others mean by
/// it: `categories` then are no tags.
pub(super) fn translated(keys: Mapping, taxonomies: &Taxonomies) -> Translated {
    let mut translated = Translated::default();
    let (own, foreign): (Vec<_>, Vec<_>) = keys
        .into_iter()
        .filter(|(_, value)| !is_nothing(value))
        .partition(|(key, _)| key.as_str().is_none_or(|key| own_key(key).is_some()));
    for (key, value) in own {
        let ours = key.as_str().and_then(own_key);
        let value = match ours {
            Some("defaults") => match value {
                Value::Mapping(keys) => {
                    // Defaults of defaults are told as they are written, be they empty.
                    let nested = keys.get("defaults").cloned();
                    let mut inner = self::translated(keys, taxonomies);
                    let mut known = std::mem::take(&mut inner.known);
                    if let Some(nested) = nested {
                        known.insert("defaults".into(), nested);
                    }
                    translated.defaults = Some(inner.into());
                    Value::Mapping(known)
                }
                value => value,
            },
            // Whether a file is hidden is never guessed.
            Some(ours) if ours != "draft" && !fits(ours, &value) => {
                adapted(ours, ours, &value).unwrap_or(value)
            }
            _ => value,
        };
        let key = ours.map_or(key, Value::from);
        translated.known.entry(key).or_insert(value);
    }
    for (key, value) in foreign {
        translated.add(key.as_str().unwrap_or_default(), value, taxonomies);
    }
    translated
}

impl Translated {
    fn add(&mut self, key: &str, value: Value, taxonomies: &Taxonomies) {
        let plain = plain(key);
        if let Some(own) = taxonomy(&plain, taxonomies) {
            if !add_terms(own, &value, &mut self.terms) {
                self.no_terms.push(key.to_owned());
            }
            return;
        }
        if let ("taxonomies", Value::Mapping(lists)) = (plain.as_str(), &value) {
            for (key, value) in lists {
                match key.as_str().and_then(own_key) {
                    Some(ours) => self.merge(ours, value.clone()),
                    None => self.add(key.as_str().unwrap_or_default(), value.clone(), taxonomies),
                }
            }
            return;
        }
        let meant = ALIASES.iter().filter(|alias| alias.theirs == plain);
        for alias in meant {
            if let Some(value) = adapted(&plain, alias.ours, &value) {
                self.merge(alias.ours, value);
                return;
            }
        }
        let mut ours = FrontMatter::KEYS.iter().copied().chain(taxonomies.keys());
        let mut is_slip = || ours.any(|ours| is_slip(key, ours));
        let is_known = ALIASES.iter().any(|alias| alias.theirs == plain);
        if !is_known && !NO_SLIPS.contains(&plain.as_str()) && is_slip() {
            self.known.insert(key.into(), value);
            return;
        }
        self.unknown.push(key.to_owned());
        if let Ok(value) = from_value::<ExtraValue>(value) {
            self.others.insert(key.to_owned(), value);
        }
    }

    /// Adds a value to what stands at a key of ours.
    fn merge(&mut self, ours: &str, value: Value) {
        let known = self.known.entry(ours.into()).or_insert(Value::Null);
        match (known, value) {
            (known @ Value::Null, value) => *known = value,
            (Value::Sequence(known), Value::Sequence(more)) => {
                for item in more {
                    if !known.contains(&item) {
                        known.push(item);
                    }
                }
            }
            (known @ Value::String(_), Value::Sequence(more)) => {
                let mut list = vec![known.clone()];
                list.extend(more.into_iter().filter(|item| item != known));
                *known = Value::Sequence(list);
            }
            (Value::Mapping(known), Value::Mapping(more)) => {
                for (key, value) in more {
                    known.entry(key).or_insert(value);
                }
            }
            // What hides a file is never lost: a day of publication that is to come, a sign that it is a draft.
            (Value::String(known), Value::String(later)) if ours == "date" && later > *known => {
                *known = later;
            }
            (Value::Bool(known), Value::Bool(other)) if ours == "draft" => *known |= other,
            _ => {}
        }
    }
}

/// The key of ours that is this one, without regard to case.
fn own_key(key: &str) -> Option<&'static str> {
    let ours = FrontMatter::KEYS.iter().copied();
    let is_same = |ours: &&str| ours.eq_ignore_ascii_case(&key.replace('-', "_"));
    ours.into_iter().find(is_same)
}

/// The key of the taxonomy that a plain key means: its own, or that for one term of it, as `category` is of `categories`.
fn taxonomy<'t>(wanted: &str, taxonomies: &'t Taxonomies) -> Option<&'t str> {
    let is_it = |key: &&str| plain(key) == wanted;
    let is_one = |key: &&str| {
        let key = plain(key);
        let of_y = key.strip_suffix("ies").map(|stem| format!("{stem}y"));
        of_y.as_deref() == Some(wanted) || key.strip_suffix('s') == Some(wanted)
    };
    let mut keys = taxonomies.keys();
    keys.find(is_it).or_else(|| taxonomies.keys().find(is_one))
}

/// Adds the terms that a value names, each once; false where it names none.
fn add_terms(key: &str, value: &Value, terms: &mut Terms) -> bool {
    let mut names = Vec::new();
    add_texts(value, &mut names);
    let known = terms.entry(key.to_owned()).or_default();
    let count = names.len();
    for name in names {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    terms.retain(|_, names| !names.is_empty());
    count > 0
}

/// A key in small letters, without what joins its words.
pub fn plain(key: &str) -> String {
    let letters = key.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Sequence(list) => list.is_empty(),
        Value::Mapping(map) => map.is_empty(),
        _ => false,
    }
}

fn fits(ours: &str, value: &Value) -> bool {
    let single = Mapping::from_iter([(ours.into(), value.clone())]);
    from_value::<FrontMatter>(Value::Mapping(single)).is_ok()
}

/// The value of the key `theirs` as one of ours can have it. None where it means something else.
fn adapted(theirs: &str, ours: &str, value: &Value) -> Option<Value> {
    let value = match ours {
        "tags" | "authors" | "aliases" => {
            let mut texts = Vec::new();
            add_texts(value, &mut texts);
            texts.into_iter().map(Value::from).collect()
        }
        "image" => picture(value)?.into(),
        "draft" => is_hidden(theirs, value)?.into(),
        "date" | "updated" | "expires" => WrittenDate::parse_any(value.as_str()?)?.into(),
        "address" => {
            let text = value.as_str()?.trim();
            let is_other = text.contains("://") || text.contains("{{") || text.contains("{%");
            (!is_other && !text.is_empty()).then(|| text.into())?
        }
        _ => value.clone(),
    };
    (!is_nothing(&value) && fits(ours, &value)).then_some(value)
}

/// The texts of lists within lists, and the names of people who are written with more than their names.
fn add_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => texts.push(text.trim().to_owned()),
        Value::Number(number) => texts.push(number.to_string()),
        Value::Bool(truth) => texts.push(truth.to_string()),
        Value::Sequence(list) => list.iter().for_each(|value| add_texts(value, texts)),
        Value::Mapping(map) => {
            if let Some(name) = ["name", "title"].iter().find_map(|key| map.get(*key)) {
                add_texts(name, texts);
            }
        }
        _ => {}
    }
}

/// A picture's address, of a text, the first of a list, or the most telling key of a map.
fn picture(value: &Value) -> Option<String> {
    const KEYS: [&str; 8] = [
        "src", "path", "url", "image", "feature", "cover", "teaser", "thumb",
    ];
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Sequence(list) => list.first().and_then(picture),
        Value::Mapping(map) => KEYS
            .iter()
            .find_map(|key| map.get(*key)?.as_str().map(str::to_owned)),
        _ => None,
    }
}

/// Whether a key says that a file is hidden. None where it says nothing about that.
fn is_hidden(theirs: &str, value: &Value) -> Option<bool> {
    let truth = match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    };
    match theirs {
        "published" | "publish" => truth.map(|truth| !truth),
        "status" => match value.as_str()?.to_lowercase().as_str() {
            "draft" | "hidden" | "private" | "pending" | "future" => Some(true),
            "published" | "publish" | "public" => Some(false),
            _ => None,
        },
        _ => truth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::yaml;

    fn read(source: &str) -> Translated {
        translated(
            yaml::typed::<Mapping>(source).unwrap(),
            &Taxonomies::default(),
        )
    }

    #[test]
    fn every_alias_leads_to_a_key() {
        for alias in ALIASES {
            assert!(FrontMatter::KEYS.contains(&alias.ours), "{}", alias.ours);
            assert_eq!(plain(alias.theirs), alias.theirs);
            assert!(alias.theirs == alias.ours || own_key(alias.theirs).is_none());
        }
    }

    #[test]
    fn every_alias_is_in_the_manual() {
        let manual = include_str!("../../docs/authors.md");
        for alias in ALIASES {
            let is_there = manual.lines().any(|line| {
                line.starts_with(&format!("| `{}` |", alias.ours))
                    && line.contains(&format!("`{}`", alias.theirs))
            });
            assert!(is_there, "{}", alias.theirs);
        }
    }

    #[test]
    fn keys_of_others_are_read_as_what_they_mean() {
        for (theirs, ours) in [
            ("Author: Jon", "authors: [Jon]"),
            ("author: { name: Jon, url: x }", "authors: [Jon]"),
            ("Tags: [a]\ncategories: [[b, c], a]", "tags: [a, b, c]"),
            ("tags: [2021, true]", "tags: ['2021', 'true']"),
            ("published: false", "draft: true"),
            ("published: 2021-01-02", "date: 2021-01-02"),
            ("status: Draft\ndraft: false", "draft: true"),
            (
                "date: 2021-01-02\npublishDate: 2031-01-02",
                "date: 2031-01-02",
            ),
            ("pubDate: 'Jul 08 2022'", "date: 2022-07-08"),
            ("date: 2016/05/01", "date: 2016-05-01"),
            ("featured-image: /x.png", "image: /x.png"),
            (
                "image: { path: /x.png, thumbnail: /y.png }",
                "image: /x.png",
            ),
            ("images: [a.png, b.png]", "image: a.png"),
            ("permalink: /a/:title/", "address: /a/:title/"),
            ("taxonomies: { tags: [a], categories: [b] }", "tags: [a, b]"),
            ("updated: ''\nlastmod:", "{}"),
            ("titel: x", "titel: x"),
        ] {
            let got = read(theirs);
            assert_eq!(got.known, yaml::typed::<Mapping>(ours).unwrap(), "{theirs}");
            assert!(got.unknown.is_empty(), "{theirs}");
        }
    }

    #[test]
    fn what_means_nothing_here_is_kept_for_the_theme() {
        for key in [
            "layout: post",
            "math: true",
            "url: https://x.org",
            "permalink: '/{{ page.date }}'",
        ] {
            let got = read(key);
            assert!(
                got.known.is_empty() && got.unknown.len() == 1 && got.others.len() == 1,
                "{key}"
            );
        }
    }
}
