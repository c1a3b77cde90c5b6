//! Numbers words as they are met. This is asked once for every word of the site.

/// Words by number, found by hash.
pub struct Table {
    /// Open addressing: half of a word's hash, and its number from 1; 0 for a free slot. At most half of these
    /// are taken, and there are a power of two.
    slots: Vec<u64>,
    hashes: Vec<u64>,
    /// The words in small letters, in the order of their numbers, a line end after each.
    pub text: String,
}

impl Table {
    /// A table with room for about half of `slots` words; it grows when there are more.
    pub fn new(slots: usize) -> Table {
        Table {
            slots: vec![0; slots.next_power_of_two().max(4)],
            hashes: Vec::new(),
            text: String::new(),
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The word that was added last.
    pub fn last(&self) -> &str {
        let words = self.text.strip_suffix('\n').unwrap_or_default();
        &words[words.rfind('\n').map_or(0, |end| end + 1)..]
    }

    /// The number of a word, from 0; a new one gets the next.
    #[inline]
    pub fn number(&mut self, word: &str, hash: u64) -> usize {
        let place = self.place(hash);
        match self.slots[place] as u32 {
            0 => self.add(place, word, hash),
            number => number as usize - 1,
        }
    }

    /// The slot of a word, or the free one where it belongs. Two words whose hashes agree in all that is
    /// looked at, some 50 bits, would be as one.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        // The highest bits are mixed best.
        let mut place = hash.rotate_left(20) as usize & mask;
        while self.slots[place] != 0 && (self.slots[place] >> 32) as u32 != hash as u32 {
            place = (place + 1) & mask;
        }
        place
    }

    fn add(&mut self, place: usize, word: &str, hash: u64) -> usize {
        let start = self.text.len();
        self.text.push_str(word);
        self.text[start..].make_ascii_lowercase();
        self.text.push('\n');
        self.hashes.push(hash);
        self.slots[place] = entry(hash, self.hashes.len());
        if self.hashes.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for number in 1..=self.hashes.len() {
                let hash = self.hashes[number - 1];
                let place = self.place(hash);
                self.slots[place] = entry(hash, number);
            }
        }
        self.hashes.len() - 1
    }
}

fn entry(hash: u64, number: usize) -> u64 {
    hash << 32 | number as u64 & u64::from(u32::MAX)
}
