//! Finds what the page at hand has already, by hash: the numbers of entries in a list of the caller's.

/// Places on a new page, a power of two: enough for most pages, and few enough to be cleared for each.
const PLACES: usize = 1 << 11;

/// What is looked for.
pub(super) enum Slot {
    /// Has this number.
    Taken(u32),
    /// Is not there, and belongs to this place.
    Free(usize),
}

/// Open addressing: an entry's number from 1 on; 0 where there is none. At most half of the places are taken.
pub(super) struct Slots(Vec<u32>);

impl Default for Slots {
    fn default() -> Slots {
        Slots(vec![0; PLACES])
    }
}

impl Slots {
    /// Begins a page.
    pub(super) fn clear(&mut self) {
        self.0.truncate(PLACES);
        self.0.fill(0);
    }

    /// The entry of a hash that `is_it`.
    #[inline]
    pub(super) fn find(&self, hash: u32, is_it: impl Fn(u32) -> bool) -> Slot {
        let mask = self.0.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            match self.0[place].checked_sub(1) {
                None => return Slot::Free(place),
                Some(number) if is_it(number) => return Slot::Taken(number),
                _ => place = (place + 1) & mask,
            }
        }
    }

    /// Takes a free place for the last of the entries, whose hashes these are.
    #[inline]
    pub(super) fn take(&mut self, place: usize, hashes: impl ExactSizeIterator<Item = u32>) {
        self.0[place] = small(hashes.len());
        if hashes.len() * 2 > self.0.len() {
            self.grow(hashes);
        }
    }

    #[cold]
    fn grow(&mut self, hashes: impl Iterator<Item = u32>) {
        self.0 = vec![0; self.0.len() * 2];
        for (number, hash) in (1..).zip(hashes) {
            if let Slot::Free(place) = self.find(hash, |_| false) {
                self.0[place] = number;
            }
        }
    }
}

/// A number in half the room.
pub(super) fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_on_the_page_that_has_them() {
        let mut slots = Slots::default();
        // Each hash is that of two entries.
        let hash = |number: u32| number / 2;
        for _ in 0..2 {
            slots.clear();
            for number in 0..5000 {
                let Slot::Free(place) = slots.find(hash(number), |other| other == number) else {
                    panic!("{number} is not there yet");
                };
                slots.take(place, (0..number as usize + 1).map(|n| hash(n as u32)));
            }
            for number in 0..5000 {
                let found = slots.find(hash(number), |other| other == number);
                assert!(matches!(found, Slot::Taken(n) if n == number), "{number}");
            }
        }
    }
}
