//! The files that are shown in a page.

use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

/// A file that is shown in a page, in a block of code or as a part of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Included {
    /// From the site's root on; empty where no note has the name that is asked for.
    pub path: String,
    /// The name of a note that was looked for.
    pub asked: Option<String>,
}

/// The Markdown that stands in the place of a tag that shows a file.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Inserted {
    /// The bytes of the tag in the page's file.
    pub span: Range<usize>,
    /// With what other files it shows, its lines as far indented as the tag.
    pub text: String,
    /// What of it becomes something else in a copy.
    pub parts: Box<[InsertedPart]>,
}

/// A part of an [`Inserted`] text.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct InsertedPart {
    /// Its bytes in that text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: InsertedKind,
}

/// What a part of an [`Inserted`] text is. The numbers are places in the page's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum InsertedKind {
    /// A link.
    Link(u32),
    /// A picture.
    Picture(u32),
    /// The tag that begins a shortcode.
    Shortcode(u32),
    /// The tag that ends one.
    End,
}
