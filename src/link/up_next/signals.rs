//! Weighs what speaks for an article beside its words: shared tags and authors, the same section, nearness in time, links
//! that authors made. Each in units of the collection's own nearness, so that none drowns the words.

use super::journeys::Journeys;
use super::labels::Labels;
use crate::config::Weights;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Parts, Section, Site, Target, Taxonomy, Term};

/// What two articles with all tags in common gain, or with all terms of the site's own taxonomies. This and the others
/// are shares of the similarity that is usual among near articles of the site.
const TAGS: f32 = 0.4;
/// What two articles of one author gain, the more the fewer the author wrote.
const AUTHORS: f32 = 0.2;
/// What two articles of the same day gain.
const TIME: f32 = 0.4;
/// What two articles of one section gain, the more the smaller it is.
const SECTION: f32 = 0.3;
/// What an article gains that links to this one, or that this one links to.
const LINK: f32 = 0.4;
/// What two articles gain that link to, or are linked from, the same others.
const COMMON: f32 = 0.1;
/// Articles that are asked for because of one tag, at least and at most.
const TAG_MATES: (usize, usize) = (12, 24);
/// Between these bounds, so many for each whole of distrust: what the trust in the article's words is short of one.
const MATES_BY_DISTRUST: f32 = 100.0;

/// The signals of a site. Articles are named by their places in the list of those that are ranked.
pub(super) struct Signals<'a> {
    tags: Labels,
    /// The terms of the site's own taxonomies.
    own: Labels,
    /// Rarity of each term, as an author.
    author_weights: Vec<f32>,
    section_weights: Vec<f32>,
    articles: Vec<Article>,
    /// The authors of all articles, one after the other.
    authors: Vec<Id<Term>>,
    /// Days after which nearness in time has fallen to a third; none where time says nothing.
    scale: Option<f32>,
    /// What two articles gain by steps of time between them.
    nearness: Vec<f32>,
    /// Of all articles, one after the other, who links to or is linked from them, sorted.
    neighbours: Vec<u32>,
    /// Where readers go on.
    journeys: Journeys,
    /// What the site's author makes of each signal.
    weights: &'a Weights,
}

/// What is compared of an article.
struct Article {
    /// Days since 1970; not a number where undated.
    day: f32,
    section: Option<Id<Section>>,
    /// Where its authors begin and end in [`Signals::authors`].
    authors: (u32, u32),
    /// Where its neighbours begin and end in [`Signals::neighbours`].
    neighbours: (u32, u32),
}

