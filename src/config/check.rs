//! `[check]`: how strict `gen check` is. Which lints there are, [`crate::lint`] knows.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{FILE, find_key};
use crate::diagnostic::Diagnostic;

/// `[check]`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Check {
    /// Days after which an article that nobody looked at is stale.
    pub stale_after: u32,
    /// Thousands of bytes that a picture may have which is sent as it is, 1 to 100,000.
    #[schemars(range(min = 1, max = 100_000))]
    pub image_kilobytes: u32,
    /// Characters of a title, at most.
    #[schemars(range(min = 1))]
    pub title_max: u32,
    /// Characters of a description, at least; 0 for any.
    pub description_min: u32,
    /// Characters of a description, at most.
    #[schemars(range(min = 1))]
    pub description_max: u32,
    /// Words of a paragraph, at most.
    #[schemars(range(min = 1))]
    pub paragraph_max: u32,
    /// Words of a sentence, at most.
    #[schemars(range(min = 1))]
    pub sentence_max: u32,
    /// The score of the language's formula that a text should reach; none for the formula's own.
    #[schemars(range(max = 100))]
    pub reading_ease: Option<u32>,
    /// Percentage of sentences that may be in the passive voice.
    #[schemars(range(max = 100))]
    pub passive_max: u32,
    /// Sentences in a row with one first word that are told of.
    #[schemars(range(min = 2))]
    pub same_start: u32,
    /// Percentage of a text that may not stand in another one.
    #[schemars(range(min = 20, max = 100))]
    pub same_text: u32,
    /// By code: how bad it is, in place of the lint's own choice.
    pub lints: BTreeMap<String, Level>,
    /// How other sites are asked.
    pub external: External,
}

/// `[check.external]`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct External {
    /// Addresses that are never asked; those that begin so, where there is a `*` at the end.
    #[schemars(extend("examples" = [["https://example.org/*"]]))]
    pub skip: Vec<String>,
    /// Seconds that an answer may take, 1 to 120.
    #[schemars(range(min = 1, max = 120))]
    pub timeout: u64,
}

impl Default for External {
    fn default() -> External {
        External {
            skip: Vec::new(),
            timeout: 10,
        }
    }
}

impl External {
    /// Whether an address is not to be asked.
    pub fn skips(&self, url: &str) -> bool {
        let page = url.split('#').next().unwrap_or_default();
        self.skip.iter().any(|skip| match skip.strip_suffix('*') {
            Some(start) => url.starts_with(start),
            None => page == skip || url == skip,
        })
    }
}

impl External {
    /// What is wrong with it, in `text`.
    pub(super) fn mistakes(&self, text: &str) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        let mut wrong = |message: String, item: &str, help: &str| {
            let at = ["check.external", "check"]
                .iter()
                .find_map(|key| find_key(text, key, Some(item)));
            let error = Diagnostic::error("config", FILE, message).at(at.unwrap_or(0..0));
            errors.push(error.help(help));
        };
        if !(1..=120).contains(&self.timeout) {
            wrong(
                "check.external.timeout is a number of seconds from 1 to 120".into(),
                "timeout",
                "10 is the default",
            );
        }
        for skip in &self.skip {
            let start = skip.strip_suffix('*').unwrap_or(skip);
            let is_address = ["https://", "http://"]
                .iter()
                .any(|scheme| start.len() > scheme.len() && start.starts_with(scheme));
            if !is_address || start.contains('*') {
                wrong(
                    format!("`{skip}` is no address, nor the beginning of one"),
                    skip,
                    "write one with its https://, and a `*` at the end for all that begin so: \"https://example.org/*\"",
                );
            }
        }
        errors
    }
}

impl Default for Check {
    fn default() -> Check {
        Check {
            stale_after: 730,
            image_kilobytes: 500,
            title_max: 70,
            description_min: 0,
            description_max: 160,
            paragraph_max: 200,
            sentence_max: 40,
            reading_ease: None,
            passive_max: 10,
            same_start: 3,
            same_text: 60,
            lints: BTreeMap::new(),
            external: External::default(),
        }
    }
}

impl Check {
    /// What is wrong with it, in `text`.
    pub(super) fn mistakes(&self, text: &str) -> Vec<Diagnostic> {
        let usual = Check::default();
        let percent = |value: u32, least: u32| (least..=100).contains(&value);
        let numbers = [
            (
                "image_kilobytes",
                (1..=100_000).contains(&self.image_kilobytes),
                "from 1 to 100000",
                usual.image_kilobytes,
            ),
            (
                "title_max",
                self.title_max > 0,
                "1 or more",
                usual.title_max,
            ),
            (
                "description_max",
                self.description_max > 0,
                "1 or more",
                usual.description_max,
            ),
            (
                "paragraph_max",
                self.paragraph_max > 0,
                "1 or more",
                usual.paragraph_max,
            ),
            (
                "sentence_max",
                self.sentence_max > 0,
                "1 or more",
                usual.sentence_max,
            ),
            (
                "same_start",
                self.same_start > 1,
                "2 or more",
                usual.same_start,
            ),
            (
                "passive_max",
                percent(self.passive_max, 0),
                "from 0 to 100",
                usual.passive_max,
            ),
            (
                "same_text",
                percent(self.same_text, 20),
                "from 20 to 100",
                usual.same_text,
            ),
        ];
        let wrong = |key: &str, message: String, help: String| {
            let at = find_key(text, &format!("check.{key}"), None)
                .or_else(|| find_key(text, "check", Some(key)));
            Diagnostic::error("config", FILE, message)
                .at(at.unwrap_or(0..0))
                .help(help)
        };
        let mut mistakes: Vec<Diagnostic> = numbers
            .iter()
            .filter(|(_, is_right, ..)| !is_right)
            .map(|(key, _, range, usual)| {
                let message = format!("check.{key} is a number {range}");
                wrong(key, message, format!("{usual} is the default"))
            })
            .collect();
        if self.reading_ease.is_some_and(|score| score > 100) {
            let message = "check.reading_ease is a number from 0 to 100";
            let help = "60 is plain English; docs/lints.md has the scales of other languages";
            mistakes.push(wrong("reading_ease", message.to_owned(), help.to_owned()));
        }
        if self.description_min > self.description_max {
            let message = "check.description_min is more than check.description_max";
            let help = format!("write a number from 0 to {}", self.description_max);
            mistakes.push(wrong("description_min", message.to_owned(), help));
        }
        mistakes
    }
}

/// How bad a lint's finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not looked for.
    Off,
    /// It is told.
    Warning,
    /// It is told, and the check fails.
    Error,
}

impl Level {
    /// As `site.toml` has it.
    pub fn word(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}
