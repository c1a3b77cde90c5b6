//! Small changes to an author's front matter: a text joins a list, leaves it, gets another name; a key is added.
//! Comments, order and style stay. A change is offered only where the front matter that is read afterwards is
//! exactly the one that was wanted; what is too clever for that is left to the author.

mod foreign;
mod list;

use std::ops::Range;

pub use foreign::{Renamed, foreign};

use super::front_matter::{parse, split};
use super::scalar::{escaped, flow_scalar, quoted};
use crate::model::front_matter::FrontMatter;

/// Bytes that go, and what comes in their place.
pub type Change = (Range<usize>, String);

/// How a text is written: as it is, between double quotes, between single ones, and with quotes of its own.
const SPELLINGS: [fn(&str) -> String; 4] = [str::to_owned, escaped, doubled, quoted];

/// A text as it stands between single quotes.
fn doubled(text: &str) -> String {
    text.replace('\'', "''")
}

/// A list of texts in the front matter, by its key.
pub type List = fn(&mut FrontMatter) -> &mut Vec<String>;

/// `item` at the end of the list `key`, which may not be there yet.
///
/// None where the text is no front matter that can be read, or the list is written in a way that is not understood.
pub fn add(text: &str, key: &str, list: List, item: &str) -> Option<Change> {
    let front = read(text)?;
    let mut wanted = front.clone();
    list(&mut wanted).push(item.to_owned());
    let change = match region(text, key) {
        None => new_key(text, &format!("{key}: [{}]", flow_scalar(item)))?,
        Some(region) => list::add(text, &region, item)?,
    };
    gives(text, &[change], &wanted)
}

/// `item` in the list `key` behind the first `before`, in the list's own style.
///
/// None where the list has no such text, or is written in a way that is not understood.
pub fn insert(text: &str, key: &str, list: List, before: &str, item: &str) -> Option<Change> {
    let mut wanted = read(text)?;
    let items = list(&mut wanted);
    let at = items.iter().position(|known| known == before)?;
    items.insert(at + 1, item.to_owned());
    let places = places(text, region(text, key)?, before);
    let each = places
        .into_iter()
        .flat_map(|place| list::insertions(text, &place, item));
    each.into_iter()
        .find_map(|change| gives(text, &[change], &wanted))
}

/// The list `key` without `item`.
pub fn remove(text: &str, key: &str, list: List, item: &str) -> Option<Change> {
    let mut wanted = read(text)?;
    list(&mut wanted).retain(|known| known != item);
    let region = region(text, key)?;
    let whole = (region.clone(), String::new());
    let places = places(text, region, item);
    let each = places
        .into_iter()
        .flat_map(|place| list::removals(text, &place));
    std::iter::once(whole)
        .chain(each)
        .find_map(|change| gives(text, &[change], &wanted))
}

/// Below the top-level `key`, `new` in place of the text `old`, so that the front matter is as `wanted`. Several
/// changes where the text stands there several times.
pub fn replace(
    text: &str,
    key: &str,
    old: &str,
    new: &str,
    wanted: &FrontMatter,
) -> Option<Vec<Change>> {
    let places = places(text, region(text, key)?, old);
    for write in SPELLINGS {
        let all: Vec<Change> = places
            .iter()
            .map(|place| (place.clone(), write(new)))
            .collect();
        let each = all.iter().map(std::slice::from_ref);
        for changes in each.chain([all.as_slice()]) {
            if read(&after(text, changes)).as_ref() == Some(wanted) {
                return Some(changes.to_vec());
            }
        }
    }
    None
}

/// Below the top-level `key`, for each of `pairs` its second text in place of its first, wherever that stands, so that the
/// front matter is as `wanted`.
pub fn replace_parts(
    text: &str,
    key: &str,
    pairs: &[(&str, &str)],
    wanted: &FrontMatter,
) -> Option<Vec<Change>> {
    let region = region(text, key)?;
    let mut places: Vec<(Range<usize>, &str)> = Vec::new();
    for (old, new) in pairs {
        let found = text[region.clone()].match_indices(old);
        let place = |at: usize| region.start + at..region.start + at + old.len();
        places.extend(found.map(|(at, _)| (place(at), *new)));
    }
    places.sort_by_key(|(place, _)| place.start);
    SPELLINGS.into_iter().find_map(|write| {
        let changes = places.iter().cloned();
        let changes: Vec<Change> = changes.map(|(place, new)| (place, write(new))).collect();
        (read(&after(text, &changes)).as_ref() == Some(wanted)).then_some(changes)
    })
}

