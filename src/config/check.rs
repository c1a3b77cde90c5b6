//! `[check]`: how strict `gen check` is. Which lints there are, [`crate::lint`] knows.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[check]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    /// Days after which an article that nobody looked at is stale.
    pub stale_after: u32,
    /// By code: how bad it is, in place of the lint's own choice.
    pub lints: BTreeMap<String, Level>,
}

impl Default for Check {
    fn default() -> Check {
        Check {
            stale_after: 730,
            lints: BTreeMap::new(),
        }
    }
}

/// How bad a lint's finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not looked for.
    Off,
    /// It is told.
    Warning,
    /// It is told, and the check fails.
    Error,
}
