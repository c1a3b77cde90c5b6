//! Holds what an editor puts on the front page, in the front matter of the home page.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{OneOrMany, Text};

/// The front page as written: which articles stand where, and the doors.
#[derive(
    Clone, Debug, Default, PartialEq, Deserialize, BorshDeserialize, BorshSerialize, JsonSchema,
)]
#[serde(deny_unknown_fields, default)]
pub struct Home {
    /// The article that stands first and largest.
    pub lead: Option<String>,
    /// Those beside it.
    pub picks: OneOrMany,
    /// The words above the doors, such as "Where are you tonight?".
    pub ask: Option<Text>,
    /// Links with a sentence each, for readers who know where they are.
    pub doors: Vec<Door>,
    /// The sections that are shown, in this order; where none is named, all.
    pub sections: Vec<Block>,
}

impl Home {
    /// What it names on this site.
    pub fn names(&mut self) -> Names<'_> {
        let blocks = self.sections.iter_mut();
        let blocks = blocks.flat_map(|block| block.lead.iter_mut().chain(&mut block.picks.0));
        let own = self.lead.iter_mut().chain(&mut self.picks.0);
        let doors = self.doors.iter_mut().map(|door| &mut door.url);
        let doors = doors.filter(|url| !url.starts_with('#') && !url.contains(':'));
        Names {
            articles: own.chain(blocks).collect(),
            doors: doors.collect(),
        }
    }
}

/// What a front page names on its site.
pub struct Names<'h> {
    /// References to articles.
    pub articles: Vec<&'h mut String>,
    /// What doors lead to: references, some with an anchor.
    pub doors: Vec<&'h mut String>,
}

/// A link with a sentence.
#[derive(Clone, Debug, PartialEq, Deserialize, BorshDeserialize, BorshSerialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// Its words.
    pub title: Text,
    /// The sentence below them.
    pub text: Option<Text>,
    /// A reference, which may end in an anchor, or a full URL.
    pub url: String,
    /// Whether it is marked: it leads to help.
    #[serde(default)]
    pub urgent: bool,
}

/// A section on the front page.
#[derive(Clone, Debug, PartialEq, Deserialize, BorshDeserialize, BorshSerialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its folder.
    pub section: String,
    /// The article that stands first in it.
    pub lead: Option<String>,
    /// Those beside it.
    #[serde(default)]
    pub picks: OneOrMany,
}
