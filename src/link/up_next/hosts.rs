//! Candidates turned round: whose candidate an article is.

use super::engine::Near;

/// By article, those whose candidate it is, sorted, and its place among their candidates.
pub(super) struct Hosts {
    /// Where each article's begin, and where the last one's end.
    starts: Vec<u32>,
    all: Vec<(u32, u32)>,
}

impl Hosts {
    /// Of the candidates of each article.
    pub(super) fn of(near: &[Vec<Near>]) -> Hosts {
        let mut starts = vec![0; near.len() + 1];
        for one in near.iter().flatten() {
            starts[one.article as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut ends = starts.clone();
        let mut all = vec![(0, 0); starts[near.len()] as usize];
        for (host, near) in (0u32..).zip(near) {
            for (place, one) in (0u32..).zip(near) {
                let end = &mut ends[one.article as usize];
                all[*end as usize] = (host, place);
                *end += 1;
            }
        }
        Hosts { starts, all }
    }

    /// Those of one article.
    pub(super) fn of_article(&self, article: usize) -> impl Iterator<Item = (u32, u32)> {
        let (start, end) = (self.starts[article], self.starts[article + 1]);
        self.all[start as usize..end as usize].iter().copied()
    }
}
