//! Finds where in a file of replies one of them, or one of its keys, stands. Looked up only after something is
//! wrong: nothing about places is kept while all is well. Goes by the indentation of lists that are written
//! with hyphens; in others it gives the nearest place around.

use std::ops::Range;

/// A line of the file without its indentation.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Its first byte after the indentation.
    start: usize,
    /// Spaces before it.
    indent: usize,
    text: &'t str,
}

impl Line<'_> {
    fn bytes(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    fn is_item(self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }

    fn is_key(self, name: &str) -> bool {
        let key = self
            .text
            .split_once(':')
            .map(|(key, _)| key.trim_end().trim_matches(['"', '\'']));
        key == Some(name)
    }
}

/// The bytes of `key` in the reply that `path` leads to: its number among the replies to the one before, from
/// 0. Without a key, or where the reply has none of this name, its first line.
pub(super) fn find(text: &str, path: &[usize], key: Option<&str>) -> Range<usize> {
    let mut area = lines(text);
    let mut found = area.first().map_or(0..0, |line| line.bytes());
    for (level, number) in path.iter().enumerate() {
        let list = match level {
            0 => Some(area),
            _ => key_of(&area, "replies").map(|(_, value)| value),
        };
        let Some(reply) = list.and_then(|list| item_of(&list, *number)) else {
            return found;
        };
        area = reply;
        found = area.first().map_or(found, |line| line.bytes());
    }
    match key.and_then(|key| key_of(&area, key)) {
        Some((line, _)) => line.bytes(),
        None => found,
    }
}

/// The lines that mean something.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut all = Vec::new();
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '\u{feff}']);
        let indent = line.len() - inner.len();
        let text = inner.trim_end();
        if !text.is_empty() && !text.starts_with('#') && text != "---" {
            all.push(Line {
                start: at + indent,
                indent,
                text,
            });
        }
        at += line.len();
    }
    all
}

/// The lines of an item of a list, the hyphen taken off the first.
fn item_of<'t>(list: &[Line<'t>], number: usize) -> Option<Vec<Line<'t>>> {
    let indent = list.first()?.indent;
    let starts: Vec<usize> = (0..list.len())
        .filter(|at| list[*at].indent == indent && list[*at].is_item())
        .collect();
    let start = *starts.get(number)?;
    let end = starts.get(number + 1).copied().unwrap_or(list.len());
    let mut item = list[start..end].to_vec();
    let first = item.first_mut()?;
    let inner = first.text[1..].trim_start();
    match inner.is_empty() {
        true => drop(item.remove(0)),
        false => {
            let taken = first.text.len() - inner.len();
            *first = Line {
                start: first.start + taken,
                indent: first.indent + taken,
                text: inner,
            };
        }
    }
    Some(item)
}

/// The line of a key of a reply, and the lines of its value that follow.
fn key_of<'t>(reply: &[Line<'t>], name: &str) -> Option<(Line<'t>, Vec<Line<'t>>)> {
    let indent = reply.first()?.indent;
    let is_key = |line: &&Line<'t>| line.indent == indent && !line.is_item();
    let at = reply
        .iter()
        .position(|line| is_key(&line) && line.is_key(name))?;
    let value = reply[at + 1..].iter().take_while(|line| !is_key(line));
    Some((reply[at], value.copied().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_and_keys_are_found() {
        let text = "# words\n- name: A\n  text: |\n    name: x\n    - name: y\n  replies:\n  - name: B\n    \
                    text: b\n    replies:\n      -\n        date: d\n        name: C\n- {name: D, text: d}\n";
        let found = |path: &[usize], key| &text[find(text, path, key)];
        assert_eq!(found(&[0], None), "name: A");
        assert_eq!(found(&[0], Some("replies")), "replies:");
        assert_eq!(found(&[0, 0], Some("text")), "text: b");
        assert_eq!(found(&[0, 0, 0], None), "date: d");
        assert_eq!(found(&[0, 0, 0], Some("name")), "name: C");
        // What cannot be found is told at what is around it.
        assert_eq!(found(&[1], Some("text")), "{name: D, text: d}");
        assert_eq!(found(&[0, 7], Some("text")), "name: A");
        assert_eq!(found(&[7], None), "- name: A");
    }

    #[test]
    fn a_place_in_anything_is_no_panic() {
        for text in ["", "-", "-\n", "- \n  -", "\u{feff}- ü", "x\n- y", "- - -"] {
            let at = find(text, &[0, 0], Some("ü"));
            assert!(text.get(at).is_some(), "{text:?}");
        }
    }
}
