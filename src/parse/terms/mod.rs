//! Counts what a page is about, by its words: weighted by the field they stand in, counted by stem. How pages compare is
//! up next's; what is one word is the stems'.

mod counts;
mod field;
mod heaviest;
mod known;
mod pairs;
mod phrases;
mod segmenting;
mod serbian;
mod slots;
mod spellings;
mod stems;

use crate::model::terms::{Counted, Terms};
use counts::{Counts, Word};
pub use field::Field;
use heaviest::{Heaviest, Sizes};
use pairs::Pair;
pub use phrases::{PhraseWord, PhraseWords};
use segmenting::{Found, each_word};
use spellings::Spellings;
use stems::Stems;

/// Terms of a page, at most: what lies below in a very long article weighs next to nothing.
const TERMS: u32 = 2048;

/// Terms that are spelled out for reasons, at most.
const SPELLINGS: u32 = 64;

/// What one thread remembers between pages, and its place for the page at hand.
pub struct Memory {
    stems: Stems,
    counts: Counts,
    spelled: String,
}

impl Memory {
    /// An empty memory for a language (BCP 47). Languages without a stemmer are compared by whole words.
    pub fn new(language: &str) -> Memory {
        Memory {
            stems: Stems::new(language),
            counts: Counts::default(),
            spelled: String::new(),
        }
    }
}

/// Gathers the terms of one page.
pub struct Collector<'m> {
    memory: &'m mut Memory,
    /// So many of the first words, and of the first pairs, are the title's.
    title: (usize, usize),
}

impl<'m> Collector<'m> {
    /// Begins a page.
    pub fn new(memory: &'m mut Memory) -> Collector<'m> {
        memory.stems.forget_if_full();
        memory.counts.begin();
        Collector {
            memory,
            title: (0, 0),
        }
    }

    /// Adds a block of plain text, and says how many words it has. The title comes first.
    pub fn add(&mut self, field: Field, text: &str) -> u32 {
        let Memory { stems, counts, .. } = &mut *self.memory;
        let weight = field.weight();
        let base = counts.add_text(text);
        let mut before = None;
        let words = each_word(text, |found| {
            let Found {
                hash,
                place,
                follows,
            } = found;
            let stem = match place.is_empty() {
                true => Some(hash as u32),
                false => stems.of(hash, || &text[place.clone()]),
            };
            let place = base + place.start..base + place.end;
            let word = stem.map(|stem| (counts.add(stem, place, weight), stem));
            if let (Some(before), Some(word), true) = (before, word, follows) {
                counts.pairs.add(before, word, weight);
            }
            before = word;
        });
        if field == Field::Title {
            self.title = (counts.words.len(), counts.pairs.list.len());
        }
        words
    }

    /// The page's terms: the heaviest, if there are very many.
    pub fn finish(self) -> Terms {
        let counts = &self.memory.counts;
        let (words, pairs) = (&counts.words, &counts.pairs.list);
        let (title_words, other_words) = words.split_at(self.title.0);
        let (title_pairs, other_pairs) = pairs.split_at(self.title.1);
        let title = || tallies(title_words, title_pairs);
        let others = || tallies(other_words, other_pairs);
        let sizes = Sizes::of(title().chain(others()).map(|(_, count)| count));
        let most = |limit: u32| (words.len() + pairs.len()).min(limit as usize);
        let mut counted = Vec::with_capacity(most(TERMS));
        let mut heaviest = sizes.heaviest(TERMS);
        keep(title(), &mut heaviest, &mut counted);
        let of_title = counted.len() as u16;
        keep(others(), &mut heaviest, &mut counted);
        let mut spellings = Spellings::new(counts, most(SPELLINGS), &mut self.memory.spelled);
        let mut heaviest = sizes.heaviest(SPELLINGS);
        for word in words.iter().filter(|word| heaviest.take(word.count)) {
            spellings.add(word.hash, &[word]);
        }
        for pair in pairs.iter().filter(|pair| heaviest.take(pair.count)) {
            let word = |at: u32| &words[at as usize];
            spellings.add(pair.hash, &[word(pair.first), word(pair.second)]);
        }
        Terms {
            counted: counted.into(),
            title: of_title,
            spellings: spellings.places.into(),
            text: self.memory.spelled.as_str().into(),
        }
    }
}

/// Hashes and counts.
fn tallies(words: &[Word], pairs: &[Pair]) -> impl Iterator<Item = (u32, u32)> {
    let words = words.iter().map(|word| (word.hash, word.count));
    words.chain(pairs.iter().map(|pair| (pair.hash, pair.count)))
}

/// Adds what is among the heaviest.
fn keep(
    tallies: impl Iterator<Item = (u32, u32)>,
    heaviest: &mut Heaviest,
    counted: &mut Vec<Counted>,
) {
    tallies.for_each(|(hash, count)| {
        if heaviest.take(count) {
            counted.push(Counted::new(hash, count));
        }
    });
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
        assert_eq!(spelled("sk", "mačka mačky"), ["mačka", "mačky"]);
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
        let terms = collector.finish();
        assert_eq!(Counted::count_of(terms.counted[0].step()), 5);
        assert_eq!(terms.title, 1);
    }
}
