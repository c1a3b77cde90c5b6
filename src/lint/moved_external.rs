//! A link to another site is redirected for good (301, 308).
//!
//! It works today, for as long as the other site keeps the redirect. Link to the new address. Where a deep link leads to
//! a front page now, the page that you meant is probably gone: then it is not enough to change the address.

use super::{Check, Group, Lint};
use crate::config::check::Level;

pub(super) const LINT: Lint = Lint {
    code: "moved-external",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Asked("--external"),
    source: include_str!("moved_external.rs"),
};
