//! Makes what links to replies end in: the `id` that a reply gives itself, or one made of its name and date, so that
//! a new reply changes no other's.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::model::page::Page;
use crate::model::reply::{Reply, each, each_mut};
use crate::model::slug::slugify;

/// Characters of a name in an anchor.
const LONGEST_NAME: usize = 40;

/// Hands `replies`, from the file at `path`, to their page, each with an anchor that the page has not yet.
pub(super) fn set(page: &mut Page, path: &str, mut replies: Vec<Reply>) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    let mut taken = BTreeSet::new();
    each(&replies, &mut |reply| {
        if !reply.anchor.is_empty()
            && (page.has_id(&reply.anchor) || !taken.insert(reply.anchor.clone()))
        {
            let id = reply.anchor.strip_prefix("reply-").unwrap_or_default();
            errors.push(
                Diagnostic::error(
                    "duplicate-id",
                    path,
                    format!("the article has an id `{}` already", reply.anchor),
                )
                .at_item("id", id)
                .help("change this one: what a link to it ends in is `reply-` and the id"),
            );
        }
    });
    each_mut(&mut replies, &mut |reply| {
        if reply.anchor.is_empty() {
            let stem = stem(reply);
            let numbered = (2..).map(|number| format!("{stem}-{number}"));
            let mut names = std::iter::once(stem.clone()).chain(numbered);
            reply.anchor = names
                .find(|name| !page.has_id(name) && !taken.contains(name))
                .unwrap_or_default();
            taken.insert(reply.anchor.clone());
        }
    });
    page.replies = replies;
    errors
}

fn stem(reply: &Reply) -> String {
    let who = match reply.name.is_empty() {
        true => reply.author.as_deref().unwrap_or_default(),
        false => &reply.name,
    };
    let name: String = slugify(who).chars().take(LONGEST_NAME).collect();
    match (name.trim_matches('-'), reply.date) {
        ("", None) => "reply-reader".to_owned(),
        ("", Some(date)) => format!("reply-{}", date.day()),
        (name, None) => format!("reply-{name}"),
        (name, Some(date)) => format!("reply-{name}-{}", date.day()),
    }
}

/// The bytes of the first `key: item` in a file of replies; of the first such key where it has no such value.
pub fn find_key(text: &str, key: &str, item: Option<&str>) -> Option<Range<usize>> {
    let mut first = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '-', '\u{feff}']);
        let start = at + line.len() - inner.len();
        at += line.len();
        let Some(value) = inner
            .strip_prefix(key)
            .and_then(|rest| rest.trim_start().strip_prefix(':'))
        else {
            continue;
        };
        let found = start..start + inner.trim_end().len();
        match item {
            Some(item) if value.trim().trim_matches(['"', '\'']) != item => {
                first = first.or(Some(found));
            }
            _ => return Some(found),
        }
    }
    // On one line with others, in braces.
    let inline = item.and_then(|item| {
        let pair = format!("{key}: {item}");
        text.find(&pair).map(|at| at..at + pair.len())
    });
    inline.or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_its_value() {
        let text = "- name: A\n  author: x\n  replies:\n    - author: 'y'\n- {author: w}\n";
        let found = |key, item| find_key(text, key, item).map(|at| &text[at]);
        assert_eq!(found("author", Some("y")), Some("author: 'y'"));
        assert_eq!(found("author", Some("z")), Some("author: x"));
        assert_eq!(found("author", Some("w")), Some("author: w"));
        assert_eq!(found("id", Some("z")), None);
    }
}
