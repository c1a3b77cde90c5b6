//! Puts together what the threads gathered: all words sorted, and for each the documents that hold it, cut
//! into files small enough that a query fetches few bytes.
//!
//! A *list* is a file of consecutive words with what their postings take. A *block* is a file of the postings
//! of consecutive words of one list. `assets/search.js` reads both; nothing else does.

use rayon::prelude::*;

use super::gather::{Gathered, LEVEL_BITS};

/// Bytes of a list, about.
const LIST: usize = 12 << 10;

/// Bytes of a block, at most.
pub(super) const BLOCK: usize = 8 << 10;

/// Documents of one word that are kept, the best: a reader looks at ten or twenty. The word's weight is
/// computed from all of them.
pub(super) const DOCUMENTS: usize = 1000;

/// The files of the words that a list begins with.
pub(super) struct List {
    /// Its first word.
    pub(super) first: String,
    /// The words, each as: bytes shared with the one before, bytes of its own, these, how many documents hold
    /// it, bytes of its postings.
    pub(super) words: Vec<u8>,
    /// The postings of its words.
    pub(super) blocks: Vec<Vec<u8>>,
}

/// All words, with all their documents.
struct Inverted<'a> {
    words: Vec<&'a str>,
    /// Where the documents of each word end in the list of all.
    ends: Vec<usize>,
    /// Document and level, by word, then document.
    documents: Vec<u32>,
}

/// Makes the files of what was gathered, documents in ascending order.
pub(super) fn lists(gathered: &[Gathered]) -> Vec<List> {
    let inverted = invert(gathered);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (number, word) in inverted.words.iter().enumerate() {
        if bytes > LIST {
            cuts.push((start, number));
            (start, bytes) = (number, 0);
        }
        let before = number
            .checked_sub(1)
            .map_or("", |before| inverted.words[before]);
        bytes += word.len() - shared(before, word) + 4;
    }
    if start < inverted.words.len() {
        cuts.push((start, inverted.words.len()));
    }
    cuts.into_par_iter()
        .map(|(start, end)| list(&inverted, start, end))
        .collect()
}

fn invert(gathered: &[Gathered]) -> Inverted<'_> {
    let (words, numbers) = merge(gathered);
    let mut counts: Vec<Vec<u32>> = gathered.par_iter().map(Gathered::counts).collect();
    let mut ends = vec![0; words.len()];
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
    let mut taken = vec![0u32; words.len()];
    for (counts, numbers) in counts.iter_mut().zip(&numbers).rev() {
        for (count, number) in counts.iter_mut().zip(numbers) {
            let number = *number as usize;
            taken[number] += *count;
            *count = (ends[number] - taken[number] as usize) as u32;
        }
    }
    let mut documents = vec![0; total];
    for (part, places) in gathered.iter().zip(&mut counts) {
        part.each(|word, document, level| {
            documents[places[word] as usize] = document << LEVEL_BITS | level;
            places[word] += 1;
        });
    }
    Inverted {
        words,
        ends,
        documents,
    }
}

/// All words, sorted, each once; and for each part the places of its words among them.
fn merge(gathered: &[Gathered]) -> (Vec<&str>, Vec<Vec<u32>>) {
    let mut all: Vec<(u64, &str, u32, u32)> = Vec::new();
    for (part, gathered) in gathered.iter().enumerate() {
        let words = gathered.words().enumerate();
        all.extend(words.map(|(number, word)| (head(word), word, part as u32, number as u32)));
    }
    all.par_sort_unstable();
    let mut numbers: Vec<Vec<u32>> = gathered.iter().map(|g| vec![0; g.len()]).collect();
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

fn list(inverted: &Inverted<'_>, start: usize, end: usize) -> List {
    let mut list = List {
        first: inverted.words[start].to_owned(),
        words: Vec::with_capacity(LIST + LIST / 8),
        blocks: vec![Vec::new()],
    };
    let mut before = "";
    let mut postings = Vec::new();
    let mut scratch = Vec::new();
    for number in start..end {
        let word = inverted.words[number];
        let from = number
            .checked_sub(1)
            .map_or(0, |before| inverted.ends[before]);
        let documents = &inverted.documents[from..inverted.ends[number]];
        postings.clear();
        encode(documents, &mut scratch, &mut postings);
        let shared = shared(before, word);
        list.words
            .extend([shared as u8, (word.len() - shared) as u8]);
        list.words.extend(&word.as_bytes()[shared..]);
        push(&mut list.words, documents.len());
        push(&mut list.words, postings.len());
        match list.blocks.last_mut() {
            Some(block) if block.is_empty() || block.len() + postings.len() <= BLOCK => {
                block.extend(&postings);
            }
            _ => list.blocks.push(postings.clone()),
        }
        before = word;
    }
    list
}

/// The bytes at the beginning that two words share. They may end within a character.
fn shared(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

/// The best of a word's documents, by level, from the highest: a byte with the level and, where there are up
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
    let mut rest = &scratch[..scratch.len().min(DOCUMENTS)];
    for level in (0..LEVELS).rev() {
        let (group, after) = rest.split_at(counts[level].min(rest.len()));
        rest = after;
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
    fn a_word_that_is_everywhere_keeps_its_best_documents() {
        let documents: Vec<u32> = (0..5000).map(|n| n << LEVEL_BITS | (1 + n % 2)).collect();
        let mut out = Vec::new();
        encode(&documents, &mut Vec::new(), &mut out);
        // All of level 2, in a group with its size in two bytes, each two after the one before.
        assert_eq!(
            out[..4],
            [2 << 3, (1000 % 128) as u8 | 128, (1000 / 128) as u8, 1]
        );
        assert_eq!((out[4], out.len()), (2, 3 + DOCUMENTS));
    }
}
