//! Lists of words that would be long in code, written as texts.

/// The `N` words of a text, with one space between each two. In a constant, a text with more or fewer words does not
/// compile.
pub const fn words<const N: usize>(text: &'static str) -> [&'static str; N] {
    let mut words = [""; N];
    let mut rest = text;
    let mut number = 0;
    while number < N {
        let mut end = 0;
        while end < rest.len() && rest.as_bytes()[end] != b' ' {
            end += 1;
        }
        assert!(end > 0, "the list has fewer words");
        let (word, after) = rest.split_at(end);
        words[number] = word;
        rest = match after.is_empty() {
            true => after,
            false => after.split_at(1).1,
        };
        number += 1;
    }
    assert!(rest.is_empty(), "the list has more words");
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_list_has_as_many_words_as_its_text() {
        const THREE: [&str; 3] = words(
            "a \
            bär c-d",
        );
        assert_eq!(THREE, ["a", "bär", "c-d"]);
        assert!(std::panic::catch_unwind(|| words::<2>("a b c")).is_err());
        assert!(std::panic::catch_unwind(|| words::<4>("a b c")).is_err());
        assert!(std::panic::catch_unwind(|| words::<2>("a  b")).is_err());
    }
}
