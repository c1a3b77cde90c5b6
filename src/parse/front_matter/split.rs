//! Finds the front matter at the head of a file, in any of its three formats.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

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
        let text = &text[beginning(text)..];
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

/// Finds the front matter: between a line `---` at the very start (after a byte order mark and blank lines) and the next
/// line that is `---` from its first column on. Spaces at the end of these lines do not count.
///
/// # Errors
/// It is never closed.
pub fn split(path: &str, text: &str) -> Result<Split, Box<Diagnostic>> {
    let start = beginning(text);
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

/// Where front matter can begin: behind a byte order mark, and behind blank lines, which Hugo and Zola pass over.
fn beginning(text: &str) -> usize {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let lines = text[start..].split_inclusive('\n');
    let blank = lines.take_while(|line| line.trim().is_empty());
    let after = start + blank.map(str::len).sum::<usize>();
    let mut lines = text[after..].lines();
    let is_front_matter = match lines.next().map(str::trim_end) {
        Some("+++") => true,
        // Behind a blank line, hyphens can be a line between two texts, too.
        Some("---") => lines.next().is_some_and(is_key),
        _ => false,
    };
    if is_front_matter { after } else { start }
}

/// Whether a line begins with a key, `title: x`.
fn is_key(line: &str) -> bool {
    let is_name = |key: &str| {
        let mut letters = key.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    line.split_once(':').is_some_and(|(key, value)| {
        is_name(key) && (value.is_empty() || value.starts_with(char::is_whitespace))
    })
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
