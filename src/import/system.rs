//! The systems that sites come from: how each is recognised and read. One file for each.

mod astro;
mod blogger;
mod docusaurus;
mod eleventy;
mod ghost;
mod hexo;
mod hugo;
mod jekyll;
mod mdbook;
mod medium;
mod mkdocs;
mod obsidian;
mod pelican;
mod plain;
mod substack;
mod vitepress;
mod wordpress;
mod zola;

use super::old_site::OldSite;
use super::source::Source;
use crate::error::Error;

/// A system.
#[derive(Clone, Copy, Debug)]
pub struct System {
    /// As people call it.
    pub name: &'static str,
    /// Whether a site is one of its own.
    is: fn(&Source) -> bool,
    read: fn(&Source) -> Result<OldSite, Error>,
}

/// All of them, the plainest last: the first that recognises a site reads it.
const SYSTEMS: [System; 18] = [
    wordpress::SYSTEM,
    ghost::SYSTEM,
    blogger::SYSTEM,
    substack::SYSTEM,
    medium::SYSTEM,
    jekyll::SYSTEM,
    hexo::SYSTEM,
    zola::SYSTEM,
    hugo::SYSTEM,
    docusaurus::SYSTEM,
    vitepress::SYSTEM,
    astro::SYSTEM,
    eleventy::SYSTEM,
    mkdocs::SYSTEM,
    mdbook::SYSTEM,
    pelican::SYSTEM,
    obsidian::SYSTEM,
    plain::SYSTEM,
];

impl System {
    /// The one that a site is made with.
    pub(super) fn of(source: &Source) -> Option<System> {
        SYSTEMS.into_iter().find(|system| (system.is)(source))
    }

    pub(super) fn read(self, source: &Source) -> Result<OldSite, Error> {
        (self.read)(source)
    }
}
