//! Spells what leads to a page or a file: again in the way that the author chose, a name, a path
//! from here, a path from the root or an address.

use super::world::{Meaning, World, address_of, split_suffix};
use crate::model::page::LinkForm;
use crate::model::url::relative;

/// A link's destination that means `wanted` in a file of `folder`, in the style of `old`.
pub(super) fn link(
    world: &World<'_>,
    old: &str,
    form: LinkForm,
    folder: &str,
    wanted: &Meaning,
) -> Option<String> {
    if let (false, Some(own)) = (form == LinkForm::Wiki, world.own(old)) {
        let rest = link(world, &own.rest, LinkForm::Markdown, folder, wanted)?;
        let new = format!("{}{rest}", own.start);
        return (world.link(&new, form, folder) == *wanted).then_some(new);
    }
    let (path, suffix) = split_suffix(old);
    if form == LinkForm::Wiki {
        let Meaning::Page(number) = wanted else {
            return None;
        };
        let source = &world.page(*number).source;
        let means = |name: &String| world.link(name, form, folder) == *wanted;
        let names = names(path, source, folder).into_iter();
        let name = names.map(|name| encoded(&name, " ")).find(means)?;
        return Some(name + suffix);
    }
    let new = encoded(&path_or_address(world, path, folder, wanted)?, "") + suffix;
    (world.link(&new, form, folder) == *wanted).then_some(new)
}

/// An entry of the menu that means `wanted`; nothing in it is encoded.
pub(super) fn menu(world: &World<'_>, old: &str, wanted: &Meaning) -> Option<String> {
    if let Some(own) = world.own(old) {
        let new = format!("{}{}", own.start, menu(world, &own.rest, wanted)?);
        return (world.menu(&new) == *wanted).then_some(new);
    }
    let (path, suffix) = split_suffix(old);
    let new = match wanted {
        // Without a slash before it, it is an address all the same.
        Meaning::Page(number) if !path.ends_with(".md") => {
            like_address(path, world.page(*number).permalink.as_str())
        }
        _ => path_or_address(world, path, "", wanted)?,
    };
    let new = new + suffix;
    (world.menu(&new) == *wanted).then_some(new)
}

fn path_or_address(world: &World<'_>, old: &str, folder: &str, wanted: &Meaning) -> Option<String> {
    Some(match wanted {
        Meaning::Page(number) => {
            let page = world.page(*number);
            match old.starts_with('/') && !old.ends_with(".md") {
                true => like_address(old, page.permalink.as_str()),
                false => like_path(old, &page.source, folder),
            }
        }
        Meaning::Asset(file) => like_path(old, file, folder),
        Meaning::Folder(folder) => like_address(old, &address_of(folder)),
        Meaning::Other => return None,
    })
}

/// A reference that means `wanted` in the front matter of a file of `folder`. `everywhere`: in any folder's.
pub(super) fn reference(
    world: &World<'_>,
    old: &str,
    folder: &str,
    everywhere: bool,
    wanted: &Meaning,
) -> Option<String> {
    let Meaning::Page(number) = wanted else {
        return None;
    };
    let source = &world.page(*number).source;
    let mut names = names(old, source, folder);
    if everywhere {
        names.retain(|name| !name.contains('/') || name.starts_with('/'));
    }
    names
        .into_iter()
        .find(|name| world.reference(name, folder) == *wanted)
}

/// A path of `file`, from the root where the old one is, else from the folder.
pub(super) fn like_path(old: &str, file: &str, folder: &str) -> String {
    if old.starts_with('/') {
        return format!("/{file}");
    }
    let new = relative(folder, file);
    match old.starts_with("./") && !new.starts_with("..") {
        true => format!("./{new}"),
        false => new,
    }
}

fn like_address(old: &str, address: &str) -> String {
    match old.ends_with('/') || address == "/" {
        true => address.to_owned(),
        false => address.trim_end_matches('/').to_owned(),
    }
}

/// Ways to name a page, those that are most like the old one first.
fn names(old: &str, source: &str, folder: &str) -> Vec<String> {
    let ending = if old.ends_with(".md") { ".md" } else { "" };
    let path = source.strip_suffix(".md").unwrap_or(source);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let old_bare = old.trim_end_matches('/');
    let is_name = !old_bare.contains('/');
    // A folder's own page is called as the folder.
    let (short, long) = match (stem, path.strip_suffix("/index")) {
        ("index", Some(above)) if !old_bare.ends_with("index") && ending.is_empty() => {
            (above.rsplit('/').next().unwrap_or(above), above)
        }
        _ => (stem, path),
    };
    let mut names = Vec::new();
    if is_name {
        names.push(format!("{short}{ending}"));
    }
    if old.starts_with('.') {
        names.push(relative(folder, &format!("{long}{ending}")));
    }
    if !old.starts_with('/') {
        names.push(format!("{long}{ending}"));
    }
    names.push(format!("/{long}{ending}"));
    names.push(format!("/{path}{ending}"));
    names
}

/// A path with what would end it, or be read as something else, percent-encoded; signs of `kept` are left.
pub(super) fn encoded(path: &str, kept: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        let special = matches!(
            c,
            ' ' | '%'
                | '?'
                | '#'
                | '('
                | ')'
                | '<'
                | '>'
                | '['
                | ']'
                | '|'
                | '\\'
                | '"'
                | '*'
                | '`'
                | '&'
        );
        match (special || c.is_control()) && !kept.contains(c) {
            true => out.push_str(&format!("%{:02X}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}
