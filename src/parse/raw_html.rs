//! Finds, in raw HTML, the addresses that browsers follow or load and the ids that links can end in. A scanner
//! of tags, not a parser: what it does not understand stays as it is.

use std::ops::Range;

use crate::escape;

/// Something in a piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: Kind,
    /// The bytes of the address or the id.
    pub(super) bytes: Range<usize>,
    /// The directive of a content security policy that decides whether a browser loads it.
    pub(super) directive: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An `id`.
    Id,
    /// An `href`.
    Href,
    /// Another address that readers are led to, or that says where words are from: `action`, `cite`.
    Link,
    /// The address of what is shown or loaded: `src`, `srcset`, `url()` in a `style`.
    Source,
    /// The text of a script.
    Script,
    /// The text of a style, or an attribute `style`.
    Style,
    /// An attribute such as `onclick`.
    Handler,
}

/// Elements whose content is text to a browser, whatever stands in it.
const TEXT_ELEMENTS: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// All of them, in order.
pub(super) fn scan(html: &str) -> Vec<Found> {
    scan_on(html, &mut None)
}

/// The same for one piece of several. `open`: the element of text that the last piece left open, and this one does.
pub(super) fn scan_on(html: &str, open: &mut Option<&'static str>) -> Vec<Found> {
    let mut found = scan_all(html, open);
    found.retain(|found| !matches!(found.kind, Kind::Script | Kind::Style | Kind::Handler));
    found
}

/// The same, with scripts and styles.
pub(super) fn scan_all(html: &str, open: &mut Option<&'static str>) -> Vec<Found> {
    let mut found = Vec::new();
    let bytes = html.as_bytes();
    let mut at = 0;
    loop {
        if let Some(name) = open {
            let Some(end) = end_tag(&html[at..], name) else {
                return found;
            };
            at += end;
            *open = None;
        }
        let Some(start) = html[at..].find('<').map(|i| at + i) else {
            return found;
        };
        if html[start..].starts_with("<!--") {
            at = html[start..]
                .find("-->")
                .map_or(html.len(), |i| start + i + 3);
            continue;
        }
        at = start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        at += html[at..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(html.len() - at);
        let name = html[start + 1..at].to_ascii_lowercase();
        let first = found.len();
        at = attributes(html, at, &name, &mut found);
        let end = || end_tag(&html[at..], &name).map_or(html.len(), |end| at + end);
        let inline = match name.as_str() {
            "style" => Some(Kind::Style),
            "script" if is_run(&html[start..at], &found[first..]) => Some(Kind::Script),
            _ => None,
        };
        found.extend(inline.map(|kind| Found {
            kind,
            bytes: at..end(),
            directive: None,
        }));
        *open = TEXT_ELEMENTS.iter().find(|text| **text == name).copied();
    }
}

/// Whether a browser runs the text of a script, by its tag: it loads none in its place, and it is no data.
fn is_run(tag: &str, attributes: &[Found]) -> bool {
    let tag = tag.to_ascii_lowercase();
    let is_data = tag.contains("type=") && !tag.contains("javascript") && !tag.contains("module");
    !is_data && !attributes.iter().any(|found| found.kind == Kind::Source)
}

/// The directive of a content security policy for an attribute's address (Content Security Policy Level 3, section 6.1).
fn directive(tag: &str, attribute: &str) -> Option<&'static str> {
    match (tag, attribute) {
        ("iframe" | "frame", "src") => Some("frame-src"),
        ("script", "src") => Some("script-src"),
        ("audio" | "video" | "source" | "track", "src") => Some("media-src"),
        ("form", "action") | (_, "formaction") => Some("form-action"),
        ("link", "href") => Some("style-src"),
        ("img" | "input", "src") => Some("img-src"),
        (_, "srcset" | "imagesrcset" | "poster" | "background" | "style") => Some("img-src"),
        _ => None,
    }
}

/// Where the end tag of an element begins.
fn end_tag(html: &str, name: &str) -> Option<usize> {
    let is_end = |at: &usize| {
        let rest = &html.as_bytes()[at + 2..];
        rest.get(..name.len())
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
            && !rest.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    };
    html.match_indices("</").map(|(at, _)| at).find(is_end)
}

