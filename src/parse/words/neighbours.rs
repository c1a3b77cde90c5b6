//! Which words follow each other in a text, as a Bloom filter: what a search for words in quotes asks before it
//! reads a page. `assets/search.js` computes the same places.

/// The places of a filter. An article of a thousand words takes one in ten.
pub const SLOTS: usize = 1 << 13;

/// The pairs of words that follow each other in some texts.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// Empty, or a bit for each place.
    bits: Vec<u8>,
    before: Option<u32>,
}

impl Neighbours {
    /// Goes on where others ended, with a new text.
    pub fn from_bits(bits: &[u8]) -> Neighbours {
        let (bits, before) = (bits.to_vec(), None);
        Neighbours { bits, before }
    }

    /// The next word of the text.
    pub fn add(&mut self, word: &str) {
        self.add_name(name(word));
    }

    /// The next word of the text, by its name.
    #[inline]
    pub(super) fn add_name(&mut self, name: u32) {
        if let Some(before) = self.before.replace(name) {
            self.bits.resize(SLOTS / 8, 0);
            let slot = slot(before, name);
            self.bits[slot / 8] |= 1 << (slot % 8);
        }
    }

    /// What follows is another text.
    pub fn end_text(&mut self) {
        self.before = None;
    }

    /// A bit for each place; empty where no words follow each other.
    pub fn bits(self) -> Vec<u8> {
        self.bits
    }
}

/// The FNV-1a hash of a word, in small letters.
pub(super) fn name(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    })
}

fn slot(first: u32, second: u32) -> usize {
    let mixed = first.wrapping_mul(0x9E37_79B1).wrapping_add(second);
    (mixed.wrapping_mul(0x85EB_CA6B) >> (32 - SLOTS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_has_the_place_that_the_script_computes() {
        // The script is held to these numbers by tests/browser/search.mjs, which asks for words in quotes.
        assert_eq!(name("contact"), name("Contact"));
        let mut neighbours = Neighbours::default();
        for word in ["no", "contact"] {
            neighbours.add(word);
        }
        neighbours.end_text();
        neighbours.add("no");
        let bits = neighbours.bits();
        assert_eq!(bits.iter().map(|byte| byte.count_ones()).sum::<u32>(), 1);
        let slot = slot(name("no"), name("contact"));
        assert!(bits[slot / 8] & 1 << (slot % 8) != 0);
    }
}
