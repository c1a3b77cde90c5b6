//! `[[menu]]`: the links at the top and at the foot of every page.

use serde::Deserialize;

use super::FILE;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::address::{Role, fault};

/// A link at the top or at the foot of every page.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// Its words.
    pub title: String,
    /// A file in `content/` (`about.md`), a path of the site (`/tags/`) or a full URL.
    pub url: String,
    /// Whether it is marked: it leads to help.
    #[serde(default)]
    pub urgent: bool,
    /// Whether it stands at the foot of every page, not at the top.
    #[serde(default)]
    pub footer: bool,
    /// The entries below it, as they are written.
    #[serde(default)]
    entries: Vec<MenuEntry>,
    /// How many entries it stands below.
    #[serde(skip)]
    pub level: usize,
}

/// All entries of a menu, each before those below it.
pub(super) fn flat(entries: Vec<MenuEntry>) -> Vec<MenuEntry> {
    let mut menu = Vec::new();
    for mut entry in entries {
        let below = std::mem::take(&mut entry.entries);
        let (level, footer) = (entry.level + 1, entry.footer);
        menu.push(entry);
        let below = below.into_iter().map(|entry| MenuEntry {
            level,
            footer,
            ..entry
        });
        menu.extend(flat(below.collect()));
    }
    menu
}

/// Entries of a menu that nobody can follow; `key` is where it stands.
pub(super) fn mistakes(menu: &[MenuEntry], key: &str) -> Vec<Diagnostic> {
    let mistake = |entry: &MenuEntry| {
        let fault = fault(&entry.url, Role::Link)?;
        let told = fault.told(FILE, &entry.url, |found| found.at_item(key, &entry.url));
        (told.severity == Severity::Error).then_some(told)
    };
    menu.iter().filter_map(mistake).collect()
}
