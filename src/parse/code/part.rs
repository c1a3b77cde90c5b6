//! The part of a file that a block of code shows: its lines, or a region that is named in the file's comments.

use std::ops::RangeInclusive;

/// How a region begins and ends: as editors fold it, and as mdBook anchors it.
const MARKS: [(&str, &str); 2] = [("#region ", "#endregion"), ("ANCHOR: ", "ANCHOR_END: ")];

/// A part of a file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::parse) struct Part {
    pub(in crate::parse) text: String,
    /// The number of its first line in the file.
    pub(in crate::parse) first: u32,
}

/// Why there is no such part.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::parse) enum NoPart<'t> {
    /// The file has so many lines.
    Lines(usize),
    /// The file has these regions.
    Region(Vec<&'t str>),
}

/// Takes a part of `text`: a region, or lines, or all of it. Lines that mark regions are left out, and so are the blanks
/// that all lines begin with.
pub(in crate::parse) fn part<'t>(
    text: &'t str,
    region: &str,
    lines: &[RangeInclusive<u32>],
) -> Result<Part, NoPart<'t>> {
    let all: Vec<&str> = text.lines().collect();
    let numbered = (1..).zip(all.iter().copied());
    let mut taken: Vec<(u32, &str)> = match (region.is_empty(), lines.is_empty()) {
        (false, _) => within(numbered, region)?,
        (true, true) => numbered.collect(),
        (true, false) => {
            let last = lines.iter().map(|range| *range.end()).max().unwrap_or(0);
            if last as usize > all.len() {
                return Err(NoPart::Lines(all.len()));
            }
            let is_in =
                |(number, _): &(u32, &str)| lines.iter().any(|range| range.contains(number));
            numbered.filter(is_in).collect()
        }
    };
    taken.retain(|(_, line)| mark(line).is_none());
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let full = taken.iter().filter(|(_, line)| !line.trim().is_empty());
    let indent = full.map(|(_, line)| blanks(line)).min().unwrap_or(0);
    let mut part = Part {
        text: String::new(),
        first: taken.first().map_or(1, |(number, _)| *number),
    };
    for (_, line) in taken {
        part.text.push_str(line.get(indent..).unwrap_or_default());
        part.text.push('\n');
    }
    Ok(part)
}

/// The lines of a region.
fn within<'t>(
    lines: impl Iterator<Item = (u32, &'t str)>,
    region: &str,
) -> Result<Vec<(u32, &'t str)>, NoPart<'t>> {
    let mut known = Vec::new();
    let mut taken = Vec::new();
    // Regions that begin in the one that is taken.
    let mut inner = 0usize;
    let (mut open, mut found) = (false, false);
    for (number, line) in lines {
        match mark(line) {
            Some(Mark::Begin(name)) if open => {
                known.push(name);
                inner += 1;
            }
            Some(Mark::Begin(name)) => {
                known.push(name);
                open = name == region && !found;
                found |= open;
            }
            // An end without a name ends what began last.
            Some(Mark::End(name)) if open => match name {
                "" if inner > 0 => inner -= 1,
                "" => open = false,
                name if name == region => open = false,
                _ => inner = inner.saturating_sub(1),
            },
            _ if open => taken.push((number, line)),
            _ => {}
        }
    }
    match found {
        true => Ok(taken),
        false => Err(NoPart::Region(known)),
    }
}

enum Mark<'t> {
    Begin(&'t str),
    End(&'t str),
}

/// What a line says of regions.
fn mark(line: &str) -> Option<Mark<'_>> {
    MARKS.iter().find_map(|(begin, end)| {
        if let Some((_, rest)) = line.split_once(end.trim_end()) {
            return Some(Mark::End(first_word(rest)));
        }
        let (_, rest) = line.split_once(begin)?;
        Some(first_word(rest))
            .filter(|name| !name.is_empty())
            .map(Mark::Begin)
    })
}

/// The word that a text begins with, without the end of a comment.
fn first_word(text: &str) -> &str {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.trim_end_matches("-->").trim_end_matches("*/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "use a;\n// #region one\nfn one() {\n    // #region two\n    two();\n    // #endregion two\n}\n// #endregion one\n// ANCHOR: three\n    three();\n// ANCHOR_END: three\n";

    #[test]
    fn parts_are_taken() {
        let take = |region: &str, lines: &[RangeInclusive<u32>]| {
            let part = part(FILE, region, lines).unwrap();
            (part.text, part.first)
        };
        assert_eq!(take("two", &[]), ("two();\n".to_owned(), 5));
        assert_eq!(take("three", &[]), ("three();\n".to_owned(), 10));
        assert_eq!(take("one", &[]).0, "fn one() {\n    two();\n}\n");
        assert_eq!(take("", &[1..=1, 5..=5]).0, "use a;\n    two();\n");
        assert_eq!(part(FILE, "", &[3..=99]), Err(NoPart::Lines(11)));
        assert_eq!(
            part(FILE, "four", &[]),
            Err(NoPart::Region(vec!["one", "two", "three"]))
        );
    }
}
