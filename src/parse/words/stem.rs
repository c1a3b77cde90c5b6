//! The stem that the forms of a word share, for search: that of up next's stemmers, of words as search folds them.

use crate::parse::snowball;

/// Finds stems in one language.
pub struct Stemmer {
    snowball: Option<snowball::Stemmer>,
    /// Whether the language writes letters that folding has made Arabic ones.
    persian: bool,
}

impl Stemmer {
    /// For a language (BCP 47). Without a stemmer each word is its own stem.
    pub fn new(language: &str) -> Stemmer {
        Stemmer {
            snowball: snowball::stemmer(language),
            persian: language.starts_with("fa"),
        }
    }

    /// The stem of a folded word; itself where it has a sign, is a number, or its language has no stemmer.
    pub fn stem(&self, word: &str) -> String {
        let Some(stemmer) = &self.snowball else {
            return word.to_owned();
        };
        if word
            .bytes()
            .any(|byte| byte.is_ascii() && !byte.is_ascii_lowercase())
        {
            return word.to_owned();
        }
        let stem = match self.persian {
            true => stemmer
                .stem(&word.replace('ي', "ی").replace('ك', "ک"))
                .into_owned(),
            false => stemmer.stem(word).into_owned(),
        };
        if stem.is_empty() {
            word.to_owned()
        } else {
            stem
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_as_search_folds_them_have_one_stem() {
        for (language, forms) in [
            ("en", &["cheat", "cheated", "cheating", "cheats"][..]),
            ("en-GB", &["friend", "friends"]),
            ("de", &["hund", "hunde", "hunden"]),
            ("fr", &["chanson", "chansons"]),
            ("es", &["amigo", "amigos"]),
            ("ru", &["красный", "красные", "красного"]),
            ("ar", &["كتاب", "الكتاب"]),
            ("fa", &["دوست", "دوستان"]),
            ("hu", &["haz", "hazak"]),
            ("tr", &["kitap", "kitaplar"]),
            ("nb", &["hund", "hunden"]),
        ] {
            let stemmer = Stemmer::new(language);
            let stems: Vec<String> = forms.iter().map(|form| stemmer.stem(form)).collect();
            assert!(
                stems.iter().all(|stem| *stem == stems[0]),
                "{language}: {stems:?}"
            );
        }
    }

    #[test]
    fn names_with_signs_and_numbers_are_their_own_stems() {
        let stemmer = Stemmer::new("en");
        for word in ["c++", ".net", "2026", "x86s", "分手"] {
            assert_eq!(stemmer.stem(word), word);
        }
        assert_eq!(Stemmer::new("zh").stem("friends"), "friends");
    }
}
