//! Picks so many of the greatest counts; of equal ones, the first.

/// What counts more than this is soon told apart by its rarity.
const GREATEST: u32 = 63;

/// How many counts there are of each size.
pub(super) struct Sizes([u32; GREATEST as usize + 1]);

impl Sizes {
    pub(super) fn of(counts: impl Iterator<Item = u32>) -> Sizes {
        let mut sizes = [0; GREATEST as usize + 1];
        counts.for_each(|count| sizes[count.min(GREATEST) as usize] += 1);
        Sizes(sizes)
    }

    /// What picks at most `limit` of them.
    pub(super) fn heaviest(&self, limit: u32) -> Heaviest {
        let mut room = limit;
        for count in (0..=GREATEST).rev() {
            let size = self.0[count as usize];
            if size > room {
                return Heaviest {
                    above: count,
                    of_equal: room,
                };
            }
            room -= size;
        }
        Heaviest {
            above: 0,
            of_equal: 0,
        }
    }
}

/// Asked about each count in turn.
pub(super) struct Heaviest {
    /// Counts above this are in.
    above: u32,
    /// So many of exactly this are in.
    of_equal: u32,
}

impl Heaviest {
    pub(super) fn take(&mut self, count: u32) -> bool {
        let count = count.min(GREATEST);
        if count == self.above && self.of_equal > 0 {
            self.of_equal -= 1;
            return true;
        }
        count > self.above
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_are_in_and_the_first_of_equal_ones() {
        let counts = [1, 70, 2, 64, 2, 1, 2];
        let taken = |limit| {
            let mut heaviest = Sizes::of(counts.into_iter()).heaviest(limit);
            counts.map(|count| heaviest.take(count))
        };
        assert_eq!(taken(1), [false, true, false, false, false, false, false]);
        assert_eq!(taken(4), [false, true, true, true, true, false, false]);
        assert_eq!(taken(6), [true, true, true, true, true, false, true]);
        assert_eq!(taken(9), [true; 7]);
    }
}
