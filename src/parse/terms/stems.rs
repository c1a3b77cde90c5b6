//! Words and their stems in the site's language: stop words out, cases and forms of a word as one. Remembers every
//! word that it has seen, so that a word is stemmed once.

use rust_stemmers::{Algorithm, Stemmer};

use super::known::{Known, Meaning};
use crate::fingerprint::of_word;

/// Words that are remembered, at most: a site of endless part numbers must not fill the memory.
const REMEMBERED: usize = 1 << 20;

/// What one thread knows of a language's words.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    /// The stop words, by their hashes once folded.
    stop_words: Known,
    /// Words as written.
    words: Known,
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
        let mut stop_words = Known::default();
        let mut silence = |word: &str| {
            let key = of_word(word.as_bytes());
            if stop_words.get(key) == Meaning::Unknown {
                stop_words.add(key, Meaning::Silent);
            }
        };
        for word in stop_words::lookup(&primary).unwrap_or_default() {
            let folded = word.to_lowercase();
            // Words are cut at apostrophes by some rules and not by others.
            folded
                .split(|c: char| !c.is_alphanumeric())
                .for_each(&mut silence);
            silence(&folded);
        }
        Stems {
            stemmer: algorithm(&primary).map(Stemmer::create),
            stop_words,
            words: Known::default(),
            folded: String::new(),
        }
    }

    /// The hash of a word's stem, by the word's hash: the same in every thread. None for words that say nothing.
    #[inline]
    pub(super) fn of<'w>(&mut self, key: u64, word: impl FnOnce() -> &'w str) -> Option<u32> {
        let meaning = match self.words.get(key) {
            Meaning::Unknown => self.learn(key, word()),
            known => known,
        };
        match meaning {
            Meaning::Stem(hash) => Some(hash),
            _ => None,
        }
    }

    #[cold]
    fn learn(&mut self, key: u64, word: &str) -> Meaning {
        self.folded.clear();
        fold(word, &mut self.folded);
        let folded = self.folded.as_str();
        let is_number = folded.bytes().all(|b| b.is_ascii_digit()) && folded.len() != 4;
        let hash = |word: &str| of_word(word.as_bytes());
        let meaning = match &self.stemmer {
            _ if is_number || folded.len() < 2 => Meaning::Silent,
            _ if self.stop_words.get(hash(folded)) == Meaning::Silent => Meaning::Silent,
            Some(stemmer) => Meaning::Stem(hash(&stemmer.stem(folded)) as u32),
            None => Meaning::Stem(hash(folded) as u32),
        };
        self.words.add(key, meaning);
        meaning
    }

    /// Forgets all words where they have become too many.
    pub(super) fn forget_if_full(&mut self) {
        if self.words.len() > REMEMBERED {
            self.words = Known::default();
        }
    }
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
