//! Says what an author is.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Deserialize;

/// What an author is: machines are told.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Deserialize, BorshDeserialize, BorshSerialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum AuthorKind {
    /// Somebody.
    Person,
    /// A desk, a firm, an office.
    Organization,
}