/// Reads the attributes of a `tag` from `at` to its end, and says where that is.
fn attributes(html: &str, mut at: usize, tag: &str, found: &mut Vec<Found>) -> usize {
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
        if value.is_empty() {
            continue;
        }
        let directive = directive(tag, &name);
        let mut add = |kind, bytes| {
            found.push(Found {
                kind,
                bytes,
                directive,
            });
        };
        let text = &html[value.clone()];
        let within = |bytes: Range<usize>| value.start + bytes.start..value.start + bytes.end;
        match name.as_str() {
            "id" => add(Kind::Id, value),
            "href" | "xlink:href" => add(Kind::Href, value),
            "cite" | "action" | "formaction" | "longdesc" => add(Kind::Link, value),
            "src" | "poster" | "background" => add(Kind::Source, value),
            "data" if tag == "object" => add(Kind::Source, value),
            "srcset" | "imagesrcset" => {
                let all = candidates(text).into_iter();
                all.for_each(|bytes| add(Kind::Source, within(bytes)));
            }
            "style" => {
                let all = style_urls(text).into_iter();
                all.for_each(|bytes| add(Kind::Source, within(bytes)));
                add(Kind::Style, value);
            }
            handler if handler.starts_with("on") => add(Kind::Handler, value),
            _ => {}
        }
    }
}

/// The addresses in a `srcset`: each up to white space, then a width or a density up to a comma.
fn candidates(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_between = |c: char| c.is_ascii_whitespace() || c == ',';
    let mut at = 0;
    while let Some(start) = text[at..].find(|c| !is_between(c)).map(|i| at + i) {
        let end = text[start..]
            .find(|c: char| c.is_ascii_whitespace())
            .map_or(text.len(), |i| start + i);
        let url = text[start..end].trim_end_matches(',');
        found.push(start..start + url.len());
        at = match url.len() == end - start {
            true => text[end..].find(',').map_or(text.len(), |i| end + i),
            false => end,
        };
    }
    found
}

/// The addresses in the `url()`s of a style, without their quotes.
fn style_urls(text: &str) -> Vec<Range<usize>> {
    const QUOTES: [&str; 4] = ["\"", "'", "&quot;", "&#39;"];
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    for (at, open) in lower.match_indices("url(") {
        let start = at + open.len();
        let inner = text[start..].trim_start();
        let mut start = text.len() - inner.len();
        let quote = QUOTES.iter().find(|quote| inner.starts_with(**quote));
        let end = match quote {
            Some(quote) => {
                start += quote.len();
                text[start..].find(quote)
            }
            None => text[start..].find(')'),
        };
        let url = end.map_or("", |end| text[start..start + end].trim_end());
        if !url.is_empty() {
            found.push(start..start + url.len());
        }
    }
    found
}

