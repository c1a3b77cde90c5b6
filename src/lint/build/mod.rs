//! The codes of what each build finds by itself, with their manual pages: a check only says more of them, and lets
//! `site.toml` turn a warning off or into an error. Where they are found, the build's own stages know.

mod links;
mod site;
mod words;

use super::{Check, Group, Lint};
use crate::config::check::Level;

/// All of them, a group a list.
pub(super) const FOUND: [&[Lint]; 3] = [links::FOUND, words::FOUND, site::FOUND];

/// Nothing is published while it is there.
const fn error(group: Group, code: &'static str, manual: &'static str) -> Lint {
    Lint {
        code,
        group,
        level: Level::Error,
        check: Check::Build,
        source: manual,
    }
}

/// The site is built all the same.
const fn warning(group: Group, code: &'static str, manual: &'static str) -> Lint {
    Lint {
        level: Level::Warning,
        ..error(group, code, manual)
    }
}
