//! Remembers what is known of words, by their hashes. It is asked for every word of a site: nearly every answer is one
//! look into memory.

/// Places of an empty table, a power of two.
const PLACES: usize = 1 << 13;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It was not met yet.
    Unknown,
    /// Nothing: a stop word, a letter, a bare number.
    Silent,
    /// What its stem says, whose hash this is.
    Stem(u32),
}

/// Words that were met. Open addressing: at most half of the places are taken.
pub(super) struct Known {
    places: Vec<(u64, Meaning)>,
    taken: usize,
}

impl Default for Known {
    fn default() -> Known {
        Known {
            places: vec![(0, Meaning::Unknown); PLACES],
            taken: 0,
        }
    }
}

impl Known {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.taken
    }

    /// What is known of a word.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Meaning {
        self.find(key).1
    }

    /// Adds a word that is unknown yet.
    pub(super) fn add(&mut self, key: u64, meaning: Meaning) {
        let (place, _) = self.find(key);
        self.places[place] = (key, meaning);
        self.taken += 1;
        if self.taken * 2 > self.places.len() {
            let wider = vec![(0, Meaning::Unknown); self.places.len() * 2];
            for (key, meaning) in std::mem::replace(&mut self.places, wider) {
                if meaning != Meaning::Unknown {
                    let (place, _) = self.find(key);
                    self.places[place] = (key, meaning);
                }
            }
        }
    }

    /// Where a word is, or belongs; and what it says.
    #[inline]
    fn find(&self, key: u64) -> (usize, Meaning) {
        let mask = self.places.len() - 1;
        // The highest bits are mixed best.
        let mut place = key.rotate_left(24) as usize & mask;
        loop {
            let (other, meaning) = self.places[place];
            if other == key || meaning == Meaning::Unknown {
                return (place, meaning);
            }
            place = (place + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_however_many_there_are() {
        let mut known = Known::default();
        // These crowd around one place; the first has the key of an empty one.
        let keys = |number: u64| number | ((number % 7) << 40);
        for number in 0..20_000 {
            assert_eq!(known.get(keys(number)), Meaning::Unknown);
            known.add(keys(number), Meaning::Stem(number as u32));
        }
        for number in 0..20_000 {
            assert_eq!(known.get(keys(number)), Meaning::Stem(number as u32));
        }
        assert_eq!(known.len(), 20_000);
    }
}
