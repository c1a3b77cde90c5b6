//! The front matter of a file, YAML between `---` lines, TOML between `+++` lines or a JSON object: types it, and tells
//! every wrong key and value with its place. Where it is in the file, `front_matter/split.rs` knows. What the keys mean
//! is said in [`crate::model::front_matter`], which keys of other systems mean the same in [`super::foreign_keys`].

mod find;
mod split;

use std::ops::Range;

use super::foreign_keys;
use super::yaml::{self, Mapping, Piece, Value};
use crate::config::{self, Taxonomies};
use crate::diagnostic::{Diagnostic, nearest, unknown_key};
use crate::model::extra::Extra;
use crate::model::front_matter::FrontMatter;
use crate::model::wording;

pub use find::{find_item, find_key};
pub use split::{Format, Split, split};

/// Longer than this it is a mistake, and slow to read.
const PIECE: Piece = Piece {
    name: "the front matter",
    code: "front-matter",
    longest: 64 << 10,
    deepest: 32,
    help: "front matter holds a few lines about the article; long texts belong into the body",
    colon: "a text with a colon in it stands in quotes: title: \"Space: how much is enough\"",
};

/// As [`read`], of a site without taxonomies of its own: for who changes some other key.
pub fn parse(path: &str, text: &str, yaml: Range<usize>) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    read(path, text, yaml, &Taxonomies::default())
}

/// Types the front matter at `yaml` in `text`. Nothing where it cannot be read at all; else the keys that are right, and
/// a diagnostic for each that is not.
pub fn read(
    path: &str,
    text: &str,
    yaml: Range<usize>,
    taxonomies: &Taxonomies,
) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    let source = &text[yaml.clone()];
    if source.trim().is_empty() {
        return (Some(FrontMatter::default()), Vec::new());
    }
    let mut hidden = Vec::new();
    let (front, mut errors) = match Format::of(text) {
        Format::Toml => typed_toml(path, source, yaml, taxonomies),
        Format::Json => {
            // YAML holds all of JSON but tabs, which stand only between JSON's tokens.
            let source = source.replace('\t', " ");
            let source = yaml::without_controls(path, &source, yaml.start, &mut hidden);
            typed(path, &source, yaml, taxonomies)
        }
        Format::Yaml => {
            let source = yaml::without_controls(path, source, yaml.start, &mut hidden);
            typed(path, &source, yaml, taxonomies)
        }
    };
    errors.extend(hidden);
    (front, errors)
}

/// The front matter as it is written, with the keys that mean nothing here; empty where it cannot be read.
pub fn raw(text: &str, split: &Split) -> Extra {
    let source = &text[split.yaml.clone()];
    if yaml::too_much(&PIECE, "", source, 0).is_some() {
        return Extra::new();
    }
    let value = match Format::of(text) {
        Format::Toml => config::value::<Value>("", source)
            .map(yaml::with_dates_as_texts)
            .ok(),
        Format::Json => yaml::typed(&source.replace('\t', " ")),
        Format::Yaml => yaml::typed(source),
    };
    value
        .and_then(|value| yaml::from_value(value).ok())
        .unwrap_or_default()
}

/// Types YAML that holds something, and no character without a sign.
fn typed(
    path: &str,
    source: &str,
    yaml: Range<usize>,
    taxonomies: &Taxonomies,
) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    if let Some(error) = yaml::too_much(&PIECE, path, source, yaml.start) {
        return (None, vec![error]);
    }
    let front = yaml::typed::<FrontMatter>(source);
    if let Some(front) = front {
        return (Some(front), Vec::new());
    }
    match yaml::value(&PIECE, path, source, yaml.start) {
        Err(error) => (None, vec![*error]),
        Ok(value) => of_value(path, value, yaml, taxonomies),
    }
}

/// Types TOML that holds something.
fn typed_toml(
    path: &str,
    source: &str,
    toml: Range<usize>,
    taxonomies: &Taxonomies,
) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    if let Some(error) = yaml::too_much(&PIECE, path, source, toml.start) {
        return (None, vec![error]);
    }
    match config::value::<Value>(path, source) {
        Err(mut error) => {
            error.shift(toml.start);
            (None, vec![*error])
        }
        Ok(value) => of_value(path, yaml::with_dates_as_texts(value), toml, taxonomies),
    }
}

