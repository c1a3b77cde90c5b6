//! What a page is about, by its words: segmented, folded, stop words out, stemmed by the site's language,
//! weighted by the field they stand in. How pages compare is up next's.

use std::collections::BTreeSet;
#[expect(clippy::disallowed_types, reason = "see ByHash")]
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use crate::fingerprint::{of_pair, of_word};
use crate::model::page::Terms;

/// Terms of a page, at most: what lies below in a very long article weighs next to nothing.
const TERMS: usize = 2048;

/// Terms that are spelled out for reasons, at most.
const SPELLINGS: usize = 64;

/// Where in a page a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The page's title.
    Title,
    /// The description.
    Description,
    /// A heading of the body.
    Heading,
    /// The body and its pictures' descriptions.
    Body,
}

impl Field {
    /// How many times a word counts here, as in BM25F (Robertson, Zaragoza and Taylor 2004).
    fn weight(self) -> f32 {
        match self {
            Field::Title => 3.0,
            Field::Description | Field::Heading => 2.0,
            Field::Body => 1.0,
        }
    }
}

/// Keys are hashes already. The table looks at their first bits, so those of 32 bits must be spread.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = of_word(bytes);
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[expect(
    clippy::disallowed_types,
    reason = "looked up only; what is listed is sorted first"
)]
type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Spread>>;

/// What one thread remembers between pages: each word's stem, so that a word is stemmed once.
pub struct Memory {
    stemmer: Option<Stemmer>,
    /// The stop words, folded.
    stop_words: BTreeSet<String>,
    /// Stem by word as written; none for a word that says nothing.
    stems: ByHash<Option<u32>>,
    /// Of the page at hand, by stem.
    weights: ByHash<Term>,
    /// The same as a list, while a page is finished.
    heaviest: Vec<(u32, Term)>,
    folded: String,
}

/// A term of the page at hand: its weight, and where its words are spelled.
#[derive(Clone, Copy)]
struct Term {
    weight: f32,
    first: Spelling,
    second: Option<Spelling>,
}

/// A word's place in [`Collector::spellings`].
#[derive(Clone, Copy)]
struct Spelling {
    start: u32,
    end: u32,
}

impl Memory {
    /// An empty memory for a language (BCP 47). Languages without a stemmer are compared by whole words.
    pub fn new(language: &str) -> Memory {
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
        Memory {
            stemmer: algorithm(&primary).map(Stemmer::create),
            stop_words,
            stems: ByHash::default(),
            weights: ByHash::default(),
            heaviest: Vec::new(),
            folded: String::new(),
        }
    }

    /// The hash of a word's stem; nothing for words that say nothing.
    fn stem(&mut self, word: &str) -> Option<u32> {
        let key = of_word(word.as_bytes());
        if let Some(known) = self.stems.get(&key) {
            return *known;
        }
        fold(word, &mut self.folded);
        let folded = self.folded.as_str();
        let number = folded.bytes().all(|b| b.is_ascii_digit()) && folded.len() != 4;
        let says_nothing = number || folded.len() < 2 || self.stop_words.contains(folded);
        let stem = match &self.stemmer {
            _ if says_nothing => None,
            Some(stemmer) => Some(of_word(stemmer.stem(folded).as_bytes()) as u32),
            None => Some(of_word(folded.as_bytes()) as u32),
        };
        self.stems.insert(key, stem);
        stem
    }
}

