//! Finds the place in its file that a diagnostic means, and what mends it there.

use std::ops::Range;

use super::{Diagnostic, Excerpt, Lines, Spot};
use crate::edit::Edit;

impl Diagnostic {
    /// Finds line, column and excerpt in the file's text. `find_key` gives the bytes of a front-matter
    /// key or of an item in it.
    pub fn locate(
        &mut self,
        lines: &Lines,
        find_key: impl Fn(&str, &str, Option<&str>) -> Option<Range<usize>>,
    ) {
        let text = lines.text.as_str();
        let bytes = match &self.spot {
            Spot::File => return,
            Spot::Bytes(bytes) => Some(bytes.clone()),
            Spot::Key { key, item, after } => {
                let first = find_key(text, key, item.as_deref());
                first.map(|first| later_place(text, first, *after))
            }
        };
        if let (Some(spot), Some((old, new))) = (&bytes, self.swap.take())
            && let Some(at) = written(text, spot, &old)
        {
            self.fixes.push(Edit::new(&self.path, at, new));
            if let Some(help) = &mut self.help {
                help.push_str("; gen check --fix writes that");
            }
        }
        self.excerpt = bytes.map(|b| Excerpt::new(lines, b));
    }
}

/// The place of the same word so many times later; the last one where there are not so many.
fn later_place(text: &str, first: Range<usize>, after: usize) -> Range<usize> {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    let word = &text[first.clone()];
    let places = text[first.start..]
        .match_indices(word)
        .map(|(at, _)| first.start + at..first.start + at + word.len());
    places
        .filter(|at| {
            !text[..at.start].ends_with(part_of_word) && !text[at.end..].starts_with(part_of_word)
        })
        .take(after + 1)
        .last()
        .unwrap_or(first)
}

/// Where in the spot, which is a link or a word, `name` stands as a path or a name: not as part of a longer one, and
/// not in a link's words.
fn written(text: &str, spot: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let source = text.get(spot.clone()).filter(|_| !name.is_empty())?;
    let from = match source.rfind("](") {
        Some(end_of_words) => end_of_words + 2,
        // `[words][label]`: where it leads to stands elsewhere.
        None if source.starts_with('[') && !source.starts_with("[[") => return None,
        None => 0,
    };
    let in_name = |c: char| c.is_alphanumeric() || "-_/.%~".contains(c);
    source[from..]
        .match_indices(name)
        .map(|(at, _)| spot.start + from + at..spot.start + from + at + name.len())
        .find(|at| !text[..at.start].ends_with(in_name) && !text[at.end..].starts_with(in_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_a_link_leads() {
        let found = |text: &str, name| written(text, &(0..text.len()), name).map(|at| at.start);
        assert_eq!(found("[a.md](a.md#x \"a.md\")", "a.md"), Some(7));
        assert_eq!(found("[a.md](<a.md>)", "a.md"), Some(8));
        assert_eq!(found("[![a.md](x.svg)](../a.md)", "../a.md"), Some(17));
        assert_eq!(found("[[a|a]]", "a"), Some(2));
        assert_eq!(found("/a/", "/a/"), Some(0));
        for text in [
            "[a.md][a.md]",
            "[x](a%2Emd)",
            "[x](b/a.md)",
            "[a.md](b)",
            "",
        ] {
            assert_eq!(found(text, "a.md"), None, "{text}");
        }
    }
}
