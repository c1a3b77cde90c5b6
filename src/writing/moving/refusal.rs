//! Tells why a move is refused, before anything is written: places where nothing may go, addresses that are taken, and texts
//! that must be mended and cannot be, safely.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{folders_of, in_place_of_list, is_gens_own};
use super::Site;
use super::world::{Meaning, World, address_of};
use crate::config::Config;
use crate::error::Error;
use crate::model::page::Page;
use crate::model::slug::slugify;
use crate::model::source;
use crate::model::url::Permalink;

/// Refuses what cannot be moved, or not there.
pub(super) fn check_places(from: &str, to: &str, config: &Config) -> Result<(), Error> {
    let refuse = |why: String, help: &str| Err(Error::refused(why, help));
    let special = |path: &str| {
        let first = path.split('/').next().unwrap_or_default().to_owned();
        let is_special =
            |name: &str| matches!(name, "authors" | "tags") || config.taxonomies.has(name);
        is_special(&first).then_some(first)
    };
    if let Some(name) = special(from).or(special(to)) {
        return refuse(
            format!("what lies in content/{name}/ is named by its file, and stays there"),
            "change the name by hand, there and in the articles that mention it",
        );
    }
    if to == from {
        return refuse(
            format!("content/{from} is there already"),
            "give it another path",
        );
    }
    if to.starts_with(&format!("{from}/")) {
        return refuse(
            format!("content/{from} cannot be moved into itself"),
            "choose a place outside of it",
        );
    }
    if to.split('/').any(|part| part.starts_with('.')) {
        return refuse(
            format!("content/{to} would be hidden: gen leaves it out"),
            "begin no name with a dot",
        );
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let (old, new) = (name(from), name(to));
    if new == "archetype.md"
        || (source::is_index(&old) != source::is_index(&new) && source::is_article(from))
    {
        return refuse(
            format!("{new} is another kind of page than {old}"),
            "a folder's own page is index.md, and no other file is; make the change by hand",
        );
    }
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let (from_article, to_article) = (source::is_article(&old), source::is_article(&new));
    if ending(&old) != ending(&new) && from_article != to_article {
        return refuse(
            format!("{old} cannot become {new}: the endings differ"),
            "keep the ending .md for articles and pages",
        );
    }
    Ok(())
}

/// Refuses to move a symlink, which would lead elsewhere from its new place, and what a symlink leads to.
pub(super) fn check_symlinks(
    site: &Site<'_>,
    renames: &BTreeMap<String, String>,
) -> Result<(), Error> {
    for (link, real) in site.symlinks {
        if renames.contains_key(link) {
            return Err(Error::refused(
                format!("content/{link} is a symlink to content/{real}, and nothing was changed"),
                "move the file that it leads to, or remove the symlink and make it anew at its new place",
            ));
        }
        if renames.contains_key(real) {
            return Err(Error::refused(
                format!(
                    "content/{link} is a symlink to content/{real} and would lead to nothing; nothing was changed"
                ),
                "remove the symlink, and make it anew after the move",
            ));
        }
    }
    Ok(())
}

/// Refuses a move after which two things would have one address.
pub(super) fn check_addresses(
    pages: &[Page],
    old: &[(String, Permalink)],
    to: &str,
) -> Result<(), Error> {
    let taken = |address: &Permalink, owner: &str| {
        Err(Error::refused(
            format!("{owner} has the address {address} already"),
            "choose another path",
        ))
    };
    let is_moved = |number: usize| old[number].0 != pages[number].source;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for (number, page) in pages
        .iter()
        .enumerate()
        .filter(|(number, _)| !is_moved(*number))
    {
        known.insert(page.permalink.folded(), old[number].0.clone());
        for alias in &page.front.aliases.0 {
            known
                .entry(Permalink::page(alias).folded())
                .or_insert(old[number].0.clone());
        }
    }
    for (_, page) in pages
        .iter()
        .enumerate()
        .filter(|(number, _)| is_moved(*number))
    {
        if let Some(owner) = known.get(&page.permalink.folded()) {
            return taken(&page.permalink, &format!("content/{owner}"));
        }
    }
    let moved = pages
        .iter()
        .zip(old)
        .filter(|(page, old)| page.source != old.0);
    let folders: BTreeSet<&str> = moved
        .flat_map(|(page, _)| folders_of(&page.source))
        .collect();
    for folder in folders {
        if let Some(why) = in_place_of_list(pages, folder) {
            return Err(Error::refused(why, "choose another path"));
        }
    }
    if !to.ends_with(".md") {
        let parts: Vec<String> = to.split('/').map(slugify).collect();
        let address = Permalink::page(&parts.join("/"));
        if let Some(owner) = known
            .get(&address.folded())
            .filter(|owner| !owner.ends_with("index.md"))
        {
            return taken(&address, &format!("content/{owner}"));
        }
    }
    Ok(())
}

/// Refuses a page where a folder has its list, or gen a page of its own.
pub(super) fn check_lists(
    after: &World<'_>,
    pages: &[Page],
    old: &[(String, Permalink)],
) -> Result<(), Error> {
    for (page, (source, _)) in pages.iter().zip(old) {
        let address = &page.permalink;
        let is_list = after.has_folder(address) && page.stem() != "index";
        if page.source != *source && (is_list || is_gens_own(address)) {
            return Err(Error::refused(
                format!("there is something else at {address} already: a list of articles"),
                "choose another path",
            ));
        }
    }
    Ok(())
}

/// Refuses where something leads to the list of a folder that would be empty.
pub(super) fn check_list(
    world: &World<'_>,
    wanted: &Meaning,
    path: &str,
    written: &str,
) -> Result<(), Error> {
    match wanted {
        Meaning::Folder(folder) if !world.has_folder(&Permalink::page(&address_of(folder))) => {
            Err(Error::refused(
                format!("{path} leads to {written}, the list of a folder that would be empty"),
                "lead it elsewhere first",
            ))
        }
        _ => Ok(()),
    }
}

/// What gen does not understand well enough to change it.
pub(super) fn by_hand(path: &str, what: &str) -> Error {
    Error::refused(
        format!("{path}: `{what}` cannot be written anew safely, and nothing was changed"),
        "write it in a simpler way, or take it out until the move is done",
    )
}
