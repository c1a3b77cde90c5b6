//! Words as search compares them: lower case, without the accents of Latin, Greek and Cyrillic and the vowel signs of
//! Arabic and Hebrew, cut the same way as `assets/search.js` cuts what readers type. `tests/browser/words.txt` holds both to it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::script::is_spaceless;

/// Characters of a word, at most: what is longer, nobody types.
pub(super) const LONGEST: usize = 40;

/// Whether a character belongs to a word. Apostrophes do, too, between two that do.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Both signs that people write for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Calls `found` with each word that a run of word characters and apostrophes stands for. Scripts without
/// spaces give pairs of characters that stand together. `buffer` is for use here only.
pub(super) fn words(run: &str, buffer: &mut String, mut found: impl FnMut(&str)) {
    fold(run, buffer);
    let mut rest = buffer.as_str();
    while let Some(first) = rest.chars().next() {
        let spaceless = is_spaceless(first);
        let end = rest
            .find(|c| is_spaceless(c) != spaceless)
            .unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if spaceless {
            pairs(part, &mut found);
        } else if part.len() > 1 && part.chars().count() <= LONGEST {
            found(part);
        }
        rest = after;
    }
}

fn fold(run: &str, folded: &mut String) {
    let base = ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|ending| run.strip_suffix(ending))
        .unwrap_or(run);
    folded.clear();
    if base.chars().all(|c| c.is_ascii() || is_apostrophe(c)) {
        let letters = base.chars().filter(char::is_ascii_alphanumeric);
        folded.extend(letters.map(|c| c.to_ascii_lowercase()));
        return;
    }
    let mut bare = String::with_capacity(base.len());
    for c in base.nfkd() {
        // The breve of the Cyrillic й makes another letter, which endings are known by.
        let makes_a_letter = c == '\u{306}' && bare.ends_with(['и', 'И']);
        if makes_a_letter || !is_accent(c) && !matches!(c, '\'' | '’' | 'ʼ') {
            bare.push(c);
        }
    }
    let plain = bare.to_lowercase();
    let mut spelled = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            'ß' => spelled.push_str("ss"),
            'æ' => spelled.push_str("ae"),
            'œ' => spelled.push_str("oe"),
            'ø' => spelled.push('o'),
            'ł' => spelled.push('l'),
            'đ' | 'ð' => spelled.push('d'),
            'þ' => spelled.push_str("th"),
            'ı' => spelled.push('i'),
            'ς' => spelled.push('σ'),
            // One letter in several forms: of Arabic and of Persian.
            '\u{671}' => spelled.push('\u{627}'),
            '\u{649}' | '\u{6cc}' => spelled.push('\u{64a}'),
            '\u{6a9}' => spelled.push('\u{643}'),
            _ => spelled.push(c),
        }
    }
    folded.extend(spelled.nfc());
}

/// A sign that makes no other word: an accent, a vowel of Hebrew or Arabic, or what makes an Arabic word wider.
fn is_accent(c: char) -> bool {
    matches!(
        u32::from(c),
        0x300..=0x36f
            | 0x591..=0x5bd | 0x5bf | 0x5c1..=0x5c2 | 0x5c4..=0x5c5 | 0x5c7
            | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670
            | 0x6d6..=0x6dc | 0x6df..=0x6e4 | 0x6e7..=0x6e8 | 0x6ea..=0x6ed
            | 0x8d3..=0x8e1 | 0x8e3..=0x8ff
    )
}

fn pairs(run: &str, found: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    if starts.len() == 1 {
        found(run);
    }
    for (place, start) in starts
        .iter()
        .enumerate()
        .take(starts.len().saturating_sub(1))
    {
        let end = starts.get(place + 2).copied().unwrap_or(run.len());
        found(&run[*start..end]);
    }
}
