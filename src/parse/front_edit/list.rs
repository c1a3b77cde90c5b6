//! The text of one list of the front matter: where another item goes, in the list's own style, and what goes away with
//! an item. Whether the change means what was wanted, [`super`] finds out.

use std::ops::Range;

use super::Change;
use crate::parse::scalar::{flow_scalar, scalar};

/// One item more, in the lines of the list's key.
pub(super) fn add(text: &str, region: &Range<usize>, item: &str) -> Option<Change> {
    let value = region.start + text[region.clone()].find(':')? + 1;
    let first = text[value..region.end].lines().next().unwrap_or_default();
    let begun = first.trim_start();
    let start = value + first.len() - begun.len();
    if begun.starts_with('[') {
        return add_to_flow(text, start..region.end, item);
    }
    if begun.is_empty() || begun.starts_with('#') {
        return Some(add_to_block(text, value, region.end, item));
    }
    // One text in place of a list.
    let end = start + begun.find(" #").unwrap_or(begun.len());
    let one = text[start..end].trim_end();
    let both = format!("[{one}, {}]", flow_scalar(item));
    Some((start..start + one.len(), both))
}

/// After the last line of a list of `- item` lines, indented as its first.
fn add_to_block(text: &str, value: usize, end: usize, item: &str) -> Change {
    let lines = text[value..end].lines().skip(1);
    let dash = lines
        .map(|line| line.trim_start().len().abs_diff(line.len()))
        .zip(text[value..end].lines().skip(1))
        .find(|(_, line)| line.trim_start().starts_with('-'));
    match dash {
        Some((indent, line)) => {
            let lead = &line[..indent];
            (end..end, format!("{lead}- {}\n", scalar(item)))
        }
        None => (value..value, format!(" [{}]", flow_scalar(item))),
    }
}

/// Before the bracket that closes a list, on a line of its own where the last item has one.
fn add_to_flow(text: &str, within: Range<usize>, item: &str) -> Option<Change> {
    let (last, close) = end_of_flow(&text[within.clone()])?;
    let (last, close) = (within.start + last, within.start + close);
    let item = flow_scalar(item);
    let comma = text[..last].ends_with(',');
    if text[..last].ends_with('[') {
        return Some((last..close, item));
    }
    let own_line = text[last..close].find('\n');
    let sign = if comma { "" } else { "," };
    match own_line {
        None => Some((last..close, format!("{sign} {item}"))),
        Some(line_end) => {
            let line = text[..last].rfind('\n').map_or(0, |end| end + 1);
            let indent: String = text[line..]
                .chars()
                .take_while(|c| c.is_whitespace())
                .collect();
            // What stands behind the last item, such as a comment, stays with it.
            let rest = text[last..last + line_end].trim_end();
            let end = if comma { "," } else { "" };
            let new = format!("{sign}{rest}\n{indent}{item}{end}");
            Some((last..last + rest.len(), new))
        }
    }
}

/// In a text that begins with `[`: where its last item (or a comma after that) ends, and where the closing bracket is.
fn end_of_flow(text: &str) -> Option<(usize, usize)> {
    let (mut depth, mut quote, mut comment) = (0usize, None, false);
    let mut last = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts_comment = c == '#' && before.is_whitespace() && quote.is_none();
        comment = (comment || starts_comment) && c != '\n';
        match (quote, c) {
            _ if comment => {}
            (Some(open), c) => {
                if c == open && !(open == '"' && before == '\\') {
                    quote = None;
                }
                last = at + c.len_utf8();
            }
            (None, ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some((last, at));
                }
                last = at + 1;
            }
            (None, c) => {
                depth += usize::from(matches!(c, '[' | '{'));
                let opens = matches!(c, '"' | '\'') && !before.is_alphanumeric();
                quote = opens.then_some(c);
                if !c.is_whitespace() {
                    last = at + c.len_utf8();
                }
            }
        }
        before = c;
    }
    None
}

/// Ways to put an item behind another: on a line of its own, or behind a comma.
pub(super) fn insertions(text: &str, place: &Range<usize>, item: &str) -> Vec<Change> {
    let line_start = text[..place.start].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[place.end..]
        .find('\n')
        .map_or(text.len(), |end| place.end + end + 1);
    let line = &text[line_start..place.start];
    let lead = &line[..line.len() - line.trim_start().len()];
    let quote = text[place.end..].starts_with(['"', '\'']);
    let end = place.end + usize::from(quote);
    vec![
        (line_end..line_end, format!("{lead}- {}\n", scalar(item))),
        (end..end, format!(", {}", flow_scalar(item))),
    ]
}

/// Ways to take away one item: its line, or itself with one of the commas beside it.
pub(super) fn removals(text: &str, place: &Range<usize>) -> Vec<Change> {
    let line_start = text[..place.start].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[place.end..]
        .find('\n')
        .map_or(text.len(), |end| place.end + end + 1);
    let mut item = place.clone();
    if text[..item.start].ends_with(['"', '\'']) && text[item.end..].starts_with(['"', '\'']) {
        item = item.start - 1..item.end + 1;
    }
    let rest = &text[item.end..];
    let comma_after = rest.trim_start().strip_prefix(',').map(|after| {
        let after = after.trim_start_matches(' ');
        item.start..item.end + rest.len() - after.len()
    });
    let before = text[..item.start].trim_end();
    let comma_before = before.ends_with(',').then(|| before.len() - 1..item.end);
    let ranges = [
        Some(line_start..line_end),
        comma_after,
        comma_before,
        Some(item),
    ];
    ranges
        .into_iter()
        .flatten()
        .map(|range| (range, String::new()))
        .collect()
}
