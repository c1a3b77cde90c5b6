//! One file to be written: its address, what it is about, and its bytes once they are made.

use borsh::BorshSerialize;

use super::feed::Feed;
use super::hosting::HostFile;
use super::markdown_copy::MarkdownCopy;
use super::reads::Copied;
use super::{
    View, archive, article, asset, card, feed, home, hosting, icons, index_now, llms, manifest,
    markdown_copy, not_found, redirect, robots, search_page, section, sitemap, taxonomy,
};
use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::picture::{Drawing, PictureFile};
use crate::model::site::{Section, Taxonomy, Term, Year};
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
    /// The number of the language whose file it is.
    pub edition: usize,
}

impl Job {
    /// A job for the only page or part of something.
    pub fn new(permalink: Permalink, owner: impl Into<String>, subject: Subject) -> Job {
        Job {
            permalink,
            owner: owner.into(),
            subject,
            number: 1,
            edition: 0,
        }
    }
}

/// What a job makes. Each output has its own variants, which hold all that it must know: a job cannot be about what its
/// output does not make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum Subject {
    /// An article, a page at the root, or a guide's hub.
    Article(PageId),
    /// The Markdown copy of such a page.
    MarkdownCopy(PageId),
    /// `llms.txt`.
    Llms,
    /// A page of the home page's list.
    Home,
    /// A page of a section's list.
    Section(Id<Section>),
    /// A page of a term's list.
    Term(Id<Term>),
    /// All terms of a taxonomy.
    Taxonomy(Id<Taxonomy>),
    /// All years.
    Archive,
    /// A page of a year's list.
    Year(Id<Year>),
    /// The 404 page.
    NotFound,
    /// The search page.
    Search,
    /// A file of the search index, by its index.
    SearchFile(usize),
    /// A feed.
    Feed(Feed),
    /// The sitemap, or a part of it.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// The key by which search engines know the site.
    IndexNow,
    /// The web manifest.
    Manifest,
    /// A file that the host reads.
    Host(HostFile),
    /// An alias of a page, by its index among the page's.
    Alias(PageId, usize),
    /// The root of a site that has no language there.
    Root,
    /// A rule of `content/_redirects`, by its index in the file.
    Rule(usize),
    /// The icon that programs ask every host for, by the index of the asset that it is made of.
    Icon(usize),
    /// An icon drawn for a site that has none.
    DrawnIcon(icons::Drawn),
    /// A file of `content/`, by its index among the site's assets.
    Asset(usize),
    /// A file of the theme, by its index among the theme's assets.
    ThemeAsset(usize),
    /// A file made of a picture, by its index.
    Picture(usize),
    /// A page's drawing, by its index in [`super::card::SHAPES`].
    Drawing(PageId, usize),
}

impl Job {
    /// Makes its bytes.
    ///
    /// # Errors
    /// A mistake in a template.
    pub(super) fn render(&self, view: &View<'_>) -> Result<Rendered, Box<Diagnostic>> {
        match self.subject {
            Subject::Article(id) => article::render(view, id),
            Subject::MarkdownCopy(id) => markdown_copy::render(view, id),
            Subject::Llms => Ok(llms::render(view)),
            Subject::Home => home::render(view, self),
            Subject::Section(id) => section::render(view, self, id),
            Subject::Term(id) => taxonomy::term(view, self, id),
            Subject::Taxonomy(id) => taxonomy::all(view, self, id),
            Subject::Archive => archive::render(view, self, None),
            Subject::Year(id) => archive::render(view, self, Some(id)),
            Subject::NotFound => not_found::render(view, self),
            Subject::Search => search_page::render(view, self),
            Subject::SearchFile(index) => Ok(search_page::file(view, index)),
            Subject::Feed(feed) => feed::render(view, self, feed),
            Subject::Sitemap => Ok(sitemap::render(view, self)),
            Subject::Robots => Ok(robots::render(view)),
            Subject::IndexNow => Ok(index_now::render(view)),
            Subject::Manifest => Ok(manifest::render(view)),
            Subject::Host(file) => Ok(hosting::render(view, file)),
            Subject::Alias(id, _) => Ok(redirect::alias(view, id)),
            Subject::Root => Ok(redirect::root(view)),
            Subject::Rule(index) => Ok(redirect::rule(view, index)),
            Subject::Icon(asset) => Ok(Rendered::Icon(view.site.file(asset))),
            Subject::DrawnIcon(icon) => icons::render(view, icon),
            Subject::Asset(index) => Ok(Rendered::Copy(view.site.file(index))),
            Subject::ThemeAsset(index) => Ok(asset::of_theme(view, index)),
            Subject::Picture(index) => Ok(Rendered::Picture(view.site.picture_file(index).clone())),
            Subject::Drawing(id, shape) => Ok(card::render(view, id, shape)),
        }
    }
}

/// A job's bytes, or where they are.
pub enum Rendered {
    /// These.
    Bytes(Vec<u8>),
    /// Those of a file in `content/`.
    Copy(Copied),
    /// Those of the icon that programs ask every host for, made of a file in `content/`.
    Icon(Copied),
    /// Those of an icon, of its SVG.
    DrawnIcon(icons::Drawn, String),
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
