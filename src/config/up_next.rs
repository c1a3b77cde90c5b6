//! `[up_next]`: what ends every article.

use serde::Deserialize;

pub use crate::model::front_matter::wish::Scope;

/// `[up_next]`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UpNext {
    /// Cards after each article, 1 to 50.
    #[schemars(range(min = 1, max = 50))]
    pub count: usize,
    /// What no list shows: references, or `tag:` and a tag.
    pub never: Vec<String>,
    /// Where the engine looks.
    pub scope: Scope,
    /// The file in `data/` that tells where readers went on: from, to, readers.
    #[schemars(extend("examples" = ["data/journeys.csv"]))]
    pub journeys: Option<String>,
    /// What each signal counts, as a multiple of what is usual.
    pub weights: Weights,
}

/// `[up_next.weights]`: 1 for each, where nothing is said; 0 turns a signal off.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Words and pairs of words.
    #[schemars(range(min = 0, max = 100))]
    pub terms: f32,
    /// One's title in the other's text.
    #[schemars(range(min = 0, max = 100))]
    pub titles: f32,
    /// Shared tags.
    #[schemars(range(min = 0, max = 100))]
    pub tags: f32,
    /// Shared terms of the site's own taxonomies.
    #[schemars(range(min = 0, max = 100))]
    pub taxonomies: f32,
    /// A shared author.
    #[schemars(range(min = 0, max = 100))]
    pub authors: f32,
    /// Nearness in time.
    #[schemars(range(min = 0, max = 100))]
    pub time: f32,
    /// The same section.
    #[schemars(range(min = 0, max = 100))]
    pub section: f32,
    /// The authors' links.
    #[schemars(range(min = 0, max = 100))]
    pub links: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            terms: 1.0,
            titles: 1.0,
            tags: 1.0,
            taxonomies: 1.0,
            authors: 1.0,
            time: 1.0,
            section: 1.0,
            links: 1.0,
        }
    }
}

impl Weights {
    pub(super) fn are_valid(&self) -> bool {
        let words = [self.terms, self.titles];
        let shared = [self.tags, self.taxonomies, self.authors, self.section];
        let mut all = words
            .into_iter()
            .chain(shared)
            .chain([self.time, self.links]);
        all.all(|weight| (0.0..=100.0).contains(&weight))
    }
}

impl Default for UpNext {
    fn default() -> UpNext {
        UpNext {
            count: 7,
            never: Vec::new(),
            scope: Scope::Site,
            journeys: None,
            weights: Weights::default(),
        }
    }
}
