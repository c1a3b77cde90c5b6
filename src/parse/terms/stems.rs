//! Words and their stems in the site's language: stop words out, cases and forms of a word as one, each stem a
//! small number. Remembers every word that it has seen, so that a word is stemmed once.

use std::collections::BTreeSet;
#[expect(clippy::disallowed_types, reason = "see ByHash")]
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rust_stemmers::{Algorithm, Stemmer};

use crate::fingerprint::of_word;

/// Words that are remembered, at most: a site of endless part numbers must not fill the memory.
const REMEMBERED: usize = 1 << 20;

/// Words that lie at hand, a power of two: as many as near memory holds. Most words of a text are few.
const AT_HAND: usize = 1 << 13;

/// The number of what says nothing: a stop word, a letter, a bare number.
const SILENT: u32 = u32::MAX;

/// Keys are hashes already, or small numbers. The table looks at their first bits, so they are spread.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = of_word(bytes);
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (n ^ n >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[expect(
    clippy::disallowed_types,
    reason = "looked up only; nothing is listed in its order"
)]
pub(super) type ByHash = HashMap<u64, u32, BuildHasherDefault<Spread>>;

/// What one thread knows of a language's words.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    /// The stop words, folded.
    stop_words: BTreeSet<String>,
    /// The same as `words` for the last word of each place by its hash.
    at_hand: Vec<(u64, u32)>,
    /// A stem's number by the hash of a word as written.
    words: ByHash,
    /// A stem's number by the stem's hash.
    numbers: ByHash,
    /// The stems' hashes by their numbers.
    hashes: Vec<u32>,
    folded: String,
}

impl Stems {
    /// Knows nothing yet. Languages (BCP 47) without a stemmer are compared by whole words.
    pub(super) fn new(language: &str) -> Stems {
        let primary = language
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let mut stop_words = BTreeSet::new();
        for word in stop_words::lookup(&primary).unwrap_or_default() {
            let folded = word.to_lowercase();
            // Words are cut at apostrophes by some rules and not by others.
            stop_words.extend(
                folded
                    .split(|c: char| !c.is_alphanumeric())
                    .map(str::to_owned),
            );
            stop_words.insert(folded);
        }
        Stems {
            stemmer: algorithm(&primary).map(Stemmer::create),
            stop_words,
            at_hand: nothing_at_hand(),
            words: ByHash::default(),
            numbers: ByHash::default(),
            hashes: Vec::new(),
            folded: String::new(),
        }
    }

    /// The number of a word's stem, by the word's hash; none for words that say nothing.
    pub(super) fn of<'w>(&mut self, key: u64, word: impl FnOnce() -> &'w str) -> Option<u32> {
        // The highest bits are mixed best.
        let place = (key >> (u64::BITS - AT_HAND.ilog2())) as usize;
        if self.at_hand[place].0 != key {
            self.at_hand[place] = (key, self.remember(key, word()));
        }
        let number = self.at_hand[place].1;
        (number != SILENT).then_some(number)
    }

    fn remember(&mut self, key: u64, word: &str) -> u32 {
        if let Some(number) = self.words.get(&key) {
            return *number;
        }
        let number = self.learn(word);
        self.words.insert(key, number);
        number
    }

    fn learn(&mut self, word: &str) -> u32 {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold(word, &mut folded);
        let is_number = folded.bytes().all(|b| b.is_ascii_digit()) && folded.len() != 4;
        let number = match &self.stemmer {
            _ if is_number || folded.len() < 2 || self.stop_words.contains(&folded) => SILENT,
            Some(stemmer) => {
                let stem = of_word(stemmer.stem(&folded).as_bytes());
                self.number(stem as u32)
            }
            None => self.number(of_word(folded.as_bytes()) as u32),
        };
        self.folded = folded;
        number
    }

    /// The number of a stem, by its hash.
    pub(super) fn number(&mut self, hash: u32) -> u32 {
        let next = self.hashes.len() as u32;
        let number = *self.numbers.entry(u64::from(hash)).or_insert(next);
        if number == next {
            self.hashes.push(hash);
        }
        number
    }

    /// The hash of a stem, by its number: the same in every thread.
    pub(super) fn hash(&self, number: u32) -> u32 {
        self.hashes[number as usize]
    }

    /// How many stems have a number.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Forgets all words where they have become too many. All numbers are void then; says whether they are.
    pub(super) fn forget_if_full(&mut self) -> bool {
        let is_full = self.words.len() > REMEMBERED;
        if is_full {
            self.at_hand = nothing_at_hand();
            self.words.clear();
            self.numbers.clear();
            self.hashes.clear();
        }
        is_full
    }
}

/// No word has the hash of the empty word.
fn nothing_at_hand() -> Vec<(u64, u32)> {
    vec![(of_word(b""), SILENT); AT_HAND]
}

/// Adds a word in lower case, without a possessive `'s`.
pub(super) fn fold(word: &str, folded: &mut String) {
    let owner = word.strip_suffix('s');
    let base = owner
        .and_then(|owner| owner.strip_suffix(['\'', '’']))
        .unwrap_or(word);
    match base.is_ascii() {
        true => {
            let start = folded.len();
            folded.push_str(base);
            folded[start..].make_ascii_lowercase();
        }
        false => folded.extend(base.replace('’', "'").chars().flat_map(char::to_lowercase)),
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
