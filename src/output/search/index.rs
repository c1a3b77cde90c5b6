//! Puts together what the threads gathered: all words sorted, each with its stem, and for each stem the
//! documents that hold it, cut into files small enough that a query fetches few bytes.
//!
//! A *list* is a file of consecutive words. The words of one stem are a *family*. A *block* is a file of the postings of
//! consecutive families of one list. `assets/search.js` reads both; nothing else does.
//!
//! Where one ends and the next begins, a hash of a word says: after an edit, files are cut where they were before.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::gather::{Gathered, LEVEL_BITS};
use crate::fingerprint::Fingerprint;

/// Bytes of a list and of a block, about, at most, and bytes after which either is cut where a word says so.
const LIST: Cut = Cut {
    most: 12 << 10,
    least: 4 << 10,
    mean: 4 << 10,
};
const BLOCK: Cut = Cut {
    most: 8 << 10,
    least: 2 << 10,
    mean: 5 << 10,
};

/// Documents of one family that are kept, the best: a reader looks at ten or twenty. The family's weight is
/// computed from all of them.
pub(super) const DOCUMENTS: usize = 1000;

/// How long files are.
struct Cut {
    most: usize,
    least: usize,
    /// From the least to the end, if this is below the most.
    mean: usize,
}

impl Cut {
    /// Whether a file of `bytes` ends before this word, which adds `more`.
    fn is_before(&self, word: &str, bytes: usize, more: usize) -> bool {
        let chosen = Fingerprint::of(word.as_bytes()).0 % (self.mean as u128) < more as u128;
        bytes > 0 && (bytes + more > self.most || chosen && bytes >= self.least)
    }
}

/// The files of the words that a list begins with.
pub(super) struct List {
    /// Its first word.
    pub(super) first: String,
    /// The words, each as: bytes shared with the one before, bytes of its own, these, and its family:
    ///
    /// - 0, how many documents hold it, bytes of its postings: it is met first;
    /// - 1, the five bytes by which the next block is named, then as above: its postings are the first there;
    /// - from 2: it was met so many families ago, the last one being 2.
    pub(super) words: Vec<u8>,
    /// The postings of its families.
    pub(super) blocks: Vec<Vec<u8>>,
}

/// All words, with all their documents.
struct Inverted<'a> {
    words: Vec<&'a str>,
    /// By word: its family.
    families: Vec<u32>,
    /// Where the documents of each family end in the list of all.
    ends: Vec<usize>,
    /// Document and level, by family, then document.
    documents: Vec<u32>,
}

impl Inverted<'_> {
    fn of_family(&self, family: u32) -> &[u32] {
        let family = family as usize;
        let from = family.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.documents[from..self.ends[family]]
    }
}

/// Where the postings of a family lie in a list.
struct Home {
    /// How many families of the list were met before it.
    met: usize,
    /// The number of its block, if its postings are the first there.
    begins: Option<usize>,
    length: usize,
}

/// Makes the files of what was gathered, documents in ascending order; and the endings by which words of one
/// family differ, the most frequent first.
pub(super) fn lists(gathered: &[Gathered]) -> (Vec<List>, Vec<String>) {
    let inverted = invert(gathered);
    let lists = cuts(&inverted)
        .into_par_iter()
        .map(|words| list(&inverted, words))
        .collect();
    (
        lists,
        super::endings::endings(&inverted.words, &inverted.families),
    )
}

/// Which words each list holds. Neighbours of one family stand in one list.
fn cuts(inverted: &Inverted<'_>) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    let mut before = ("", None);
    for (number, (word, family)) in (inverted.words.iter().zip(&inverted.families)).enumerate() {
        let more = word.len() - shared(before.0, word) + 4;
        if before.1 != Some(family) && LIST.is_before(word, bytes, more) {
            cuts.push(start..number);
            (start, bytes) = (number, 0);
        }
        bytes += more;
        before = (word, Some(family));
    }
    cuts.push(start..inverted.words.len());
    cuts.retain(|cut| !cut.is_empty());
    cuts
}

