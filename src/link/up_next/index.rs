//! An inverted index with bounded postings: for an article, the others that share most of its weightiest
//! terms. Candidates only; how near they are is measured on the whole vectors afterwards.

use std::ops::Range;

use rayon::prelude::*;

use super::numbers::add;
use super::row::{SHARE_BITS, Share};
use super::rows::Rows;

/// A term answers with the articles that it weighs most in, this many at most: the bound on the work for one
/// article is this times the terms that it asks by. On the reading test a bound of 64 costs nothing in quality.
const POSTINGS: usize = 128;

/// Postings of a term that are gathered before all but the weightiest go.
const ROOM: usize = POSTINGS + POSTINGS / 2;

/// The terms are indexed in so many parts at most: each reads all articles.
const MOST_PARTS: usize = 4;

/// Who has which term, and how much of it: the weightiest, in no order that means something.
pub(super) struct Index {
    /// In the order of terms.
    parts: Vec<Part>,
    pub(super) packing: Packing,
}

impl Index {
    /// Indexes all vectors, whose terms are numbered below `terms`.
    pub(super) fn new(rows: &Rows, terms: usize) -> Index {
        let lengths = rows
            .shares()
            .map(|articles| lengths(rows, articles, terms))
            .reduce_with(add);
        let lengths = lengths.unwrap_or_else(|| vec![0; terms]);
        let packing = Packing::of(rows.len());
        Index {
            parts: parts(&lengths, rayon::current_num_threads().min(MOST_PARTS))
                .into_par_iter()
                .map(|terms| Part::new(rows, &lengths, terms, packing))
                .collect(),
            packing,
        }
    }

    /// The postings of a term.
    pub(super) fn of(&self, term: u32) -> &[Posting] {
        let term = term as usize;
        let part = self.parts.partition_point(|part| part.terms.end <= term);
        self.parts[part].of(term)
    }
}

/// An article that holds a term, and the term's share of it, in one word: what weighs more is greater, and of equals
/// the first article.
pub(super) type Posting = u32;

/// How postings are packed for so many articles.
#[derive(Clone, Copy)]
pub(super) struct Packing {
    /// The bits that tell the articles apart, below.
    article_bits: u32,
    /// The bits of a share for which there is no room: none of up to 131,072 articles, three of a million.
    lost_bits: u32,
}

impl Packing {
    fn of(articles: usize) -> Packing {
        let article_bits = articles.max(2).next_power_of_two().ilog2();
        Packing {
            article_bits,
            lost_bits: (article_bits + SHARE_BITS).saturating_sub(Posting::BITS),
        }
    }

    fn mask(self) -> u32 {
        (1 << self.article_bits) - 1
    }

    fn pack(self, article: u32, share: Share) -> Posting {
        // A term that is there counts.
        let share = u32::from(share >> self.lost_bits).max(1);
        share << self.article_bits | (!article & self.mask())
    }

    /// The article, and the term's share of it.
    pub(super) fn unpack(self, posting: Posting) -> (u32, u32) {
        let share = posting >> self.article_bits << self.lost_bits;
        (!posting & self.mask(), share)
    }
}

/// How many of the articles are found by each term.
fn lengths(rows: &Rows, articles: Range<usize>, terms: usize) -> Vec<u32> {
    let mut lengths = vec![0; terms];
    for article in articles {
        for (term, _) in rows.of(article).found_by() {
            lengths[term as usize] += 1;
        }
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
    postings: Vec<Posting>,
}

impl Part {
    fn new(rows: &Rows, lengths: &[u32], terms: Range<usize>, packing: Packing) -> Part {
        let mut gathered = Gathered::new(&lengths[terms.clone()]);
        for article in 0..rows.len() {
            for (term, share) in rows.of(article).found_by() {
                // Terms of other parts are as if beyond the last.
                let term = (term as usize).wrapping_sub(terms.start);
                gathered.add(term, packing.pack(article as u32, share));
            }
        }
        let starts = gathered.finish();
        Part {
            terms,
            starts,
            postings: gathered.postings,
        }
    }

    fn of(&self, term: usize) -> &[Posting] {
        let at = term - self.terms.start;
        &self.postings[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Postings while they come, in the order of articles.
struct Gathered {
    runs: Vec<Run>,
    postings: Vec<Posting>,
}

/// The room of one term's postings.
struct Run {
    start: u32,
    end: u32,
    room_ends: u32,
    /// What is not above this is not among the weightiest.
    least: Posting,
}

impl Gathered {
    /// For terms of which so many postings will come.
    fn new(lengths: &[u32]) -> Gathered {
        let mut total = 0;
        let run = |length: &u32| {
            let start = total;
            total += (*length).min(ROOM as u32);
            Run {
                start,
                end: start,
                room_ends: total,
                least: 0,
            }
        };
        Gathered {
            runs: lengths.iter().map(run).collect(),
            postings: vec![0; total as usize],
        }
    }

    fn add(&mut self, term: usize, posting: Posting) {
        let Some(run) = self.runs.get_mut(term).filter(|run| posting > run.least) else {
            return;
        };
        if run.end == run.room_ends {
            self.cut(term);
            return self.add(term, posting);
        }
        self.postings[run.end as usize] = posting;
        run.end += 1;
    }

    /// Keeps the weightiest of a term.
    fn cut(&mut self, term: usize) {
        let run = &mut self.runs[term];
        let all = &mut self.postings[run.start as usize..run.end as usize];
        let (_, least, _) = all.select_nth_unstable_by(POSTINGS - 1, |a, b| b.cmp(a));
        run.least = *least;
        run.end = run.start + POSTINGS as u32;
    }

    /// Cuts all, moves them together, and says where each term's begin and the last one's end.
    fn finish(&mut self) -> Vec<u32> {
        let mut starts = Vec::with_capacity(self.runs.len() + 1);
        let mut kept = 0;
        for term in 0..self.runs.len() {
            if self.runs[term].end - self.runs[term].start > POSTINGS as u32 {
                self.cut(term);
            }
            let run = self.runs[term].start as usize..self.runs[term].end as usize;
            starts.push(kept as u32);
            self.postings.copy_within(run.clone(), kept);
            kept += run.len();
        }
        starts.push(kept as u32);
        self.postings.truncate(kept);
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_say_what_was_packed_and_what_weighs_more() {
        for (articles, lost) in [(1, 0), (2, 0), (131_072, 0), (131_073, 1), (1_000_000, 3)] {
            let packing = Packing::of(articles);
            let last = articles as u32 - 1;
            for share in [1, 7, 16, 32_767] {
                let kept = (share >> lost << lost).max(1 << lost);
                for article in [0, last / 2, last] {
                    let posting = packing.pack(article, share);
                    assert_eq!(packing.unpack(posting), (article, u32::from(kept)));
                    assert!(posting >= packing.pack(last, share));
                    assert!(share == 32_767 || posting < packing.pack(last, 32_767));
                }
            }
        }
    }
}
