//! The YAML between the `---` lines: finds it, types it, and tells every wrong key and value with its place.
//! What the keys mean is said in [`crate::model::front_matter`].

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use crate::diagnostic::{Diagnostic, nearest, unknown_key};
use crate::model::front_matter::FrontMatter;

/// Front matter longer than this is a mistake, and slow to read.
const SIZE_LIMIT: usize = 64 << 10;
/// Brackets nested deeper than this are an attack on the parser.
const DEPTH_LIMIT: usize = 32;

/// Where the front matter and the body of a file are.
#[derive(Debug, PartialEq, Eq)]
pub struct Split {
    /// The bytes of the YAML; empty where the file has none.
    pub yaml: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

/// Finds the front matter: between a line `---` at the very start (after a byte order mark) and the next
/// line that is `---` from its first column on. Spaces at the end of these lines do not count.
///
/// # Errors
/// It is never closed.
pub fn split(path: &str, text: &str) -> Result<Split, Diagnostic> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return Ok(Split { yaml: start..start, body: start });
    };
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if line.trim_end() == "---" {
            return Ok(Split { yaml: yaml_start..at, body: at + line.len() });
        }
        at += line.len();
    }
    Err(Diagnostic::error("front-matter", path, "the front matter is never closed")
        .at(start..start + 3)
        .help("put a line with three hyphens, `---`, between the last key and the text"))
}

/// Types the YAML at `yaml` in `text`. Nothing where it is no YAML; else the keys that are right, and a
/// diagnostic for each that is not.
pub fn parse(path: &str, text: &str, yaml: Range<usize>) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    let source = &text[yaml.clone()];
    if source.trim().is_empty() {
        return (Some(FrontMatter::default()), Vec::new());
    }
    if let Some(error) = too_much(path, source, &yaml) {
        return (None, vec![error]);
    }
    if let Ok(front) = serde_yaml::from_str::<FrontMatter>(source) {
        return (Some(front), Vec::new());
    }
    match serde_yaml::from_str::<Value>(source) {
        Err(error) => (None, vec![syntax_error(path, source, yaml.start, &error)]),
        Ok(Value::Mapping(keys)) => {
            let (front, errors) = key_by_key(path, &keys);
            (Some(front), errors)
        }
        // Only comments.
        Ok(Value::Null) => (Some(FrontMatter::default()), Vec::new()),
        Ok(_) => {
            let error = Diagnostic::error("front-matter", path, "the front matter is not a list of `key: value` lines")
                .at(yaml.start..yaml.start)
                .help("write lines such as `title: My article`");
            (None, vec![error])
        }
    }
}

fn too_much(path: &str, source: &str, yaml: &Range<usize>) -> Option<Diagnostic> {
    let wrong = |message: &str| {
        Some(Diagnostic::error("front-matter", path, message).at(yaml.start..yaml.start).help(
            "front matter holds a few lines about the article; long texts belong into the body",
        ))
    };
    if source.len() > SIZE_LIMIT {
        return wrong("the front matter is longer than 64 KiB");
    }
    let mut depth = 0usize;
    for byte in source.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' => {}
            _ => continue,
        }
        if depth > DEPTH_LIMIT {
            return wrong("the front matter is nested too deeply");
        }
    }
    let deep_list = source.lines().any(|line| line.matches("- ").take(DEPTH_LIMIT + 1).count() > DEPTH_LIMIT && line.trim_start().starts_with("- - -"));
    if deep_list { wrong("the front matter is nested too deeply") } else { None }
}