fn invert(gathered: &[Gathered]) -> Inverted<'_> {
    let (words, of_words) = merge(gathered.iter().map(|gathered| gathered.words().collect()));
    let (stems, numbers) = merge(gathered.iter().map(|gathered| gathered.stems().collect()));
    let mut families = vec![0; words.len()];
    for ((gathered, of_words), numbers) in gathered.iter().zip(&of_words).zip(&numbers) {
        for (word, number) in of_words.iter().enumerate() {
            families[*number as usize] = numbers[gathered.stem_of(word as u32) as usize];
        }
    }
    let mut counts: Vec<Vec<u32>> = gathered.par_iter().map(Gathered::counts).collect();
    let mut ends = vec![0; stems.len()];
    for (counts, numbers) in counts.iter().zip(&numbers) {
        for (count, number) in counts.iter().zip(numbers) {
            ends[*number as usize] += *count as usize;
        }
    }
    let mut total = 0;
    for end in &mut ends {
        total += *end;
        *end = total;
    }
    // The documents are put in their places from the last to the first, so that each part knows where it
    // begins by what the parts after it need.
    let mut taken = vec![0u32; stems.len()];
    for (counts, numbers) in counts.iter_mut().zip(&numbers).rev() {
        for (count, number) in counts.iter_mut().zip(numbers) {
            let number = *number as usize;
            taken[number] += *count;
            *count = (ends[number] - taken[number] as usize) as u32;
        }
    }
    let mut documents = vec![0; total];
    for (part, places) in gathered.iter().zip(&mut counts) {
        part.each(|stem, document, level| {
            documents[places[stem] as usize] = document << LEVEL_BITS | level;
            places[stem] += 1;
        });
    }
    Inverted {
        words,
        families,
        ends,
        documents,
    }
}

/// The words of all parts, sorted, each once; and for each part the places of its words among them.
fn merge<'a>(parts: impl Iterator<Item = Vec<&'a str>>) -> (Vec<&'a str>, Vec<Vec<u32>>) {
    let mut all: Vec<(u64, &str, u32, u32)> = Vec::new();
    let mut numbers: Vec<Vec<u32>> = Vec::new();
    for (part, of_part) in parts.enumerate() {
        numbers.push(vec![0; of_part.len()]);
        let words = of_part.into_iter().enumerate();
        all.extend(words.map(|(number, word)| (head(word), word, part as u32, number as u32)));
    }
    all.par_sort_unstable();
    let mut words: Vec<&str> = Vec::new();
    for (_, word, part, number) in all {
        if words.last() != Some(&word) {
            words.push(word);
        }
        numbers[part as usize][number as usize] = words.len() as u32 - 1;
    }
    (words, numbers)
}

