//! An inverted index with bounded postings: for an article, the others that share most of its weightiest
//! terms. Candidates only; how near they are is measured on the whole vectors afterwards.

use std::ops::Range;

use rayon::prelude::*;

use super::numbers::{add, share};
use super::row::{Row, Share};

/// A term answers with the articles that it weighs most in, this many at most: the bound on the work for one
/// article is this times the terms that it asks by. On the reading test a bound of 64 costs nothing in quality.
const POSTINGS: usize = 128;

/// The terms are indexed in so many parts at most: each reads all articles.
const MOST_PARTS: usize = 4;

/// An article that is found by a term, and the term's share of it.
type Posting = (u32, Share);

/// Who has which term, and how much of it: the weightiest, by article.
pub(super) struct Index {
    /// In the order of terms.
    parts: Vec<Part>,
}

impl Index {
    /// Indexes all vectors, whose terms are numbered below `terms`.
    pub(super) fn new(rows: &[Row], terms: usize) -> Index {
        let lengths = rows
            .par_chunks(share(rows))
            .map(|rows| lengths(rows, terms))
            .reduce_with(add);
        let lengths = lengths.unwrap_or_else(|| vec![0; terms]);
        Index {
            parts: parts(&lengths, rayon::current_num_threads().min(MOST_PARTS))
                .into_par_iter()
                .map(|terms| Part::new(rows, &lengths, terms))
                .collect(),
        }
    }

    /// The postings of a term.
    pub(super) fn of(&self, term: u32) -> &[Posting] {
        let term = term as usize;
        let part = self.parts.partition_point(|part| part.terms.end <= term);
        self.parts[part].of(term)
    }
}

/// How many of the articles are found by each term.
fn lengths(rows: &[Row], terms: usize) -> Vec<u32> {
    let mut lengths = vec![0; terms];
    for (term, _) in rows.iter().flat_map(Row::found_by) {
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
    fn new(rows: &[Row], lengths: &[u32], terms: Range<usize>) -> Part {
        let mut total = 0;
        let starts = lengths[terms.clone()].iter().map(|length| {
            total += length;
            total - length
        });
        // Where each term's postings end so far.
        let mut ends: Vec<u32> = starts.collect();
        let mut entries = vec![(0, 0); total as usize];
        for (article, row) in (0u32..).zip(rows) {
            for (term, share) in row.found_by() {
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
