//! The phrases of an article that name it: its title and the parts of it, its headings, its own tags, pairs of words
//! that it keeps coming back to.

use super::hash::{add, hash};
use super::topic::Topic;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::model::texts::Outline;
use crate::parse::terms::{PhraseWord, PhraseWords};

/// Words of a phrase, at most.
pub(super) const LONGEST: usize = 8;
/// What a phrase of several words must say: two words.
const TWO_WORDS: u32 = 4;
/// What the author called it must say.
const ONE_WORD: u32 = 2;
/// Letters of a word that can stand alone.
const LETTERS: usize = 5;
/// Articles that may share a tag that still names one of them.
const FEW: usize = 3;

/// How well each kind of phrase names its article.
const TITLE: f32 = 1.0;
const PART_OF_TITLE: f32 = 0.9;
const RUN_OF_TITLE: f32 = 0.8;
const TAG: f32 = 0.6;
const HEADING: f32 = 0.6;
const PAIR: f32 = 0.55;
const WORD_OF_TITLE: f32 = 0.5;

/// A phrase of an article.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Of its words' keys.
    pub(super) hash: u64,
    /// How well it names the article, 0 to 1.
    pub(super) names: f32,
    /// The heading that it comes from.
    pub(super) heading: Option<usize>,
    /// A word alone: it must be rare, and frequent in its own article.
    pub(super) is_word: bool,
}

/// All phrases of an article.
pub(super) fn of(
    site: &Site,
    id: PageId,
    (topic, outline): (&Topic, &Outline),
    words: &mut PhraseWords,
) -> Vec<Phrase> {
    let page = site.page(id);
    let mut phrases = Vec::new();
    title(page, topic, words, &mut phrases);
    for tag in site.places[id.index()].tags() {
        let tag = &site.terms[*tag];
        if tag.articles.len() <= FEW {
            let found = words.of(&tag.name);
            phrases.extend(phrase(&found, ONE_WORD, TAG));
        }
    }
    for (at, heading) in outline.iter().enumerate() {
        for part in parts(&words.of(heading.text)) {
            let found = phrase(part, TWO_WORDS, HEADING).filter(|_| topic.has(part) > 0);
            phrases.extend(found.map(|phrase| Phrase {
                heading: Some(at),
                ..phrase
            }));
        }
    }
    phrases.extend(topic.pairs.iter().map(|hash| Phrase {
        hash: *hash,
        names: PAIR,
        heading: None,
        is_word: false,
    }));
    phrases
}

fn title(page: &Page, topic: &Topic, words: &mut PhraseWords, phrases: &mut Vec<Phrase>) {
    let all = words.of(&page.title);
    phrases.extend(phrase(&all, ONE_WORD, TITLE));
    for part in parts(&all) {
        // "March 2026" names a month, and no article.
        let has_number = part.iter().any(|word| word.is_number);
        let least = if has_number { TWO_WORDS } else { ONE_WORD };
        phrases.extend(phrase(part, least, PART_OF_TITLE).filter(|_| topic.has(part) > 0));
        for from in 0..part.len() {
            for to in from + 2..=part.len().min(from + LONGEST) {
                let run = &part[from..to];
                let ends_well = run[0].says == 2 && run[run.len() - 1].says == 2;
                if ends_well && topic.has(run) > 0 {
                    phrases.extend(phrase(run, TWO_WORDS, RUN_OF_TITLE));
                }
            }
        }
    }
    for word in all.iter().filter(|word| word.says == 2) {
        let is_long = page.title[word.place.clone()].chars().count() >= LETTERS;
        if is_long && topic.has(std::slice::from_ref(word)) > 0 {
            phrases.push(Phrase {
                hash: add(0, word.key),
                names: WORD_OF_TITLE,
                heading: None,
                is_word: true,
            });
        }
    }
}

/// What stands between punctuation.
fn parts(words: &[PhraseWord]) -> impl Iterator<Item = &[PhraseWord]> {
    words.chunk_by(|_, next| next.follows)
}

/// These words as a phrase, if they are several that stand together and say enough.
fn phrase(words: &[PhraseWord], least: u32, names: f32) -> Option<Phrase> {
    let stand_together = words.iter().skip(1).all(|word| word.follows);
    let are_several = (2..=LONGEST).contains(&words.len());
    let says: u32 = words.iter().map(|word| word.says).sum();
    (stand_together && are_several && says >= least).then(|| Phrase {
        hash: hash(words),
        names,
        heading: None,
        is_word: false,
    })
}
