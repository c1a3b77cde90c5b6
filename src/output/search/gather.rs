//! Gathers the words of pages, by their stems, and says where each stands: in the title, a heading, the
//! description or the body. What a page's body holds, parse has counted; which documents a word leads to is
//! [`super::index`]'s.

use super::documents::Document;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::parse::words::{self, Neighbours, Stemmer, Table};

/// Levels that a word gets from the body, for how often it stands there: 1 to this.
const BODY: f32 = 8.0;

/// What is added where it stands elsewhere. A title weighs more than all the rest together.
const FIELDS: [(u32, u32); 3] = [(TITLE, 16), (HEADING, 5), (DESCRIPTION, 2)];

const TITLE: u32 = 1;
const HEADING: u32 = 2;
const DESCRIPTION: u32 = 4;
/// Once in the body.
const ONCE: u32 = 8;

/// How soon a word that comes again adds little, and how much a long text is held against it, as in BM25
/// (Robertson and Zaragoza 2009).
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.5;

/// Steps in which a text's length is told, in each mean.
const LENGTH_STEPS: f32 = 4.0;

/// Bits of a level, which is 1 to 31: what a stem weighs in a document.
pub(super) const LEVEL_BITS: u32 = 5;

/// The words of some documents with their stems, each numbered as it was met, and where they stand.
pub(super) struct Gathered {
    words: Table,
    stems: Table,
    /// By word: the number of its stem.
    stem_of: Vec<u32>,
    /// A stem's number and its level, by document.
    postings: Vec<u32>,
    /// The number of each document, and where its postings end.
    pub(super) documents: Vec<(u32, usize)>,
    /// By document: which words follow each other, as bits.
    pub(super) neighbours: Vec<Vec<u8>>,
}

impl Gathered {
    /// The words, in the order of their numbers.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.text.lines()
    }

    /// The stems, in the order of their numbers.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.text.lines()
    }

    /// The number of a word's stem.
    pub(super) fn stem_of(&self, word: u32) -> u32 {
        self.stem_of[word as usize]
    }

    /// How many documents hold each stem.
    pub(super) fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.stems.len()];
        for posting in &self.postings {
            counts[(posting >> LEVEL_BITS) as usize] += 1;
        }
        counts
    }

    /// Calls `found` with each stem's number, the number of a document that holds it, and the level.
    pub(super) fn each(&self, mut found: impl FnMut(usize, u32, u32)) {
        let mut start = 0;
        for (document, end) in &self.documents {
            for posting in &self.postings[start..*end] {
                let level = posting & ((1 << LEVEL_BITS) - 1);
                found((posting >> LEVEL_BITS) as usize, *document, level);
            }
            start = *end;
        }
    }
}

/// Gathers the words of `documents`. `mean` is the mean of words in a body, about.
pub(super) fn gather(site: &Site, documents: &[Document], mean: usize, language: &str) -> Gathered {
    let postings = documents
        .iter()
        .map(|document| site.page(document.page).vocabulary.tallies.len() + 24);
    let mut gatherer = Gatherer {
        gathered: Gathered {
            words: Table::new(1 << 13),
            stems: Table::new(1 << 13),
            stem_of: Vec::new(),
            postings: Vec::with_capacity(postings.sum()),
            documents: Vec::with_capacity(documents.len()),
            neighbours: Vec::with_capacity(documents.len()),
        },
        stemmer: Stemmer::new(language),
        tallies: Vec::new(),
        met: Vec::new(),
    };
    for document in documents {
        gatherer.page(site, document.page);
        // In coarse steps, so that a word more leaves the levels of all others as they were.
        let times = site.page(document.page).words as f32 / mean.max(1) as f32;
        let length = 1.0 - LENGTH + LENGTH * (times * LENGTH_STEPS).round() / LENGTH_STEPS;
        gatherer.end_document(document.number, SATURATION * length);
    }
    gatherer.gathered
}