/// `line`, such as `draft: true`, as the last of the front matter, so that this is as `wanted`.
pub fn add_line(text: &str, line: &str, wanted: &FrontMatter) -> Option<Change> {
    gives(text, &[new_key(text, line)?], wanted)
}

/// `line` in place of the lines of the top-level `key`, or after all others.
pub fn set_line(text: &str, key: &str, line: &str, wanted: &FrontMatter) -> Option<Change> {
    match region(text, key) {
        None => add_line(text, line, wanted),
        Some(region) => {
            let end = region.start + text[region.clone()].trim_end().len();
            gives(text, &[(region.start..end, line.to_owned())], wanted)
        }
    }
}

fn read(text: &str) -> Option<FrontMatter> {
    let yaml = split("", text).ok()?.yaml;
    let (front, errors) = parse("", text, yaml);
    front.filter(|_| errors.is_empty())
}

fn after(text: &str, changes: &[Change]) -> String {
    let mut out = text.to_owned();
    for (bytes, new) in changes.iter().rev() {
        out.replace_range(bytes.clone(), new);
    }
    out
}

/// The one change, with the file's own line ends, if it makes the front matter so.
fn gives(text: &str, changes: &[Change], wanted: &FrontMatter) -> Option<Change> {
    let [(bytes, new)] = changes else { return None };
    let crlf = text.contains("\r\n");
    let new = if crlf {
        new.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        new.clone()
    };
    let change = (bytes.clone(), new);
    let same = read(&after(text, std::slice::from_ref(&change))).as_ref() == Some(wanted);
    same.then_some(change)
}

/// The lines of a top-level key, from its first byte to the next key's; blank lines and comments at their end are not
/// part of them.
fn region(text: &str, key: &str) -> Option<Range<usize>> {
    let yaml = split("", text).ok()?.yaml;
    let mut at = yaml.start;
    let mut found: Option<Range<usize>> = None;
    for line in text[yaml].split_inclusive('\n') {
        let aside = line.trim().is_empty() || line.starts_with('#');
        let nested = line.starts_with([' ', '\t', '-', ']', '}']);
        match &mut found {
            _ if aside => {}
            Some(range) if nested => range.end = at + line.len(),
            Some(_) => break,
            None => {
                let name = line.split(':').next().unwrap_or_default().trim();
                if !nested && name.trim_matches(['"', '\'']) == key && line.contains(':') {
                    found = Some(at..at + line.len());
                }
            }
        }
        at += line.len();
    }
    found
}

/// A key's line after all others; where there is no front matter, with the two lines around it.
fn new_key(text: &str, line: &str) -> Option<Change> {
    let split = split("", text).ok()?;
    let at = split.yaml.end;
    match split.has_front_matter() {
        true => Some((at..at, format!("{line}\n"))),
        false => Some((at..at, format!("---\n{line}\n---\n\n"))),
    }
}

