//! Signs for their names between colons, `:smile:`, as GitHub has them. The only module that knows emojis.

use std::borrow::Cow;

/// The text with signs in the place of the names that are known; all others stay.
pub(super) fn signs(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find(':').map(|found| at + found) {
        at = open + 1;
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_+-".contains(&b);
        let length = text[at..].bytes().take_while(|b| is_name(*b)).count();
        let name = &text[at..at + length];
        let is_closed = length > 0 && text[at + length..].starts_with(':');
        let Some(emoji) = is_closed.then(|| emojis::get_by_shortcode(name)).flatten() else {
            continue;
        };
        out.push_str(&text[done..open]);
        out.push_str(emoji.as_str());
        done = at + length + 1;
        at = done;
    }
    match done {
        0 => text.into(),
        _ => (out + &text[done..]).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_between_colons_are_signs() {
        for (text, expected) in [
            ("a :smile: b", "a 😄 b"),
            (":+1::tada:", "👍🎉"),
            (
                "at 10:30:15, ::, :no_such_sign:",
                "at 10:30:15, ::, :no_such_sign:",
            ),
        ] {
            assert_eq!(signs(text), expected);
        }
    }
}
