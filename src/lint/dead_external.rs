//! A link to another site leads nowhere: the page is gone (404, 410), nobody answers under the host's name, or its
//! certificate is not valid.
//!
//! Readers who come to nothing doubt the rest of the page too. Look for the page's new address, link to a copy in an
//! archive, or take the link out. What a site answers to programs only (401, 403, 429), what breaks (5xx) and what takes too
//! long is not called dead: `gen check` names it at the end, and you can look for yourself.

use super::{Check, Group, Lint};
use crate::config::check::Level;

pub(super) const LINT: Lint = Lint {
    code: "dead-external",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Asked("--external"),
    source: include_str!("dead_external.rs"),
};
