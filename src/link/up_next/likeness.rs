//! How two articles compare: one is laid out by its terms' numbers, others are held against it.

use super::row::{COMMON, Row, SHARE_BITS, Share, WHOLE, number_of, pairs, parts};

/// Set in a share that is laid out, where the term is one of the title.
const OF_TITLE: Share = 1 << SHARE_BITS;

/// How two articles compare: the same way round and round.
#[derive(Clone, Copy, Default)]
pub(super) struct Likeness {
    /// The cosine of their vectors.
    pub(super) cosine: f32,
    /// How much of the title of each stands in the other, added: at most 2.
    pub(super) titles: f32,
}

/// A row laid out by the terms' numbers, to be compared with many others.
pub(super) struct Dense {
    /// As many as a number of 16 bits can name, so that no look needs a check.
    common: Box<[Share; COMMON]>,
    rare: Vec<Share>,
}

impl Dense {
    /// All zero, for terms numbered below `terms`.
    pub(super) fn new(terms: usize) -> Dense {
        Dense {
            common: Box::new([0; COMMON]),
            rare: vec![0; terms.saturating_sub(COMMON)],
        }
    }

    /// Lays out a row.
    pub(super) fn lay(&mut self, row: Row<'_>) {
        for (term, share) in row.iter() {
            let laid = self.of_mut(term);
            // Two words of an article that are taken for one another are one term twice.
            *laid = (*laid + share).min(!OF_TITLE);
        }
        for (term, _) in row.title() {
            *self.of_mut(term) |= OF_TITLE;
        }
    }

    /// Takes a row away again.
    pub(super) fn clear(&mut self, row: Row<'_>) {
        for (term, _) in row.iter() {
            *self.of_mut(term) = 0;
        }
    }

    fn of(&self, term: u32) -> Share {
        match self.common.get(term as usize) {
            Some(share) => *share,
            None => self.rare[term as usize - COMMON],
        }
    }

    fn of_mut(&mut self, term: u32) -> &mut Share {
        match self.common.get_mut(term as usize) {
            Some(share) => share,
            None => &mut self.rare[term as usize - COMMON],
        }
    }

    /// Compares `laid`, the row that is laid out, with another.
    pub(super) fn compare(&self, laid: Row<'_>, row: Row<'_>) -> Likeness {
        // Two vectors of length one: what all products come to is far from too large. What the marks of the title
        // add is taken off again, which is less work than to look at each without its mark.
        let (mut sum, mut titles) = (0u32, 0u32);
        let mut add = |own: Share, share: Share| {
            sum = sum.wrapping_add(u32::from(own).wrapping_mul(u32::from(share)));
        };
        let mut marked = 0u32;
        let mut of_title = |term: u32, share: Share| {
            let found = laid.title().find(|(own, _)| *own == term);
            titles += found.map_or(0, |(_, share)| u32::from(share));
            u32::from(OF_TITLE) * u32::from(share)
        };
        let (eights, rest) = row.common.as_chunks::<8>();
        for words in eights {
            let mut seen = 0;
            for word in words {
                let (term, share) = parts(*word);
                let own = self.common[usize::from(term)];
                seen |= own;
                add(own, share);
            }
            if seen & OF_TITLE != 0 {
                let words = words.map(parts).into_iter();
                let own = words.filter(|(term, _)| self.common[usize::from(*term)] & OF_TITLE != 0);
                let own = own.map(|(term, share)| of_title(u32::from(term), share));
                marked = own.fold(marked, u32::wrapping_add);
            }
        }
        let rest = rest.iter().map(|word| parts(*word));
        let rest = rest.map(|(term, share)| (u32::from(term), share));
        for (term, share) in rest.chain(pairs(row.rare)) {
            let own = self.of(term);
            add(own, share);
            if own & OF_TITLE != 0 {
                marked = marked.wrapping_add(of_title(term, share));
            }
        }
        let stands = |term: u32| self.of(term) & !OF_TITLE != 0;
        let theirs = row.title().filter(|(term, _)| stands(*term));
        titles += theirs.map(|(_, share)| u32::from(share)).sum::<u32>();
        Likeness {
            cosine: number_of(sum.wrapping_sub(marked)),
            titles: titles as f32 / WHOLE,
        }
    }
}
