//! Words in ASCII, folded and hashed eight bytes at a time: every byte of a site is looked at here.

/// The hash, in lower case, and the length of the run of ASCII letters and digits that begins at `at`; eight
/// bytes are looked at together.
pub(in crate::parse) fn ascii_word(bytes: &[u8], at: usize) -> (u64, usize) {
    let mut rest = &bytes[at..];
    let (mut state, mut length) = (0, 0);
    loop {
        let (eight, after) = match rest.split_first_chunk() {
            Some((eight, after)) => (*eight, after),
            None => {
                let mut eight = [0; 8];
                eight[..rest.len()].copy_from_slice(rest);
                (eight, &[][..])
            }
        };
        let eight = u64::from_le_bytes(eight);
        let here = letters(eight);
        // Of a letter, this bit says the case; digits have it.
        let folded = eight | each(0x20);
        if here < 8 {
            let own = (1 << (8 * here)) - 1;
            return (mixed(state ^ folded & own), length + here);
        }
        state = mixed(state ^ folded);
        length += 8;
        rest = after;
    }
}

fn mixed(state: u64) -> u64 {
    let mixed = state.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 29
}

/// How many of eight bytes, from the first, are ASCII letters or digits.
fn letters(eight: u64) -> usize {
    let low = eight & each(0x7f);
    let from = |bytes: u64, first: u8| bytes + each(0x80 - first);
    let lower = low | each(0x20);
    let letter = from(lower, b'a') & !from(lower, b'z' + 1);
    let digit = from(low, b'0') & !from(low, b'9' + 1);
    let others = !((letter | digit) & !eight) & each(0x80);
    others.trailing_zeros() as usize / 8
}

/// Eight times the same byte.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_are_told_apart_like_one() {
        for byte in 0..=u8::MAX {
            let expected = if byte.is_ascii_alphanumeric() { 8 } else { 3 };
            let eight = [b'a', b'Z', b'9', byte, b'0', b'z', b'A', b'm'];
            assert_eq!(letters(u64::from_le_bytes(eight)), expected, "{byte}");
        }
    }

    #[test]
    fn words_have_one_hash_in_any_case_and_place() {
        let hash = |text: &str, at| ascii_word(text.as_bytes(), at);
        assert_eq!(hash("Relationships end", 0), hash("<p>RELATIONSHIPS", 3));
        assert_eq!(hash("Relationships end", 0).1, 13);
        assert_ne!(hash("ab", 0).0, hash("ba", 0).0);
        assert_ne!(hash("relationship", 0).0, hash("relationships", 0).0);
    }
}