impl<'a> Signals<'a> {
    pub(super) fn new(
        site: &Site,
        ids: &[PageId],
        journeys: Journeys,
        weights: &'a Weights,
    ) -> Signals<'a> {
        let ln_n = (ids.len() as f32 + 1.0).ln();
        let rarity = |size: usize| (1.0 - (size.max(1) as f32).ln() / ln_n).max(0.0);
        let section_weights = site
            .sections
            .iter()
            .map(|s| rarity(s.articles.len()))
            .collect();
        let (mut authors, mut neighbours) = (Vec::new(), Vec::new());
        let mut article = |id: &PageId, linked: &[u32]| {
            let place = &site.places[id.index()];
            Article {
                day: site
                    .page(*id)
                    .date
                    .map_or(f32::NAN, |date| date.days_since_epoch() as f32),
                section: place.section,
                authors: append(&mut authors, place.authors()),
                neighbours: append(&mut neighbours, linked),
            }
        };
        let known = ids.iter().zip(linked(site, ids));
        let articles = known.map(|(id, linked)| article(id, &linked));
        let articles: Vec<Article> = articles.collect();
        let scale = time_scale(articles.iter().map(|article| article.day));
        let own = site.taxonomies.rows().iter().skip(Taxonomy::BUILT_IN);
        let own = own.flat_map(|taxonomy| &site.terms.rows()[taxonomy.terms.clone()]);
        Signals {
            tags: Labels::new(ids, site.tags().rows().iter(), rarity),
            own: Labels::new(ids, own, rarity),
            author_weights: author_weights(site, ids, rarity),
            section_weights,
            articles,
            authors,
            scale,
            nearness: nearness(),
            neighbours,
            journeys,
            weights,
        }
    }

    fn authors_of(&self, article: usize) -> &[Id<Term>] {
        let (start, end) = self.articles[article].authors;
        &self.authors[start as usize..end as usize]
    }

    fn neighbours_of(&self, article: usize) -> &[u32] {
        let (start, end) = self.articles[article].neighbours;
        &self.neighbours[start as usize..end as usize]
    }

    /// Adds articles that may be near though they share few words: neighbours by links, and by the tags those
    /// nearest in the list of the tag's articles, the fewer, the more the article's words are trusted (from 0 to 1).
    pub(super) fn candidates(&self, article: usize, trust: f32, found: &mut Vec<u32>) {
        found.extend_from_slice(self.neighbours_of(article));
        found.extend(self.journeys.of(article).iter().map(|(to, _)| *to));
        let (least, most) = TAG_MATES;
        let count = ((MATES_BY_DISTRUST * (1.0 - trust)) as usize).clamp(least, most);
        self.tags.mates(article, count, found);
        self.own.mates(article, count, found);
    }

    /// All signals but the words, of `other` for `article`.
    pub(super) fn between(&self, article: usize, other: usize) -> Parts {
        let (a, b) = (&self.articles[article], &self.articles[other]);
        let section = match (a.section, b.section) {
            (Some(s), Some(t)) if s == t => self.section_weights[s.index()],
            _ => 0.0,
        };
        Parts {
            tags: self.tags.gain(TAGS * self.weights.tags, article, other),
            taxonomies: self
                .own
                .gain(TAGS * self.weights.taxonomies, article, other),
            authors: AUTHORS * self.weights.authors * self.shared_author(article, other),
            time: TIME * self.weights.time * self.time((a.day - b.day).abs()),
            section: SECTION * self.weights.section * section,
            links: self.weights.links * self.links(article, other),
            journeys: self.journeys.gain(article, other),
            ..Parts::default()
        }
    }

    /// The rarity of the rarest author that two articles share, from 0 to 1.
    fn shared_author(&self, article: usize, other: usize) -> f32 {
        let theirs = self.authors_of(other);
        let own = self.authors_of(article).iter();
        let shared = own.filter(|author| theirs.contains(author));
        let rarities = shared.map(|author| self.author_weights[author.index()]);
        rarities.fold(0.0, f32::max)
    }

    /// Nearness of two articles that are so many days apart, from 0 to 1.
    fn time(&self, days: f32) -> f32 {
        match self.scale {
            Some(scale) if !days.is_nan() => {
                let steps = (days / scale * STEPS) as usize;
                self.nearness.get(steps).copied().unwrap_or(0.0)
            }
            _ => 0.0,
        }
    }

    /// Whether one of the two links to the other.
    pub(super) fn are_linked(&self, article: usize, other: usize) -> bool {
        let neighbours = self.neighbours_of(article);
        neighbours.binary_search(&(other as u32)).is_ok()
    }

    fn links(&self, article: usize, other: usize) -> f32 {
        let (a, b) = (self.neighbours_of(article), self.neighbours_of(other));
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        // Resource allocation (Zhou, Lü and Zhang 2009): a neighbour of many says less.
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let common: f32 = short
            .iter()
            .filter(|n| long.binary_search(n).is_ok())
            .map(|n| 1.0 / self.neighbours_of(*n as usize).len() as f32)
            .sum();
        let direct = if self.are_linked(article, other) {
            LINK
        } else {
            0.0
        };
        direct + COMMON * common.min(1.0)
    }
}

/// Steps into which the time is cut in which nearness falls to a third.
const STEPS: f32 = 64.0;

/// `e^-t`, by steps.
fn nearness() -> Vec<f32> {
    (0..640)
        .map(|step| (-(step as f32) / STEPS).exp())
        .collect()
}

/// By term, how rare it is as an author among the articles.
fn author_weights(site: &Site, ids: &[PageId], rarity: impl Fn(usize) -> f32) -> Vec<f32> {
    let mut articles = vec![0; site.terms.len()];
    for author in ids.iter().flat_map(|id| site.places[id.index()].authors()) {
        articles[author.index()] += 1;
    }
    articles.into_iter().map(rarity).collect()
}

/// A quarter of the time in which the middle four fifths of the articles appeared; none where that is less than
/// a week, for then all dates are alike.
fn time_scale(days: impl Iterator<Item = f32>) -> Option<f32> {
    let mut known: Vec<f32> = days.filter(|day| !day.is_nan()).collect();
    if known.len() < 5 {
        return None;
    }
    known.sort_unstable_by(f32::total_cmp);
    let span = known[known.len() * 9 / 10] - known[known.len() / 10];
    // In steps, so that one more article leaves it as it is.
    let steps = ((span / 4.0).max(1.0).log2() * 2.0).round() / 2.0;
    (span >= 7.0).then(|| steps.exp2())
}

/// Adds some to all, and says where they begin and end there.
fn append<T: Copy>(all: &mut Vec<T>, some: &[T]) -> (u32, u32) {
    let start = all.len() as u32;
    all.extend_from_slice(some);
    (start, all.len() as u32)
}

/// Of each article, who links to or is linked from it, sorted.
fn linked(site: &Site, ids: &[PageId]) -> Vec<Vec<u32>> {
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
