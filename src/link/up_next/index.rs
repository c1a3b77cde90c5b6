//! An inverted index with bounded postings: for an article, the others that share most of its weightiest
//! terms. Candidates only; how near they are is measured on the whole vectors afterwards.

use std::ops::Range;

use rayon::prelude::*;

use super::numbers::{add, share};
use super::vectors::{Row, Share};

/// An article asks by this many of its weightiest terms.
///
/// On the 508 articles of the reading test, asking by 48 of 351 terms and keeping 48 candidates finds as good lists
/// as comparing all with all (nDCG@5 0.49 both ways); 24 terms lose 0.01.
const QUERY_TERMS: usize = 48;

/// An article is found by this many of its weightiest terms.
const INDEXED_TERMS: usize = 128;

/// A term answers with the articles that it weighs most in, this many at most: the bound on the work for one
/// article is this times [`QUERY_TERMS`]. On the reading test a bound of 64 costs nothing in quality.
const POSTINGS: usize = 128;

/// The terms are indexed in so many parts at most: each reads all articles.
const MOST_PARTS: usize = 4;

/// An article that is found by a term, and the term's share of it.
type Posting = (u32, Share);

/// Who has which term, and how much of it: the weightiest, by article.
pub(super) struct Index {
    /// In the order of terms.
    parts: Vec<Part>,
    /// By article, the share from which on it asks by a term.
    asks_from: Vec<Share>,
}

impl Index {
    /// Indexes all vectors, whose terms are numbered below `terms`.
    pub(super) fn new(rows: &[Row], terms: usize) -> Index {
        let limits: Vec<Limits> = rows
            .par_iter()
            .map_init(Vec::new, |scratch, row| Limits::of(row, scratch))
            .collect();
        let articles: Vec<(&Row, Limits)> = rows.iter().zip(limits.iter().copied()).collect();
        let lengths = articles
            .par_chunks(share(rows))
            .map(|articles| lengths(articles, terms))
            .reduce_with(add);
        let lengths = lengths.unwrap_or_else(|| vec![0; terms]);
        Index {
            parts: parts(&lengths, rayon::current_num_threads().min(MOST_PARTS))
                .into_par_iter()
                .map(|terms| Part::new(&articles, &lengths, terms))
                .collect(),
            asks_from: limits.iter().map(|limits| limits.asks_from).collect(),
        }
    }

    fn of(&self, term: u32) -> &[Posting] {
        let term = term as usize;
        let part = self.parts.partition_point(|part| part.terms.end <= term);
        self.parts[part].of(term)
    }
}

/// The shares from which on an article asks by a term, and is found by it.
#[derive(Clone, Copy)]
struct Limits {
    asks_from: Share,
    found_from: Share,
}

impl Limits {
    fn of(row: &Row, scratch: &mut Vec<Share>) -> Limits {
        scratch.clear();
        scratch.extend(row.iter().map(|(_, share)| share));
        let found_from = greatest(scratch, INDEXED_TERMS);
        // The greatest come first now.
        scratch.truncate(INDEXED_TERMS);
        Limits {
            asks_from: greatest(scratch, QUERY_TERMS),
            found_from,
        }
    }
}

/// The least of the `count` greatest, which then come first; zero where there are no more than that.
fn greatest(values: &mut [Share], count: usize) -> Share {
    if values.len() <= count {
        return 0;
    }
    *values.select_nth_unstable_by(count - 1, |a, b| b.cmp(a)).1
}

/// The terms that an article is found by.
fn found_by((row, limits): (&Row, Limits)) -> impl Iterator<Item = (u32, Share)> {
    row.iter()
        .filter(move |(_, share)| *share >= limits.found_from)
}

/// How many of the articles are found by each term.
fn lengths(articles: &[(&Row, Limits)], terms: usize) -> Vec<u32> {
    let mut lengths = vec![0; terms];
    for (term, _) in articles.iter().copied().flat_map(found_by) {
        lengths[term as usize] += 1;
    }
    lengths
}

/// The terms in so many parts of about as many postings.
fn parts(lengths: &[u32], count: usize) -> Vec<Range<usize>> {
    let all: usize = lengths.iter().map(|length| *length as usize).sum();
    let each = all.div_ceil(count).max(1);
    let (mut parts, mut start, mut size) = (Vec::with_capacity(count), 0, 0);
    for (term, length) in lengths.iter().enumerate() {
        size += *length as usize;
        if size >= each {
            parts.push(start..term + 1);
            (start, size) = (term + 1, 0);
        }
    }
    parts.push(start..lengths.len());
    parts
}

