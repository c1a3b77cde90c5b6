//! The syllables of German and Dutch words: each vowel is one, but for the pairs and triples that are one together.

use super::ends;

/// Of a German word.
pub(super) fn german(word: &[char]) -> usize {
    let two = ends(word, "eum") || ends(word, "äum");
    by_pairs(word, "aeiouyäöü", GERMAN) + usize::from(two)
}

/// Of a Dutch word.
pub(super) fn dutch(word: &[char]) -> usize {
    by_pairs(word, "aeiouyáéèëïöü", DUTCH)
}

/// Vowels that are one syllable together, longest first; each other vowel is one of its own.
const GERMAN: &[&str] = &[
    "aa", "ai", "au", "ay", "ee", "ei", "eu", "ey", "ie", "oo", "äu",
];
const DUTCH: &[&str] = &[
    "aai", "eau", "eeu", "ieu", "ieë", "oei", "ooi", "aa", "ai", "au", "ee", "ei", "eu", "ie",
    "oe", "oo", "ou", "ui", "uu", "ëi",
];

fn by_pairs(word: &[char], vowels: &str, together: &[&str]) -> usize {
    let is_vowel = |c: char| vowels.contains(c);
    let (mut at, mut count) = (0, 0);
    while at < word.len() {
        let c = word[at];
        let next = word.get(at + 1).copied();
        // Quelle, jaar, you: no vowels of their own here.
        let silent = c == 'u' && at > 0 && word[at - 1] == 'q'
            || c == 'y' && next.is_some_and(is_vowel) && (at == 0 || !is_vowel(word[at - 1]));
        if silent || !is_vowel(c) {
            at += 1;
            continue;
        }
        let starts = |group: &&&str| {
            let length = group.chars().count();
            word[at..].iter().copied().take(length).eq(group.chars())
        };
        let group = together.iter().find(starts);
        at += group.map_or(1, |group| group.chars().count());
        // In Dutch, `ij` is written with a j.
        if word.get(at) == Some(&'j') && word[at - 1] == 'i' && vowels.contains('ë') {
            at += 1;
        }
        count += 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::super::{Speech, check};

    #[test]
    fn german_words_are_counted() {
        check(
            Speech::German,
            "die Lie·be mei·ne Ent·chen schwim·men Köpf·chen Tren·nung Be·zie·hung neu neu·e Bau·er schau·en Häu·ser Müt·ter \
             The·a·ter Na·ti·on Quel·le Qual Typ Mu·se·um See Schnee Haar Boot be·ob·ach·ten Freun·din zu·erst E·he \
             Kon·takt·sper·re Brief·kas·ten ich Ei ru·hig Ra·di·o",
        );
    }

    #[test]
    fn dutch_words_are_counted() {
        check(
            Speech::Dutch,
            "de jaar huis tijd mooi sneeuw nieuws lief·de be·ant·woor·den bij blij·ven ge·zien i·dee be·ëin·digd zo·ë·ven \
             koei·en thuis boek re·la·tie ik",
        );
    }
}
