//! How hard a text is to read, by the published formula of its language. What a page is told of it, the lint
//! `reading-ease` says.

use super::syllables::{self, Speech};
use super::words;

/// What is counted of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Sentences.
    pub sentences: usize,
    /// Words.
    pub words: usize,
    /// Syllables, where the formula wants them.
    pub syllables: usize,
    /// Letters and digits.
    pub letters: usize,
    /// Words of more than six letters.
    pub long_words: usize,
}

/// A formula.
pub struct Formula {
    /// Its authors and its year, as messages name it.
    pub name: &'static str,
    /// A good text is above this, unless the site says another number; with LIX, below it.
    pub usual: u32,
    /// Whether great numbers are hard texts.
    pub upwards: bool,
    speech: Option<Speech>,
    score: fn(f64, f64, &Counts) -> f64,
}

/// Flesch's form: a number less so much for each word of a sentence and for each syllable of a word.
macro_rules! flesch {
    ($name:literal, $usual:literal, $speech:ident, $whole:literal, $sentence:literal, $word:literal) => {
        Formula {
            name: $name,
            usual: $usual,
            upwards: false,
            speech: Some(Speech::$speech),
            score: |length, syllables, _| $whole - $sentence * length - $word * syllables,
        }
    };
}

/// By primary subtag.
const FORMULAS: &[(&str, Formula)] = &[
    ("de", flesch!("Amstad 1978", 30, German, 180.0, 1.0, 58.5)),
    (
        "en",
        flesch!("Flesch 1948", 30, English, 206.835, 1.015, 84.6),
    ),
    (
        "es",
        flesch!("Szigriszt-Pazos 1993", 40, Spanish, 206.835, 1.0, 62.3),
    ),
    (
        "fr",
        flesch!("Kandel & Moles 1958", 30, French, 207.0, 1.015, 73.6),
    ),
    ("it", GULPEASE),
    ("nl", flesch!("Douma 1960", 30, Dutch, 206.84, 0.93, 77.0)),
    (
        "pt",
        flesch!("Martins et al. 1996", 30, Portuguese, 248.835, 1.015, 84.6),
    ),
    (
        "ru",
        flesch!("Oborneva 2006", 30, Russian, 206.835, 1.3, 60.1),
    ),
];

const GULPEASE: Formula = Formula {
    name: "Gulpease 1988",
    usual: 40,
    upwards: false,
    speech: None,
    score: |length, _, counts| {
        89.0 + 300.0 / length - 10.0 * counts.letters as f64 / counts.words as f64
    },
};

const LIX: Formula = Formula {
    name: "LIX, Björnsson 1968",
    usual: 60,
    upwards: true,
    speech: None,
    score: |length, _, counts| length + 100.0 * counts.long_words as f64 / counts.words as f64,
};

/// The formula for a language (a primary subtag); none where words do not stand apart.
pub fn formula(language: &str) -> Option<&'static Formula> {
    if !super::has_spaces(language) {
        return None;
    }
    let own = FORMULAS.iter().find(|(code, _)| *code == language);
    Some(own.map_or(&LIX, |(_, formula)| formula))
}

impl Formula {
    /// Counts one more sentence.
    pub fn count(&self, sentence: &str, counts: &mut Counts, letters: &mut Vec<char>) {
        counts.sentences += 1;
        for word in words(sentence) {
            let length = word.chars().filter(|c| c.is_alphanumeric()).count();
            counts.words += 1;
            counts.letters += length;
            counts.long_words += usize::from(length > 6);
            counts.syllables += self
                .speech
                .map_or(0, |speech| syllables::count(speech, word, letters));
        }
    }

    /// The score of what was counted; `None` of nothing.
    pub fn score(&self, counts: &Counts) -> Option<f64> {
        let words = counts.words as f64;
        (counts.words > 0 && counts.sentences > 0).then(|| {
            (self.score)(
                words / counts.sentences as f64,
                counts.syllables as f64 / words,
                counts,
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(language: &str, counts: Counts) -> f64 {
        let score = formula(language).unwrap().score(&counts).unwrap();
        (score * 100.0).round() / 100.0
    }

    /// Each by hand, from the formula as it was published: 100 words in 5 sentences with 150 syllables.
    #[test]
    fn formulas_are_as_published() {
        let counts = Counts {
            sentences: 5,
            words: 100,
            syllables: 150,
            letters: 450,
            long_words: 20,
        };
        for (language, score) in [
            ("en", 59.64),  // 206.835 - 20.3 - 126.9
            ("de", 72.25),  // 180 - 20 - 87.75
            ("es", 93.39),  // 206.835 - 20 - 93.45
            ("fr", 76.3),   // 207 - 20.3 - 110.4
            ("nl", 72.74),  // 206.84 - 18.6 - 115.5
            ("pt", 101.64), // 42 more than English
            ("ru", 90.69),  // 206.835 - 26 - 90.15
            ("it", 59.0),   // 89 + (300 * 5 - 10 * 450) / 100
            ("sv", 40.0),   // 20 + 20
        ] {
            assert_eq!(scored(language, counts), score, "{language}");
        }
        assert!(formula("ja").is_none() && formula("th").is_none());
        assert!(formula("en").unwrap().score(&Counts::default()).is_none());
    }

    fn of(language: &str, text: &str) -> (Counts, f64) {
        let formula = formula(language).unwrap();
        let (mut counts, mut letters) = (Counts::default(), Vec::new());
        for sentence in crate::parse::segment::sentences(text) {
            formula.count(&text[sentence], &mut counts, &mut letters);
        }
        (counts, scored(language, counts))
    }

    /// "The cat sat on the mat" is the usual example: six words, six syllables, 116.
    #[test]
    fn whole_texts_are_scored() {
        let (counts, score) = of("en", "The cat sat on the mat.");
        assert_eq!((counts.words, counts.syllables), (6, 6));
        assert_eq!(score, 116.15);
        let (counts, score) = of(
            "en",
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
        );
        assert_eq!((counts.words, counts.syllables), (13, 26));
        assert_eq!(score, 24.44);
        // Alle meine Entchen: 4 + 3 words; A-lle mei-ne Ent-chen schwim-men, Köpf-chen in das.
        let (counts, _) = of("de", "Alle meine Entchen schwimmen. Köpfchen in das!");
        assert_eq!(
            (counts.sentences, counts.words, counts.syllables),
            (2, 7, 12)
        );
        let (counts, score) = of("sv", "Katten satt på mattan. Trädgårdsmästaren arbetade.");
        assert_eq!((counts.words, counts.long_words), (6, 2));
        assert_eq!(score, 36.33);
    }
}
