//! The entries of up-next lists, and why they stand there.

use borsh::{BorshDeserialize, BorshSerialize};

use super::{Section, Term};
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::texts::Texts;

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
