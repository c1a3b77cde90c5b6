//! Whether the last build's lists are this build's, too: where nothing changed that the engine reads, or of one page
//! only words that no other page has, or that nearly all have, so that they say nothing.

use rayon::prelude::*;

use super::numbers::{add, rarity};
use crate::fingerprint::{Fingerprint, Mix};
use crate::link::{Before, Options};
use crate::model::page::{Counted, Page, Terms};
use crate::model::site::{Site, Target};

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
pub(super) fn may_hold(before: &Before, pages: &[Page], terms: &[Terms]) -> bool {
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
fn only_own_words_changed(before: &Before, pages: &[Page], terms: &[Terms]) -> bool {
    let is_changed = |page: &Page| before.changed.contains_key(&page.source);
    let mut changed = pages.iter().zip(terms).filter(|(page, _)| is_changed(page));
    // Two changed pages may share a new word with each other alone.
    let (Some((page, new)), None) = (changed.next(), changed.next()) else {
        return false;
    };
    let Some((_, old)) = before.changed.get(&page.source) else {
        return false;
    };
    let (was, is) = (sorted(old), sorted(new));
    let gone = was.iter().filter(|term| is.binary_search(term).is_err());
    let come = is.iter().filter(|term| was.binary_search(term).is_err());
    let changed = Places::of(gone.chain(come).map(|term| term.place()));
    // Two words of one page that are told apart no longer count as a word that two pages share.
    let twice = |terms: &[Counted]| {
        let mut pairs = terms.windows(2);
        pairs.any(|pair| pair[0].place() == pair[1].place() && changed.has(pair[0].place()))
    };
    if twice(&was) || twice(&is) || !shows_the_same(old, new, &changed) {
        return false;
    }
    let others = pages.par_iter().zip(terms);
    let others = others.filter(|(page, _)| page.is_article() && !is_changed(page));
    let holders = others.fold(
        || vec![0; changed.all.len()],
        |mut holders, (_, terms)| {
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

/// Whether both stand in one order and are spelled alike, but for what changed.
fn shows_the_same(old: &Terms, new: &Terms, changed: &Places) -> bool {
    let kept = |terms: &Terms| -> Vec<Counted> {
        let counted = terms.counted.iter().copied();
        counted.filter(|term| !changed.has(term.place())).collect()
    };
    let kept_of_title = |terms: &Terms| {
        let of_title = terms.counted.iter().take(usize::from(terms.title));
        let kept = of_title.filter(|term| !changed.has(term.place())).count();
        (kept, terms.title)
    };
    let spelled = |terms: &Terms| -> Vec<(u32, String)> {
        let spelled = terms
            .spelled()
            .filter(|(hash, _)| !changed.has(Counted::place_of(*hash)));
        spelled
            .map(|(hash, word)| (hash, word.to_owned()))
            .collect()
    };
    kept(old) == kept(new)
        && kept_of_title(old) == kept_of_title(new)
        && spelled(old) == spelled(new)
}
