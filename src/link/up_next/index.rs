//! Inverted indexes with bounded postings: for an article, the others that share most of its weightiest terms, and those
//! whose titles its text names. Candidates only; how near they are is measured on the whole vectors afterwards.

use rayon::prelude::*;

use super::row::{Row, Share, Weighted};

/// A term answers with the articles that it weighs most in, this many at most: the bound on the work for one
/// article is this times the terms that it asks by. On the reading test a bound of 64 costs nothing in quality.
const POSTINGS: usize = 128;

/// An article that holds a term, and the term's share of it.
#[derive(Clone, Copy)]
pub(super) struct Posting {
    pub(super) article: u32,
    pub(super) share: Share,
}

/// Who has which term, and how much of it: by term's number, the weightiest, in no order that means something.
pub(super) struct Index(Vec<Vec<Posting>>);

impl Index {
    /// Indexes what `found_by` takes of each row, with terms numbered below `terms`.
    pub(super) fn new(rows: &[Row], terms: usize, found_by: fn(&Row) -> &[Weighted]) -> Index {
        let mut index: Vec<Vec<Posting>> = vec![Vec::new(); terms];
        for (article, row) in (0u32..).zip(rows) {
            for one in found_by(row) {
                let postings = &mut index[one.term as usize];
                // Not all of a common term's are held until the end.
                if postings.len() == 2 * POSTINGS {
                    keep_weightiest(postings);
                }
                let share = one.share;
                postings.push(Posting { article, share });
            }
        }
        index.par_iter_mut().for_each(keep_weightiest);
        Index(index)
    }

    /// The postings of a term.
    pub(super) fn of(&self, term: u32) -> &[Posting] {
        &self.0[term as usize]
    }
}

/// Keeps the weightiest postings; of equal ones the first articles.
fn keep_weightiest(postings: &mut Vec<Posting>) {
    if postings.len() > POSTINGS {
        postings.select_nth_unstable_by(POSTINGS - 1, |a, b| {
            b.share.cmp(&a.share).then(a.article.cmp(&b.article))
        });
        postings.truncate(POSTINGS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_keeps_its_weightiest_articles_and_the_first_of_equal_ones() {
        let row = |article: usize| Row {
            terms: Box::new([Weighted {
                term: 0,
                share: 1 + (article % 2) as Share,
            }]),
            title: Box::default(),
        };
        for articles in [1, POSTINGS, 2 * POSTINGS, 7 * POSTINGS] {
            let rows: Vec<Row> = (0..articles).map(row).collect();
            let index = Index::new(&rows, 1, Row::found_by);
            let mut found: Vec<u32> = index.of(0).iter().map(|one| one.article).collect();
            found.sort_unstable();
            let mut expected: Vec<u32> = (0..articles as u32).collect();
            expected.sort_by_key(|article| (1 - article % 2, *article));
            expected.truncate(POSTINGS);
            expected.sort_unstable();
            assert_eq!(found, expected, "{articles}");
        }
    }
}
