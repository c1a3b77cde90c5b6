//! Changes to the author's own files, as values: which bytes of which file become what. Deciding on them, showing
//! them and writing them are three steps in three places; this is what goes between.

use std::ops::Range;

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::udiff::UnifiedHunkHeader;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The file, relative to the site's root, with `/`.
    pub path: String,
    /// Where the bytes begin and end that go.
    pub bytes: (usize, usize),
    /// What comes in their place.
    pub text: String,
}

impl Edit {
    /// In this file, `text` in place of `bytes`.
    pub fn new(path: &str, bytes: Range<usize>, text: impl Into<String>) -> Edit {
        Edit {
            path: path.to_owned(),
            bytes: (bytes.start, bytes.end),
            text: text.into(),
        }
    }
}

/// All that a command does to the author's files. Paths are relative to the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that come to be, with their texts. Nothing stands there.
    pub created: Vec<(String, String)>,
    /// Changes within files, sorted; of files that are moved, by their old paths.
    pub edits: Vec<Edit>,
    /// Files and folders that get another path, after the edits: from where, to where.
    pub moved: Vec<(String, String)>,
}

impl Plan {
    /// The files that are edited, each once, in order.
    pub fn edited(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.edits.iter().map(|edit| edit.path.as_str()).collect();
        paths.dedup();
        paths
    }

    /// What becomes of a file's text.
    pub fn edited_text(&self, path: &str, text: &str) -> String {
        apply(text, self.edits.iter().filter(|edit| edit.path == path))
    }
}

/// A file's text after its edits, which are sorted by place. An edit that overlaps an earlier one, or that does not
/// fit the text, is left out: it is made when the command runs again.
pub fn apply<'a>(text: &str, edits: impl IntoIterator<Item = &'a Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let (start, end) = edit.bytes;
        let Some(kept) = text
            .get(done..start)
            .filter(|_| text.get(start..end).is_some())
        else {
            continue;
        };
        out.push_str(kept);
        out.push_str(&edit.text);
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

/// What changes between two texts of one file, as a unified diff with three lines of context; empty where nothing does.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    // By hand and not by `TextDiff`, which would compile all its algorithms into this crate.
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let mut changes = Compact::new(Replace::new(Capture::new()), &before, &after);
    let Ok(()) = myers::diff(
        &mut changes,
        &before,
        0..before.len(),
        &after,
        0..after.len(),
    );
    let hunks = changes.into_inner().into_inner().into_grouped_ops(3);
    let mut shown = String::new();
    if !hunks.is_empty() {
        shown = format!("--- a/{path}\n+++ b/{path}\n");
    }
    for hunk in hunks {
        shown.push_str(&format!("{}\n", UnifiedHunkHeader::new(&hunk)));
        let lines = hunk
            .iter()
            .flat_map(|part| part.iter_changes(&before, &after));
        for line in lines {
            shown.push_str(&format!("{}{}", line.tag(), line.value()));
            if !line.value().ends_with('\n') {
                shown.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_what_changes_and_nothing_else() {
        let before = "a\nb\nc\nd\ne\nf";
        let after = "a\nb\nc\nd\nE\nf";
        let shown = "--- a/x.md\n+++ b/x.md\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n\\ No newline at end of file\n";
        assert_eq!(diff("x.md", before, after), shown);
        assert_eq!(diff("x.md", before, before), "");
    }

    #[test]
    fn edits_are_made_in_order_and_never_twice_in_one_place() {
        let edit = |bytes, text| Edit::new("a.md", bytes, text);
        let edits = [
            edit(0..1, "A"),
            edit(0..2, "no"),
            edit(2..4, ""),
            edit(9..10, "no"),
        ];
        assert_eq!(apply("abüc", &edits), "Abc");
        assert_eq!(apply("aü", &[edit(2..3, "no")]), "aü");
    }
}
