//! The whole site as link leaves it: which pages there are, in which lists they stand, and what leads
//! where. Everything that render reads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::extra::ExtraValue;
use crate::model::id::{Id, Table};
use crate::model::page::{Page, PageId};
use crate::model::slug::fold;
use crate::model::texts::Texts;
use crate::model::url::Permalink;

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

/// The id of the author of this name; see [`Site::author_named`].
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

/// What the home page's editor put on it.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct FrontPage {
    /// What stands first and largest.
    pub lead: Option<PageId>,
    /// What stands beside it.
    pub picks: Vec<PageId>,
    /// Links with a sentence each.
    pub doors: Vec<Door>,
    /// The sections that are shown; empty for all.
    pub blocks: Vec<Block>,
}

impl FrontPage {
    /// Whether its editor chose articles for it; else the newest stand on it.
    pub fn chooses(&self) -> bool {
        self.lead.is_some() || !self.picks.is_empty() || !self.blocks.is_empty()
    }
}

/// A link with a sentence.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Door {
    /// Its words.
    pub title: String,
    /// The sentence, perhaps empty.
    pub text: String,
    /// It leads to help.
    pub urgent: bool,
    /// Where it leads.
    pub target: Target,
}

/// A section on the home page.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Block {
    /// Which.
    pub section: Id<Section>,
    /// What stands first in it.
    pub lead: Option<PageId>,
    /// What stands beside that.
    pub picks: Vec<PageId>,
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
    first: usize,
    rows: &'s [Term],
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

/// A year in which articles were published.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Year {
    /// Its number.
    pub year: i16,
    /// Its articles, newest first.
    pub articles: Vec<PageId>,
}

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

/// An entry of an up-next list.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct UpNext {
    /// What to read.
    pub page: PageId,
    /// How near it is; nothing for what an author chose.
    pub score: f32,
    /// How the score is made up, if somebody asks for it.
    pub parts: Option<Box<Parts>>,
    /// It stands here because nobody else would have listed it.
    pub lifted: bool,
    /// Why it stands here.
    pub reason: Reason,
}

/// How much each signal gave. The unit is the similarity that is usual among near articles of the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Parts {
    /// Words and pairs of words.
    pub terms: f32,
    /// One's title in the other's text.
    pub titles: f32,
    /// Shared tags.
    pub tags: f32,
    /// Shared terms of the site's own taxonomies.
    pub taxonomies: f32,
    /// A shared author.
    pub authors: f32,
    /// Nearness in time.
    pub time: f32,
    /// The same section.
    pub section: f32,
    /// Links between the two, and common neighbours.
    pub links: f32,
    /// Readers who go on there.
    pub journeys: f32,
    /// What is taken off because the article is near to everything.
    pub hub: f32,
}

impl Parts {
    /// All together.
    pub fn sum(self) -> f32 {
        let beside = self.tags + self.authors + self.time + self.section + self.links;
        self.terms + self.titles + (beside + self.taxonomies + self.journeys) - self.hub
    }
}

/// Why an article stands in an up-next list.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Reason {
    /// The author pinned it.
    Pinned,
    /// It is the guide's next step.
    NextStep,
    /// The guide says to read it when it is done.
    AfterGuide,
    /// This tag or other term is shared, and the second one.
    Tags(Id<Term>, Option<Id<Term>>),
    /// It links to the article that was read.
    LinksHere,
    /// The article that was read links to it.
    Mentioned,
    /// These words are shared, as readers see them. Boxed: mostly it is the tags, and each page has a list.
    Terms(Box<Texts>),
    /// It stands in this section, too.
    Section(Id<Section>),
    /// Nothing shared: it is among the newest.
    Newest,
    /// Readers go on there.
    Readers,
}
