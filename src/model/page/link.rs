//! Links as written.

use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

/// The id in the part of an address behind its `#`: what follows `:~:` is words that browsers look for.
pub fn id_of_fragment(fragment: &str) -> &str {
    fragment.split(":~:").next().unwrap_or_default()
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum LinkForm {
    /// `[text](dest)`.
    Markdown,
    /// `[[dest]]`.
    Wiki,
    /// An address that is its own text: `<https://…>`, or bare.
    Bare,
    /// `href` or `src` in raw HTML.
    Attribute,
}

/// A link as written, to somewhere in the site.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Link {
    /// Where to.
    pub dest: String,
    /// Its `title`, if any.
    pub title: String,
    /// How it is written.
    pub form: LinkForm,
    /// Its bytes in the file.
    pub span: Range<usize>,
}