/// Where a text stands in a region as a whole word, as YAML writes it.
fn places(text: &str, region: Range<usize>, item: &str) -> Vec<Range<usize>> {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    let mut found = Vec::new();
    for written in [item.to_owned(), escaped(item), doubled(item)] {
        for (at, _) in text[region.clone()].match_indices(&written) {
            let at = region.start + at;
            let end = at + written.len();
            let whole =
                !text[..at].ends_with(part_of_word) && !text[end..].starts_with(part_of_word);
            if whole && !written.is_empty() && !found.contains(&(at..end)) {
                found.push(at..end);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALIASES: List = |front| &mut front.aliases.0;

    fn added(text: &str) -> String {
        match add(text, "aliases", ALIASES, "/new/") {
            Some(change) => after(text, &[change]),
            None => "none".to_owned(),
        }
    }

    fn front(lines: &str) -> String {
        format!("---\ntitle: x # why\n{lines}---\nbody")
    }

    #[test]
    fn a_text_joins_a_list_in_the_lists_own_style() {
        for (before, expected) in [
            ("", "aliases: [/new/]\n"),
            ("aliases:\n", "aliases: [/new/]\n"),
            ("aliases: []\n", "aliases: [/new/]\n"),
            ("aliases: [ ] # none\n", "aliases: [/new/] # none\n"),
            ("aliases: /a/ # was\n", "aliases: [/a/, /new/] # was\n"),
            (
                "aliases: [/a/, '/b, c/']\n",
                "aliases: [/a/, '/b, c/', /new/]\n",
            ),
            ("aliases: [/a/,]\n", "aliases: [/a/, /new/]\n"),
            (
                "aliases:\n  - /a/ # one\n  # two\n  - /b/\n# end\ndraft: true\n",
                "aliases:\n  - /a/ # one\n  # two\n  - /b/\n  - /new/\n# end\ndraft: true\n",
            ),
            ("aliases:\n- /a/\n", "aliases:\n- /a/\n- /new/\n"),
            (
                "aliases: [\n  /a/, # one\n  /b/ # two ]\n]\n",
                "aliases: [\n  /a/, # one\n  /b/, # two ]\n  /new/\n]\n",
            ),
            (
                "aliases: [\n  /a/,\n]\n",
                "aliases: [\n  /a/,\n  /new/,\n]\n",
            ),
        ] {
            assert_eq!(added(&front(before)), front(expected), "{before}");
        }
        assert_eq!(added("text"), "---\naliases: [/new/]\n---\n\ntext");
        assert_eq!(
            added("---\r\ntitle: x\r\n---\r\n"),
            "---\r\ntitle: x\r\naliases: [/new/]\r\n---\r\n"
        );
    }

    #[test]
    fn a_text_comes_behind_another() {
        for (before, expected) in [
            ("aliases: [/a/, /b/]\n", "aliases: [/a/, /new/, /b/]\n"),
            ("aliases: ['/a/']\n", "aliases: ['/a/', /new/]\n"),
            (
                "aliases:\n  - /a/ # one\n  - /b/\n",
                "aliases:\n  - /a/ # one\n  - /new/\n  - /b/\n",
            ),
            ("aliases:\n- \"/a/\"\n", "aliases:\n- \"/a/\"\n- /new/\n"),
        ] {
            let text = front(before);
            let change = insert(&text, "aliases", ALIASES, "/a/", "/new/").unwrap();
            assert_eq!(after(&text, &[change]), front(expected), "{before}");
        }
        assert_eq!(
            insert(&front("aliases: /a/\n"), "aliases", ALIASES, "/b/", "/new/"),
            None
        );
    }

    #[test]
    fn a_text_leaves_a_list() {
        for (before, expected) in [
            ("aliases: [/a/, /b/]\n", "aliases: [/a/]\n"),
            ("aliases: [\"/b/\", /a/] # x\n", "aliases: [/a/] # x\n"),
            ("aliases: [/b/]\ndraft: true\n", "draft: true\n"),
            ("aliases:\n  - /a/\n  - /b/ # x\n", "aliases:\n  - /a/\n"),
        ] {
            let text = front(before);
            let change = remove(&text, "aliases", ALIASES, "/b/").unwrap();
            assert_eq!(after(&text, &[change]), front(expected), "{before}");
        }
    }

    #[test]
    fn a_text_gets_another_name() {
        let text = front("up_next: { pins: [let-go, let], never: let } # let\n");
        let mut wanted = read(&text).unwrap();
        let wish = wanted.up_next.as_mut().unwrap();
        (wish.pins[1], wish.never[0]) = ("b/c".into(), "b/c".into());
        let changes = replace(&text, "up_next", "let", "b/c", &wanted);
        let expected = front("up_next: { pins: [let-go, b/c], never: b/c } # b/c\n");
        assert_eq!(after(&text, &changes.unwrap()), expected);
    }
}
