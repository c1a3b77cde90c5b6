//! Finds keys and words in front matter, to point at what is wrong with them.

use std::ops::Range;

use super::split::{Format, split};

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
