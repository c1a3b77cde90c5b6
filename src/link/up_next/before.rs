//! Whether the last build's lists are this build's, too: where nothing changed that the engine reads, or of one page
//! only words that no other page has, or that nearly all have, so that they say nothing.

use rayon::prelude::*;

use super::numbers::{add, rarity};
use super::reason;
use super::terms::AllTerms;
use crate::fingerprint::{Fingerprint, Mix};
use crate::link::{Before, Options};
use crate::model::page::Page;
use crate::model::site::{Reason, Site, Target, UpNext};
use crate::model::terms::{Counted, Terms};

/// Of all that the lists are made of. `wanted` is of what authors want in them, by the pages that they mean: which
/// page a name means depends on pages that are not published, too. `text` tells a page's words.
pub(super) fn key(
    site: &Site,
    options: &Options<'_>,
    wanted: Fingerprint,
    text: &(dyn Fn(&Page) -> Fingerprint + Sync),
) -> Fingerprint {
    let ids: Vec<_> = site.ids().collect();
    let pages: Vec<Fingerprint> = ids
        .par_iter()
        .map(|id| {
            let (page, at) = (site.page(*id), id.index());
            let mut mix = Mix::default();
            mix.add(&(text(page), &page.source, page.date, page.is_article()));
            mix.add(&(&site.places[at], page.front.noindex));
            for target in &site.targets[at] {
                if let Target::Page { id, .. } = target {
                    mix.add(id);
                }
            }
            mix.finish()
        })
        .collect();
    let mut mix = Mix::default();
    mix.add(&pages);
    mix.add(&wanted);
    mix.add(&format!("{:?}", options.config.up_next));
    mix.add(&options.parsed_with);
    mix.add(&site.guides);
    for tag in &site.tags {
        mix.add(&(&tag.slug, &tag.name, &tag.articles));
    }
    for section in &site.sections {
        mix.add(&(&section.folder, &section.articles));
    }
    mix.finish()
}

/// Whether the lists of before may hold for these pages, as far as their words tell.
pub(super) fn may_hold(before: &Before, pages: &[Page], terms: &AllTerms<'_>) -> bool {
    before.shown.len() == pages.len()
        && (before.changed.is_empty() || only_own_words_changed(before, pages, terms))
}

/// Whether the lists of before hold for this site, where they may. `now` is its key, and of what authors want.
pub(super) fn holds(
    before: &Before,
    site: &Site,
    (now, wanted): (Fingerprint, Fingerprint),
    options: &Options<'_>,
) -> bool {
    let then = || {
        key(site, options, wanted, &|page| {
            let old = before.changed.get(&page.source);
            old.map_or(page.fingerprint, |(fingerprint, _)| *fingerprint)
        })
    };
    before.key == now || !before.changed.is_empty() && before.key == then()
}

