//! What could be written in front matter: keys with what they mean, and values that are known.

use super::candidates::{Asked, Candidate, Kind, Offer, best, names, paths};
use super::desk::Desk;
use super::thing::{folder_of, own_taxonomies, own_taxonomy};
use crate::lint;
use crate::model::front_matter::FrontMatter;
use crate::model::id::Id;
use crate::model::site::{Site, Taxonomy};
use crate::parse::front_matter::Format;
use crate::parse::scalar::{flow_scalar, quoted, scalar};

/// Where the cursor stands in front matter.
#[derive(Debug, PartialEq, Eq)]
enum Place<'t> {
    /// Where a key begins.
    Key { typed: &'t str },
    /// In a value.
    Value {
        /// The nearest key.
        key: &'t str,
        /// Of the item that is written.
        typed: &'t str,
        /// Within brackets.
        in_flow: bool,
        /// Within quotes.
        in_quotes: bool,
    },
}

/// What could be written at a byte; none where that is no front matter.
pub(super) fn complete(desk: &Desk, path: &str, text: &str, byte: usize) -> Option<Offer> {
    let source = path.strip_prefix("content/")?;
    let sign = match Format::of(text) {
        Format::Yaml => ':',
        Format::Toml => '=',
        Format::Json => return None,
    };
    let before = begun(text, byte)?;
    let offer = |typed: &str, candidates| Offer {
        typed: byte - typed.len()..byte,
        candidates,
    };
    match place(before, sign) {
        Place::Key { typed } => Some(offer(typed, keys(desk, text, sign, typed))),
        Place::Value {
            key,
            typed,
            in_flow,
            in_quotes,
        } => {
            let mut candidates = values(desk, folder_of(source), key, typed);
            for candidate in candidates.iter_mut().filter(|_| !in_quotes) {
                let value = &candidate.insert;
                candidate.insert = match (sign, in_flow) {
                    // Truths and days are no texts.
                    _ if TRUTHS.contains(&key) || DAYS.contains(&key) => continue,
                    ('=', _) => quoted(value),
                    (_, true) => flow_scalar(value),
                    (_, false) => scalar(value),
                };
            }
            Some(offer(typed, candidates))
        }
    }
}

/// The front matter before the cursor, be it closed or not; none where the cursor stands elsewhere.
fn begun(text: &str, byte: usize) -> Option<&str> {
    let text = text.get(..byte)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (first, rest) = text.split_once('\n')?;
    let fence = first.trim_end();
    let is_closed = rest
        .split_inclusive('\n')
        .any(|line| line.trim_end() == fence);
    (matches!(fence, "---" | "+++") && !is_closed).then_some(rest)
}

/// Where the end of some front matter is.
fn place(before: &str, sign: char) -> Place<'_> {
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = &before[start..];
    let is_name = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    };
    if is_name(line) && !line.starts_with('-') {
        return Place::Key { typed: line };
    }
    // A key of its own, or one in braces: `pins:` in `up_next: { pins: [`.
    let own = line.rfind(sign).and_then(|at| {
        let name = line[..at].trim_end().trim_end_matches(['"', '\'']);
        let start = name.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let name = &name[start.map_or(0, |at| at + 1)..];
        (!name.is_empty()).then_some((name, &line[at + 1..]))
    });
    let (key, value) = match own {
        Some((key, value)) => (key, value),
        None => (
            above(&before[..start], sign),
            line.trim_start().trim_start_matches('-'),
        ),
    };
    let item = value.rfind(['[', ',']).map_or(value, |at| &value[at + 1..]);
    let item = item.trim_start();
    let typed = item.trim_start_matches(['"', '\'']);
    Place::Value {
        key,
        typed,
        in_flow: value.contains('['),
        in_quotes: typed.len() < item.len(),
    }
}

/// The key that a line belongs to which has none.
fn above(before: &str, sign: char) -> &str {
    let mut lines = before.lines().rev();
    let key = lines.find_map(|line| {
        let (name, _) = line.split_once(sign)?;
        Some(name.trim_start_matches([' ', '-', '\t']).trim_end())
    });
    key.unwrap_or_default()
}

/// Keys that are not there yet.
fn keys(desk: &Desk, text: &str, sign: char, typed: &str) -> Vec<Candidate> {
    let is_there = |key: &str| {
        text.lines().any(|line| {
            let rest = line.strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start().starts_with(sign))
        })
    };
    let keys = FrontMatter::KEYS.iter().copied();
    let keys = keys.zip(FrontMatter::ABOUT.iter().copied());
    let site = desk.open.site();
    let own = own_taxonomies(site).map(|id| {
        let taxonomy = &site.taxonomies[id];
        (taxonomy.key.as_str(), taxonomy.title.as_str())
    });
    let keys = keys.chain(own);
    let fitting = keys.filter(|(key, _)| key.starts_with(typed) && !is_there(key));
    let written = |key: &str| match sign {
        ':' => format!("{key}: "),
        _ => format!("{key} = "),
    };
    let candidate = |(key, about): (&str, &str)| Candidate {
        label: key.to_owned(),
        detail: about.trim().to_owned(),
        insert: written(key),
        kind: Kind::Key,
    };
    fitting.map(candidate).collect()
}

