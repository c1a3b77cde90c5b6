//! Finds where in a file the destination of a link or a picture is written, which the reader of Markdown does not say.

use std::ops::Range;

use super::raw_html::unescape;
use crate::model::page::LinkForm;

/// The bytes of `dest` in `text`, for a link or a picture that stands at `span`: once, or several times where it is
/// written once for all in a definition (`[label]: dest`). Only the path, query and anchor of a wiki link, not its words.
pub fn places(text: &str, span: Range<usize>, dest: &str, form: LinkForm) -> Vec<Range<usize>> {
    let Some(written) = text.get(span.clone()) else {
        return Vec::new();
    };
    let within = |at: Range<usize>| span.start + at.start..span.start + at.end;
    let found = match form {
        LinkForm::Attribute => (unescape(written) == dest).then_some(0..written.len()),
        LinkForm::Bare => {
            let inner = written.strip_prefix('<').and_then(|w| w.strip_suffix('>'));
            let start = usize::from(inner.is_some());
            let inner = inner.unwrap_or(written);
            (unescaped(inner) == dest).then_some(start..start + inner.len())
        }
        LinkForm::Wiki => wiki(written, dest),
        LinkForm::Markdown => inline(written, dest),
    };
    match found {
        None if form == LinkForm::Markdown => definitions(text, dest),
        found => found.map(within).into_iter().collect(),
    }
}

/// A destination as it is written in that place.
pub fn written(dest: &str, form: LinkForm) -> String {
    match form {
        LinkForm::Attribute => crate::escape::html(dest),
        _ => dest.to_owned(),
    }
}

fn wiki(written: &str, dest: &str) -> Option<Range<usize>> {
    let inner = written.strip_prefix("[[")?;
    let end = inner.find(['|', ']']).unwrap_or(inner.len());
    let name = inner[..end].strip_suffix('\\').unwrap_or(&inner[..end]);
    let start = 2 + name.len() - name.trim_start().len();
    let name = name.trim();
    (name == dest.trim()).then_some(start..start + name.len())
}

/// In `[words](dest "title")`, the last bracket that `dest` follows.
fn inline(written: &str, dest: &str) -> Option<Range<usize>> {
    let mut opens: Vec<usize> = written.match_indices("](").map(|(at, _)| at + 2).collect();
    opens.reverse();
    opens
        .into_iter()
        .filter_map(|at| bare(written, at))
        .find(|place| unescaped(&written[place.clone()]) == dest)
}

fn definitions(text: &str, dest: &str) -> Vec<Range<usize>> {
    text.match_indices("]:")
        .filter_map(|(at, _)| bare(text, at + 2))
        .filter(|place| unescaped(&text[place.clone()]) == dest)
        .collect()
}

/// A destination that begins at `at` or after white space: in angle brackets, or up to white space or a bracket that
/// nothing opens.
fn bare(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let start = at + rest.len() - rest.trim_start().len();
    let rest = &text[start..];
    if let Some(inner) = rest.strip_prefix('<') {
        return Some(start + 1..start + 1 + inner.find('>')?);
    }
    let (mut depth, mut escaped) = (0usize, false);
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + at),
            ')' => depth -= 1,
            c if c.is_whitespace() => return Some(start..start + at),
            _ => {}
        }
    }
    Some(start..text.len())
}

/// Markdown's escapes and the character references that stand in addresses.
fn unescaped(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {
                out.push(*next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    unescape(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, dest: &str, form: LinkForm) -> Vec<String> {
        let at = text.find("[[").or(text.find('[')).unwrap_or(0);
        let places = places(text, at..text.len(), dest, form);
        places
            .into_iter()
            .map(|place| text[place].to_owned())
            .collect()
    }

    #[test]
    fn destinations_are_found_where_they_are_written() {
        for (text, dest, form, expected) in [
            ("[a](b.md)", "b.md", LinkForm::Markdown, "b.md"),
            (
                "[a [b](c.md)](b.md#x \"t (x)\")",
                "b.md#x",
                LinkForm::Markdown,
                "b.md#x",
            ),
            ("[a]( <b c.md> 't')", "b c.md", LinkForm::Markdown, "b c.md"),
            (
                "[a](b\\_(c).md)",
                "b_(c).md",
                LinkForm::Markdown,
                "b\\_(c).md",
            ),
            ("[![a](x.png)](b.md)", "b.md", LinkForm::Markdown, "b.md"),
            ("[[ b#C d ]]", "b#C d", LinkForm::Wiki, "b#C d"),
            ("[[b\\|c]]", "b", LinkForm::Wiki, "b"),
        ] {
            assert_eq!(found(text, dest, form), [expected], "{text}");
        }
    }

    #[test]
    fn a_definition_serves_all_that_use_it() {
        let text = "[a][x] and [x]\n\n[x]: b.md 't'\n[y]: <b.md>\n[z]: c.md";
        let places = places(text, 0..6, "b.md", LinkForm::Markdown);
        assert_eq!(places.len(), 2);
    }
}