/// Lower case, without a possessive `'s`.
fn fold(word: &str, folded: &mut String) {
    let base = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    folded.clear();
    if base.is_ascii() {
        folded.push_str(base);
        folded.make_ascii_lowercase();
    } else {
        folded.extend(base.replace('’', "'").chars().flat_map(char::to_lowercase));
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

/// Gathers the terms of one page.
pub struct Collector<'m> {
    memory: &'m mut Memory,
    /// The first spelling of each word, one after the other.
    spellings: String,
    /// The word before this one, if only white space stands between: its stem, and where it is spelled.
    before: Option<(u32, Spelling)>,
}

impl<'m> Collector<'m> {
    /// Begins a page.
    pub fn new(memory: &'m mut Memory) -> Collector<'m> {
        memory.weights.clear();
        Collector {
            memory,
            spellings: String::new(),
            before: None,
        }
    }

    /// Adds a block of plain text, and says how many words it has.
    pub fn add(&mut self, field: Field, text: &str) -> u32 {
        self.before = None;
        if text.is_ascii() {
            self.add_ascii(field, text)
        } else {
            self.add_any(field, text)
        }
    }

    fn add_ascii(&mut self, field: Field, text: &str) -> u32 {
        let mut words = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                if !bytes[at].is_ascii_whitespace() {
                    self.before = None;
                }
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'\'') {
                at += 1;
            }
            words += 1;
            self.word(field, text[start..at].trim_end_matches('\''));
        }
        words
    }

    fn add_any(&mut self, field: Field, text: &str) -> u32 {
        let mut words = 0;
        let mut end = 0;
        let mut last_ideograph = None;
        for (at, word) in text.unicode_word_indices() {
            words += 1;
            if !text[end..at].chars().all(char::is_whitespace) {
                self.before = None;
            }
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                // Scripts without spaces are compared by pairs of characters that stand together.
                (Some(c), None) if is_ideograph(c) => {
                    if let Some(first) = last_ideograph.filter(|_| end == at) {
                        let both: String = [first, c].into_iter().collect();
                        // They are no words, so that no reason names them.
                        self.count_unspelled(field, of_word(both.as_bytes()) as u32);
                    }
                    last_ideograph = Some(c);
                    self.before = None;
                }
                _ => {
                    last_ideograph = None;
                    self.word(field, word);
                }
            }
            end = at + word.len();
        }
        words
    }

    fn word(&mut self, field: Field, word: &str) {
        let Some(stem) = self.memory.stem(word) else {
            self.before = None;
            return;
        };
        let spelling = self.count(field, stem, word);
        if let Some((first, first_spelling)) = self.before {
            // Two words that stand together are a term of their own: "mixed feelings" is more than its words.
            let pair = Term {
                weight: 0.0,
                first: first_spelling,
                second: Some(spelling),
            };
            let hash = u64::from(of_pair(first, stem));
            self.memory.weights.entry(hash).or_insert(pair).weight += field.weight();
        }
        self.before = Some((stem, spelling));
    }

    /// Counts a word, and says where it is spelled.
    fn count(&mut self, field: Field, stem: u32, word: &str) -> Spelling {
        let (spellings, folded) = (&mut self.spellings, &mut self.memory.folded);
        let term = self
            .memory
            .weights
            .entry(u64::from(stem))
            .or_insert_with(|| {
                fold(word, folded);
                let start = small(spellings.len());
                spellings.push_str(folded);
                Term {
                    weight: 0.0,
                    first: Spelling {
                        start,
                        end: small(spellings.len()),
                    },
                    second: None,
                }
            });
        term.weight += field.weight();
        term.first
    }

    fn count_unspelled(&mut self, field: Field, hash: u32) {
        let nowhere = Spelling { start: 0, end: 0 };
        let term = Term {
            weight: 0.0,
            first: nowhere,
            second: None,
        };
        self.memory
            .weights
            .entry(u64::from(hash))
            .or_insert(term)
            .weight += field.weight();
    }

    /// The page's terms: the heaviest, if there are very many.
    pub fn finish(self) -> Terms {
        let all = &mut self.memory.heaviest;
        all.clear();
        all.extend(
            self.memory
                .weights
                .drain()
                .map(|(stem, term)| (stem as u32, term)),
        );
        // By weight, then by hash, so that the choice is the same on every machine.
        let heavier = |a: &(u32, Term), b: &(u32, Term)| {
            b.1.weight.total_cmp(&a.1.weight).then(a.0.cmp(&b.0))
        };
        if all.len() > TERMS {
            all.select_nth_unstable_by(TERMS, heavier);
            all.truncate(TERMS);
        }
        let spelled = SPELLINGS.min(all.len());
        if spelled < all.len() {
            all.select_nth_unstable_by(spelled, heavier);
        }
        all[..spelled].sort_unstable_by_key(|(stem, _)| *stem);
        let (spellings, text) = spell(&all[..spelled], &self.spellings);
        all.sort_unstable_by_key(|(stem, _)| *stem);
        Terms {
            hashes: all.iter().map(|(stem, _)| *stem).collect(),
            counts: all.iter().map(|(_, term)| term.weight as u16).collect(),
            spellings,
            text,
        }
    }
}

