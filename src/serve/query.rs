//! Reads the parameters of an address, or of a form that was sent (the URL standard, section 5.1).

use crate::escape;

/// A parameter, decoded; empty where it is not there.
pub(super) fn parameter(query: &str, name: &str) -> String {
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    escape::url_decode(&value.unwrap_or_default().replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        assert_eq!(parameter("page=%2Fa%20b%2F&etag=x", "page"), "/a b/");
        assert_eq!(parameter("page=%2Fa%2F&etag=x", "etag"), "x");
        assert_eq!(parameter("to=a+b%2Bc.md", "to"), "a b+c.md");
        assert_eq!(parameter("", "etag"), "");
    }
}
