//! The syllables of Spanish and Portuguese words: vowels that stand together are one where one of them is weak.

use super::ends;

/// Of a Spanish word.
pub(super) fn spanish(word: &[char]) -> usize {
    latin(word, "aeoáéó", "iuü", "íú")
}

/// Of a Portuguese word.
pub(super) fn portuguese(word: &[char]) -> usize {
    let glides = ["ão", "ãe", "õe", "ãos", "ães", "ões"];
    let nasal = glides.iter().any(|ending| ends(word, ending));
    let strong = "aeoáéóâêôàãõ";
    let count = latin(word, strong, "iuü", "íú");
    // Without an accent before it, the weak vowel of -ia, -io, -ua, -uo is the loud one: alegria, but família.
    let plain = !word.iter().any(|c| "áéíóúâêôãõ".contains(*c));
    let bare = if ends(word, "s") {
        &word[..word.len() - 1]
    } else {
        word
    };
    let parts = ["ia", "io", "ua", "uo"].iter().any(|ending| {
        ends(bare, ending)
            && bare.len() > 2
            && !matches!(bare[bare.len() - 3], 'q' | 'g')
            && !"aeo".contains(bare[bare.len() - 3])
    });
    (count + usize::from(parts && plain) - usize::from(nasal && count > 1)).max(1)
}

/// Vowels that stand together: two strong ones part, and so does a weak one with an accent.
fn latin(word: &[char], strong: &str, weak: &str, accented: &str) -> usize {
    let mut count = 0usize;
    let mut before: Option<char> = None;
    for (at, &c) in word.iter().enumerate() {
        let silent = c == 'u'
            && at > 0
            && matches!(word[at - 1], 'q' | 'g')
            && word.get(at + 1).is_some_and(|c| "eiéíê".contains(*c));
        let is_vowel = !silent && (strong.contains(c) || weak.contains(c) || accented.contains(c));
        if is_vowel {
            let parts = before.is_none_or(|before| {
                accented.contains(c)
                    || accented.contains(before)
                    || strong.contains(c) && strong.contains(before)
            });
            count += usize::from(parts);
        }
        before = is_vowel.then_some(c);
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::super::{Speech, check};

    #[test]
    fn spanish_words_are_counted() {
        check(
            Speech::Spanish,
            "el ca·sa dia·rio dí·a ca·mión a·ho·ra te·a·tro pa·ís muy rey y que gue·rra a·gua pin·güi·no ciu·dad cau·sa \
             le·er rup·tu·ra co·ra·zón can·ción mie·do",
        );
    }

    #[test]
    fn portuguese_words_are_counted() {
        check(
            Speech::Portuguese,
            "o ca·sa não mãe co·ra·ção co·ra·ções di·a a·le·gri·a fa·mí·lia his·tó·ria sa·ú·de pa·ís á·gua quem guer·ra \
             a·mor meu mui·to",
        );
    }
}
