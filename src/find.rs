//! Looks for bytes in texts, many at a time. The only module that knows memchr.

/// Where an ASCII `byte` stands first.
pub fn byte(text: &str, byte: u8) -> Option<usize> {
    memchr::memchr(byte, text.as_bytes())
}

/// Where the first of three ASCII bytes stands.
pub fn any(text: &str, [a, b, c]: [u8; 3]) -> Option<usize> {
    memchr::memchr3(a, b, c, text.as_bytes())
}

/// Whether `byte` stands somewhere in a text with `after` behind it: quick where the byte is rare.
pub fn has(text: &str, byte: u8, after: &str) -> bool {
    memchr::memchr_iter(byte, text.as_bytes()).any(|at| text[at + 1..].starts_with(after))
}

/// Whether a file's bytes hold a name.
pub fn is_within(bytes: &[u8], name: &[u8]) -> bool {
    memchr::memmem::find(bytes, name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found() {
        let text = "ä: a <b> & c://";
        assert_eq!(byte(text, b'&'), text.find('&'));
        assert_eq!(any(text, [b'&', b'<', b'>']), text.find('<'));
        assert!(has(text, b':', "//"));
        assert!(!has(text, b':', "///"));
    }
}
