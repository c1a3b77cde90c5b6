//! Words and their stems in the site's language: stop words out, cases and forms of a word as one. Remembers every
//! word that it has seen, so that a word is stemmed once.

use super::known::{Known, Meaning};
use super::serbian;
use crate::fingerprint::of_word;
use crate::parse::snowball::{self, Stemmer};

/// Words that are remembered, at most: a site of endless part numbers must not fill the memory.
const REMEMBERED: usize = 1 << 20;

/// What one thread knows of a language's words.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    /// The stop words, by their hashes once folded.
    stop_words: Known,
    /// Words as written.
    words: Known,
    folded: String,
}

impl Stems {
    /// Knows nothing yet. Languages (BCP 47) without a stemmer are compared by whole words.
    pub(super) fn new(language: &str) -> Stems {
        let primary = &snowball::primary(language);
        let mut stop_words = Known::default();
        let mut silence = |word: &str| {
            let key = of_word(word.as_bytes());
            if stop_words.get(key) == Meaning::Unknown {
                stop_words.add(key, Meaning::Silent);
            }
        };
        let listed = match primary.as_str() {
            "sr" => Some(serbian::STOP_WORDS),
            _ => stop_words::lookup(primary),
        };
        for word in listed.unwrap_or_default() {
            let folded = word.to_lowercase();
            // Words are cut at apostrophes by some rules and not by others.
            folded
                .split(|c: char| !c.is_alphanumeric())
                .for_each(&mut silence);
            silence(&folded);
        }
        Stems {
            stemmer: snowball::stemmer(primary),
            stop_words,
            words: Known::default(),
            folded: String::new(),
        }
    }

    /// The hash of a word's stem, by the word's hash: the same in every thread. None for words that say nothing.
    #[inline]
    pub(super) fn of<'w>(&mut self, key: u64, word: impl FnOnce() -> &'w str) -> Option<u32> {
        let meaning = match self.words.get(key) {
            Meaning::Unknown => self.learn(key, word()),
            known => known,
        };
        match meaning {
            Meaning::Stem(hash) => Some(hash),
            _ => None,
        }
    }

    #[cold]
    fn learn(&mut self, key: u64, word: &str) -> Meaning {
        self.folded.clear();
        fold(word, &mut self.folded);
        let folded = self.folded.as_str();
        let is_number = folded.bytes().all(|b| b.is_ascii_digit()) && folded.len() != 4;
        let hash = |word: &str| of_word(word.as_bytes());
        let meaning = match &self.stemmer {
            _ if is_number || folded.len() < 2 => Meaning::Silent,
            _ if self.stop_words.get(hash(folded)) == Meaning::Silent => Meaning::Silent,
            Some(stemmer) => Meaning::Stem(hash(&stemmer.stem(folded)) as u32),
            None => Meaning::Stem(hash(folded) as u32),
        };
        self.words.add(key, meaning);
        meaning
    }

    /// Forgets all words where they have become too many.
    pub(super) fn forget_if_full(&mut self) {
        if self.words.len() > REMEMBERED {
            self.words = Known::default();
        }
    }
}

/// Adds a word in lower case, without a possessive `'s`.
pub(super) fn fold(word: &str, folded: &mut String) {
    let owner = word.strip_suffix('s');
    let base = owner
        .and_then(|owner| owner.strip_suffix(['\'', '’']))
        .unwrap_or(word);
    match base.is_ascii() {
        true => {
            let start = folded.len();
            folded.push_str(base);
            folded[start..].make_ascii_lowercase();
        }
        false => folded.extend(base.replace('’', "'").chars().flat_map(char::to_lowercase)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stop word and two forms of one word, in each language of the default theme that has them.
    const KNOWN: &[(&str, &str, &str, &str)] = &[
        ("ar", "هذا", "كتاب", "الكتاب"),
        ("bg", "които", "", ""),
        ("bn", "এবং", "", ""),
        ("ca", "amb", "gat", "gats"),
        ("cs", "který", "hrad", "hradu"),
        ("da", "ikke", "hund", "hunden"),
        ("de", "nicht", "Haus", "Häuser"),
        ("el", "και", "δρόμος", "δρόμοι"),
        ("en", "with", "friend", "friends"),
        ("es", "pero", "amigo", "amigos"),
        ("fa", "برای", "کتاب", "کتاب‌ها"),
        ("fi", "mutta", "talo", "talossa"),
        ("fr", "avec", "chanson", "chansons"),
        ("he", "אבל", "", ""),
        ("hi", "और", "लड़का", "लड़के"),
        ("hr", "koji", "grad", "grada"),
        ("hu", "nem", "ház", "házak"),
        ("id", "yang", "buku", "bukunya"),
        ("it", "anche", "gatto", "gatti"),
        ("ko", "그리고", "", ""),
        ("lt", "kad", "namas", "namai"),
        ("nb", "ikke", "hund", "hunden"),
        ("nl", "niet", "boek", "boeken"),
        ("nn", "ikke", "hund", "hunden"),
        ("pl", "który", "kot", "kota"),
        ("pt-BR", "mas", "menino", "meninos"),
        ("ro", "care", "carte", "cartea"),
        ("ru", "если", "книга", "книги"),
        ("sk", "ktorý", "", ""),
        ("sl", "kateri", "", ""),
        ("sr", "који", "град", "града"),
        ("sv", "inte", "hund", "hunden"),
        ("sw", "kwa", "", ""),
        ("ta", "ஒரு", "", ""),
        ("tr", "için", "kitap", "kitaplar"),
        ("uk", "який", "книга", "книги"),
        ("ur", "اور", "", ""),
        ("vi", "những", "", ""),
    ];

    #[test]
    fn function_words_are_silent_and_forms_are_one() {
        let mut wrong = Vec::new();
        for (language, silent, one, other) in KNOWN {
            let mut stems = Stems::new(language);
            let mut stem = |word: &'static str| stems.of(of_word(word.as_bytes()), || word);
            if stem(silent).is_some() {
                wrong.push(format!("{language}: {silent} is no stop word"));
            }
            if stem(one) != stem(other) {
                wrong.push(format!("{language}: {one} and {other} are two"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn any_word_has_a_stem_in_any_language() {
        let words = [
            "a",
            "é",
            "ß",
            "İ",
            "ǅ",
            "\u{301}\u{301}",
            "aaaaaaaaaaaa",
            "qwrtzp",
            "ийский",
            "ﷺﷺﷺ",
            "กขคงจ",
            "데이터베이스",
            "ⅷⅷ",
            "👩‍🚒👩‍🚒",
            "ьъьъьъ",
            "ыыыыы",
            "ٱلْكِتَاب",
            "அஅஅஅஅ",
            "l'où",
            "-’-’",
        ];
        for (language, ..) in KNOWN {
            let mut stems = Stems::new(language);
            for first in words {
                for second in words {
                    let word = format!("{first}{second}");
                    let key = of_word(word.as_bytes());
                    assert_eq!(stems.of(key, || &word), stems.of(key, || &word));
                }
            }
        }
    }
}
