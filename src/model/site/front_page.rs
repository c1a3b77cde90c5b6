//! What the home page's editor put on it.

use borsh::{BorshDeserialize, BorshSerialize};

use super::{Section, Target};
use crate::model::id::Id;
use crate::model::page::PageId;

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