/// Keys whose value is true or false.
const TRUTHS: [&str; 7] = [
    "draft", "noindex", "toc", "comments", "share", "card", "suggest",
];
/// Keys whose value is a day.
const DAYS: [&str; 3] = ["date", "updated", "expires"];

/// What is known to be a value of a key.
fn values(desk: &Desk, folder: &str, key: &str, typed: &str) -> Vec<Candidate> {
    let site = desk.open.site();
    match key {
        "tags" => terms(site, Taxonomy::TAGS, typed),
        "authors" => {
            let authors = site.authors().rows().iter().map(|author| {
                let stem = author.page.map(|id| site.page(id).stem().to_owned());
                (
                    stem.unwrap_or_else(|| author.name.clone()),
                    author.name.clone(),
                )
            });
            listed(typed, authors.collect())
        }
        "template" => {
            let templates = desk.open.theme().templates.iter();
            let own = templates.filter_map(|template| {
                let name = template.name.split_once('/')?.1.strip_suffix(".html")?;
                let is_page = !name.contains('/') && !name.starts_with('_');
                is_page.then(|| (name.to_owned(), template.path.clone()))
            });
            let mut own: Vec<(String, String)> = own.collect();
            own.dedup_by(|a, b| a.0 == b.0);
            listed(typed, own)
        }
        "skip_lints" => {
            let lints = lint::in_order().into_iter();
            listed(
                typed,
                lints
                    .map(|lint| (lint.code.to_owned(), lint.summary()))
                    .collect(),
            )
        }
        "kind" => fixed(typed, &["person", "organization"]),
        "scope" => fixed(typed, &["site", "section"]),
        "steps" | "after" | "up_next" | "pins" | "never" | "lead" | "picks" => {
            names(desk, folder, typed, &|page| page.is_article())
        }
        "image" | "pin" | "picture" | "src" => paths(desk, folder, typed, true),
        key if TRUTHS.contains(&key) => fixed(typed, &["true", "false"]),
        key if DAYS.contains(&key) => fixed(typed, &[&desk.open.now().day.to_string()]),
        key => match own_taxonomy(site, key) {
            Some(taxonomy) => terms(site, taxonomy, typed),
            None => Vec::new(),
        },
    }
}

/// The terms of a taxonomy, each with the number of its articles.
fn terms(site: &Site, taxonomy: Id<Taxonomy>, typed: &str) -> Vec<Candidate> {
    let terms = site.terms_of(taxonomy).rows().iter();
    let terms = terms.map(|term| (term.name.clone(), term.articles.len().to_string()));
    listed(typed, terms.collect())
}

fn fixed(typed: &str, values: &[&str]) -> Vec<Candidate> {
    let values = values
        .iter()
        .map(|value| ((*value).to_owned(), String::new()));
    listed(typed, values.collect())
}

/// Values, each with a word about it.
fn listed(typed: &str, values: Vec<(String, String)>) -> Vec<Candidate> {
    let asked = Asked::new(typed);
    let ranked = values.into_iter().filter_map(|(value, detail)| {
        let rank = asked.rank(&value, &detail, "")?;
        let candidate = Candidate {
            label: value.clone(),
            detail,
            insert: value,
            kind: Kind::Value,
        };
        Some((rank, candidate))
    });
    best(ranked.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<'t>(key: &'t str, typed: &'t str, in_flow: bool, in_quotes: bool) -> Place<'t> {
        Place::Value {
            key,
            typed,
            in_flow,
            in_quotes,
        }
    }

    #[test]
    fn the_end_of_front_matter_says_what_can_be_written() {
        for (before, expected) in [
            ("", Place::Key { typed: "" }),
            ("title: x\nta", Place::Key { typed: "ta" }),
            ("tags: ", value("tags", "", false, false)),
            ("tags: [a, \"b c", value("tags", "b c", true, true)),
            ("tags:\n  - a\n  - b", value("tags", "b", false, false)),
            ("tags:\n- ", value("tags", "", false, false)),
            ("up_next: { pins: [a, b", value("pins", "b", true, false)),
            (
                "up_next:\n  pins:\n    - a",
                value("pins", "a", false, false),
            ),
            ("image:\n  src: x", value("src", "x", false, false)),
            ("  - a", value("", "a", false, false)),
        ] {
            assert_eq!(place(before, ':'), expected, "{before}");
        }
        assert_eq!(place("tags = [\"a", '='), value("tags", "a", true, true));
    }

    #[test]
    fn front_matter_is_told_from_the_body() {
        assert_eq!(begun("---\na: b", 8), Some("a: b"));
        assert_eq!(begun("\u{feff}---\r\na", 9), Some("a"));
        for text in ["---\na: b\n---\nc", "a: b\n", "---", ""] {
            assert_eq!(begun(text, text.len()), None, "{text}");
        }
    }
}
