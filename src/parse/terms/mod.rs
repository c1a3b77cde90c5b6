//! What a page is about, by its words: segmented, weighted by the field they stand in, counted by stem. How
//! pages compare is up next's; what is one word is the stems'.

mod phrases;
mod stems;

use std::ops::Range;

use crate::fingerprint::{of_pair, of_word};
use crate::model::page::{Counted, Spelled, Terms};
use crate::parse::segment;
pub use phrases::{PhraseWord, PhraseWords};
use stems::{ByHash, Stems};

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
    fn weight(self) -> u32 {
        match self {
            Field::Title => 3,
            Field::Description | Field::Heading => 2,
            Field::Body => 1,
        }
    }
}

/// What one thread remembers between pages, and its place for the page at hand.
pub struct Memory {
    stems: Stems,
    /// By a stem's number: the page that last had it, and where that page has it in `words`.
    last: Vec<(u32, u32)>,
    /// The number of the page at hand.
    page: u32,
    /// The words of the text at hand.
    found: Vec<Found>,
    words: Vec<Word>,
    pairs: Vec<Pair>,
    /// Where a pair stands in `pairs`, by the places of its words.
    pair_at: ByHash,
    /// The first spelling of each word, one after the other.
    spellings: String,
}

/// A word of a text.
struct Found {
    hash: u64,
    place: Range<usize>,
    /// Only white space stands between it and the word before.
    follows: bool,
    /// The number of its stem, where that is known.
    stem: Option<u32>,
}

impl Found {
    fn new(word: &str, start: usize, follows: bool) -> Found {
        Found {
            hash: of_word(word.as_bytes()),
            place: start..start + word.len(),
            follows,
            stem: None,
        }
    }
}

/// A stem of the page at hand: how often it occurs, and where in [`Memory::spellings`] it is spelled.
struct Word {
    hash: u32,
    count: u32,
    start: u32,
    end: u32,
}

/// Two stems that stand together, by their places among the words.
struct Pair {
    first: u32,
    second: u32,
    count: u32,
}

impl Memory {
    /// An empty memory for a language (BCP 47). Languages without a stemmer are compared by whole words.
    pub fn new(language: &str) -> Memory {
        Memory {
            stems: Stems::new(language),
            last: Vec::new(),
            page: 0,
            found: Vec::new(),
            words: Vec::new(),
            pairs: Vec::new(),
            pair_at: ByHash::default(),
            spellings: String::new(),
        }
    }

    fn begin(&mut self) {
        self.page = self.page.wrapping_add(1);
        if self.stems.forget_if_full() || self.page == 0 {
            self.last.clear();
            self.page = 1;
        }
        self.words.clear();
        self.pairs.clear();
        self.pair_at.clear();
        self.spellings.clear();
    }

    /// Counts the words that were found in a text, and the pairs that they make.
    fn count_found(&mut self, field: Field, text: &str) {
        // Looks into a large table wait for memory: one after the other, with little between, they wait together.
        for found in &mut self.found {
            if found.stem.is_none() {
                found.stem = self.stems.of(found.hash, &text[found.place.clone()]);
            }
        }
        let found = std::mem::take(&mut self.found);
        let mut before = None;
        for found in &found {
            let at = found
                .stem
                .map(|stem| self.count(field, stem, &text[found.place.clone()]));
            if let (Some(before), Some(at), true) = (before, at, found.follows) {
                self.count_pair(field, before, at);
            }
            before = at;
        }
        self.found = found;
    }

    /// Counts a stem, and says where it stands among the words.
    fn count(&mut self, field: Field, stem: u32, word: &str) -> u32 {
        if self.last.len() <= stem as usize {
            self.last.resize(self.stems.len(), (0, 0));
        }
        let (page, at) = &mut self.last[stem as usize];
        if *page != self.page {
            let start = small(self.spellings.len());
            self.spellings.push_str(word);
            (*page, *at) = (self.page, small(self.words.len()));
            self.words.push(Word {
                hash: self.stems.hash(stem),
                count: 0,
                start,
                end: small(self.spellings.len()),
            });
        }
        self.words[*at as usize].count += field.weight();
        *at
    }

