//! The paths that change with a move: of a file and its replies, or of all that lies below a folder.

use std::collections::BTreeMap;

use super::Site;
use crate::error::Error;
use crate::model::page::Page;
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
    let unreadable = site.broken.iter().find(|path| renames.contains_key(*path));
    if let Some(broken) = unreadable {
        return Err(Error::Refused(format!(
            "content/{broken} cannot be read, so its links cannot be mended\nhelp: gen build says what is wrong with it; mend that first"
        )));
    }
    Ok(renames)
}

/// The replies to an article, before and after.
fn replies_of(site: &Site<'_>, from: &str, to: &str) -> Option<(String, String)> {
    let file = |path: &str| Some(format!("{}{}", path.strip_suffix(".md")?, replies::ENDING));
    let (old, new) = (file(from)?, file(to)?);
    site.replies.contains(&old).then_some((old, new))
}

/// What is moved as it is, relative to the site's root.
pub(super) fn moved_paths(site: &Site<'_>, from: &str, to: &str) -> Vec<(String, String)> {
    let mut moved = vec![(from.to_owned(), to.to_owned())];
    moved.extend(replies_of(site, from, to));
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