/// The postings of some terms.
struct Part {
    terms: Range<usize>,
    /// Where each term's postings begin, and where the last one's end.
    starts: Vec<u32>,
    /// One term after the other, each cut to the bound.
    entries: Vec<Posting>,
}

impl Part {
    fn new(articles: &[(&Row, Limits)], lengths: &[u32], terms: Range<usize>) -> Part {
        let mut total = 0;
        let starts = lengths[terms.clone()].iter().map(|length| {
            total += length;
            total - length
        });
        // Where each term's postings end so far.
        let mut ends: Vec<u32> = starts.collect();
        let mut entries = vec![(0, 0); total as usize];
        for (article, own) in (0u32..).zip(articles) {
            for (term, share) in found_by(*own) {
                // Terms of other parts are as if beyond the last.
                if let Some(end) = ends.get_mut((term as usize).wrapping_sub(terms.start)) {
                    entries[*end as usize] = (article, share);
                    *end += 1;
                }
            }
        }
        let (mut start, mut kept) = (0, 0);
        let mut starts = Vec::with_capacity(ends.len() + 1);
        for end in ends {
            let run = &mut entries[start..end as usize];
            let length = run.len().min(POSTINGS);
            if run.len() > POSTINGS {
                keep_weightiest(run);
            }
            entries.copy_within(start..start + length, kept);
            starts.push(kept as u32);
            start = end as usize;
            kept += length;
        }
        starts.push(kept as u32);
        entries.truncate(kept);
        Part {
            terms,
            starts,
            entries,
        }
    }

    fn of(&self, term: usize) -> &[Posting] {
        let at = term - self.terms.start;
        &self.entries[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Puts the weightiest first, in the order of articles.
fn keep_weightiest(run: &mut [Posting]) {
    run.select_nth_unstable_by(POSTINGS, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    run[..POSTINGS].sort_unstable_by_key(|(article, _)| *article);
}

/// One thread's place for sums.
pub(super) struct Scratch {
    /// By article.
    sums: Vec<u32>,
    /// Who has a sum, in the first `count` places.
    touched: Vec<u32>,
    count: usize,
    ranked: Vec<u64>,
}

impl Scratch {
    /// For so many articles.
    pub(super) fn new(articles: usize) -> Scratch {
        Scratch {
            sums: vec![0; articles],
            // One more: the place after the last is written too.
            touched: vec![0; articles + 1],
            count: 0,
            ranked: Vec::new(),
        }
    }

    /// Adds what the index says to the sums.
    pub(super) fn ask(&mut self, index: &Index, article: usize, row: &Row) {
        let from = index.asks_from[article];
        let mut count = self.count;
        for (term, own) in row.iter().filter(|(_, own)| *own >= from) {
            for (other, share) in index.of(term) {
                let sum = &mut self.sums[*other as usize];
                // Without a branch, which would be guessed wrong half the time.
                self.touched[count] = *other;
                count += usize::from(*sum == 0);
                *sum += u32::from(own) * u32::from(*share);
            }
        }
        self.count = count;
    }

    /// What the index said of an article.
    pub(super) fn sum(&self, article: u32) -> u32 {
        self.sums[article as usize]
    }

    /// Adds the `count` articles with the greatest sums to `found`, but not `article` itself.
    pub(super) fn best(&mut self, article: usize, count: usize, found: &mut Vec<u32>) {
        // By sum; of equals the first article.
        let rank = |other: &u32| u64::from(self.sums[*other as usize]) << 32 | u64::from(!other);
        self.ranked.clear();
        // What is not above this is not among the best.
        let mut bar = 0;
        for other in self.touched[..self.count]
            .iter()
            .filter(|other| **other as usize != article)
        {
            let rank = rank(other);
            if rank > bar {
                self.ranked.push(rank);
                if self.ranked.len() == 2 * count {
                    bar = keep_best(&mut self.ranked, count);
                }
            }
        }
        keep_best(&mut self.ranked, count);
        found.extend(self.ranked.iter().map(|rank| !(*rank as u32)));
    }

    /// Wipes the slate.
    pub(super) fn clear(&mut self) {
        for other in &self.touched[..self.count] {
            self.sums[*other as usize] = 0;
        }
        self.count = 0;
    }
}

/// Leaves the greatest, and says which is the least of them.
fn keep_best(ranked: &mut Vec<u64>, count: usize) -> u64 {
    if ranked.len() <= count {
        return 0;
    }
    let (_, least, _) = ranked.select_nth_unstable_by(count - 1, |a, b| b.cmp(a));
    let least = *least;
    ranked.truncate(count);
    least
}