/// A value of an attribute as browsers read it: with the character references that can stand in an address.
pub fn unescape(text: &str) -> String {
    const NAMED: [(&str, char); 9] = [
        ("amp", '&'),
        ("quot", '"'),
        ("apos", '\''),
        ("lt", '<'),
        ("gt", '>'),
        ("colon", ':'),
        ("Tab", '\t'),
        ("NewLine", '\n'),
        ("sol", '/'),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let number = rest[1..].strip_prefix('#').and_then(|digits| {
            let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => (digits, 16),
                None => (digits, 10),
            };
            let count = digits.chars().take_while(|c| c.is_digit(radix)).count();
            let sign = u32::from_str_radix(&digits[..count], radix).ok();
            let after = &digits[count..];
            let sign = sign.and_then(char::from_u32)?;
            Some((sign, after.strip_prefix(';').unwrap_or(after)))
        });
        let named = || {
            let (name, after) = rest[1..].split_once(';')?;
            let (_, sign) = NAMED.iter().find(|(known, _)| *known == name)?;
            Some((*sign, after))
        };
        let (sign, after) = number.or_else(named).unwrap_or(('&', &rest[1..]));
        out.push(sign);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The addresses of other sites that a piece of raw HTML links to, and the bytes of each.
pub fn links_elsewhere(html: &str) -> Vec<(String, Range<usize>)> {
    let hrefs = scan(html)
        .into_iter()
        .filter(|found| found.kind == Kind::Href);
    hrefs
        .map(|found| (unescape(&html[found.bytes.clone()]), found.bytes))
        .filter(|(url, _)| is_of_the_web(url))
        .collect()
}

/// HTML that stands beside other pages' in one document: its ids begin with `own`, and what leads to a place in it leads
/// to `page`, where it stands alone.
pub fn apart(html: &str, own: &str, page: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for Found { kind, bytes, .. } in scan(html) {
        let before = match kind {
            Kind::Id => own,
            Kind::Href if html[bytes.clone()].starts_with('#') => page,
            _ => continue,
        };
        out.push_str(&html[done..bytes.start]);
        escape::push_html(&mut out, before);
        done = bytes.start;
    }
    out.push_str(&html[done..]);
    out
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
    fn ids_are_told_apart() {
        assert_eq!(
            apart(
                "<a href=\"#fn:1\" id=x>1</a><a href='/b/#x'><p id=\"fn:1\">#fn:1</p><script>id=\"a\"</script>",
                "a/b&c/",
                "https://e.org/a/b&c/"
            ),
            "<a href=\"https://e.org/a/b&amp;c/#fn:1\" id=a/b&amp;c/x>1</a><a href='/b/#x'><p id=\"a/b&amp;c/fn:1\">#fn:1</p><script>id=\"a\"</script>"
        );
    }

    #[test]
    fn addresses_and_ids_are_found() {
        let html = r##"<a class=x href="/a/" id='i'>b</a><!-- <a href="/no/"> --><img src=pic.jpg><a href="https://x.org">"##;
        let texts: Vec<&str> = scan(html)
            .into_iter()
            .map(|found| &html[found.bytes])
            .collect();
        assert_eq!(texts, ["/a/", "i", "pic.jpg", "https://x.org"]);
    }

    #[test]
    fn every_attribute_with_an_address_is_read() {
        for (html, expected) in [
            (
                "<source srcset='a.jpg 1x, b.jpg 2x,c.jpg'>",
                &["a.jpg", "b.jpg", "c.jpg"][..],
            ),
            ("<img srcset=a.jpg,>", &["a.jpg"]),
            (
                "<img srcset='data:image/png;base64,AA== 1x, /b,c.jpg 400w'>",
                &["data:image/png;base64,AA==", "/b,c.jpg"],
            ),
            ("<object data=a.pdf></object><b data=x>", &["a.pdf"]),
            (
                "<blockquote cite=/a/><video poster='p.jpg'>",
                &["/a/", "p.jpg"],
            ),
            ("<form action=/f/><button formaction=/g/>", &["/f/", "/g/"]),
            (
                "<p style=\"background: URL( 'a.png' ), url(b.png)\">",
                &["a.png", "b.png"],
            ),
            ("<p style='background: url(&quot;a.png&quot;)'>", &["a.png"]),
            ("<p style='background: url(a.png'>", &[]),
        ] {
            let found = scan(html).into_iter();
            let texts: Vec<&str> = found.map(|found| &html[found.bytes]).collect();
            assert_eq!(texts, expected, "{html}");
        }
    }

    #[test]
    fn what_stands_in_a_script_is_no_link() {
        for html in [
            "<script>x = '<a href=\"gone.md\">'</script>",
            "<style>a::after { content: '<img src=x>' }</STYLE>",
            "<textarea><a href=x></textarea>",
            "<script><a href=x></scripts><a href=y>",
        ] {
            assert_eq!(scan(html), [], "{html}");
        }
        let mut open = None;
        assert_eq!(scan_on("<script>", &mut open), []);
        assert_eq!(scan_on("<a href=x>", &mut open), []);
        assert_eq!(scan_on("</script><a href=y>", &mut open).len(), 1);
    }

    #[test]
    fn character_references_are_read() {
        for (written, text) in [
            ("a&amp;b&#x41;&#66;&lt;", "a&bAB<"),
            ("java&Tab;script&colon;x", "java\tscript:x"),
            ("&#106avascript", "javascript"),
            ("a&b=c&copy;&#;&#x110000;&", "a&b=c&copy;&#;&#x110000;&"),
        ] {
            assert_eq!(unescape(written), text);
        }
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