    /// Counts two words that stand together, a term of their own: "mixed feelings" is more than its words.
    fn count_pair(&mut self, field: Field, first: u32, second: u32) {
        let next = small(self.pairs.len());
        let key = u64::from(first) << 32 | u64::from(second);
        let at = *self.pair_at.entry(key).or_insert(next);
        if at == next {
            self.pairs.push(Pair {
                first,
                second,
                count: 0,
            });
        }
        self.pairs[at as usize].count += field.weight();
    }
}

/// What a byte is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Inside,
    Apostrophe,
    Space,
    Other,
    /// Of a character beyond ASCII.
    Beyond,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b if b.is_ascii_alphanumeric() => Class::Inside,
            b if b.is_ascii_whitespace() => Class::Space,
            b'\'' => Class::Apostrophe,
            0x80..=0xFF => Class::Beyond,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Gathers the terms of one page.
pub struct Collector<'m> {
    memory: &'m mut Memory,
}

impl<'m> Collector<'m> {
    /// Begins a page.
    pub fn new(memory: &'m mut Memory) -> Collector<'m> {
        memory.begin();
        Collector { memory }
    }

    /// Adds a block of plain text, and says how many words it has.
    pub fn add(&mut self, field: Field, text: &str) -> u32 {
        self.memory.found.clear();
        let words = self.segment(text);
        self.memory.count_found(field, text);
        words
    }

    /// Finds the words of a text and says how many there are.
    fn segment(&mut self, text: &str) -> u32 {
        let bytes = text.as_bytes();
        let (mut words, mut at) = (0, 0);
        let mut follows = false;
        while at < bytes.len() {
            let start = at;
            match class(bytes[at]) {
                Class::Space => {
                    at += 1;
                    continue;
                }
                Class::Other | Class::Apostrophe => {
                    follows = false;
                    at += 1;
                    continue;
                }
                Class::Inside => {
                    at = end_of(bytes, at, |c| {
                        matches!(c, Class::Inside | Class::Apostrophe)
                    });
                }
                Class::Beyond => {}
            }
            let is_beyond = |byte: &u8| class(*byte) == Class::Beyond;
            if bytes.get(at).is_some_and(is_beyond) {
                // Unicode's rules say what is a word here; white space ends one by any rule.
                at = end_of(bytes, at, |c| c != Class::Space);
                words += self.segment_beyond_ascii(&text[start..at], start, &mut follows);
            } else {
                words += 1;
                let word = text[start..at].trim_end_matches('\'');
                self.memory.found.push(Found::new(word, start, follows));
                follows = true;
            }
        }
        words
    }

    fn segment_beyond_ascii(&mut self, text: &str, base: usize, follows: &mut bool) -> u32 {
        let (mut words, mut end) = (0, 0);
        let mut last_ideograph = None;
        let parts = |between: &str| !between.chars().all(char::is_whitespace);
        for (at, word) in segment::words(text) {
            words += 1;
            *follows &= !parts(&text[end..at]);
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                // Scripts without spaces are compared by pairs of characters that stand together.
                (Some(c), None) if is_ideograph(c) => {
                    if let Some(first) = last_ideograph.filter(|_| end == at) {
                        let hash = of_word(&text.as_bytes()[first..at + word.len()]);
                        // They are no words, so that no reason names them.
                        self.memory.found.push(Found {
                            stem: Some(self.memory.stems.number(hash as u32)),
                            ..Found::new("", base, false)
                        });
                    }
                    last_ideograph = Some(at);
                    *follows = false;
                }
                _ => {
                    last_ideograph = None;
                    self.memory
                        .found
                        .push(Found::new(word, base + at, *follows));
                    *follows = true;
                }
            }
            end = at + word.len();
        }
        *follows &= !parts(&text[end..]);
        words
    }

