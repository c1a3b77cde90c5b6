//! Scripts by their signs: which put no spaces between words, which are wide, which run from right to left. One table for
//! all who ask.

/// Whether a sign is of a script without spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
pub fn is_spaceless(c: char) -> bool {
    is_ideographic(c) || is_southeast_asian(c)
}

/// Whether a sign is Thai, Lao, Burmese or Khmer: letters, some five to a word.
pub fn is_southeast_asian(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF)
}

/// Whether a sign is of Chinese or Japanese, after each of which a line may end.
pub fn is_ideographic(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether a sign is a Chinese character, which says as much as a word.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether a sign is Korean.
pub fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF)
}

/// Whether a sign is Chinese, Japanese or Korean, be it a letter or punctuation.
pub fn is_cjk(c: char) -> bool {
    is_hangul(c)
        || matches!(
            u32::from(c),
            0x2E80..=0x2FFF
                | 0x3001..=0xA4CF
                | 0xF900..=0xFAFF
                | 0xFE30..=0xFE6F
                | 0xFF01..=0xFFEF
                | 0x1AFF0..=0x1B2FF
                | 0x20000..=0x3FFFF
        )
}

/// Whether a sign is punctuation of Chinese, Japanese or Korean.
pub fn is_cjk_punctuation(c: char) -> bool {
    let is_of_cjk = matches!(u32::from(c), 0x3000..=0x303F | 0xFE30..=0xFE4F | 0xFF00..=0xFF65);
    is_of_cjk && !c.is_alphanumeric()
}

/// Whether a sign takes the room of two Latin letters.
pub fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x20000..=0x3FFFD)
}

/// Whether a text is written from right to left, by its first letter.
pub fn is_right_to_left(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC))
}
