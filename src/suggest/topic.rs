//! Tells what each article is about, by its words: those that it uses more than others do, and pairs of words that it keeps
//! coming back to.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::hash::add;
use crate::error::Error;
use crate::lint::Read;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::parse;
use crate::parse::terms::{PhraseWord, PhraseWords};

/// Words that tell what an article is about.
const WORDS: usize = 12;
/// A word of the title counts as much as so many in the text.
const IN_TITLE: u32 = 2;
/// What stands less often is said by the way.
const OFTEN: u32 = 3;

/// What one article is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Topic {
    /// Keys of words, sorted.
    words: Vec<u32>,
    /// Pairs of these words that stand together often: their hashes as phrases.
    pub(super) pairs: Vec<u64>,
}

impl Topic {
    /// How many of these words tell what the article is about.
    pub(super) fn has(&self, words: &[PhraseWord]) -> usize {
        let is_one =
            |word: &&PhraseWord| word.says > 0 && self.words.binary_search(&word.key).is_ok();
        words.iter().filter(is_one).count()
    }
}

/// The topics of these articles, in their order.
///
/// # Errors
/// A file cannot be read again.
pub(super) fn all(
    site: &Site,
    ids: &[PageId],
    read: Read<'_>,
    language: &str,
) -> Result<Vec<Topic>, Error> {
    let counted: Vec<Counts> = ids
        .par_iter()
        .map_init(
            || PhraseWords::new(language),
            |words, id| Ok(Counts::of(site.page(*id), &read(*id)?, words)),
        )
        .collect::<Result<_, Error>>()?;
    let mut articles: BTreeMap<u32, u32> = BTreeMap::new();
    for (key, _) in counted.iter().flat_map(|counts| &counts.words) {
        *articles.entry(*key).or_default() += 1;
    }
    let all = ids.len() as f32 + 1.0;
    let topic = |counts: &Counts| {
        let weight = |(key, count): (u32, u32)| count as f32 * (all / articles[&key] as f32).ln();
        let often = counts.words.iter().filter(|(_, count)| *count >= OFTEN);
        let mut heavy: Vec<(f32, u32)> = often.map(|one| (weight(*one), one.0)).collect();
        heavy.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut words: Vec<u32> = heavy.into_iter().take(WORDS).map(|(_, key)| key).collect();
        words.sort_unstable();
        let pairs = counts.pairs.iter();
        let told = |(first, second): &&(u32, u32)| {
            [first, second]
                .iter()
                .all(|key| words.binary_search(key).is_ok())
        };
        let pairs = pairs
            .filter(told)
            .map(|(first, second)| add(add(0, *first), *second))
            .collect();
        Topic { words, pairs }
    };
    Ok(counted.par_iter().map(topic).collect())
}

/// The words of an article that stand there twice at least, and the pairs that stand there often.
struct Counts {
    words: Vec<(u32, u32)>,
    pairs: Vec<(u32, u32)>,
}

impl Counts {
    fn of(page: &Page, bytes: &[u8], words: &mut PhraseWords) -> Counts {
        let text = String::from_utf8_lossy(bytes);
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for word in words.of(&page.title).iter().filter(|word| word.says > 0) {
            *counts.entry(word.key).or_default() += IN_TITLE;
        }
        let manuscript = parse::manuscript(page, &text).unwrap_or_default();
        for block in &manuscript.blocks {
            let found = words.of(&block.text);
            for word in found.iter().filter(|word| word.says > 0) {
                *counts.entry(word.key).or_default() += 1;
            }
            for two in found.windows(2) {
                if two[1].follows && two[0].says == 2 && two[1].says == 2 {
                    *pairs.entry((two[0].key, two[1].key)).or_default() += 1;
                }
            }
        }
        counts.retain(|_, count| *count > 1);
        pairs.retain(|_, count| *count >= OFTEN);
        Counts {
            words: counts.into_iter().collect(),
            pairs: pairs.into_keys().collect(),
        }
    }
}
