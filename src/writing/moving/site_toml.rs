//! `site.toml` after a move: the menu and what up next never shows, written anew where they would mean something else.

use super::mend::{Change, all_mean, means};
use super::refusal::{by_hand, check_list};
use super::world::{Meaning, World};
use super::{Read, Site, spelling};
use crate::config::{self, Config};
use crate::error::Error;

/// What `site.toml` names: the menu, then what up next never shows.
pub(super) fn meanings(world: &World<'_>, config: &Config) -> Vec<Meaning> {
    let menu = config.menu.iter().map(|entry| world.menu(&entry.url));
    let never = config
        .up_next
        .never
        .iter()
        .map(|text| match text.starts_with("tag:") {
            true => Meaning::Other,
            false => world.reference(text, ""),
        });
    menu.chain(never).collect()
}

/// `site.toml` with what it names written anew. None where nothing changes.
pub(super) fn change(
    site: &Site<'_>,
    world: &World<'_>,
    wanted: &[Meaning],
    read: Read<'_>,
) -> Result<Option<Change>, Error> {
    let now = meanings(world, site.config);
    if all_mean(&now, wanted) {
        return Ok(None);
    }
    let before = read(config::FILE)?;
    let mut after = before.clone();
    let menu = site.config.menu.iter().map(|entry| (&entry.url, true));
    let never = site.config.up_next.never.iter().map(|text| (text, false));
    let mut texts: Vec<String> = menu
        .clone()
        .chain(never.clone())
        .map(|(text, _)| text.clone())
        .collect();
    let mut mended = 0;
    for (number, (old, is_menu)) in menu.chain(never).enumerate() {
        let (now, wanted) = (&now[number], &wanted[number]);
        if means(now, wanted) {
            continue;
        }
        check_list(world, wanted, config::FILE, old)?;
        let new = match is_menu {
            true => spelling::menu(world, old, wanted),
            false => spelling::reference(world, old, "", false, wanted),
        };
        texts[number] = new.clone().ok_or_else(|| by_hand(config::FILE, old))?;
        after = replaced(&after, old, &texts[number], &texts)
            .ok_or_else(|| by_hand(config::FILE, old))?;
        mended += 1;
    }
    Ok(Some(Change {
        before,
        after,
        mended,
    }))
}

/// The text of `site.toml` with one of the quoted `old` as `new`, so that it names `texts`.
fn replaced(text: &str, old: &str, new: &str, texts: &[String]) -> Option<String> {
    let quotes = ['"', '\''].map(|quote| {
        (
            format!("{quote}{old}{quote}"),
            format!("{quote}{new}{quote}"),
        )
    });
    let places = quotes.iter().flat_map(|(old, new)| {
        text.match_indices(old.as_str())
            .map(move |(at, _)| (at, old, new))
    });
    places
        .map(|(at, old, new)| format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
        .find(|text| {
            Config::parse(text, None).is_ok_and(|config| {
                let menu = config.menu.iter().map(|entry| &entry.url);
                menu.chain(&config.up_next.never).eq(texts)
            })
        })
}
