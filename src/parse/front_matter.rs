//! The front matter of a file, YAML between `---` lines, TOML between `+++` lines or a JSON object: finds it, types it,
//! and tells every wrong key and value with its place. What the keys mean is said in [`crate::model::front_matter`],
//! which keys of other systems mean the same in [`super::foreign_keys`].

use std::ops::Range;

use super::foreign_keys;
use super::yaml::{self, Mapping, Piece, Value};
use crate::config::{self, Taxonomies};
use crate::diagnostic::{Diagnostic, nearest, unknown_key};
use crate::model::extra::Extra;
use crate::model::front_matter::FrontMatter;
use crate::model::wording;

/// Longer than this it is a mistake, and slow to read.
const PIECE: Piece = Piece {
    name: "the front matter",
    code: "front-matter",
    longest: 64 << 10,
    deepest: 32,
    help: "front matter holds a few lines about the article; long texts belong into the body",
    colon: "a text with a colon in it stands in quotes: title: \"Space: how much is enough\"",
};

/// What front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between lines `---`; also that of a file without any.
    Yaml,
    /// Between lines `+++`.
    Toml,
    /// An object that the file begins with.
    Json,
}

impl Format {
    /// The format that a file's front matter is in, by its beginning.
    pub fn of(text: &str) -> Format {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.lines().next().unwrap_or_default().trim_end();
        let is_object = |rest: &str| rest.trim_start().starts_with('"');
        match text.strip_prefix('{') {
            Some(rest) if is_object(rest) => Format::Json,
            _ if first == "+++" => Format::Toml,
            _ => Format::Yaml,
        }
    }
}

/// Where the front matter and the body of a file are.
#[derive(Debug, PartialEq, Eq)]
pub struct Split {
    /// The bytes of the YAML, TOML or JSON; empty where the file has none.
    pub yaml: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

impl Split {
    /// Whether there is front matter, be it empty.
    pub fn has_front_matter(&self) -> bool {
        self.body > self.yaml.end || !self.yaml.is_empty()
    }
}

/// Finds the front matter: between a line `---` at the very start (after a byte order mark) and the next
/// line that is `---` from its first column on. Spaces at the end of these lines do not count.
///
/// # Errors
/// It is never closed.
pub fn split(path: &str, text: &str) -> Result<Split, Box<Diagnostic>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let fence = match Format::of(text) {
        Format::Yaml => "---",
        Format::Toml => "+++",
        Format::Json => return split_json(path, text, start),
    };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == fence) else {
        return Ok(Split {
            yaml: start..start,
            body: start,
        });
    };
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if line.trim_end() == fence {
            return Ok(Split {
                yaml: yaml_start..at,
                body: at + line.len(),
            });
        }
        at += line.len();
    }
    let error = Diagnostic::error("front-matter", path, "the front matter is never closed")
        .at(start..start + 3)
        .help(match fence {
            "---" => "put a line with three hyphens, `---`, between the last key and the text",
            _ => "put a line with three plus signs, `+++`, between the last key and the text",
        });
    Err(Box::new(error))
}

/// Finds the object that begins at `start`, by its braces.
fn split_json(path: &str, text: &str, start: usize) -> Result<Split, Box<Diagnostic>> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let end = at + 1;
            let line_end = text[end..].find('\n').map_or(text.len(), |i| end + i + 1);
            let is_alone = text[end..line_end].trim().is_empty();
            return Ok(Split {
                yaml: start..end,
                body: if is_alone { line_end } else { end },
            });
        }
    }
    let error = Diagnostic::error("front-matter", path, "the front matter is never closed")
        .at(start..start + 1)
        .help("close its braces: the front matter in JSON ends with `}`");
    Err(Box::new(error))
}

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
            if let Some(defaults) = &mut front.defaults {
                defaults.terms = keys.default_terms;
            }
            errors.extend(keys.no_terms.iter().map(|key| {
                let message = format!("`{key}` is neither a text nor a list of texts");
                let error = Diagnostic::error("front-matter", path, message).at_key(key);
                error.help(format!("write a list of texts: {key}: [one, two]"))
            }));
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

