//! Recognises a callout by the first words of a block quote: `[!kind]`, `[!kind]-`, `[!kind] Title`.
//! What a kind looks like is the theme's to say.

/// The mark at the beginning of a callout.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    /// The word after `!`, in lower case.
    pub(super) kind: String,
    /// The mark as written.
    pub(super) marker: &'a str,
    /// Closed (`-`) until a reader opens it; `+` is open and can be closed, which is the same as none here.
    pub(super) folded: bool,
    /// Bytes of the text that the mark takes, with the space after it.
    pub(super) length: usize,
    /// Arguments stand behind the kind: `[!recipe serves=4]`.
    pub(super) has_args: bool,
}

/// Reads the mark at the start of `text`, if it is one.
pub(super) fn mark(text: &str) -> Option<Mark<'_>> {
    let rest = text.strip_prefix("[!")?;
    let end = rest.find(']')?;
    let inner = &rest[..end];
    let name = inner.split(' ').next().unwrap_or_default();
    let args = inner[name.len()..].trim();
    let valid = !name.is_empty()
        && name.len() <= 40
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && (args.is_empty() || args.contains('='));
    if !valid {
        return None;
    }
    let after = &rest[end + 1..];
    let sign = after.starts_with(['-', '+']);
    let marker_length = 2 + end + 1 + usize::from(sign);
    let spaces = text[marker_length..].len() - text[marker_length..].trim_start().len();
    Some(Mark {
        kind: name.to_ascii_lowercase(),
        marker: &text[..marker_length],
        folded: after.starts_with('-'),
        length: marker_length + spaces,
        has_args: !args.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        let m = mark("[!FAQ]- A question?").unwrap();
        assert_eq!(
            (
                m.kind.as_str(),
                m.folded,
                &"[!FAQ]- A question?"[m.length..]
            ),
            ("faq", true, "A question?")
        );
        assert_eq!(mark("[!note]").unwrap().length, 7);
        for not in ["[note]", "[!]", "[!a b]", "[!note", "[!../x]", "x [!note]"] {
            assert_eq!(mark(not), None, "{not}");
        }
    }
}
