//! Words of an article could link to another one that few articles link to.
//!
//! Readers follow links in a text more gladly than lists below it, and search engines find by them what a page is about.
//! `gen check --suggest` names the words and what to write; `--suggest ARTICLE` looks for links to one article, however
//! many it has. Whether the link helps the reader there is yours to say: `--apply` writes what is suggested, `--refuse WORDS`
//! keeps words out from then on.

use super::{Check, Group, Lint};
use crate::config::check::Level;

pub(super) const LINT: Lint = Lint {
    code: "link-suggestion",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Asked("--suggest"),
    source: include_str!("link_suggestion.rs"),
};