/// Whether each changed page has the words that tell something of others as it had them, as often.
fn only_own_words_changed(before: &Before, pages: &[Page], terms: &AllTerms<'_>) -> bool {
    let is_changed = |page: &Page| before.changed.contains_key(&page.source);
    let mut changed = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| is_changed(page));
    // Two changed pages may share a new word with each other alone.
    let (Some((at, page)), None) = (changed.next(), changed.next()) else {
        return false;
    };
    let new = terms.of(at);
    let Some((_, old)) = before.changed.get(&page.source) else {
        return false;
    };
    let (was, is) = (sorted(old), sorted(&new));
    let gone = was.iter().filter(|term| is.binary_search(term).is_err());
    let come = is.iter().filter(|term| was.binary_search(term).is_err());
    let changed = Places::of(gone.chain(come).map(|term| term.place()));
    // Two words of one page that are told apart no longer count as a word that two pages share.
    let twice = |terms: &[Counted]| {
        let mut pairs = terms.windows(2);
        pairs.any(|pair| pair[0].place() == pair[1].place() && changed.has(pair[0].place()))
    };
    let is_ordered_alike = in_order(old, &changed) == in_order(&new, &changed);
    if twice(&was)
        || twice(&is)
        || !is_ordered_alike
        || !reasons_hold(before, at, (old, &new), &changed)
    {
        return false;
    }
    let others = pages.par_iter().enumerate();
    let others = others.filter(|(_, page)| page.is_article() && !is_changed(page));
    let holders = others.fold(
        || vec![0; changed.all.len()],
        |mut holders, (at, _)| {
            let terms = terms.of(at);
            let places = terms.counted.iter().map(|term| term.place());
            places
                .filter_map(|place| changed.find(place))
                .for_each(|at| holders[at] += 1);
            holders
        },
    );
    let holders = holders.reduce_with(add).unwrap_or_default();
    let articles = pages.iter().filter(|page| page.is_article()).count();
    changed.all.iter().zip(holders).all(|(place, others)| {
        let stays = [&was, &is].iter().all(|terms| {
            let found = terms.binary_search_by_key(place, |term| term.place());
            found.is_ok()
        });
        others == 0 || stays && rarity(others as usize + 1, articles) == 0.0
    })
}

/// Some places of terms.
struct Places {
    /// Sorted.
    all: Vec<usize>,
    /// Whether there may be one that ends in these bits: of most places this says that it is none.
    ends: [bool; 1 << 12],
}

impl Places {
    fn of(places: impl Iterator<Item = usize>) -> Places {
        let mut all: Vec<usize> = places.collect();
        all.sort_unstable();
        all.dedup();
        let mut ends = [false; 1 << 12];
        for place in &all {
            ends[place % ends.len()] = true;
        }
        Places { all, ends }
    }

    fn find(&self, place: usize) -> Option<usize> {
        let may_be = self.ends[place % self.ends.len()];
        may_be.then(|| self.all.binary_search(&place).ok())?
    }

    fn has(&self, place: usize) -> bool {
        self.find(place).is_some()
    }
}

fn sorted(terms: &Terms) -> Vec<Counted> {
    let mut counted = terms.counted.to_vec();
    counted.sort_unstable();
    counted
}

/// The terms but for what changed: the title's, then the others; and how many the title has with what changed.
fn in_order(terms: &Terms, changed: &Places) -> ([Vec<Counted>; 2], u16) {
    let kept = |terms: &[Counted]| -> Vec<Counted> {
        let kept = terms.iter().filter(|term| !changed.has(term.place()));
        kept.copied().collect()
    };
    let (title, others) = terms.counted.split_at(usize::from(terms.title));
    ([kept(title), kept(others)], terms.title)
}

/// Whether the page at this place spells its terms as it did, but for what changed and for some that stood in no
/// reason: where a word becomes one of the heaviest, another is no longer spelled.
fn reasons_hold(
    before: &Before,
    page: usize,
    (old, new): (&Terms, &Terms),
    changed: &Places,
) -> bool {
    let is_kept = |(hash, _): &(u32, &str)| !changed.has(Counted::place_of(*hash));
    let mut is = new.spelled().filter(is_kept).peekable();
    let was = old.spelled().filter(is_kept);
    let gone: Vec<&str> = was
        .filter(|spelled| is.next_if_eq(spelled).is_none())
        .map(|(_, word)| word)
        .collect();
    let lists = before.shown.iter().enumerate();
    let cards = lists.flat_map(|(host, list)| list.iter().map(move |card| (host, card)));
    let mut own = cards.filter(|(host, card)| *host == page || card.page.index() == page);
    let names_one_gone = |card: &UpNext| match &card.reason {
        // A term that was passed over is part of one that is named.
        Reason::Terms(words) => {
            let is_named = |gone: &&str| words.iter().any(|word| reason::is_part(gone, word));
            gone.iter().any(is_named)
        }
        _ => false,
    };
    is.next().is_none() && (gone.is_empty() || !own.any(|(_, card)| names_one_gone(card)))
}
