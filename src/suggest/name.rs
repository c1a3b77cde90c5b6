//! Tells whether words are cut out of a longer name: "National Day" of "the National Day of Civic Hacking".

use std::ops::Range;

use crate::parse::segment;

/// Small words within a name.
const WITHIN: [&str; 5] = ["of", "the", "de", "del", "di"];

/// Whether the name goes on, before or after these bytes of a sentence.
pub(super) fn is_cut(sentence: &str, place: Range<usize>) -> bool {
    let words: Vec<(usize, &str)> = segment::words(sentence).collect();
    let first = words.partition_point(|(at, _)| *at < place.start);
    let last = words.partition_point(|(at, _)| *at < place.end);
    if first == last {
        return false;
    }
    let is_joined = |word: usize| {
        word > 0 && {
            let (at, before) = words[word - 1];
            matches!(&sentence[at + before.len()..words[word].0], " " | " & ")
        }
    };
    let is_large = |word: usize| is_of_a_name(words[word].1);
    let says_more = |word: &usize| !WITHIN.contains(&words[*word].1);
    let next = (last..words.len())
        .take_while(|word| is_joined(*word))
        .find(says_more);
    let before = (0..first)
        .rev()
        .take_while(|word| is_joined(word + 1))
        .find(says_more);
    let goes_on = is_large(last - 1) && next.is_some_and(is_large);
    // A word that only begins a sentence, or what stands behind a colon, is written large for that.
    let began = is_large(first) && before.is_some_and(|word| is_large(word) && is_joined(word));
    goes_on || began
}

fn is_of_a_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !word.contains(['\'', '’'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holds(sentence: &str, expected: bool) {
        let from = sentence.find('[').unwrap();
        let to = sentence.find(']').unwrap() - 1;
        let plain = sentence.replace(['[', ']'], "");
        assert_eq!(is_cut(&plain, from..to), expected, "{sentence}");
    }

    #[test]
    fn names_are_whole_or_cut() {
        for cut in [
            "We met on the [National Day] of Civic Hacking.",
            "It is for the [National School] Lunch Program.",
            "It is for the National School [Lunch] & Breakfast Program.",
            "A manager at the Office of [Natural Resources].",
            "A manager at the Department of the [Interior Design].",
            "She worked with the big City [Garden Club].",
            "Le [Ministère] de Paris.",
        ] {
            holds(cut, true);
        }
        for whole in [
            "The [Forest Service] answers.",
            "At last the [Forest Service] answers.",
            "We asked Diego, [Holly Allen] and Lisa.",
            "We asked [Holly Allen], Lisa's friend.",
            "We met at Lisa's [Garden Club].",
            "Note: The [Garden Club] is shut.",
            "We met [Holly Allen].",
            "We went to Berlin for [quiet days] In May.",
            "[Quiet Days] of rest are rare.",
            "Paris has [quiet days].",
            "[]",
        ] {
            holds(whole, false);
        }
    }
}
