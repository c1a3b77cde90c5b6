//! What speaks for an article beside its words: shared tags, the same section, nearness in time, links that
//! authors made. Each in units of the collection's own nearness, so that none drowns the words.

use std::cmp::Reverse;

use crate::config::Weights;
use crate::model::page::PageId;
use crate::model::site::{Parts, Site, Target};

/// What two articles with all tags in common gain. This and the others are shares of the similarity that is
/// usual among near articles of the site.
const TAGS: f32 = 0.4;
/// What two articles of the same day gain.
const TIME: f32 = 0.4;
/// What two articles of one section gain, the more the smaller it is.
const SECTION: f32 = 0.3;
/// What an article gains that links to this one, or that this one links to.
const LINK: f32 = 0.4;
/// What two articles gain that link to, or are linked from, the same others.
const COMMON: f32 = 0.1;
/// Articles that are asked for because of one tag, at most.
const TAG_MATES: usize = 24;

/// The signals of a site, by the places of the articles in the list of those that are ranked.
pub(super) struct Signals<'a> {
    site: &'a Site,
    ids: &'a [PageId],
    /// Rarity of each tag.
    tag_weights: Vec<f32>,
    tag_lengths: Vec<f32>,
    section_weights: Vec<f32>,
    /// Days since 1970, where dated.
    days: Vec<Option<f64>>,
    /// Days after which nearness in time has fallen to a third; none where time says nothing.
    scale: Option<f64>,
    /// Who links to or is linked from whom, sorted.
    neighbours: Vec<Vec<u32>>,
    /// What the site's author makes of each signal.
    weights: &'a Weights,
}

impl<'a> Signals<'a> {
    pub(super) fn new(site: &'a Site, ids: &'a [PageId], weights: &'a Weights) -> Signals<'a> {
        let ln_n = (ids.len() as f32 + 1.0).ln();
        let rarity = |size: usize| (1.0 - (size.max(1) as f32).ln() / ln_n).max(0.0);
        let tag_weights: Vec<f32> = site
            .tags
            .iter()
            .map(|tag| rarity(tag.articles.len()))
            .collect();
        let tag_lengths = ids
            .iter()
            .map(|id| {
                site.places[id.index()]
                    .tags
                    .iter()
                    .map(|t| tag_weights[*t].powi(2))
                    .sum::<f32>()
                    .sqrt()
            })
            .collect();
        let section_weights = site
            .sections
            .iter()
            .map(|s| rarity(s.articles.len()))
            .collect();
        let days: Vec<Option<f64>> = ids
            .iter()
            .map(|id| site.page(*id).date.map(|d| d.days_since_epoch()))
            .collect();
        let scale = time_scale(&days);
        let neighbours = neighbours(site, ids);
        Signals {
            site,
            ids,
            tag_weights,
            tag_lengths,
            section_weights,
            days,
            scale,
            neighbours,
            weights,
        }
    }

    /// Adds articles that may be near though they share few words: neighbours by links, and by the tags those
    /// nearest in the list of the tag's articles.
    pub(super) fn candidates(&self, article: usize, found: &mut Vec<u32>) {
        found.extend_from_slice(&self.neighbours[article]);
        let newest_first = |id: PageId| (Reverse(self.site.page(id).date), id);
        for tag in &self.site.places[self.ids[article].index()].tags {
            let mates = &self.site.tags[*tag].articles;
            let key = newest_first(self.ids[article]);
            let own = mates
                .binary_search_by_key(&key, |id| newest_first(*id))
                .unwrap_or(0);
            let start = own
                .saturating_sub(TAG_MATES / 2)
                .min(mates.len().saturating_sub(TAG_MATES));
            for mate in mates.iter().skip(start).take(TAG_MATES) {
                if let Ok(place) = self.ids.binary_search(mate) {
                    found.push(place as u32);
                }
            }
        }
        found.retain(|other| *other as usize != article);
    }

    /// All signals but the words, of `other` for `article`.
    pub(super) fn between(&self, article: usize, other: usize) -> Parts {
        let (a, b) = (
            &self.site.places[self.ids[article].index()],
            &self.site.places[self.ids[other].index()],
        );
        let both = a.tags.iter().filter(|tag| b.tags.contains(tag));
        let shared = both
            .map(|tag| self.tag_weights[*tag].powi(2))
            .fold(0.0, |sum, weight| sum + weight);
        let lengths = self.tag_lengths[article] * self.tag_lengths[other];
        let section = match (a.section, b.section) {
            (Some(s), Some(t)) if s == t => self.section_weights[s],
            _ => 0.0,
        };
        let time = match (self.scale, self.days[article], self.days[other]) {
            (Some(scale), Some(a), Some(b)) => (-(a - b).abs() / scale).exp() as f32,
            _ => 0.0,
        };
        Parts {
            tags: if lengths > 0.0 {
                TAGS * self.weights.tags * shared / lengths
            } else {
                0.0
            },
            time: TIME * self.weights.time * time,
            section: SECTION * self.weights.section * section,
            links: self.weights.links * self.links(article, other),
            ..Parts::default()
        }
    }

    /// Whether one of the two links to the other.
    pub(super) fn are_linked(&self, article: usize, other: usize) -> bool {
        self.neighbours[article]
            .binary_search(&(other as u32))
            .is_ok()
    }

    fn links(&self, article: usize, other: usize) -> f32 {
        let (a, b) = (&self.neighbours[article], &self.neighbours[other]);
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        // Resource allocation (Zhou, Lü and Zhang 2009): a neighbour of many says less.
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let common: f32 = short
            .iter()
            .filter(|n| long.binary_search(n).is_ok())
            .map(|n| 1.0 / self.neighbours[*n as usize].len() as f32)
            .sum();
        let direct = if self.are_linked(article, other) {
            LINK
        } else {
            0.0
        };
        direct + COMMON * common.min(1.0)
    }
}

/// A quarter of the time in which the middle four fifths of the articles appeared; none where that is less than
/// a week, for then all dates are alike.
fn time_scale(days: &[Option<f64>]) -> Option<f64> {
    let mut known: Vec<f64> = days.iter().flatten().copied().collect();
    if known.len() < 5 {
        return None;
    }
    known.sort_by(f64::total_cmp);
    let span = known[known.len() * 9 / 10] - known[known.len() / 10];
    // In steps, so that one more article leaves it as it is.
    let steps = ((span / 4.0).max(1.0).log2() * 2.0).round() / 2.0;
    (span >= 7.0).then(|| steps.exp2())
}

fn neighbours(site: &Site, ids: &[PageId]) -> Vec<Vec<u32>> {
    let mut neighbours: Vec<Vec<u32>> = vec![Vec::new(); ids.len()];
    for (from, id) in ids.iter().enumerate() {
        for target in &site.targets[id.index()] {
            if let Target::Page { id: to, .. } = target
                && let Ok(to) = ids.binary_search(to)
                && to != from
            {
                neighbours[from].push(to as u32);
                neighbours[to].push(from as u32);
            }
        }
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    neighbours
}
