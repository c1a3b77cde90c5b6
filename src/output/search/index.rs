//! Puts together what the threads gathered: all words sorted, each with its stem, and for each stem the
//! documents that hold it, cut into files small enough that a query fetches few bytes.
//!
//! A *list* is a file of consecutive words. The words of one stem are a *family*, at home in the list of its
//! first word. A *block* is a file of the postings of consecutive families of one list. `assets/search.js` reads
//! both; nothing else does.

use rayon::prelude::*;

use super::gather::{Gathered, LEVEL_BITS};

/// Bytes of a list, about.
const LIST: usize = 12 << 10;

/// Bytes of a block, at most.
pub(super) const BLOCK: usize = 8 << 10;

/// Documents of one family that are kept, the best: a reader looks at ten or twenty. The family's weight is
/// computed from all of them.
pub(super) const DOCUMENTS: usize = 1000;

/// A family that was met so many families ago in its list, at most, is told by that distance.
const NEAR: usize = 64;

/// The files of the words that a list begins with.
pub(super) struct List {
    /// Its first word.
    pub(super) first: String,
    /// The words, each as: bytes shared with the one before, bytes of its own, these, and its family:
    ///
    /// - 0, how many documents hold it, bytes of its postings: it is met first, and here is its home;
    /// - 1, the numbers of its home's list and block, where in this its postings begin, then as above: it is at
    ///   home elsewhere;
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
    fn of_family(&self, family: usize) -> &[u32] {
        let from = family.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.documents[from..self.ends[family]]
    }
}

/// Where the postings of a family lie.
#[derive(Clone, Copy, Default)]
struct Home {
    list: usize,
    block: usize,
    at: usize,
    length: usize,
}

/// Makes the files of what was gathered, documents in ascending order; and the endings by which words of one
/// family differ, the most frequent first.
pub(super) fn lists(gathered: &[Gathered]) -> (Vec<List>, Vec<String>) {
    let inverted = invert(gathered);
    let cuts = cuts(&inverted.words);
    let mut met = vec![false; inverted.ends.len()];
    let at_home: Vec<Vec<u32>> = cuts
        .iter()
        .map(|(start, end)| {
            let mut families = inverted.families[*start..*end].to_vec();
            families.retain(|family| !std::mem::replace(&mut met[*family as usize], true));
            families
        })
        .collect();
    let blocks: Vec<(Vec<Vec<u8>>, Vec<Home>)> = at_home
        .par_iter()
        .enumerate()
        .map(|(list, families)| blocks(&inverted, list, families))
        .collect();
    let mut homes = vec![Home::default(); inverted.ends.len()];
    let mut all_blocks = Vec::with_capacity(blocks.len());
    for ((blocks, of_list), families) in blocks.into_iter().zip(&at_home) {
        for (home, family) in of_list.into_iter().zip(families) {
            homes[*family as usize] = home;
        }
        all_blocks.push(blocks);
    }
    let lists = (all_blocks.into_par_iter().zip(cuts).enumerate())
        .map(|(number, (blocks, (start, end)))| List {
            first: inverted.words[start].to_owned(),
            words: words(&inverted, &homes, number, start, end),
            blocks,
        })
        .collect();
    (
        lists,
        super::endings::endings(&inverted.words, &inverted.families),
    )
}

/// Where each list begins and ends among the words.
fn cuts(words: &[&str]) -> Vec<(usize, usize)> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    let mut before = "";
    for (number, word) in words.iter().enumerate() {
        if bytes > LIST {
            cuts.push((start, number));
            (start, bytes) = (number, 0);
        }
        bytes += word.len() - shared(before, word) + 4;
        before = word;
    }
    if start < words.len() {
        cuts.push((start, words.len()));
    }
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

/// The postings of families at home in a list, and where those of each lie.
fn blocks(inverted: &Inverted<'_>, list: usize, families: &[u32]) -> (Vec<Vec<u8>>, Vec<Home>) {
    let mut blocks = vec![Vec::new()];
    let mut homes = Vec::with_capacity(families.len());
    let mut postings = Vec::new();
    let mut scratch = Vec::new();
    for family in families {
        postings.clear();
        encode(
            inverted.of_family(*family as usize),
            &mut scratch,
            &mut postings,
        );
        let (block, at) = match blocks.last_mut() {
            Some(block) if block.is_empty() || block.len() + postings.len() <= BLOCK => {
                let at = block.len();
                block.extend(&postings);
                (blocks.len() - 1, at)
            }
            _ => {
                blocks.push(postings.clone());
                (blocks.len() - 1, 0)
            }
        };
        homes.push(Home {
            list,
            block,
            at,
            length: postings.len(),
        });
    }
    (blocks, homes)
}

/// The file of the words from `start` to `end`, which are those of the list of this number.
fn words(
    inverted: &Inverted<'_>,
    homes: &[Home],
    number: usize,
    start: usize,
    end: usize,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(LIST + LIST / 8);
    let mut before = "";
    // The families in the order in which they were told.
    let mut told: Vec<u32> = Vec::new();
    for (word, family) in (inverted.words[start..end].iter()).zip(&inverted.families[start..end]) {
        let shared = shared(before, word);
        before = word;
        out.extend([shared as u8, (word.len() - shared) as u8]);
        out.extend(&word.as_bytes()[shared..]);
        let near = told
            .iter()
            .rev()
            .take(NEAR)
            .position(|other| other == family);
        if let Some(distance) = near {
            push(&mut out, distance + 2);
            continue;
        }
        let home = homes[*family as usize];
        // A family at home here that was met long ago is told like one that is at home elsewhere.
        if home.list == number && !told.contains(family) {
            push(&mut out, 0);
        } else {
            for part in [1, home.list, home.block, home.at] {
                push(&mut out, part);
            }
        }
        told.push(*family);
        push(&mut out, inverted.of_family(*family as usize).len());
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
    fn a_family_that_is_everywhere_keeps_its_best_documents() {
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
