//! Gathers the words of pages, and says where each stands: in the title, a heading, the description or the
//! body. What a page's body holds, parse has counted; which documents a word leads to is [`super::index`]'s.

use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::parse::words::{self, Table};

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

/// Bits of a level, which is 1 to 31: what a word weighs in a document.
pub(super) const LEVEL_BITS: u32 = 5;

/// The words of some documents, each numbered as it was met, and where they stand.
pub(super) struct Gathered {
    words: Table,
    /// A word's number and its level, by document.
    postings: Vec<u32>,
    /// The number of each document, and where its postings end.
    documents: Vec<(u32, usize)>,
}

impl Gathered {
    /// The words, in the order of their numbers.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.text.lines()
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How many documents hold each word.
    pub(super) fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.words.len()];
        for posting in &self.postings {
            counts[(posting >> LEVEL_BITS) as usize] += 1;
        }
        counts
    }

    /// Calls `found` with each word's number, the number of a document that holds it, and the level.
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

/// Gathers the words of `documents`, the first of which has the number `first`. `mean` is the mean of words
/// in a body.
pub(super) fn gather(site: &Site, documents: &[PageId], first: usize, mean: f32) -> Gathered {
    let postings = documents
        .iter()
        .map(|id| site.page(*id).vocabulary.tallies.len() + 24);
    let mut gatherer = Gatherer {
        gathered: Gathered {
            words: Table::new(1 << 13),
            postings: Vec::with_capacity(postings.sum()),
            documents: Vec::with_capacity(documents.len()),
        },
        tallies: Vec::new(),
        met: Vec::new(),
    };
    for (number, id) in documents.iter().enumerate() {
        let page = site.page(*id);
        gatherer.page(site, *id);
        let length = 1.0 - LENGTH + LENGTH * page.words as f32 / mean.max(1.0);
        gatherer.end_document(first + number, SATURATION * length);
    }
    gatherer.gathered
}

struct Gatherer {
    gathered: Gathered,
    /// By word: what it is in the document at hand, [`ONCE`] for each time in the body, and the fields.
    tallies: Vec<u32>,
    /// The words of the document at hand.
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
        for tag in places.tags() {
            self.text(&site.terms[*tag].name, HEADING);
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
    }

    fn text(&mut self, text: &str, field: u32) {
        words::of_text(text, |word, hash| self.add(word, hash, field));
    }

    fn add(&mut self, word: &str, hash: u64, tally: u32) {
        let number = self.gathered.words.number(word, hash);
        if number == self.tallies.len() {
            self.tallies.push(0);
        }
        if self.tallies[number] == 0 {
            self.met.push(small(number));
        }
        self.tallies[number] |= tally;
    }

    /// Makes postings of what was met. `saturation` is how often a word must stand in the body for half of
    /// what it can get there.
    fn end_document(&mut self, document: usize, saturation: f32) {
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
        self.gathered.documents.push((small(document), end));
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
