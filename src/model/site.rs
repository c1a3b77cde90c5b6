//! The whole site as link leaves it: which pages there are, in which lists they stand, and what leads
//! where. Everything that render reads.

mod counterpart;
mod front_page;
mod target;
mod taxonomy;
mod up_next;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::extra::ExtraValue;
use crate::model::id::{Id, Table};
use crate::model::page::{Page, PageId};
use crate::model::url::Permalink;
pub use counterpart::{Counterpart, Counterparts};
pub use front_page::{Block, Door, FrontPage};
pub use target::{OtherLanguage, PictureTarget, Target};
pub use taxonomy::{Taxonomy, Term, Terms, author_named};
pub use up_next::{Parts, Reason, UpNext};

/// The linked site.
#[derive(Debug, Default)]
pub struct Site {
    /// Every published page, sorted by file.
    pub pages: Arc<Vec<Page>>,
    /// What was left out, and why.
    pub skipped: Skipped,
    /// When the next page is published or expires by a time of day, in seconds since 1970.
    pub turns: Option<i64>,
    /// The home page's words, if somebody wrote some.
    pub home: Option<PageId>,
    /// What the home page's editor put on it, if anything.
    pub front_page: Option<FrontPage>,
    /// The words of `/tags/`, `/authors/` and the like, by folder.
    pub indexes: BTreeMap<String, PageId>,
    /// Every article and hub, newest first.
    pub articles: Vec<PageId>,
    /// The folders, sorted by path.
    pub sections: Table<Section>,
    /// The sections that stand in no other, by weight and title.
    pub top_sections: Vec<Id<Section>>,
    /// The guides, sorted by the hub's address.
    pub guides: Table<Guide>,
    /// The ways in which articles are sorted: [`Taxonomy::TAGS`], [`Taxonomy::AUTHORS`], and the site's own.
    pub taxonomies: Table<Taxonomy>,
    /// The terms of all taxonomies, those of each together, sorted by slug.
    pub terms: Table<Term>,
    /// The years in which articles were published, newest first.
    pub years: Table<Year>,
    /// By page: what its links lead to, in the order of its links.
    pub targets: Vec<Vec<Target>>,
    /// By page: what its pictures are, in the order of its pictures.
    pub pictures: Vec<Vec<PictureTarget>>,
    /// By page: the picture at its head.
    pub heroes: Vec<Option<Box<PictureTarget>>>,
    /// By page: the places in the site's lists.
    pub places: Vec<Places>,
    /// By page: the pages that link to it in their text, in the order of their files.
    pub backlinks: Vec<Vec<PageId>>,
    /// By page: what to read next.
    pub up_next: Vec<Vec<UpNext>>,
    /// By page: what just missed the list; empty where nobody asks for it.
    pub missed: Vec<Vec<UpNext>>,
    /// Articles that `site.toml` or their own front matter keeps out of every list, sorted.
    pub refused: Vec<PageId>,
    /// By address: where the same stands in the site's other languages; empty where it has but one.
    pub counterparts: Vec<Counterparts>,
    /// The menu: words and where they lead.
    pub menu: Vec<(String, Target)>,
    /// The files that are copied, as they stand in the output, sorted.
    pub assets: Vec<Permalink>,
    /// Those that are not: only pages use them that are not published. Places in the list of assets.
    pub withheld: BTreeSet<usize>,
    /// What the author tells the host.
    pub host_files: HostFiles,
    /// What the files of `data/` hold, sorted by path.
    pub data: Vec<DataFile>,
}

/// A file that only templates read.
#[derive(Clone, Debug, BorshSerialize)]
pub struct DataFile {
    /// Below `data/`.
    pub path: String,
    /// What it holds.
    pub value: ExtraValue,
}

/// The texts of the files in which an author tells the host something, in Netlify's form; empty where there is none.
#[derive(Clone, Debug, Default, BorshSerialize)]
pub struct HostFiles {
    /// `content/_redirects`.
    pub redirects: String,
    /// `content/_headers`.
    pub headers: String,
}

