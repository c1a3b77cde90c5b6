//! What raw HTML loads or runs.

use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

/// Something that raw HTML loads or runs, as a content security policy sees it.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Load {
    /// What it is.
    pub what: LoadKind,
    /// The directive of a policy that decides on it, such as `img-src`.
    pub directive: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// What raw HTML loads or runs.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum LoadKind {
    /// A full address of another site.
    Elsewhere(String),
    /// A file of the site itself.
    Own,
    /// The text of a script within the page.
    Script(String),
    /// A script within a line of text, whose words Markdown changes.
    ScriptInLine,
    /// A style within the page.
    Style,
    /// An attribute such as `onclick`.
    Handler,
}
