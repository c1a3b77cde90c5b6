//! One file to be written: its address, what it is about, and its bytes once they are made.

use borsh::BorshSerialize;

use super::markdown_copy::MarkdownCopy;
use super::reads::Copied;
use crate::model::page::PageId;
use crate::model::picture::{Drawing, PictureFile};
use crate::model::url::Permalink;

/// One file to be written.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its address.
    pub permalink: Permalink,
    /// What it comes from, for messages: a file, or words such as "the tag `x`".
    pub owner: String,
    /// What it is about.
    pub subject: Subject,
    /// Which page of a list, or which part of something split; from 1.
    pub number: usize,
    /// Its place in [`super::OUTPUTS`].
    pub output: usize,
}

impl Job {
    /// A job for the only page or part of something.
    pub fn new(permalink: Permalink, owner: impl Into<String>, subject: Subject) -> Job {
        Job {
            permalink,
            owner: owner.into(),
            subject,
            number: 1,
            output: 0,
        }
    }
}

/// What a job is about; the numbers are places in the site's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum Subject {
    /// The site as a whole.
    Site,
    /// A page.
    Page(PageId),
    /// A section.
    Section(usize),
    /// A tag.
    Tag(usize),
    /// All tags.
    Tags,
    /// An author.
    Author(usize),
    /// All authors.
    Authors,
    /// A year.
    Year(usize),
    /// An alias of a page, by its place in the page's list.
    Alias(PageId, usize),
    /// A rule of `content/_redirects`, by its place in the file.
    Rule(usize),
    /// A file of `content/`, of the theme, or one made of a picture.
    File(usize),
    /// A page, and a place in [`super::card::SHAPES`].
    Drawing(PageId, usize),
}

/// A job's bytes, or where they are.
pub enum Rendered {
    /// These.
    Bytes(Vec<u8>),
    /// Those of a file in `content/`.
    Copy(Copied),
    /// Those of an icon for old programs, made of a file in `content/`.
    Icon(Copied),
    /// Those of a file made of a picture.
    Picture(PictureFile),
    /// Those of a page's Markdown copy.
    Markdown(Box<MarkdownCopy>),
    /// Those of a drawing.
    Drawing {
        /// What is drawn.
        drawing: Drawing,
        /// For which page.
        page: PageId,
        /// Its index in [`super::card::SHAPES`].
        shape: usize,
    },
}

impl From<String> for Rendered {
    fn from(text: String) -> Rendered {
        Rendered::Bytes(text.into_bytes())
    }
}
