//! Settings in scripts, as far as they can be read without running these: texts, lists and objects that are written out.

use std::iter::Peekable;
use std::str::Chars;

use crate::model::extra::{Extra, ExtraValue};

/// Objects and lists in each other, at most.
const DEEPEST: usize = 24;

/// The assignments of texts in a script: `NAME = 'text'`, `name: "text"`; the first of a name counts.
pub(super) fn assignments(script: &str) -> Extra {
    let mut found = Extra::new();
    for line in script.lines() {
        let line = line.trim();
        let Some(at) = line.find(['=', ':']) else {
            continue;
        };
        let key = line[..at].trim().trim_matches(['"', '\'']);
        let key = key.rsplit(' ').next().unwrap_or_default();
        let value = line[at + 1..].trim().trim_end_matches([',', ';']);
        let quote = value
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'));
        if let Some(quote) = quote
            && let Some(end) = value[1..].find(quote)
            && !found.contains_key(key)
        {
            found.insert(key.to_owned(), ExtraValue::Text(value[1..=end].to_owned()));
        }
    }
    found
}

/// The first list or object that has this name in a script: `name: {`, `name = [`. What is no text, list, object or truth
/// in it is nothing.
pub(super) fn named(script: &str, name: &str) -> Option<ExtraValue> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
    script.match_indices(name).find_map(|(at, _)| {
        let before = script[..at].trim_end_matches(['"', '\'']);
        if before.ends_with(is_part) {
            return None;
        }
        let rest = script[at + name.len()..]
            .trim_start_matches(['"', '\''])
            .trim_start();
        let rest = rest.strip_prefix([':', '='])?.trim_start();
        let is_whole = rest.starts_with(['{', '[']);
        is_whole.then(|| Reader(rest.chars().peekable()).value(0))
    })
}

/// Reads values of JavaScript.
struct Reader<'s>(Peekable<Chars<'s>>);

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> ExtraValue {
        self.blank();
        match self.0.peek() {
            Some('{') if depth < DEEPEST => self.object(depth),
            Some('[') if depth < DEEPEST => self.list(depth),
            Some(quote @ ('"' | '\'' | '`')) => {
                let quote = *quote;
                let text = self.text(quote);
                // What stands behind it makes another text of it.
                match self.expression().is_empty() {
                    true => ExtraValue::Text(text),
                    false => ExtraValue::Null(()),
                }
            }
            _ => match self.expression().as_str() {
                "true" => ExtraValue::Bool(true),
                "false" => ExtraValue::Bool(false),
                _ => ExtraValue::Null(()),
            },
        }
    }

    fn object(&mut self, depth: usize) -> ExtraValue {
        let mut map = Extra::new();
        self.0.next();
        loop {
            self.blank();
            let key = match self.0.peek() {
                None => break,
                Some('}') => {
                    self.0.next();
                    break;
                }
                Some(',') => {
                    self.0.next();
                    continue;
                }
                Some(quote @ ('"' | '\'' | '`')) => {
                    let quote = *quote;
                    self.text(quote)
                }
                Some(_) => {
                    let mut key = String::new();
                    let is_part = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-');
                    while let Some(c) = self.0.next_if(is_part) {
                        key.push(c);
                    }
                    key
                }
            };
            self.blank();
            if self.0.next_if_eq(&':').is_some() {
                let value = self.value(depth + 1);
                map.entry(key).or_insert(value);
            } else if self.expression().is_empty() && key.is_empty() {
                // A bracket that nothing opens.
                self.0.next();
            }
        }
        ExtraValue::Map(map)
    }

    fn list(&mut self, depth: usize) -> ExtraValue {
        let mut list = Vec::new();
        self.0.next();
        loop {
            self.blank();
            match self.0.peek() {
                None => break,
                Some(']') => {
                    self.0.next();
                    break;
                }
                Some(',') => {
                    self.0.next();
                }
                Some('}' | ')') => {
                    self.0.next();
                }
                Some(_) => list.push(self.value(depth + 1)),
            }
        }
        ExtraValue::List(list)
    }

    /// A text, from its quote to the same.
    fn text(&mut self, quote: char) -> String {
        let mut text = String::new();
        self.0.next();
        while let Some(c) = self.0.next() {
            match c {
                c if c == quote => break,
                '\\' => text.extend(self.0.next()),
                c => text.push(c),
            }
        }
        text
    }

    /// What stands up to the comma or the bracket that ends a value.
    fn expression(&mut self) -> String {
        let mut written = String::new();
        let mut depth = 0usize;
        loop {
            self.blank();
            let Some(c) = self.0.peek().copied() else {
                break;
            };
            match c {
                ',' if depth == 0 => break,
                '}' | ']' | ')' if depth == 0 => break,
                '"' | '\'' | '`' => {
                    written.push(c);
                    self.text(c);
                    continue;
                }
                '{' | '[' | '(' => depth += 1,
                '}' | ']' | ')' => depth -= 1,
                _ => {}
            }
            written.push(c);
            self.0.next();
        }
        written
    }

    /// Passes over spaces and comments.
    fn blank(&mut self) {
        loop {
            while self.0.next_if(|c| c.is_whitespace()).is_some() {}
            let mut ahead = self.0.clone();
            match (ahead.next(), ahead.next()) {
                (Some('/'), Some('/')) => while self.0.next_if(|c| *c != '\n').is_some() {},
                (Some('/'), Some('*')) => {
                    self.0.next();
                    self.0.next();
                    let mut last = ' ';
                    for c in self.0.by_ref() {
                        if last == '*' && c == '/' {
                            break;
                        }
                        last = c;
                    }
                }
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn objects_are_read_without_running_them() {
        for (script, wanted) in [
            ("export default { x: { a: 'b' } }", r#"{"a":"b"}"#),
            ("const x = ['en', \"de\",];", r#"["en","de"]"#),
            (
                "x: { 'zh-cn': { label: `简体` }, ...more, f() { return 1 } }",
                r#"{"zh-cn":{"label":"简体"}}"#,
            ),
            (
                "x: { // why: {\n a: 1, /* b: } */ c: true }",
                r#"{"a":null,"c":true}"#,
            ),
            (
                "x: { a: () => { b: '}' }, c: 'd' + e, f: 'g' }",
                r#"{"a":null,"c":null,"f":"g"}"#,
            ),
            ("y.x: {}; xx: {}; x: []", "[]"),
            ("x: { a: [ { b: ", r#"{"a":[{"b":null}]}"#),
            ("x: [ } ) 'a' ]", r#"["a"]"#),
            ("x: { ) a: 'b' }", r#"{"a":"b"}"#),
        ] {
            assert_eq!(named(script, "x"), parse::yaml_value(wanted), "{script}");
        }
        assert!(named("x: y", "x").is_none());
        assert!(named(&format!("x: {}", "[{a:".repeat(9_000)), "x").is_some());
    }
}
