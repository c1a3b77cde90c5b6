//! A page's title: as it is written, or made of its file's name where that will do.

use super::front_matter::Split;
use crate::diagnostic::Diagnostic;
use crate::model::front_matter::FrontMatter;
use crate::model::page::Kind;

/// The title as written; for kinds that can do without, one made of the name. None where one must be written.
pub(super) fn title_of(
    kind: Kind,
    source: &str,
    name: &str,
    front: &FrontMatter,
) -> Option<String> {
    let written = match kind {
        Kind::Author => front.name.as_ref().or(front.title.as_ref()),
        _ => front.title.as_ref(),
    };
    if let Some(title) = written.filter(|t| !t.0.is_empty()) {
        return Some(title.0.clone());
    }
    let hub = !front.steps.0.is_empty();
    match kind {
        Kind::Article | Kind::Page => None,
        _ if hub => None,
        Kind::Home | Kind::Index => Some(String::new()),
        _ => Some(title_from(name_of(source, name))),
    }
}

/// What a file is called: an `index.md` as its folder.
pub(super) fn name_of<'s>(source: &'s str, name: &'s str) -> &'s str {
    match name {
        "index" => source.rsplit('/').nth(1).unwrap_or_default(),
        _ => name,
    }
}

/// `give-them-space` is "Give them space".
pub fn title_from(name: &str) -> String {
    let words = name
        .split(['-', '_', ' '])
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The error for a page without a title; `made` is a title made of the file's name.
pub(super) fn missing_title(path: &str, text: &str, split: &Split, made: &str) -> Diagnostic {
    let error = match (text.trim().is_empty(), split.has_front_matter()) {
        (true, _) => Diagnostic::error("empty-file", path, "this file is empty"),
        (_, false) => Diagnostic::error("front-matter", path, "this file has no front matter"),
        (_, true) => Diagnostic::error("missing-title", path, "this page has no title"),
    };
    let line = format!("title: \"{made}\"");
    let help = match split.has_front_matter() {
        true => format!("add this line to its front matter: {line}"),
        false => format!("begin the file with these lines:\n---\n{line}\n---"),
    };
    error.at(0..0).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_made_of_a_name() {
        assert_eq!(title_from("give-them_space"), "Give them space");
        assert_eq!(title_from(""), "");
    }
}
