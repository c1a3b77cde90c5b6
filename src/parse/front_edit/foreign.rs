//! Keys of other systems under our names, where the front matter then says the same.

use std::ops::Range;

use super::{Change, after, gives, read, region};
use crate::model::date::WrittenDate;
use crate::model::front_matter::FrontMatter;
use crate::parse::foreign_keys::{ALIASES, plain};
use crate::parse::front_matter::{Format, split};

/// A key that can have our name.
#[derive(Debug)]
pub struct Renamed {
    /// As it is written.
    pub theirs: String,
    /// Our name.
    pub ours: &'static str,
    /// The bytes of the key.
    pub key: Range<usize>,
    /// The beginning of the new line.
    pub line: String,
    /// What is written in its place.
    pub change: Change,
}

/// The keys of a file's YAML that can be renamed, each by itself, so that all of them can be.
pub fn foreign(text: &str) -> Vec<Renamed> {
    let Ok(split) = split("", text) else {
        return Vec::new();
    };
    if split.yaml.is_empty() || Format::of(text) != Format::Yaml {
        return Vec::new();
    }
    let Some(wanted) = read(text) else {
        return Vec::new();
    };
    let mut renamed: Vec<Renamed> = Vec::new();
    let mut at = split.yaml.start;
    for line in text[split.yaml.clone()].split_inclusive('\n') {
        if let Some(one) = renamed_line(text, line, at, &wanted) {
            // Together they must still say the same: two keys for one of ours would be one too many.
            let changes: Vec<Change> = renamed
                .iter()
                .chain([&one])
                .map(|one| one.change.clone())
                .collect();
            if read(&after(text, &changes)).as_ref() == Some(&wanted) {
                renamed.push(one);
            }
        }
        at += line.len();
    }
    renamed
}

fn renamed_line(text: &str, line: &str, at: usize, wanted: &FrontMatter) -> Option<Renamed> {
    let (key, value) = line.split_once(':')?;
    let theirs = key.trim_end();
    let is_top = !theirs.is_empty() && !line.starts_with([' ', '\t', '-', '#', '"', '\'']);
    if !is_top || FrontMatter::KEYS.contains(&theirs) {
        return None;
    }
    let own = FrontMatter::KEYS
        .iter()
        .find(|ours| ours.eq_ignore_ascii_case(&theirs.replace('-', "_")));
    let meant = ALIASES.iter().filter(|alias| alias.theirs == plain(theirs));
    let ours = own
        .copied()
        .into_iter()
        .chain(meant.map(|alias| alias.ours));
    let key = at..at + theirs.len();
    let region = region(text, theirs)?;
    let end = region.start + text[region.clone()].trim_end().len();
    // What is written as a map says more than a key of ours.
    let below = text[region.clone()].lines().nth(1);
    let is_map = match value.trim() {
        "" => below.is_some_and(|line| !line.trim_start().starts_with('-')),
        value => value.starts_with('{'),
    };
    if is_map {
        return None;
    }
    let bare = value.trim().trim_matches(['"', '\'']);
    ours.into_iter().find_map(|ours| {
        let rename = (key.clone(), ours.to_owned());
        let whole = |value: String| (region.start..end, format!("{ours}: {value}"));
        let mut ways: Vec<Change> = match ours {
            "date" | "updated" | "expires" => WrittenDate::parse_any(bare)
                .map(whole)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        };
        ways.push(rename);
        if ours == "draft" {
            ways.extend(["true", "false"].map(|truth| whole(truth.to_owned())));
        }
        let change = ways
            .into_iter()
            .find_map(|way| gives(text, &[way], wanted))?;
        let line = change.1.lines().next().unwrap_or_default();
        let line = if line.contains(':') {
            line.to_owned()
        } else {
            format!("{line}:")
        };
        Some(Renamed {
            theirs: theirs.to_owned(),
            ours,
            key: key.clone(),
            line,
            change,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let changes: Vec<Change> = foreign(text).into_iter().map(|one| one.change).collect();
        after(text, &changes)
    }

    #[test]
    fn keys_get_our_names_where_they_say_the_same() {
        for (before, expected) in [
            (
                "Title: x\nlastmod: 2020-01-02 # why",
                "title: x\nupdated: 2020-01-02 # why",
            ),
            ("published: false", "draft: true"),
            ("pubDate: 'Jul 08 2022'", "date: 2022-07-08"),
            ("categories:\n  - a\n  - b", "tags:\n  - a\n  - b"),
            (
                "summary: x\ndate: 2020-01-02",
                "description: x\ndate: 2020-01-02",
            ),
        ] {
            let text = |lines: &str| format!("---\n{lines}\n---\nBody");
            assert_eq!(mended(&text(before)), text(expected), "{before}");
            assert_eq!(mended(&text(expected)), text(expected));
        }
    }

    #[test]
    fn what_could_say_something_else_stays() {
        for text in [
            "---\ntags: [a]\ncategories: [b]\n---\n",
            "---\nauthor: { name: Jon, url: x }\n---\n",
            "---\nlayout: post\n---\n",
            "+++\nlastmod = 2020-01-02\n+++\n",
            "no front matter",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
