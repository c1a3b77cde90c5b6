//! The ways in which articles are sorted, and their terms: tags, authors, and what a site has beside them.

use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::id::Id;
use crate::model::page::{Page, PageId};
use crate::model::slug::fold;
use crate::model::url::Permalink;

/// A way in which articles are sorted.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Taxonomy {
    /// Its name in front matter, in addresses and in `content/`, such as `tags`.
    pub key: String,
    /// What readers call it; empty where the theme has words for it.
    pub title: String,
    /// The indices of its terms.
    pub terms: Range<usize>,
}

impl Taxonomy {
    /// Tags, which every site has.
    pub const TAGS: Id<Taxonomy> = Id::new(0);
    /// Authors, which every site has.
    pub const AUTHORS: Id<Taxonomy> = Id::new(1);
    /// How many every site has. Its own follow them.
    pub const BUILT_IN: usize = 2;

    /// The word for one term of it, in messages.
    pub fn one(&self) -> &str {
        match self.key.as_str() {
            "tags" => "tag",
            "authors" => "author",
            own => own,
        }
    }

    /// One without a term.
    pub fn new(key: &str, title: &str) -> Taxonomy {
        Taxonomy {
            key: key.to_owned(),
            title: title.to_owned(),
            terms: 0..0,
        }
    }
}

/// A tag, an author, or what else articles are sorted by.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Term {
    /// What it is a term of.
    pub taxonomy: Id<Taxonomy>,
    /// The last part of its address.
    pub slug: String,
    /// Its name, as readers see it: that of its file, or as it is written most often.
    pub name: String,
    /// Its address.
    pub permalink: Permalink,
    /// Words about it, if there is a file in the taxonomy's folder.
    pub page: Option<PageId>,
    /// The articles with it, newest first.
    pub articles: Vec<PageId>,
}

/// The terms of one taxonomy.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'s> {
    pub(super) first: usize,
    pub(super) rows: &'s [Term],
}

impl<'s> Terms<'s> {
    /// They themselves, sorted by slug.
    pub fn rows(self) -> &'s [Term] {
        self.rows
    }

    /// They themselves, each with its id.
    pub fn entries(self) -> impl Iterator<Item = (Id<Term>, &'s Term)> {
        (self.first..).map(Id::new).zip(self.rows)
    }
}

/// The id of the author of this name; that of the file in `authors/`, that in the address, or the shown one.
pub fn author_named<'p>(
    authors: Terms<'_>,
    page: &dyn Fn(PageId) -> &'p Page,
    name: &str,
) -> Option<Id<Term>> {
    let wanted = fold(name);
    let is = |known: &str| fold(known) == wanted;
    let is_it = |author: &Term| {
        let stem = author.page.map_or("", |id| page(id).stem());
        is(stem) || author.slug == wanted || is(&author.name)
    };
    let mut authors = authors.entries();
    authors.find_map(|(id, author)| is_it(author).then_some(id))
}