/// Types what the front matter at `place` holds.
fn of_value(
    path: &str,
    value: Value,
    place: Range<usize>,
    taxonomies: &Taxonomies,
) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    match value {
        Value::Mapping(keys) => {
            let keys = foreign_keys::translated(keys, taxonomies);
            let (mut front, mut errors) = key_by_key(path, &keys.known, taxonomies);
            front.extra.extend(keys.others);
            front.unknown = keys.unknown;
            front.terms = keys.terms;
            let no_terms = |key: &str| {
                let message = format!("`{key}` is neither a text nor a list of texts");
                Diagnostic::error("front-matter", path, message)
                    .help(format!("write a list of texts: {key}: [one, two]"))
            };
            errors.extend(keys.no_terms.iter().map(|key| no_terms(key).at_key(key)));
            if let (Some(defaults), Some(keys)) = (&mut front.defaults, keys.defaults) {
                let wrong = keys.no_terms.iter();
                errors.extend(wrong.map(|key| no_terms(key).at_item("defaults", key)));
                defaults.extra.extend(keys.others);
                defaults.terms = keys.terms;
                defaults.unknown = keys.unknown;
            }
            (Some(front), errors)
        }
        // Only comments.
        Value::Null => (Some(FrontMatter::default()), Vec::new()),
        _ => {
            let error = Diagnostic::error(
                "front-matter",
                path,
                "the front matter is not a list of `key: value` lines",
            )
            .at(place.start..place.start)
            .help("write lines such as `title: My article`");
            (None, vec![error])
        }
    }
}

/// Types every key by itself, so that one mistake does not hide another.
fn key_by_key(
    path: &str,
    keys: &Mapping,
    taxonomies: &Taxonomies,
) -> (FrontMatter, Vec<Diagnostic>) {
    let mut errors = Vec::new();
    let mut good = Mapping::new();
    for (key, value) in keys {
        let mut single = Mapping::new();
        single.insert(key.clone(), value.clone());
        match yaml::from_value::<FrontMatter>(Value::Mapping(single)) {
            Ok(_) => {
                good.insert(key.clone(), value.clone());
            }
            Err(error) => {
                let message = error.to_string();
                errors.push(wrong_value(path, (key, value), &message, taxonomies));
            }
        }
    }
    (
        yaml::from_value(Value::Mapping(good)).unwrap_or_default(),
        errors,
    )
}

fn wrong_value(
    path: &str,
    (key, value): (&Value, &Value),
    message: &str,
    taxonomies: &Taxonomies,
) -> Diagnostic {
    let Some(key) = key.as_str() else {
        return Diagnostic::error(
            "front-matter",
            path,
            "a key of the front matter is not a text",
        )
        .help("write lines such as `title: My article`");
    };
    if let Some((name, known)) = unknown_key(message) {
        let error = Diagnostic::error(
            "unknown-key",
            path,
            format!("`{name}` is no key of front matter"),
        );
        let error = match name == key {
            true => error.at_key(key),
            false => error.at_item(key, &name),
        };
        let candidates = known.iter().map(String::as_str).chain(taxonomies.keys());
        return match nearest(&name, candidates) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if name == key => error.help("values of your own stand below `extra:`"),
            None => error.help(format!("what can stand here: {}", known.join(", "))),
        };
    }
    let (inner, detail) = within(key, message);
    let words = wording::of_wrong_value(detail)
        .map_or_else(|| format!(": {detail}"), |words| format!(" {words}"));
    let error =
        Diagnostic::error("front-matter", path, format!("`{key}{inner}`{words}")).at_key(key);
    match help_for(key, value, detail) {
        Some(help) if inner.is_empty() => error.help(help),
        _ => error,
    }
}

/// Parts serde's `sources[0].name: what is wrong` after the key: `[0].name` and the rest.
fn within<'m>(key: &str, message: &'m str) -> (&'m str, &'m str) {
    let Some(rest) = message.strip_prefix(key) else {
        return ("", message);
    };
    match rest.split_once(": ") {
        Some((inner, detail)) if !inner.contains(' ') => (inner, detail),
        _ => ("", message),
    }
}