/// A term's hash, and where its spelling begins and ends.
type Spelled = (u32, u16, u16);

/// The spellings of some terms, packed: each with its place in one text.
fn spell(terms: &[(u32, Term)], words: &str) -> (Box<[Spelled]>, Box<str>) {
    let mut text = String::new();
    let mut spellings = Vec::with_capacity(terms.len());
    for (stem, term) in terms
        .iter()
        .filter(|(_, term)| term.first.end > term.first.start)
    {
        let start = text.len();
        text.push_str(&words[term.first.start as usize..term.first.end as usize]);
        if let Some(second) = term.second {
            text.push(' ');
            text.push_str(&words[second.start as usize..second.end as usize]);
        }
        // A page of endless words spells as many as there is room for.
        match (u16::try_from(start), u16::try_from(text.len())) {
            (Ok(start), Ok(end)) => spellings.push((*stem, start, end)),
            _ => break,
        }
    }
    (spellings.into(), text.into())
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(language: &str, text: &str) -> Vec<String> {
        let mut memory = Memory::new(language);
        let mut collector = Collector::new(&mut memory);
        collector.add(Field::Body, text);
        let mut words: Vec<String> = collector
            .finish()
            .spelled()
            .map(|(_, word)| word.to_owned())
            .collect();
        words.retain(|word| !word.contains(' '));
        words.sort();
        words
    }

    #[test]
    fn stop_words_are_out_and_forms_are_one() {
        assert_eq!(
            spelled("en", "The friends of a friend's FRIEND don't text me."),
            ["friends", "text"]
        );
        assert_eq!(
            spelled("de", "Die Häuser und das Häuschen"),
            ["häuschen", "häuser"]
        );
    }

    #[test]
    fn languages_without_a_stemmer_keep_whole_words() {
        assert_eq!(spelled("pl", "kot koty"), ["kot", "koty"]);
    }

    #[test]
    fn scripts_without_spaces_are_read_by_pairs() {
        let mut memory = Memory::new("zh");
        let mut collector = Collector::new(&mut memory);
        collector.add(Field::Body, "分手以后");
        let terms = collector.finish();
        assert_eq!(terms.hashes.len(), 3);
        // Pairs are no words that a reader could be shown.
        assert_eq!(terms.spelled().count(), 0);
    }

    #[test]
    fn words_that_stand_together_are_a_term() {
        let pairs = |text: &str| {
            let mut memory = Memory::new("en");
            let mut collector = Collector::new(&mut memory);
            collector.add(Field::Body, text);
            let terms = collector.finish();
            let mut pairs: Vec<String> = terms
                .spelled()
                .map(|(_, word)| word.to_owned())
                .filter(|word| word.contains(' '))
                .collect();
            pairs.sort();
            pairs
        };
        assert_eq!(
            pairs("Mixed feelings, again mixed  feelings of love"),
            ["mixed feelings"]
        );
        assert_eq!(pairs("Größte Gefühle — Liebe"), ["größte gefühle"]);
    }

    #[test]
    fn a_title_counts_more_than_a_body() {
        let mut memory = Memory::new("en");
        let mut collector = Collector::new(&mut memory);
        collector.add(Field::Title, "space");
        assert_eq!(collector.add(Field::Body, "space, space"), 2);
        assert_eq!(collector.finish().counts[0], 5);
    }
}
