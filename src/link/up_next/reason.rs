//! Says in words why an article stands in a list: what weighed, as readers spell it.

use super::engine::Ranking;
use super::row::Weighted;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Parts, Reason, Site, Target, Term};

/// Shared tags, or other terms, must give this much to be the reason.
const TAGS_WEIGH: f32 = 0.05;
/// Readers must give this much to be the reason.
const READERS_WEIGH: f32 = 0.1;
/// Words that are named, at most.
const WORDS: usize = 3;

/// The reason of one article in another's list, both by their places among `ids`; `parts` make up its score.
pub(super) fn of(
    site: &Site,
    ids: &[PageId],
    ranking: &Ranking<'_>,
    (article, listed): (usize, u32),
    parts: &Parts,
) -> Reason {
    let (own, other) = (ids[article], ids[listed as usize]);
    let places = (&site.places[own.index()], &site.places[other.index()]);
    if parts.journeys >= READERS_WEIGH {
        return Reason::Readers;
    }
    if parts.tags >= TAGS_WEIGH
        && let (Some(tag), second) = rarest(site, places.0.tags().to_vec(), places.1.tags())
    {
        return Reason::Tags(tag, second);
    }
    if parts.taxonomies >= TAGS_WEIGH {
        let theirs: Vec<Id<Term>> = places.1.own().collect();
        if let (Some(term), second) = rarest(site, places.0.own().collect(), &theirs) {
            return Reason::Tags(term, second);
        }
    }
    if links_to(site, other, own) {
        return Reason::LinksHere;
    }
    if links_to(site, own, other) {
        return Reason::Mentioned;
    }
    let words = shared_words(ranking, article, listed as usize);
    match (words.is_empty(), places.0.section) {
        (false, _) => Reason::Terms(Box::new(words.into_iter().collect())),
        (true, Some(section)) if places.1.section == Some(section) => Reason::Section(section),
        _ => Reason::Newest,
    }
}

/// The two rarest terms of ours that are theirs, too.
fn rarest(
    site: &Site,
    mut ours: Vec<Id<Term>>,
    theirs: &[Id<Term>],
) -> (Option<Id<Term>>, Option<Id<Term>>) {
    ours.retain(|term| theirs.contains(term));
    ours.sort_by_key(|term| (site.terms[*term].articles.len(), *term));
    let mut rarest = ours.into_iter();
    (rarest.next(), rarest.next())
}

fn links_to(site: &Site, from: PageId, to: PageId) -> bool {
    site.targets[from.index()]
        .iter()
        .any(|target| matches!(target, Target::Page { id, .. } if *id == to))
}

/// The words and pairs of words that weigh most in both, each once: "mixed feelings" stands for "mixed", too.
fn shared_words(ranking: &Ranking<'_>, article: usize, other: usize) -> Vec<String> {
    let rows = &ranking.vectors.rows;
    let mut ours: Vec<Weighted> = rows[article].terms.to_vec();
    ours.sort_unstable_by_key(|one| (one.term, one.share));
    let mut weighed: Vec<(u32, u32)> = rows[other]
        .terms
        .iter()
        .filter(|theirs| ranking.vectors.tells(theirs.term))
        .filter_map(|theirs| {
            let found = ours.binary_search_by_key(&theirs.term, |one| one.term);
            let own = ours[found.ok()?].share;
            Some((u32::from(theirs.share) * u32::from(own), theirs.term))
        })
        .collect();
    weighed.sort_unstable_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
    let vectors = &ranking.vectors;
    let spelled = |term| {
        let theirs = vectors.spelling(other, term);
        theirs.or_else(|| vectors.spelling(article, term))
    };
    let mut words: Vec<String> = Vec::new();
    for (_, term) in weighed.iter().take(24) {
        let Some(word) = spelled(*term) else {
            continue;
        };
        if words.iter().any(|known| is_part(word, known)) {
            continue;
        }
        words.retain(|known| !is_part(known, word));
        words.push(word.to_owned());
        if words.len() == WORDS {
            break;
        }
    }
    words
}

/// Whether each word of the one is one of the other's.
fn is_part(part: &str, whole: &str) -> bool {
    let mut words = part.split(' ');
    words.all(|word| whole.split(' ').any(|other| other == word))
}
