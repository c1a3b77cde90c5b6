//! What could be written, and how well it fits what is typed already.

use std::ops::Range;

use super::desk::Desk;
use super::thing::{folder_of, title};
use crate::escape::url_decode;
use crate::link::reference::Index;
use crate::model::page::Page;
use crate::model::url::{link_path, relative};
use crate::parse::image_size::is_picture;

/// So many are offered at most; who types on sees others.
pub(super) const MOST: usize = 100;

/// Something that could be written.
pub(super) struct Candidate {
    /// As the editor lists it.
    pub(super) label: String,
    /// What stands beside that.
    pub(super) detail: String,
    /// What is written.
    pub(super) insert: String,
    pub(super) kind: Kind,
}

/// What it is, as editors draw it: the protocol's numbers.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Key = 10,
    Value = 12,
    File = 17,
    Anchor = 18,
}

/// What could stand in the place of what is typed already.
pub(super) struct Offer {
    /// The bytes that are typed.
    pub(super) typed: Range<usize>,
    /// The best first.
    pub(super) candidates: Vec<Candidate>,
}

/// Files that a link or a picture in a folder can lead to.
pub(super) fn paths(desk: &Desk, folder: &str, typed: &str, is_picture: bool) -> Vec<Candidate> {
    let asked = Asked::new(&url_decode(typed));
    let written = |source: &str| match typed.starts_with('/') {
        true => link_path(&format!("/{source}")),
        false => link_path(&relative(folder, source)),
    };
    let mut ranked = Vec::new();
    if !is_picture {
        for page in desk.open.site().pages.iter() {
            let rank = asked.rank(&page.source, title(page), folder);
            ranked.extend(rank.map(|rank| {
                let candidate = Candidate {
                    label: title(page).to_owned(),
                    detail: page.source.clone(),
                    insert: written(&page.source),
                    kind: Kind::File,
                };
                (rank, candidate)
            }));
        }
    }
    let assets = desk.open.assets().iter();
    for path in assets.filter(|path| !is_picture || is_picture_file(path)) {
        let rank = asked.rank(path, "", folder);
        ranked.extend(rank.map(|rank| {
            let candidate = Candidate {
                label: path.rsplit('/').next().unwrap_or_default().to_owned(),
                detail: path.clone(),
                insert: written(path),
                kind: Kind::File,
            };
            // Beside articles, files come last.
            (rank + if is_picture { 0 } else { 1 }, candidate)
        }));
    }
    best(ranked)
}

fn is_picture_file(path: &str) -> bool {
    is_picture(path) || path.to_ascii_lowercase().ends_with(".svg")
}

/// Articles by the names that wiki links and front matter know them by.
pub(super) fn names(
    desk: &Desk,
    folder: &str,
    typed: &str,
    is_wanted: &dyn Fn(&Page) -> bool,
) -> Vec<Candidate> {
    let asked = Asked::new(typed);
    let pages = &desk.open.site().pages;
    let index = Index::new(pages, &[]);
    let mut ranked = Vec::new();
    for page in pages.iter().filter(|page| is_wanted(page)) {
        let rank = asked.rank(&page.source, title(page), folder);
        ranked.extend(rank.map(|rank| (rank, page)));
    }
    let chosen = best(ranked).into_iter().take(MOST);
    let candidate = |page: &Page| Candidate {
        label: title(page).to_owned(),
        detail: page.source.clone(),
        insert: index.name_in(folder, &page.source),
        kind: Kind::File,
    };
    chosen.map(candidate).collect()
}

/// The best first; those of one rank in their own order.
pub(super) fn best<T>(mut ranked: Vec<(u8, T)>) -> Vec<T> {
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, one)| one).collect()
}

/// What was typed, as files and titles are compared with it.
pub(super) struct Asked {
    whole: String,
    words: Vec<String>,
}

impl Asked {
    pub(super) fn new(typed: &str) -> Asked {
        let typed = typed.trim_start_matches(['.', '/', '<']).to_lowercase();
        let words = typed.split(|c: char| !c.is_alphanumeric());
        Asked {
            words: words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            whole: typed,
        }
    }

    /// How well something fits: 0 is best; none where it does not.
    pub(super) fn rank(&self, path: &str, title: &str, folder: &str) -> Option<u8> {
        let away = u8::from(folder_of(path) != folder);
        if self.whole.is_empty() {
            return Some(away);
        }
        let (path, title) = (path.to_lowercase(), title.to_lowercase());
        let name = path.rsplit('/').next().unwrap_or_default();
        let rank = match &self.whole {
            whole if name.starts_with(whole) => 0,
            whole if title.starts_with(whole) || path.starts_with(whole) => 2,
            whole if path.contains(whole) || title.contains(whole) => 4,
            _ if self
                .words
                .iter()
                .all(|word| path.contains(word) || title.contains(word)) =>
            {
                6
            }
            _ => return None,
        };
        Some(rank + away)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_best_comes_first() {
        let asked = Asked::new("../let go");
        assert_eq!(asked.rank("a/let go.md", "", "a"), Some(0));
        assert_eq!(asked.rank("a/x.md", "Let go now", "a"), Some(2));
        assert_eq!(asked.rank("b/x.md", "To let go", "a"), Some(5));
        assert_eq!(asked.rank("a/let-it-go.md", "", "a"), Some(6));
        assert_eq!(asked.rank("a/x.md", "Let it be", "a"), None);
    }
}