impl Site {
    /// A page by its id.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// The ids of all pages, in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = PageId> + use<> {
        (0..self.pages.len()).map(PageId::new)
    }

    /// The pages that are written in the site's language: all but those that stand in for translations.
    pub fn own_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| page.original.is_none())
    }

    /// The guide that a page is a step of, and which step, from 0: the first hub by address is its home.
    pub fn step_of(&self, id: PageId) -> Option<(&Guide, usize)> {
        let (guide, step) = *self.places[id.index()].steps.first()?;
        Some((&self.guides[guide], step))
    }

    /// The guide whose hub a page is.
    pub fn guide_of_hub(&self, id: PageId) -> Option<&Guide> {
        // Asked of every article: only hubs are worth the search.
        match self.page(id).is_hub() {
            true => self.guides.iter().find(|guide| guide.hub == id),
            false => None,
        }
    }

    /// The terms of a taxonomy, each with its id.
    pub fn terms_of(&self, taxonomy: Id<Taxonomy>) -> Terms<'_> {
        let taxonomy = self.taxonomies.get(taxonomy);
        let range = taxonomy.map_or(0..0, |taxonomy| taxonomy.terms.clone());
        Terms {
            first: range.start,
            rows: &self.terms.rows()[range],
        }
    }

    /// The tags.
    pub fn tags(&self) -> Terms<'_> {
        self.terms_of(Taxonomy::TAGS)
    }

    /// The authors.
    pub fn authors(&self) -> Terms<'_> {
        self.terms_of(Taxonomy::AUTHORS)
    }

    /// The author of this name: that of the file in `authors/`, that in the address, or the shown one.
    pub fn author_named(&self, name: &str) -> Option<Id<Term>> {
        author_named(self.authors(), &|id| self.page(id), name)
    }

    /// Articles and hubs, in the order of their files.
    pub fn articles_by_file(&self) -> Vec<PageId> {
        let mut ids = self.articles.clone();
        ids.sort_unstable();
        ids
    }
}

/// The lists that one page stands in.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct Places {
    /// Its section, if it is in a folder; for a section's own page, that section.
    pub section: Option<Id<Section>>,
    /// Guides and steps, from 0.
    pub steps: Vec<(Id<Guide>, usize)>,
    /// By taxonomy: its terms, as written.
    pub terms: Vec<Vec<Id<Term>>>,
}

impl Places {
    /// Its terms of a taxonomy, as written.
    pub fn terms_of(&self, taxonomy: Id<Taxonomy>) -> &[Id<Term>] {
        self.terms.get(taxonomy.index()).map_or(&[], Vec::as_slice)
    }

    /// Its tags, as written.
    pub fn tags(&self) -> &[Id<Term>] {
        self.terms_of(Taxonomy::TAGS)
    }

    /// Its authors, as written.
    pub fn authors(&self) -> &[Id<Term>] {
        self.terms_of(Taxonomy::AUTHORS)
    }

    /// Its terms of the site's own taxonomies.
    pub fn own(&self) -> impl Iterator<Item = Id<Term>> {
        let own = self.terms.iter().skip(Taxonomy::BUILT_IN);
        own.flatten().copied()
    }

    /// What it is about: its tags, and its terms of the site's own taxonomies.
    pub fn topics(&self) -> impl Iterator<Item = Id<Term>> {
        self.tags().iter().copied().chain(self.own())
    }
}

/// The files that were not published, sorted.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct Skipped {
    /// `draft: true`.
    pub drafts: Vec<String>,
    /// Dated after the build's day.
    pub scheduled: Vec<String>,
    /// Their last day is over.
    pub expired: Vec<String>,
}

/// A folder of `content/`.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Section {
    /// The folder, without slashes at its ends.
    pub folder: String,
    /// Its address.
    pub permalink: Permalink,
    /// Its title.
    pub title: String,
    /// Its `index.md`.
    pub page: Option<PageId>,
    /// The section around it.
    pub parent: Option<Id<Section>>,
    /// The sections in it, by weight and title.
    pub children: Vec<Id<Section>>,
    /// The articles in it, by weight, then newest first.
    pub articles: Vec<PageId>,
    /// The article that its page begins with, where its editor says which.
    pub lead: Option<PageId>,
}

/// A guide: numbered steps in order.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Guide {
    /// The page that holds the steps.
    pub hub: PageId,
    /// The steps.
    pub steps: Vec<PageId>,
    /// What to read when it is done.
    pub after: Option<PageId>,
}

/// A year in which articles were published.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Year {
    /// Its number.
    pub year: i16,
    /// Its articles, newest first.
    pub articles: Vec<PageId>,
}