    /// The page's terms in the order of their first places: the heaviest, if there are very many.
    pub fn finish(self) -> Terms {
        let (words, pairs) = (&self.memory.words, &self.memory.pairs);
        let pair_hash = |pair: &Pair| {
            let hash = |at: u32| words[at as usize].hash;
            of_pair(hash(pair.first), hash(pair.second))
        };
        let counts = || {
            let words = words.iter().map(|word| word.count);
            words.chain(pairs.iter().map(|pair| pair.count))
        };
        let (mut terms, mut spelled) = (
            Heaviest::new(counts(), TERMS),
            Heaviest::new(counts(), SPELLINGS),
        );
        let mut counted = Vec::with_capacity(TERMS.min(words.len() + pairs.len()));
        let mut spellings = Spellings::new(&self.memory.spellings);
        for word in words {
            if terms.take(word.count) {
                counted.push(Counted::new(word.hash, word.count));
            }
            if spelled.take(word.count) {
                spellings.add(word.hash, &[word]);
            }
        }
        for pair in pairs {
            let hash = pair_hash(pair);
            if terms.take(pair.count) {
                counted.push(Counted::new(hash, pair.count));
            }
            if spelled.take(pair.count) {
                spellings.add(
                    hash,
                    &[&words[pair.first as usize], &words[pair.second as usize]],
                );
            }
        }
        Terms {
            counted: counted.into(),
            spellings: spellings.places.into(),
            text: spellings.text.into(),
        }
    }
}

/// Where a run of bytes ends that begins at `at`.
fn end_of(bytes: &[u8], at: usize, belongs: impl Fn(Class) -> bool) -> usize {
    let run = bytes[at..].iter().take_while(|byte| belongs(class(**byte)));
    at + run.count()
}

/// Picks so many of the greatest counts; of equal ones, the first.
struct Heaviest {
    /// Counts above this are in.
    above: u32,
    /// So many of exactly this are in.
    of_equal: usize,
}

impl Heaviest {
    fn new(counts: impl Iterator<Item = u32>, limit: usize) -> Heaviest {
        // What counts more than this is soon told apart by its rarity.
        let mut sizes = [0usize; 64];
        for count in counts {
            sizes[(count as usize).min(sizes.len() - 1)] += 1;
        }
        let mut room = limit;
        for (count, size) in sizes.iter().enumerate().rev() {
            if *size > room {
                return Heaviest {
                    above: count as u32,
                    of_equal: room,
                };
            }
            room -= size;
        }
        Heaviest {
            above: 0,
            of_equal: 0,
        }
    }

    fn take(&mut self, count: u32) -> bool {
        let count = count.min(63);
        if count == self.above && self.of_equal > 0 {
            self.of_equal -= 1;
            return true;
        }
        count > self.above
    }
}

/// Spellings of terms, packed: each with its place in one text.
struct Spellings<'w> {
    words: &'w str,
    places: Vec<Spelled>,
    text: String,
}

impl<'w> Spellings<'w> {
    fn new(words: &'w str) -> Spellings<'w> {
        Spellings {
            words,
            places: Vec::with_capacity(SPELLINGS),
            text: String::new(),
        }
    }

    /// Adds a term of one or more words; not those that are no words to a reader.
    fn add(&mut self, hash: u32, term: &[&Word]) {
        let start = self.text.len();
        for word in term.iter().filter(|word| word.end > word.start) {
            if self.text.len() > start {
                self.text.push(' ');
            }
            stems::fold(
                &self.words[word.start as usize..word.end as usize],
                &mut self.text,
            );
        }
        // A page of endless words spells as many as there is room for.
        match (u16::try_from(start), u16::try_from(self.text.len())) {
            (Ok(start), Ok(end)) if end > start => self.places.push((hash, start, end)),
            _ => self.text.truncate(start),
        }
    }
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
        assert_eq!(terms.counted.len(), 3);
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
        assert_eq!(collector.finish().counted[0].count(), 5);
    }
}
