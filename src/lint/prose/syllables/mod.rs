//! Counts the syllables of a word by its vowels, with rules for each language. An estimate, as in every program that
//! has no dictionary of sounds: right for nearly all common words, and near enough for a mean over a page.
//! The rules are below, a file for each language or for two of a kind.

mod english;
mod french;
mod germanic;
mod iberian;

/// A language whose syllables can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "languages by their names")]
pub enum Speech {
    English,
    German,
    French,
    Spanish,
    Dutch,
    Portuguese,
    Russian,
}

/// How many syllables a word has. At least one, but for Russian, where prepositions such as `в` have none.
///
/// `letters` is space to work in.
pub fn count(speech: Speech, word: &str, letters: &mut Vec<char>) -> usize {
    letters.clear();
    letters.extend(
        word.chars()
            .map(|c| if c == '’' { '\'' } else { c })
            .flat_map(char::to_lowercase),
    );
    // A hyphen, a digit or a quote parts a word in two, each with its own beginning and end.
    let parts = letters.split(|c| !c.is_alphabetic() && *c != '\'');
    let of_part = |part: &[char]| match speech {
        Speech::English => english::syllables(part),
        Speech::French => french::syllables(part),
        Speech::Russian => part.iter().filter(|c| "аеёиоуыэюя".contains(**c)).count(),
        Speech::German => germanic::german(part),
        Speech::Dutch => germanic::dutch(part),
        Speech::Spanish => iberian::spanish(part),
        Speech::Portuguese => iberian::portuguese(part),
    };
    let total: usize = parts
        .map(|part| trimmed(part, '\''))
        .filter(|part| !part.is_empty())
        .map(of_part)
        .sum();
    match speech {
        Speech::Russian => total,
        _ => total.max(1),
    }
}

fn trimmed(mut part: &[char], edge: char) -> &[char] {
    while let [first, rest @ ..] = part {
        if *first != edge {
            break;
        }
        part = rest;
    }
    while let [rest @ .., last] = part {
        if *last != edge {
            break;
        }
        part = rest;
    }
    part
}

fn ends(word: &[char], ending: &str) -> bool {
    let length = ending.chars().count();
    word.len() >= length
        && word[word.len() - length..]
            .iter()
            .copied()
            .eq(ending.chars())
}

/// Words with their syllables parted by dots, as dictionaries have them.
#[cfg(test)]
fn check(speech: Speech, words: &str) {
    let mut wrong = Vec::new();
    for parted in words.split_whitespace() {
        let word = parted.replace('·', "");
        let (wanted, found) = (
            parted.split('·').count(),
            count(speech, &word, &mut Vec::new()),
        );
        if wanted != found {
            wrong.push(format!("{parted} {found}"));
        }
    }
    assert!(wrong.is_empty(), "{speech:?}: {wrong:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_words_are_counted() {
        check(Speech::Russian, "лю·бовь раз·лу·ка ёж е·ё и·ди·те");
        assert_eq!(count(Speech::Russian, "в", &mut Vec::new()), 0);
    }
}
