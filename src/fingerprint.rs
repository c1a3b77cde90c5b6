//! Hashes for telling whether bytes changed, and for the names of theme assets. Not for security.

use std::fmt;
use std::io::{self, Write};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

/// The 128-bit XXH3 hash of some bytes.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    BorshDeserialize,
    BorshSerialize,
)]
pub struct Fingerprint(pub u128);

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint(xxh3_128(bytes))
    }

    /// The bytes that [`Fingerprint::short`] writes as digits.
    pub fn short_bytes(self) -> [u8; 5] {
        let [a, b, c, d, e, ..] = self.0.to_be_bytes();
        [a, b, c, d, e]
    }

    /// Its first ten hexadecimal digits, for a file's name.
    pub fn short(self) -> String {
        format!("{self}")[..10].to_owned()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As two numbers, because one of 128 bits is slow to write.
        write!(f, "{:016x}{:016x}", (self.0 >> 64) as u64, self.0 as u64)
    }
}

impl std::str::FromStr for Fingerprint {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Fingerprint)
    }
}

/// A fingerprint under construction, of several values.
#[derive(Default)]
pub struct Mix(Xxh3);

impl Mix {
    /// Adds a value. Two values are told from one that is both run together.
    pub fn add<T: BorshSerialize + ?Sized>(&mut self, value: &T) {
        // Writing into a hash cannot fail, and a number that is none is as good as any other.
        let _ = value.serialize(self);
    }

    /// Of all that was added, in its order.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.digest128())
    }
}

impl Write for Mix {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A 64-bit hash of a word, for terms.
pub fn of_word(word: &[u8]) -> u64 {
    xxh3_64(word)
}

/// A hash of two words that stand together, from theirs. The order counts.
pub fn of_pair(first: u32, second: u32) -> u32 {
    let mixed = (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29))
        .wrapping_mul(0xBF58_476D_1CE4_E5B9)
        .wrapping_shr(32) as u32
}