fn syntax_error(path: &str, source: &str, base: usize, error: &serde_yaml::Error) -> Diagnostic {
    let message = error.to_string();
    // The parser's own "at line 3 column 5" counts from the front matter, not from the file.
    let what = message.split(" at line ").next().unwrap_or(&message);
    let at = error.location().map_or(0, |l| l.index()).min(source.len());
    let line = &source[source[..floor(source, at)].rfind('\n').map_or(0, |n| n + 1)..];
    let line = line.lines().next().unwrap_or_default();
    let help = if line.contains('\t') {
        "YAML is indented by spaces, not by tabs"
    } else if line.matches(": ").count() > 1 {
        "a text with a colon in it stands in quotes: title: \"Space: how much is enough\""
    } else if message.contains("duplicate") {
        "each key may stand once: keep one of the two lines"
    } else {
        "texts with quotes, colons, brackets or # stand in double quotes; lists are [a, b]"
    };
    Diagnostic::error("yaml", path, format!("this is not YAML: {what}")).at(base + at..base + at).help(help)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Types every key by itself, so that one mistake does not hide another.
fn key_by_key(path: &str, keys: &Mapping) -> (FrontMatter, Vec<Diagnostic>) {
    let mut errors = Vec::new();
    let mut good = Mapping::new();
    for (key, value) in keys {
        let mut single = Mapping::new();
        single.insert(key.clone(), value.clone());
        match serde_yaml::from_value::<FrontMatter>(Value::Mapping(single)) {
            Ok(_) => {
                good.insert(key.clone(), value.clone());
            }
            Err(error) => errors.push(wrong_value(path, key, value, &error.to_string())),
        }
    }
    (serde_yaml::from_value(Value::Mapping(good)).unwrap_or_default(), errors)
}

fn wrong_value(path: &str, key: &Value, value: &Value, message: &str) -> Diagnostic {
    let Some(key) = key.as_str() else {
        return Diagnostic::error("front-matter", path, "a key of the front matter is not a text")
            .help("write lines such as `title: My article`");
    };
    if let Some((name, known)) = unknown_key(message) {
        let error = Diagnostic::error("unknown-key", path, format!("`{name}` is no key of front matter"));
        let error = match name == key {
            true => error.at_key(key),
            false => error.at_item(key, &name),
        };
        return match nearest(&name, known.iter().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if name == key => error.help("values of your own stand below `extra:`"),
            None => error.help(format!("what can stand here: {}", known.join(", "))),
        };
    }
    let detail = message.strip_prefix(&format!("{key}: ")).unwrap_or(message);
    let detail = detail.strip_prefix(&format!("{key}.")).unwrap_or(detail);
    let plain = match value {
        Value::Bool(b) => Some(b.to_string()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let error = Diagnostic::error("front-matter", path, format!("`{key}`: {detail}")).at_key(key);
    if detail.contains("expected a boolean") {
        error.help(format!("write `{key}: true` or `{key}: false`; YAML 1.2 knows no yes and no"))
    } else if let Some(plain) = plain {
        error.help(format!("in quotes it is a text: {key}: \"{plain}\""))
    } else if detail.contains("expected a string") || detail.contains("text") {
        error.help("texts that look like numbers, true or null stand in double quotes")
    } else {
        error
    }
}

/// The bytes of a top-level key's line in a file's front matter; with `item`, of that text in its value.
///
/// Used to point at what is wrong only after something is: nothing about places is kept while all is well.
pub fn find_key(text: &str, key: &str, item: Option<&str>) -> Option<Range<usize>> {
    let yaml = split("", text).ok()?.yaml;
    let source = &text[yaml.clone()];
    let mut at = 0;
    let mut found: Option<Range<usize>> = None;
    for line in source.split_inclusive('\n') {
        let nested = line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
        match &mut found {
            Some(range) if nested => range.end = at + line.trim_end().len(),
            Some(_) => break,
            None => {
                let name = line.split(':').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
                if !nested && name == key && line.contains(':') {
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
            let first_line = source[range.clone()].lines().next().unwrap_or_default().len();
            Some(shift(range.start..range.start + first_line))
        }
        Some(item) => {
            let value = range.start + source[range.clone()].find(':')? + 1;
            let value_text = &source[value..range.end.max(value)];
            let place = find_word(value_text, item).map(|i| value + i..value + i + item.len());
            Some(shift(place.unwrap_or(range.start..range.start + key.len())))
        }
    }
}

/// Finds `item` where it is not part of a longer word.
fn find_word(text: &str, item: &str) -> Option<usize> {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    text.match_indices(item)
        .map(|(at, _)| at)
        .find(|at| {
            !text[..*at].ends_with(part_of_word) && !text[at + item.len()..].starts_with(part_of_word)
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
        let text = "---\ntitel: a\ndate: 31.1.2026\ndraft: yes\ntags: 7\ntitle: good\n---\n";
        let at = split("x", text).unwrap();
        let (front, errors) = parse("x", text, at.yaml);
        assert_eq!(errors.len(), 4, "{errors:#?}");
        assert_eq!(front.unwrap().title.unwrap().0, "good");
    }

    #[test]
    fn keys_and_items_are_found() {
        let text = "---\ntags: [a-b, b]\nup_next:\n  - one\n  - two\ntitle: x\n---\n";
        assert_eq!(&text[find_key(text, "tags", Some("b")).unwrap()], "b");
        assert_eq!(find_key(text, "tags", Some("b")).unwrap().start, 16);
        assert_eq!(&text[find_key(text, "up_next", Some("two")).unwrap()], "two");
        assert_eq!(&text[find_key(text, "title", None).unwrap()], "title: x");
        assert_eq!(find_key(text, "nothing", None), None);
    }
}