/// The first eight bytes of a word, which sort as it does: most words are told apart by them.
fn head(word: &str) -> u64 {
    let mut head = [0; 8];
    for (to, from) in head.iter_mut().zip(word.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(head)
}

/// The list of some words. A family that has words in two lists has its postings in both.
fn list(inverted: &Inverted<'_>, words: Range<usize>) -> List {
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    let mut homes: BTreeMap<u32, Home> = BTreeMap::new();
    let mut scratch = Vec::new();
    for number in words.clone() {
        let (word, family) = (inverted.words[number], inverted.families[number]);
        if homes.contains_key(&family) {
            continue;
        }
        let mut postings = Vec::new();
        encode(inverted.of_family(family), &mut scratch, &mut postings);
        let mut home = Home {
            met: homes.len(),
            begins: None,
            length: postings.len(),
        };
        match blocks.last_mut() {
            Some(block) if !BLOCK.is_before(word, block.len(), postings.len()) => {
                block.extend(&postings);
            }
            _ => {
                home.begins = Some(blocks.len());
                blocks.push(postings);
            }
        }
        homes.insert(family, home);
    }
    List {
        first: inverted.words[words.start].to_owned(),
        words: spelled(inverted, words, &homes, &blocks),
        blocks,
    }
}

/// The file of some words, whose families have these homes.
fn spelled(
    inverted: &Inverted<'_>,
    words: Range<usize>,
    homes: &BTreeMap<u32, Home>,
    blocks: &[Vec<u8>],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(LIST.most + LIST.most / 8);
    let mut before = "";
    let mut met = 0;
    for (word, family) in (inverted.words[words.clone()].iter()).zip(&inverted.families[words]) {
        let shared = shared(before, word);
        before = word;
        out.extend([shared as u8, (word.len() - shared) as u8]);
        out.extend(&word.as_bytes()[shared..]);
        let home = &homes[family];
        if home.met < met {
            push(&mut out, met - home.met + 1);
            continue;
        }
        met += 1;
        match home.begins {
            None => push(&mut out, 0),
            Some(block) => {
                push(&mut out, 1);
                out.extend(Fingerprint::of(&blocks[block]).short_bytes());
            }
        }
        push(&mut out, inverted.of_family(*family).len());
        push(&mut out, home.length);
    }
    out
}

/// The bytes at the beginning that two words share. They may end within a character.
fn shared(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

/// The best of a family's documents, by level, from the highest: a byte with the level and, where there are up
/// to seven, how many, else 0 and the number after it; then the distances from one document to the next.
fn encode(documents: &[u32], scratch: &mut Vec<u32>, out: &mut Vec<u8>) {
    const LEVELS: usize = 1 << LEVEL_BITS;
    let level = |document: u32| document as usize % LEVELS;
    let mut counts = [0usize; LEVELS];
    for document in documents {
        counts[level(*document)] += 1;
    }
    let mut starts = [0; LEVELS];
    let mut total = 0;
    for level in (0..LEVELS).rev() {
        starts[level] = total;
        total += counts[level];
    }
    scratch.clear();
    scratch.resize(documents.len(), 0);
    for document in documents {
        let place = &mut starts[level(*document)];
        scratch[*place] = document >> LEVEL_BITS;
        *place += 1;
    }
    let (mut left, mut end) = (DOCUMENTS, 0);
    for level in (0..LEVELS).rev() {
        // Of those that are alike, the last, which are the newest.
        end += counts[level];
        let group = &scratch[end - counts[level].min(left)..end];
        left -= group.len();
        if group.is_empty() {
            continue;
        }
        let few = if group.len() < 8 { group.len() } else { 0 };
        out.push((level << 3 | few) as u8);
        if few == 0 {
            push(out, group.len());
        }
        let mut before = 0;
        for document in group {
            push(out, (document - before) as usize);
            before = *document;
        }
    }
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn push(out: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_the_best_first() {
        let document = |number: u32, level: u32| number << LEVEL_BITS | level;
        let mut out = Vec::new();
        encode(
            &[document(2, 1), document(130, 9), document(400, 1)],
            &mut Vec::new(),
            &mut out,
        );
        assert_eq!(out, [9 << 3 | 1, 2 | 128, 1, 1 << 3 | 2, 2, 14 | 128, 3]);
    }

    #[test]
    fn a_family_that_is_everywhere_keeps_its_best_documents() {
        let documents: Vec<u32> = (0..5000).map(|n| n << LEVEL_BITS | (1 + n % 2)).collect();
        let mut out = Vec::new();
        encode(&documents, &mut Vec::new(), &mut out);
        // The newest of level 2, in a group with its size in two bytes, each two after the one before.
        let head = [2 << 3, (1000 % 128) as u8 | 128, (1000 / 128) as u8];
        assert_eq!(out[..3], head);
        assert_eq!(out[3..6], [(3001 % 128) as u8 | 128, (3001 / 128) as u8, 2]);
        assert_eq!(out.len(), 4 + DOCUMENTS);
    }
}
