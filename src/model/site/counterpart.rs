//! Where the same stands in the languages of a site.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::url::Permalink;

/// The addresses of one thing in the languages of a site.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Counterparts {
    /// That in the language at hand.
    pub permalink: Permalink,
    /// All of them, by language, each language once.
    pub all: Vec<Counterpart>,
}

/// The address of something in a language.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Counterpart {
    /// The language's number.
    pub language: usize,
    /// Where it stands.
    pub permalink: Permalink,
    /// It is written in that language; else something stands in for it.
    pub is_translated: bool,
    /// Search engines may list it.
    pub is_listed: bool,
}
