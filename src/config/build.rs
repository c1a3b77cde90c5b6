//! `[build]`: kinds of mistakes that do not stop a build for a while, as on a site that moves in.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::FILE;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::model::date::Day;

/// Kinds that leave readers with a plain text or an empty place, and nothing worse.
pub const SOFT: [&str; 5] = [
    "ambiguous-link",
    "dead-anchor",
    "dead-link",
    "draft-link",
    "missing-file",
];

/// `[build]`: by kind, how bad it is.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct BuildLevels(BTreeMap<String, String>);

/// How long a mistake is a warning.
#[derive(Clone, Copy)]
enum Soft {
    Never,
    Always,
    /// Before this day.
    Until(Day),
}

impl Soft {
    fn parse(text: &str) -> Option<Soft> {
        match text.strip_prefix("warning until ") {
            Some(day) => Day::parse(day.trim()).ok().map(Soft::Until),
            None if text == "warning" => Some(Soft::Always),
            None => (text == "error").then_some(Soft::Never),
        }
    }
}

impl BuildLevels {
    /// What is wrong with it.
    pub(super) fn mistakes(&self) -> Vec<Diagnostic> {
        let mistake = |(kind, level): (&String, &String)| {
            let error = |message: String| Diagnostic::error("config", FILE, message);
            if !SOFT.contains(&kind.as_str()) {
                let message = format!("`{kind}` is no kind of mistake that can be a warning");
                let mut error = error(message).at_item("build", kind);
                error.help = did_you_mean(kind, &SOFT);
                return Some(error);
            }
            let message = format!("build.{kind} cannot be `{level}`");
            Soft::parse(level).is_none().then(|| {
                error(message)
                    .at_item("build", level)
                    .help("write \"warning\", \"warning until 2027-03-01\" or \"error\"")
            })
        };
        self.0.iter().filter_map(mistake).collect()
    }

    /// Makes warnings of what does not stop a build on this day.
    pub fn soften(&self, diagnostics: &mut [Diagnostic], today: Day) {
        for diagnostic in diagnostics {
            let level = self.0.get(diagnostic.code);
            let until = match level.and_then(|level| Soft::parse(level)) {
                Some(Soft::Always) => None,
                Some(Soft::Until(day)) if today < day => Some(day),
                _ => continue,
            };
            if diagnostic.severity != Severity::Error {
                continue;
            }
            diagnostic.severity = Severity::Warning;
            if let Some(day) = until {
                let help = diagnostic.help.get_or_insert_default();
                let space = if help.is_empty() { "" } else { "; " };
                help.push_str(&format!("{space}from {day} on, it stops each build"));
            }
        }
    }
}
