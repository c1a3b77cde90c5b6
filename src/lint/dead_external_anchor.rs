//! A link to another site names a part of the page (`#part`) that is not there.
//!
//! Readers come to the top of the page and do not find what you promised. Open the page and copy the link of the part that
//! you mean, or link to the page as a whole. Pages that are made by scripts, and that have no id in their HTML at all, are
//! not looked at.

use super::{Check, Group, Lint};
use crate::config::check::Level;

pub(super) const LINT: Lint = Lint {
    code: "dead-external-anchor",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Asked("--external"),
    source: include_str!("dead_external_anchor.rs"),
};
