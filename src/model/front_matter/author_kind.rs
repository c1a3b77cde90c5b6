//! Says what an author is.

use serde::Deserialize;

/// What an author is: machines are told.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Deserialize,
    borsh::BorshDeserialize,
    borsh::BorshSerialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum AuthorKind {
    /// Somebody.
    Person,
    /// A desk, a firm, an office.
    Organization,
}
