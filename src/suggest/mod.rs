//! Finds words in articles that could link to an article that few others link to: phrases of it that stand elsewhere,
//! unlinked. Changes nothing; what an author makes of it is theirs.
//!
//! A suggestion's score is how well the phrase names the article (its title more than a heading, what it keeps coming back
//! to more than what it says once) × how rare the phrase is on the site × how near the two articles are × how well a link
//! stands at that place.

mod hash;
mod index;
mod name;
mod near;
mod phrase;
mod places;
pub mod refused;
mod topic;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity, Spot, Suggested};
use crate::edit::Edit;
use crate::error::Error;
use crate::link::named;
use crate::link::up_next::wishes::Never;
use crate::lint::{Read, Survey};
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::model::texts::Outline;
use crate::model::url::{link_path, relative};
use crate::parse::terms::PhraseWords;
use index::Index;
use near::nearness;
use places::Place;
use refused::Refused;

/// The code of a suggestion.
pub const CODE: &str = "link-suggestion";

/// An article with so many links to it from others' texts needs no more.
const ENOUGH: usize = 3;
/// Suggestions for one article, at most.
const FOR_ONE: usize = 3;
/// Suggestions in one article, at most: who reads a text full of links follows none.
const IN_ONE: usize = 4;
/// What scores less is noise.
const LEAST: f32 = 0.12;
/// What is worth less is told only to those who ask for all: of what is worth as much, a reader would take more than two of
/// three. How that was judged stands in `docs/authors.md`.
pub const WORTHWHILE: u8 = 58;

/// What is suggested, and why it comes before or after others.
struct Suggestion {
    from: PageId,
    to: PageId,
    /// The heading in the other article that the phrase comes from.
    anchor: Option<usize>,
    place: Place,
    score: f32,
}

/// The headings of all pages, by page.
pub type Outlines<'a> = &'a [Outline];

/// Suggests links to `article` (a file's name, a slug or a path), or to every article with fewer than three.
///
/// # Errors
/// There is no such article; a file cannot be read again.
pub fn suggest(
    survey: &Survey<'_>,
    read: Read<'_>,
    outlines: Outlines<'_>,
    article: Option<&str>,
    refused: &Refused,
) -> Result<Vec<Diagnostic>, Error> {
    let site = survey.site;
    let ids = site.articles_by_file();
    let targets: Vec<PageId> = match article {
        Some(written) => vec![named::article(site, &survey.config.base_url, written)?],
        None => ids
            .iter()
            .copied()
            .filter(|id| is_lonely(site, *id))
            .collect(),
    };
    let language = &survey.config.language;
    let topics = topic::all(site, &ids, read, language)?;
    let index = Index::new(site, (&ids, &topics, outlines), &targets, language);
    let never = Never::of(site, survey.config);
    let words = || PhraseWords::new(language);
    let seen: Vec<Vec<Place>> = ids
        .par_iter()
        .map_init(words, |words, id| {
            let wanted = |to: PageId| {
                to != *id
                    && !site.backlinks[to.index()].contains(id)
                    && !never.forbids(site, *id, to)
            };
            let bytes = read(*id)?;
            Ok(places::find(site, *id, &bytes, &index, words, &wanted))
        })
        .collect::<Result<_, Error>>()?;
    let mut all = Vec::new();
    for (id, places) in ids.iter().zip(seen) {
        for place in places {
            let Some(phrase) = index.useful(place.phrase, ids.len()) else {
                continue;
            };
            let is_refused = refused.has_pair(*id, phrase.to);
            if is_refused || refused.has_phrase(index.hash(place.phrase)) {
                continue;
            }
            let score = phrase.worth * nearness(site, *id, phrase.to) * place.worth;
            all.push(Suggestion {
                from: *id,
                to: phrase.to,
                anchor: phrase.heading,
                place,
                score,
            });
        }
    }
    let best = choose(all);
    Ok(best.iter().map(|one| tell(site, outlines, one)).collect())
}

/// Articles that link to it in their texts.
fn ways_in(site: &Site, id: PageId) -> usize {
    let from = site.backlinks[id.index()].iter();
    from.filter(|from| site.page(**from).is_article()).count()
}

fn is_lonely(site: &Site, id: PageId) -> bool {
    site.page(id).front.draft != Some(true) && ways_in(site, id) < ENOUGH
}

/// The best ones: few for each article, few in each, one for each two, none over another.
fn choose(mut all: Vec<Suggestion>) -> Vec<Suggestion> {
    all.retain(|one| one.score >= LEAST);
    all.sort_by(|a, b| {
        let place = |one: &Suggestion| (one.from, one.place.bytes.start, one.to);
        b.score
            .total_cmp(&a.score)
            .then_with(|| place(a).cmp(&place(b)))
    });
    let mut for_one: BTreeMap<PageId, usize> = BTreeMap::new();
    let mut in_one: BTreeMap<PageId, Vec<(PageId, std::ops::Range<usize>)>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for one in all {
        let count = for_one.entry(one.to).or_default();
        let here = in_one.entry(one.from).or_default();
        let bytes = &one.place.bytes;
        let stands_free = here.iter().all(|(to, other)| {
            *to != one.to && (other.end <= bytes.start || bytes.end <= other.start)
        });
        if *count < FOR_ONE && here.len() < IN_ONE && stands_free {
            *count += 1;
            here.push((one.to, bytes.clone()));
            chosen.push(one);
        }
    }
    chosen
}

/// The link that a suggestion says to write where it points; none where it is another finding.
pub fn link(found: &Diagnostic) -> Option<&str> {
    Some(&found.suggested.as_ref()?.link)
}

/// The change that a suggestion says; none where it is another finding.
pub fn edit(found: &Diagnostic) -> Option<Edit> {
    match &found.spot {
        Spot::Bytes(bytes) => Some(Edit::new(&found.path, bytes.clone(), link(found)?)),
        _ => None,
    }
}

fn tell(site: &Site, outlines: Outlines<'_>, one: &Suggestion) -> Diagnostic {
    let (from, to) = (site.page(one.from), site.page(one.to));
    let anchor = one
        .anchor
        .and_then(|at| Some(format!("#{}", outlines[one.to.index()].get(at)?.id)))
        .unwrap_or_default();
    let path = link_path(&relative(from.folder(), &to.source));
    let linked_by = match ways_in(site, one.to) {
        0 => "no article links to it".to_owned(),
        1 => "one article links to it".to_owned(),
        many => format!("{many} articles link to it"),
    };
    let worth = (one.score * 100.0).round() as u8;
    let message = format!(
        "these words could link to \"{}\"; {linked_by}; worth {worth} of 100",
        to.title
    );
    let link = format!("[{}]({path}{anchor})", one.place.words);
    let mut note = Diagnostic::warning(CODE, &from.path(), message)
        .at(one.place.bytes.clone())
        .help(format!("write {link}"));
    note.severity = Severity::Note;
    note.suggested = Some(Box::new(Suggested {
        worth,
        words: one.place.words.clone(),
        to: to.source.clone(),
        link,
    }));
    note
}
