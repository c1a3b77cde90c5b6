//! Lists at the site's root that name articles by their files: what is suggested no more, and mistakes that are known.

use std::collections::BTreeMap;

use super::{Read, smallest};
use crate::edit::Edit;

/// A list, and what stands between the parts of a line.
const LISTS: [(&str, &str); 2] = [("refused.txt", "->"), ("baseline.txt", "\t")];

/// The changes that make lists name files by their new paths. A list that is not there, or that cannot be read, stays.
pub(super) fn changes(renames: &BTreeMap<String, String>, read: Read<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (list, between) in LISTS {
        let Ok(before) = read(list) else { continue };
        let after: String = before
            .split_inclusive('\n')
            .map(|line| renamed(line, between, renames))
            .collect();
        if after != before {
            edits.push(smallest(list, &before, &after));
        }
    }
    edits
}

fn renamed(line: &str, between: &str, renames: &BTreeMap<String, String>) -> String {
    if line.starts_with('#') || !line.contains(between) {
        return line.to_owned();
    }
    let part = |part: &str| {
        let path = part.trim();
        let (root, source) = match path.strip_prefix("content/") {
            Some(source) => ("content/", source),
            None => ("", path),
        };
        match renames.get(source) {
            Some(new) => part.replacen(path, &format!("{root}{new}"), 1),
            None => part.to_owned(),
        }
    };
    let parts: Vec<String> = line.split(between).map(part).collect();
    parts.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_name_files_by_their_new_paths() {
        let renames = [("a/one.md", "b/eins.md"), ("a/two.md", "b/two.md")];
        let renames = renames.map(|(old, new)| (old.to_owned(), new.to_owned()));
        let renames = BTreeMap::from(renames);
        let read = |path: &str| {
            Ok(match path {
                "refused.txt" => "# a/one.md -> a/two.md\r\na/one.md\na/one.md ->content/a/two.md\r\nx -> a/one.md",
                _ => "dead-link\tcontent/a/one.md\ta/one.md x\nno-way-in\tcontent/c.md\n",
            }
            .to_owned())
        };
        let edits = changes(&renames, &read);
        let texts = edits.iter().map(|edit| {
            let before = read(&edit.path).unwrap();
            crate::edit::apply(&before, [edit])
        });
        assert_eq!(
            texts.collect::<Vec<_>>(),
            [
                "# a/one.md -> a/two.md\r\na/one.md\nb/eins.md ->content/b/two.md\r\nx -> b/eins.md",
                "dead-link\tcontent/b/eins.md\ta/one.md x\nno-way-in\tcontent/c.md\n",
            ]
        );
        assert!(changes(&BTreeMap::new(), &read).is_empty());
    }
}
