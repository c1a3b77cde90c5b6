//! The words of a page, counted: those that up next compares, and those that search finds. What is a word is
//! parse's; what it weighs is theirs.

use borsh::{BorshDeserialize, BorshSerialize};

/// A term's hash and how often it occurs, fields weighted, in 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize)]
pub struct Counted(u32);

impl Counted {
    /// Terms are told apart by so many first bits of their hashes. Two terms in one place are as one: among
    /// 600,000 terms one in a hundred has such a neighbour, nearly always both rare.
    pub const BITS: u32 = 26;

    /// Counts are told in so many steps: up to 31 as they are, then in four steps from each power of two to the next.
    pub const STEPS: u32 = 1 << (32 - Counted::BITS);

    /// A term of this hash.
    pub fn new(hash: u32, count: u32) -> Counted {
        let step = match count.checked_ilog2() {
            Some(log @ 5..) => 32 + (log - 5) * 4 + (count >> (log - 2)) % 4,
            _ => count,
        };
        Counted(hash & !(Counted::STEPS - 1) | step.min(Counted::STEPS - 1))
    }

    /// Where a term of this hash stands among all that can be told apart, below `1 << BITS`.
    pub fn place_of(hash: u32) -> u32 {
        hash >> (32 - Counted::BITS)
    }

    /// Where the term stands among all that can be told apart.
    pub fn place(self) -> u32 {
        Counted::place_of(self.0)
    }

    /// How often it occurs, in steps: see [`Counted::count_of`].
    pub fn step(self) -> u32 {
        self.0 % Counted::STEPS
    }

    /// The count that a step stands for: the middle of those that it is taken for.
    pub fn count_of(step: u32) -> u32 {
        match step.checked_sub(32) {
            Some(over) => (9 + over % 4 * 2) << (over / 4 + 2),
            None => step,
        }
    }
}

/// A term's hash, and where its spelling begins and ends.
pub type Spelled = (u32, u16, u16);

/// Weighted words and pairs of words: what up next compares.
#[derive(Clone, Debug, Default, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Terms {
    /// The stems (and two stems that stand together): the title's, then the others, in the order of their first places.
    pub counted: Box<[Counted]>,
    /// How many of them the title has.
    pub title: u16,
    /// Spellings of the heaviest, as readers see them: hash, and the place in `text`.
    pub spellings: Box<[Spelled]>,
    /// The spellings, one after the other.
    pub text: Box<str>,
}

impl Terms {
    /// The spellings, with their hashes.
    pub fn spelled(&self) -> impl Iterator<Item = (u32, &str)> {
        self.spellings
            .iter()
            .map(|(hash, start, end)| (*hash, &self.text[usize::from(*start)..usize::from(*end)]))
    }
}

/// The words of a body as search compares them, and how often each stands there.
#[derive(Clone, Debug, Default, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Vocabulary {
    /// Folded, each once, in the order of their first places, a line end after each.
    pub words: Box<str>,
    /// By word: twice how often it stands there, and one more where it stands in a heading.
    pub tallies: Box<[u16]>,
    /// Which of them follow each other: a Bloom filter of `parse::words::SLOTS` bits, or empty.
    pub neighbours: Box<[u8]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_exactly_and_then_in_steps() {
        let told = |count| Counted::count_of(Counted::new(u32::MAX, count).step());
        for count in 0..32 {
            assert_eq!(told(count), count);
        }
        for count in 32..8_192 {
            assert!(told(count).abs_diff(count) * 8 <= count, "{count}");
            assert!(told(count) <= told(count + 1), "{count}");
        }
        assert_eq!(told(u32::MAX), told(8_191));
    }
}