/// The bytes of a top-level key's line in a file's front matter; with `item`, of that text in its value.
///
/// Used to point at what is wrong only after something is: nothing about places is kept while all is well.
pub fn find_key(text: &str, key: &str, item: Option<&str>) -> Option<Range<usize>> {
    let yaml = split("", text).ok()?.yaml;
    let source = &text[yaml.clone()];
    let format = Format::of(text);
    let sign = if format == Format::Toml { '=' } else { ':' };
    let mut at = 0;
    let mut found: Option<Range<usize>> = None;
    for line in source.split_inclusive('\n') {
        let indented = line.starts_with([' ', '\t', '-', '#']) && format != Format::Json;
        let nested = indented || line.trim().is_empty();
        match &mut found {
            Some(range) if nested => range.end = at + line.trim_end().len(),
            Some(_) => break,
            None => {
                let name = line.split(sign).next().unwrap_or_default();
                let name = name.trim_matches([' ', '\t', '"', '\'', '{']);
                if !nested && name == key && line.contains(sign) {
                    found = Some(at..at + line.trim_end().len());
                }
            }
        }
        at += line.len();
    }
    let range = found?;
    let shift = |r: Range<usize>| r.start + yaml.start..r.end + yaml.start;
    match item.filter(|i| !i.is_empty()) {
        None => {
            let first_line = source[range.clone()]
                .lines()
                .next()
                .unwrap_or_default()
                .len();
            Some(shift(range.start..range.start + first_line))
        }
        Some(item) => {
            let value = range.start + source[range.clone()].find(sign)? + 1;
            let value_text = &source[value..range.end.max(value)];
            let place = find_word(value_text, item).map(|i| value + i..value + i + item.len());
            Some(shift(place.unwrap_or(range.start..range.start + key.len())))
        }
    }
}

/// The bytes of one item of a list, `key: [one, two]` or a line `- one` each, or of the only one, `key: one`; without
/// its quotes. Other than [`find_key`], this never takes a part of another item for it.
pub fn find_item(text: &str, key: &str, item: &str) -> Option<Range<usize>> {
    let first_line = find_key(text, key, None)?;
    let from = first_line.start + text[first_line.clone()].find(':')? + 1;
    let yaml = split("", text).ok()?.yaml;
    let belongs = |line: &&str| line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
    let rest = &text[first_line.end..yaml.end];
    // The first piece is what is left of the first line.
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next().map_or(0, str::len);
    let to = first_line.end + first + lines.take_while(belongs).map(str::len).sum::<usize>();
    let value = &text[from..to];
    let place = value.match_indices(item).find(|(at, _)| {
        let (before, after) = (&value[..*at], &value[at + item.len()..]);
        let (before, after) = match before.chars().next_back() {
            Some(quote @ ('"' | '\'')) if after.starts_with(quote) => {
                (&before[..before.len() - 1], &after[1..])
            }
            _ => (before, after),
        };
        let before = before.trim_end_matches([' ', '\t']);
        let begins_line = before
            .strip_suffix('-')
            .is_some_and(|line| line.trim_end_matches([' ', '\t']).ends_with('\n'));
        let begins = before.is_empty() || before.ends_with(['[', ',', '\n']) || begins_line;
        let after = after.trim_start_matches([' ', '\t']);
        begins && (after.is_empty() || after.starts_with([',', ']', '\n', '\r', '#']))
    });
    place.map(|(at, _)| from + at..from + at + item.len())
}

/// Finds `item` where it is not part of a longer word.
fn find_word(text: &str, item: &str) -> Option<usize> {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    text.match_indices(item)
        .map(|(at, _)| at)
        .find(|at| {
            !text[..*at].ends_with(part_of_word)
                && !text[at + item.len()..].starts_with(part_of_word)
        })
        .or_else(|| text.find(item))
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
