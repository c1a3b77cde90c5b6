//! `[check]`: how strict `gen check` is. Which lints there are, [`crate::lint`] knows.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[check]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    /// Days after which an article that nobody looked at is stale.
    pub stale_after: u32,
    /// Thousands of bytes that a picture may have which is sent as it is, 1 to 100,000.
    pub image_kilobytes: u32,
    /// By code: how bad it is, in place of the lint's own choice.
    pub lints: BTreeMap<String, Level>,
}

impl Default for Check {
    fn default() -> Check {
        Check {
            stale_after: 730,
            image_kilobytes: 500,
            lints: BTreeMap::new(),
        }
    }
}

impl Check {
    /// What is wrong with it, and what to do.
    pub(super) fn mistake(&self) -> Option<(&'static str, &'static str)> {
        (!(1..=100_000).contains(&self.image_kilobytes)).then_some((
            "check.image_kilobytes is a number from 1 to 100000",
            "500 is the default",
        ))
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
