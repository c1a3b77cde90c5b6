//! The fields of a page, and what a word weighs in each.

/// Where in a page a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The page's title.
    Title,
    /// The description.
    Description,
    /// A heading of the body.
    Heading,
    /// The body and its pictures' descriptions.
    Body,
}

impl Field {
    /// How many times a word counts here, as in BM25F (Robertson, Zaragoza and Taylor 2004).
    pub(super) fn weight(self) -> u32 {
        match self {
            Field::Title => 3,
            Field::Description | Field::Heading => 2,
            Field::Body => 1,
        }
    }
}