struct Gatherer {
    gathered: Gathered,
    stemmer: Stemmer,
    /// By stem: what it is in the document at hand, [`ONCE`] for each time in the body, and the fields.
    tallies: Vec<u32>,
    /// The stems of the document at hand.
    met: Vec<u32>,
}

impl Gatherer {
    fn page(&mut self, site: &Site, id: PageId) {
        let page = site.page(id);
        let places = &site.places[id.index()];
        words::of_vocabulary(&page.vocabulary, |word, hash, count, heading| {
            self.add(word, hash, count * ONCE + if heading { HEADING } else { 0 });
        });
        self.text(&page.title, TITLE);
        self.text(name(page), TITLE);
        for term in places.topics() {
            self.text(&site.terms[term].name, HEADING);
        }
        for author in places.authors() {
            self.text(&site.terms[*author].name, DESCRIPTION);
        }
        let bio = page.front.bio.as_ref().map_or("", |bio| &bio.0);
        self.text(page.description(), DESCRIPTION);
        self.text(bio, DESCRIPTION);
        let finding = page.front.search.as_deref();
        for words in finding.map_or(&[][..], |finding| &finding.words.0) {
            self.text(words, TITLE);
        }
        for takeaway in &page.front.takeaways.0 {
            self.text(takeaway, DESCRIPTION);
        }
        for image in &page.images {
            self.text(&image.alt, DESCRIPTION);
        }
        let mut neighbours = Neighbours::from_bits(&page.vocabulary.neighbours);
        for shown in [page.title.as_str(), page.description()] {
            words::of_text(shown, |word, _| neighbours.add(word));
            neighbours.end_text();
        }
        self.gathered.neighbours.push(neighbours.bits());
    }

    fn text(&mut self, text: &str, field: u32) {
        words::of_text(text, |word, hash| self.add(word, hash, field));
    }

    fn add(&mut self, word: &str, hash: u64, tally: u32) {
        let word = self.gathered.words.number(word, hash);
        if word == self.gathered.stem_of.len() {
            let stem = self.stem_of_last();
            self.gathered.stem_of.push(small(stem));
        }
        let stem = self.gathered.stem_of[word] as usize;
        let of_document = &mut self.tallies[stem];
        if *of_document == 0 {
            self.met.push(small(stem));
        }
        let times = (*of_document / ONCE).saturating_add(tally / ONCE);
        *of_document = (times.min(1 << 15) * ONCE) | ((*of_document | tally) % ONCE);
    }

    /// The number of the stem of the word that was added last.
    fn stem_of_last(&mut self) -> usize {
        let stem = self.stemmer.stem(self.gathered.words.last());
        let number = self.gathered.stems.number(&stem, words::hash_of(&stem));
        self.tallies.resize(self.gathered.stems.len(), 0);
        number
    }

    /// Makes postings of what was met. `saturation` is how often a word must stand in the body for half of
    /// what it can get there.
    fn end_document(&mut self, document: u32, saturation: f32) {
        let level = |tally: u32| {
            let times = (tally / ONCE) as f32;
            let body = match tally / ONCE {
                0 => 0,
                _ => 1 + (times / (times + saturation) * BODY) as u32,
            };
            let fields = FIELDS.iter().filter(|(field, _)| tally & field != 0);
            body + fields.map(|(_, weight)| weight).sum::<u32>()
        };
        // Nearly every word stands in a text a few times: these levels are computed once.
        let few: [u32; 64] = std::array::from_fn(|tally| level(tally as u32));
        for number in self.met.drain(..) {
            let tally = std::mem::take(&mut self.tallies[number as usize]);
            let level = few
                .get(tally as usize)
                .copied()
                .unwrap_or_else(|| level(tally));
            self.gathered.postings.push(number << LEVEL_BITS | level);
        }
        let end = self.gathered.postings.len();
        self.gathered.documents.push((document, end));
    }
}

/// The last part of a page's address: it often says what the title says in other words.
fn name(page: &Page) -> &str {
    let path = page.permalink.as_str().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