/// What to write for a value of the wrong type.
pub(super) fn help_for(key: &str, value: &Value, detail: &str) -> Option<String> {
    let expected = wording::of_expected(detail.rsplit_once(", expected ")?.1);
    let plain = match value {
        Value::Bool(b) => Some(b.to_string()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    match (expected, plain) {
        ("true or false", _) => Some(format!(
            "write `{key}: true` or `{key}: false`, without quotes; yes and no are texts in YAML 1.2"
        )),
        ("a text", Some(plain)) if matches!(key, "date" | "updated" | "expires") => {
            let year = match plain.len() == 4 && plain.bytes().all(|b| b.is_ascii_digit()) {
                true => &plain,
                false => "2026",
            };
            Some(format!("write a day: {key}: {year}-01-31"))
        }
        ("a text" | "a text or a list of texts", Some(plain)) => {
            Some(format!("in quotes it is a text: {key}: \"{plain}\""))
        }
        ("a text", None) => Some(format!("write one text: {key}: \"…\"")),
        ("a text or a list of texts", None) => {
            Some(format!("write a list of texts: {key}: [one, two]"))
        }
        ("a whole number", _) => Some(format!("write a whole number: {key}: 3")),
        ("a list" | "{ name, url }", _) if key == "sources" => {
            Some("write a list of { name, url }".into())
        }
        ("{ name, url }", _) => Some(format!(
            "write {key}: {{ name: Whose, url: \"https://…\" }}"
        )),
        ("a path, or { src, alt, caption, credit }", _) => {
            Some(format!("write the picture's path: {key}: photo.jpg"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_hyphens_in_the_first_column_close() {
        let text = "---\na: |\n  ---\n  x\n--- \nbody";
        let at = split("x", text).unwrap();
        assert_eq!(&text[at.yaml], "a: |\n  ---\n  x\n");
        assert_eq!(&text[at.body..], "body");
    }

    #[test]
    fn byte_order_mark_and_crlf_are_taken() {
        let text = "\u{feff}---\r\ntitle: a\r\n---\r\nbody";
        let at = split("x", text).unwrap();
        assert_eq!(&text[at.body..], "body");
        let (front, errors) = parse("x", text, at.yaml);
        assert_eq!(front.unwrap().title.unwrap().0, "a");
        assert!(errors.is_empty());
    }

    #[test]
    fn every_wrong_key_is_told() {
        let text = "---\ntitel: a\ndate: 31.1.2026\ndraft: yes\ntoc: 7\ntitle: good\n---\n";
        let at = split("x", text).unwrap();
        let (front, errors) = parse("x", text, at.yaml);
        assert_eq!(errors.len(), 4, "{errors:#?}");
        assert_eq!(front.unwrap().title.unwrap().0, "good");
    }

    #[test]
    fn an_item_is_never_a_part_of_another() {
        let found = |yaml: &str, item: &str| {
            let text = format!("---\n{yaml}\ntitle: x, b\n---\n- b\n");
            find_item(&text, "tags", item).map(|at| at.start - 4)
        };
        assert_eq!(found("tags: [a b, \"b\", c]", "b"), Some(13));
        assert_eq!(found("tags: [a b,\n  b]", "b"), Some(14));
        assert_eq!(found("tags:\n  - a-b\n# b\n- b # it", "b"), Some(20));
        assert_eq!(found("tags: b", "b"), Some(6));
        assert_eq!(found("tags: [a b, 'b c']", "b"), None);
        assert_eq!(found("draft: b", "b"), None);
    }

    #[test]
    fn keys_and_items_are_found() {
        let text = "---\ntags: [a-b, b]\nup_next:\n  - one\n  - two\ntitle: x\n---\n";
        assert_eq!(&text[find_key(text, "tags", Some("b")).unwrap()], "b");
        assert_eq!(find_key(text, "tags", Some("b")).unwrap().start, 16);
        assert_eq!(
            &text[find_key(text, "up_next", Some("two")).unwrap()],
            "two"
        );
        assert_eq!(&text[find_key(text, "title", None).unwrap()], "title: x");
        assert_eq!(find_key(text, "nothing", None), None);
    }
}
