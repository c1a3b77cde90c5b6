//! `[markdown]`: how Markdown is read.

use serde::Deserialize;

use crate::model::heading_ids::HeadingIds;

/// How Markdown is read.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Markdown {
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// Quotes, dashes and dots as English printers set them; on in English where nothing is said.
    smart_punctuation: Option<bool>,
    /// How the words of a heading become its id.
    pub heading_ids: HeadingIds,
    /// Formulas between dollar signs; on where nothing is said.
    math: Option<bool>,
    /// A single line end is one for readers, too.
    pub breaks: bool,
    /// `:smile:` is a sign.
    pub emoji: bool,
}

impl Markdown {
    /// Whether formulas are read.
    pub fn math(&self) -> bool {
        self.math.unwrap_or(true)
    }

    /// Whether straight quotes become curly.
    pub fn smart_punctuation(&self, language: &str) -> bool {
        let english = language
            .split('-')
            .next()
            .is_some_and(|primary| primary.eq_ignore_ascii_case("en"));
        self.smart_punctuation.unwrap_or(english)
    }
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// It stands in the page as written.
    #[default]
    Keep,
    /// Readers see its source.
    Escape,
}
