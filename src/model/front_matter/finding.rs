//! Holds what helps readers to find a page by search, in its front matter.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Deserialize;

use super::text::OneOrMany;

/// Words that lead to a page, beside its own.
#[derive(
    Clone, Debug, Default, PartialEq, Deserialize, BorshDeserialize, BorshSerialize, JsonSchema,
)]
#[serde(deny_unknown_fields, default)]
pub struct Finding {
    /// Words that it is found by as if they stood in its title.
    pub words: OneOrMany,
    /// Searches that it is the first answer to: all words of one stand in what a reader asks.
    pub first_for: OneOrMany,
}
