//! The paths that change with a move: of a file and its replies, or of all that lies below a folder.

use std::collections::BTreeMap;

use super::Site;
use crate::error::Error;
use crate::model::page::Page;
use crate::model::source;
use crate::model::url::Permalink;
use crate::parse::replies;

/// A folder that moves, for the addresses of folders.
pub(super) struct Folder<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
}

/// The paths that change, of files in `content/`: all below a folder, or one and its replies.
pub(super) fn renames(
    site: &Site<'_>,
    pages: &[Page],
    from: &str,
    to: &str,
) -> Result<BTreeMap<String, String>, Error> {
    let sources = pages.iter().map(|page| &page.source);
    let all: Vec<&String> = sources
        .chain(site.replies)
        .chain(site.assets)
        .chain(site.broken)
        .collect();
    let below = format!("{from}/");
    let mut renames: BTreeMap<String, String> = all
        .iter()
        .filter_map(|path| {
            Some((
                path.to_string(),
                format!("{to}/{}", path.strip_prefix(&below)?),
            ))
        })
        .collect();
    if all.iter().any(|path| *path == from) {
        renames.insert(from.to_owned(), to.to_owned());
        if let Some((old, new)) = replies_of(site, from, to) {
            renames.insert(old, new);
        }
    }
    for (old, new) in translations(site, pages, from, to) {
        if let Some((old, new)) = replies_of(site, &old, &new) {
            renames.insert(old, new);
        }
        renames.insert(old, new);
    }
    let unreadable = site.broken.iter().find(|path| renames.contains_key(*path));
    if let Some(broken) = unreadable {
        return Err(Error::refused(
            format!("content/{broken} cannot be read, so its links cannot be mended"),
            "gen build says what is wrong with it; mend that first",
        ));
    }
    Ok(renames)
}

/// The translations of what moves, which move with it: their files, before and after.
fn translations(site: &Site<'_>, pages: &[Page], from: &str, to: &str) -> Vec<(String, String)> {
    let languages = &site.config.languages;
    if !languages.are_several() {
        return Vec::new();
    }
    let (own, other) = (languages.place(from).bare, languages.place(to).bare);
    let moved = |page: &Page| {
        let bare = page.bare();
        let rest = bare.strip_prefix(&*own)?;
        // The folder that lies in a language's own has a path of its own.
        let is_folder = rest.starts_with('/') && !page.source.starts_with(&format!("{from}/"));
        let is_file = rest.is_empty() && source::is_article(from) && page.source != from;
        let new = format!("{other}{rest}");
        (is_folder || is_file).then(|| (page.source.clone(), in_style_of(&page.source, bare, &new)))
    };
    pages.iter().filter_map(moved).collect()
}

/// The path `new` with its language as it stands in `source`, whose path without it is `bare`: in a folder, in the name,
/// or in both.
fn in_style_of(source: &str, bare: &str, new: &str) -> String {
    let (stem, bare_stem) = (source::without_ending(source), source::without_ending(bare));
    let in_name = stem
        .strip_prefix(bare_stem)
        .is_some_and(|mark| mark.starts_with('.'));
    let at = match in_name {
        true => 0,
        false => stem.find('/').map_or(0, |slash| slash + 1),
    };
    let (folder, mark) = (&stem[..at], &stem[(at + bare_stem.len()).min(stem.len())..]);
    let new_stem = source::without_ending(new);
    format!("{folder}{new_stem}{mark}{}", &new[new_stem.len()..])
}

/// The replies to an article, before and after.
fn replies_of(site: &Site<'_>, from: &str, to: &str) -> Option<(String, String)> {
    let file = |path: &str| Some(format!("{}{}", path.strip_suffix(".md")?, replies::ENDING));
    let (old, new) = (file(from)?, file(to)?);
    site.replies.contains(&old).then_some((old, new))
}

/// What is moved as it is, relative to the site's root. `pages` are those after the move, `old` their paths before.
pub(super) fn moved_paths(
    site: &Site<'_>,
    pages: &[Page],
    old: &[(String, Permalink)],
    from: &str,
    to: &str,
) -> Vec<(String, String)> {
    let mut moved = vec![(from.to_owned(), to.to_owned())];
    moved.extend(replies_of(site, from, to));
    let below = format!("{from}/");
    for (page, (before, _)) in pages.iter().zip(old) {
        // All else that moved lies below the folder, or is a translation.
        let is_translation =
            page.source != *before && before != from && !before.starts_with(&below);
        if is_translation {
            moved.push((before.clone(), page.source.clone()));
            moved.extend(replies_of(site, before, &page.source));
        }
    }
    moved
        .into_iter()
        .map(|(from, to)| (format!("content/{from}"), format!("content/{to}")))
        .collect()
}

/// A path as it is called after the move.
pub(super) fn renamed(renames: &BTreeMap<String, String>, path: &str) -> String {
    renames
        .get(path)
        .cloned()
        .unwrap_or_else(|| path.to_owned())
}
