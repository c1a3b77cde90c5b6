//! The endings by which the words of one stem differ on this site. By them the script guesses the family of a
//! word that no page holds: it has no stemmer, which would be a file for each language.

use std::collections::BTreeMap;

/// Endings that are told, at most, and how long one may be, in characters.
const ENDINGS: usize = 80;
const LONGEST: usize = 5;

/// Characters that words share before an ending, at least.
const SHARED: usize = 3;

/// How often an ending must be met.
const OFTEN: usize = 2;

/// The endings of words that are sorted, each with its family; the most frequent first.
pub(super) fn endings(words: &[&str], families: &[u32]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (pair, of_pair) in words.windows(2).zip(families.windows(2)) {
        let ([first, second], [family, other]) = (pair, of_pair) else {
            continue;
        };
        if family != other {
            continue;
        }
        let same = first
            .chars()
            .zip(second.chars())
            .take_while(|(a, b)| a == b);
        let same: Vec<usize> = same.map(|(c, _)| c.len_utf8()).collect();
        let shared: usize = same.iter().sum();
        let endings = [&first[shared..], &second[shared..]];
        let short = endings
            .iter()
            .all(|ending| ending.chars().count() <= LONGEST);
        if same.len() >= SHARED && short {
            for ending in endings {
                *counts.entry(ending).or_default() += 1;
            }
        }
    }
    let mut counted: Vec<(&str, usize)> = counts.into_iter().collect();
    counted.retain(|(_, count)| *count >= OFTEN);
    counted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counted.truncate(ENDINGS);
    counted
        .into_iter()
        .map(|(ending, _)| ending.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_those_of_words_of_one_family() {
        let words = [
            "cheat", "cheated", "cheats", "trust", "trusts", "wing", "wins",
        ];
        assert_eq!(endings(&words, &[0, 0, 0, 1, 1, 2, 3]), ["", "ed", "s"]);
    }
}
