//! Which files are articles and pages, by the endings of their names.

use std::borrow::Cow;

/// The endings of Markdown, in any case. Others than the first come from Jekyll, Hugo and old editors.
const ENDINGS: [&str; 5] = ["md", "markdown", "mdown", "mkd", "mkdn"];

/// Whether a file is Markdown, by its name.
pub fn is_article(path: &str) -> bool {
    without_ending(path) != path
}

/// A file's path without the ending of Markdown, if it has one.
pub fn without_ending(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, ending))
            if ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known)) =>
        {
            stem
        }
        _ => path,
    }
}

/// What a path shares with its translations, however its ending and a folder's own page are spelled.
pub fn tie(bare: &str) -> String {
    let path = without_ending(bare);
    match path.strip_suffix("_index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("{folder}index"),
        _ => path.to_owned(),
    }
}

/// Whether a file's name is that of its folder's own page: `index.md`, or `_index.md` as in Hugo and Zola.
pub fn is_index(name: &str) -> bool {
    let stem = without_ending(name);
    stem != name && matches!(stem, "index" | "_index")
}

/// A path with `.md` in the place of another ending of Markdown.
pub fn with_usual_ending(path: &str) -> Cow<'_, str> {
    match is_article(path) && !path.ends_with(".md") {
        true => Cow::Owned(format!("{}.md", without_ending(path))),
        false => Cow::Borrowed(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_known_in_any_case() {
        for path in [
            "a/x.md",
            "a/x.MD",
            "a/x.Md",
            "a/x.markdown",
            "a/x.Markdown",
            "a/x.mkd",
        ] {
            assert_eq!(without_ending(path), "a/x", "{path}");
            assert_eq!(with_usual_ending(path), "a/x.md", "{path}");
        }
        for path in ["a/x.mdx", "a/md", "a.md/x", "x.md.bak", "x.txt", ""] {
            assert!(!is_article(path), "{path}");
        }
        assert!(
            is_index("_index.md")
                && is_index("index.MD")
                && !is_index("index")
                && !is_index("index.html")
        );
    }
}
