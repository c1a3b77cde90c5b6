//! Phrases as numbers: the same words in the same order are the same number.

use crate::parse::terms::PhraseWord;

/// What words of a phrase come to, one after the other.
pub(super) fn add(hash: u64, key: u32) -> u64 {
    (hash ^ u64::from(key))
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(29)
}

/// What a phrase comes to.
pub(super) fn hash(words: &[PhraseWord]) -> u64 {
    words.iter().fold(0, |hash, word| add(hash, word.key))
}
