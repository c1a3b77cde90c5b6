//! A line of Markdown, such as a description: how readers see it, and its words.

use borsh::{BorshDeserialize, BorshSerialize};

/// A line in both forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Line {
    /// For pages.
    pub html: String,
    /// For metadata and feeds.
    pub text: String,
}
