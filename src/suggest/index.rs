//! All phrases that name an article with few ways in, each with the one article that it names best.

use std::sync::atomic::{AtomicU32, Ordering};

use super::Outlines;
use super::phrase::{self, Phrase};
use super::topic::Topic;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::parse::terms::PhraseWords;

/// A word alone must stand so often in its own article.
const OFTEN: u32 = 3;
/// What stands but once in its own article, beside its title, names it less: it is said by the way.
const BY_THE_WAY: f32 = 0.7;

/// A power of two: bits that tell most hashes that no phrase has without looking for them.
const BITS: usize = 1 << 22;

/// A phrase and its article.
struct Entry {
    phrase: Phrase,
    to: PageId,
    /// Articles that hold it.
    articles: AtomicU32,
    /// Places in its own article.
    own: AtomicU32,
}

pub(super) struct Index {
    /// Sorted by hash.
    entries: Vec<Entry>,
    may_be: Vec<u64>,
}

/// What is known of a phrase once all articles were read.
pub(super) struct Useful {
    pub(super) to: PageId,
    pub(super) heading: Option<usize>,
    /// How well it names the article × how rare it is.
    pub(super) worth: f32,
}

impl Index {
    /// Of `targets`. The phrases of all articles are looked at: what names another one as well names none.
    pub(super) fn new(
        site: &Site,
        (ids, topics, outlines): (&[PageId], &[Topic], Outlines<'_>),
        targets: &[PageId],
        language: &str,
    ) -> Index {
        let mut words = PhraseWords::new(language);
        let mut all: Vec<(Phrase, PageId)> = Vec::new();
        for (id, topic) in ids.iter().zip(topics) {
            let own = phrase::of(site, *id, (topic, &outlines[id.index()]), &mut words);
            all.extend(own.into_iter().map(|phrase| (phrase, *id)));
        }
        all.sort_by(|(a, a_to), (b, b_to)| {
            let by_name = b.names.total_cmp(&a.names);
            (a.hash.cmp(&b.hash))
                .then(by_name)
                .then(a_to.cmp(b_to))
                .then(a.heading.cmp(&b.heading))
        });
        let mut entries = Vec::new();
        for same in all.chunk_by(|(a, _), (b, _)| a.hash == b.hash) {
            let (best, to) = &same[0];
            let rival = same.iter().find(|(_, other)| other != to);
            let is_its_own = rival.is_none_or(|(rival, _)| rival.names < best.names);
            if is_its_own && targets.binary_search(to).is_ok() {
                entries.push(Entry {
                    phrase: best.clone(),
                    to: *to,
                    articles: AtomicU32::new(0),
                    own: AtomicU32::new(0),
                });
            }
        }
        let mut may_be = vec![0; BITS / 64];
        for entry in &entries {
            let bit = entry.phrase.hash as usize % BITS;
            may_be[bit / 64] |= 1 << (bit % 64);
        }
        Index { entries, may_be }
    }

    /// The number of the phrase of this hash.
    pub(super) fn find(&self, hash: u64) -> Option<usize> {
        let bit = hash as usize % BITS;
        if self.may_be[bit / 64] & 1 << (bit % 64) == 0 {
            return None;
        }
        let by_hash = |entry: &Entry| entry.phrase.hash.cmp(&hash);
        self.entries.binary_search_by(by_hash).ok()
    }

    /// The article that a phrase names.
    pub(super) fn to(&self, phrase: usize) -> PageId {
        self.entries[phrase].to
    }

    /// What a phrase comes to.
    pub(super) fn hash(&self, phrase: usize) -> u64 {
        self.entries[phrase].phrase.hash
    }

    /// An article holds a phrase, at so many places.
    pub(super) fn count(&self, phrase: usize, article: PageId, places: u32) {
        let entry = &self.entries[phrase];
        entry.articles.fetch_add(1, Ordering::Relaxed);
        if article == entry.to {
            entry.own.store(places, Ordering::Relaxed);
        }
    }

    /// What a phrase is worth among so many articles, once all of them were counted.
    pub(super) fn useful(&self, phrase: usize, articles: usize) -> Option<Useful> {
        let entry = &self.entries[phrase];
        let held = entry.articles.load(Ordering::Relaxed).max(1);
        let few = (articles / 50).max(3);
        if entry.phrase.is_word
            && (entry.own.load(Ordering::Relaxed) < OFTEN || held as usize > few)
        {
            return None;
        }
        // Two articles hold what can be suggested at all: with that as the measure, a small site's phrases are not less rare
        // than a large one's.
        let all = articles as f32 + 1.0;
        let rarity = (all / held.max(2) as f32).ln() / (all / 2.0).ln();
        let own = entry.own.load(Ordering::Relaxed);
        let weight = if own < 2 { BY_THE_WAY } else { 1.0 };
        Some(Useful {
            to: entry.to,
            heading: entry.phrase.heading,
            worth: entry.phrase.names * rarity * weight,
        })
    }
}
