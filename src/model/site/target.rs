//! What links and pictures lead to.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::page::PageId;
use crate::model::url::Permalink;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Target {
    /// A page of the site.
    Page {
        /// Which.
        id: PageId,
        /// As written, with its `?`; empty for none.
        query: String,
        /// The id in it, without `#`; empty for none.
        anchor: String,
    },
    /// A page of the site in another language.
    Other(Box<OtherLanguage>),
    /// Something else that the site publishes, checked once it is known what that is.
    Path {
        /// Where.
        permalink: Permalink,
        /// A query or an anchor, as written, with its `?` or `#`.
        suffix: String,
    },
    /// Another site.
    Elsewhere(String),
    /// A page of this title, which readers cannot have now: shown as plain text.
    Hidden(String),
    /// Nothing at all.
    Nowhere,
}

/// A page of the site in another language than the one that leads to it.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct OtherLanguage {
    /// The tag of its language.
    pub language: String,
    /// Its file, relative to `content/`.
    pub source: String,
    /// Its address.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// As written, with its `?` and `#`; empty for none.
    pub suffix: String,
}

/// What a picture is.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct PictureTarget {
    /// Where it is.
    pub target: Target,
    /// Width and height in pixels, where known.
    pub size: Option<(u32, u32)>,
}
