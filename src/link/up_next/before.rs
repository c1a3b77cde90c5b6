//! Whether the last build's lists are this build's, too: where nothing changed that the engine reads, or words
//! only that no other page has.

use rayon::prelude::*;

use crate::fingerprint::{Fingerprint, Mix};
use crate::link::{Before, Options};
use crate::model::page::{Counted, Page, Terms};
use crate::model::site::{Site, Target};

/// More changed pages than this are ranked anew without a look.
const FEW: usize = 64;

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

/// Whether the lists of before hold for this site. `now` is its key, and of what authors want.
pub(super) fn holds(
    before: &Before<'_>,
    site: &Site,
    terms: &[Terms],
    (now, wanted): (Fingerprint, Fingerprint),
    options: &Options<'_>,
) -> bool {
    if before.key == now {
        return true;
    }
    if before.changed.is_empty() || before.changed.len() > FEW {
        return false;
    }
    let then = key(site, options, wanted, &|page| {
        let old = before.changed.get(&page.source);
        old.map_or(page.fingerprint, |(fingerprint, _)| *fingerprint)
    });
    before.key == then && only_own_words_changed(before, site, terms)
}

/// Whether each changed page has the words that it shares with others as it had them, as often.
fn only_own_words_changed(before: &Before<'_>, site: &Site, terms: &[Terms]) -> bool {
    let mut changed = vec![false; 1 << Counted::BITS];
    let mut pairs = Vec::new();
    for (page, new) in site.pages.iter().zip(terms) {
        let Some((_, old)) = before.changed.get(&page.source) else {
            continue;
        };
        let (was, is) = (sorted(old), sorted(new));
        let gone = was.iter().filter(|term| is.binary_search(term).is_err());
        let come = is.iter().filter(|term| was.binary_search(term).is_err());
        for term in gone.chain(come) {
            changed[term.place()] = true;
        }
        // Two words of one page that are told apart no longer count as a word that two pages share.
        let twice = |terms: &[Counted]| {
            let mut pairs = terms.windows(2);
            pairs.any(|pair| pair[0].place() == pair[1].place() && changed[pair[0].place()])
        };
        if twice(&was) || twice(&is) {
            return false;
        }
        pairs.push((old, new));
    }
    let others = site.pages.par_iter().zip(terms);
    let others = others.filter(|(page, _)| !before.changed.contains_key(&page.source));
    let shared = others.any(|(_, terms)| terms.counted.iter().any(|term| changed[term.place()]));
    // Two changed pages may share a new word with each other alone.
    let single = pairs.len() == 1;
    !shared
        && single
        && pairs
            .iter()
            .all(|(old, new)| shows_the_same(old, new, &changed))
}

fn sorted(terms: &Terms) -> Vec<Counted> {
    let mut counted = terms.counted.to_vec();
    counted.sort_unstable();
    counted
}

/// Whether both stand in one order and are spelled alike, but for what changed.
fn shows_the_same(old: &Terms, new: &Terms, changed: &[bool]) -> bool {
    let kept = |terms: &Terms| -> Vec<Counted> {
        let counted = terms.counted.iter().copied();
        counted.filter(|term| !changed[term.place()]).collect()
    };
    let kept_of_title = |terms: &Terms| {
        let of_title = terms.counted.iter().take(usize::from(terms.title));
        let kept = of_title.filter(|term| !changed[term.place()]).count();
        (kept, terms.title)
    };
    let spelled = |terms: &Terms| -> Vec<(u32, String)> {
        let spelled = terms
            .spelled()
            .filter(|(hash, _)| !changed[Counted::place_of(*hash)]);
        spelled
            .map(|(hash, word)| (hash, word.to_owned()))
            .collect()
    };
    kept(old) == kept(new)
        && kept_of_title(old) == kept_of_title(new)
        && spelled(old) == spelled(new)
}
