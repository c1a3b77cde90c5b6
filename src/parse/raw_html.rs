//! Finds, in raw HTML, the addresses that lead into the site and the ids that links can end in. A scanner
//! of tags, not a parser: what it does not understand stays as it is.

use std::ops::Range;

/// Something in a piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// An `href`, `src` or `poster` whose value leads into the site: the bytes of the value.
    Address(Range<usize>),
    /// The bytes of the value of an `id`.
    Id(Range<usize>),
    /// An `href` whose value leads to another site: the bytes of the value.
    Elsewhere(Range<usize>),
}

/// All of them, in order.
pub(super) fn scan(html: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|i| at + i) {
        if html[open..].starts_with("<!--") {
            at = html[open..]
                .find("-->")
                .map_or(html.len(), |i| open + i + 3);
            continue;
        }
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        at += html[at..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(html.len() - at);
        at = attributes(html, at, &mut found);
    }
    found
}

/// Reads the attributes from `at` to the end of the tag, and says where that is.
fn attributes(html: &str, mut at: usize, found: &mut Vec<Found>) -> usize {
    let bytes = html.as_bytes();
    let skip = |mut at: usize, set: &[u8]| {
        while bytes.get(at).is_some_and(|b| set.contains(b)) {
            at += 1;
        }
        at
    };
    loop {
        at = skip(at, b" \t\r\n/");
        match bytes.get(at) {
            None => return at,
            Some(b'>') => return at + 1,
            Some(_) => {}
        }
        let name_end = at
            + bytes[at..]
                .iter()
                .take_while(|b| !b" \t\r\n/>=".contains(b))
                .count();
        let name = html[at..name_end].to_ascii_lowercase();
        let equals = skip(name_end, b" \t\r\n");
        if bytes.get(equals) != Some(&b'=') {
            at = name_end.max(at + 1);
            continue;
        }
        let start = skip(equals + 1, b" \t\r\n");
        let value = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let length = bytes[start + 1..]
                    .iter()
                    .take_while(|b| *b != quote)
                    .count();
                at = (start + 1 + length + 1).min(html.len());
                start + 1..(start + 1 + length).min(html.len())
            }
            _ => {
                let length = bytes[start.min(bytes.len())..]
                    .iter()
                    .take_while(|b| !b" \t\r\n>".contains(b))
                    .count();
                at = start + length;
                start..start + length
            }
        };
        match name.as_str() {
            "href" | "src" | "poster" if leads_into_site(&html[value.clone()]) => {
                found.push(Found::Address(value))
            }
            "href" if is_of_the_web(&html[value.clone()]) => found.push(Found::Elsewhere(value)),
            "id" if !value.is_empty() => found.push(Found::Id(value)),
            _ => {}
        }
    }
}

/// The few character references that stand in addresses.
pub(super) fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The addresses of other sites that a piece of raw HTML links to, and the bytes of each.
pub fn links_elsewhere(html: &str) -> Vec<(String, Range<usize>)> {
    let elsewhere = |found: Found| match found {
        Found::Elsewhere(bytes) => Some((unescape(&html[bytes.clone()]), bytes)),
        _ => None,
    };
    scan(html).into_iter().filter_map(elsewhere).collect()
}

/// Whether an address is a full one of the web.
pub fn is_of_the_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Whether an address has no scheme and no host of its own.
pub fn leads_into_site(url: &str) -> bool {
    let scheme = url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
    });
    !url.is_empty() && !scheme && !url.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_ids_are_found() {
        let html = r##"<a class=x href="/a/" id='i'>b</a><!-- <a href="/no/"> --><img src=pic.jpg><a href="https://x.org">"##;
        let texts: Vec<&str> = scan(html)
            .iter()
            .map(|f| match f {
                Found::Address(r) | Found::Id(r) | Found::Elsewhere(r) => &html[r.clone()],
            })
            .collect();
        assert_eq!(texts, ["/a/", "i", "pic.jpg", "https://x.org"]);
    }

    #[test]
    fn broken_html_is_no_panic() {
        for html in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href=\"",
            "<a href='x",
            "<a =>",
            "<ü href=x>",
            "<a\u{a0}b=c",
            "<a href=\"ü",
        ] {
            scan(html);
        }
    }

    #[test]
    fn schemes_lead_away() {
        assert!(leads_into_site("a.md#x") && leads_into_site("/x/") && leads_into_site("#x"));
        assert!(
            !leads_into_site("mailto:a@b")
                && !leads_into_site("//x.org")
                && !leads_into_site("data:x")
        );
    }
}
