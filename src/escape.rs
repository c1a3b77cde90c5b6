//! Text made safe for HTML, XML and URLs. Every byte of an author's plain text that reaches the output
//! outside a template goes through here.

use crate::find;

/// Appends `text` with the five characters that mean something to HTML and XML replaced.
///
/// The quotes are replaced too, so that the result fits in an attribute.
pub fn push_html(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let written = WRITTEN[usize::from(byte)];
        if !written.is_empty() {
            out.push_str(&text[done..at]);
            out.push_str(written);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// Appends `text` for the body of an element: `&`, `<` and `>` are replaced, quotes stay as they are.
pub fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = find::any(rest, [b'&', b'<', b'>']) {
        out.push_str(&rest[..at]);
        out.push_str(WRITTEN[usize::from(rest.as_bytes()[at])]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// How the bytes are written that mean something to HTML and XML; nothing for all others.
const WRITTEN: [&str; 256] = {
    let mut written = [""; 256];
    written[b'&' as usize] = "&amp;";
    written[b'<' as usize] = "&lt;";
    written[b'>' as usize] = "&gt;";
    written[b'"' as usize] = "&quot;";
    written[b'\'' as usize] = "&#39;";
    written
};

/// The words of a piece of HTML that this program wrote: without its tags, the five characters as they are.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = rest[open..].split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(text, |text, (written, sign)| text.replace(written, sign))
}

/// `text` as [`push_html`] writes it.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_html(&mut out, text);
    out
}

/// Text for XML 1.0: as [`html`], without the control characters that XML has no way to write, and without the code
/// points that Unicode gives to no character: a reader refuses a whole feed for one of them.
pub fn xml(text: &str) -> String {
    let is_character =
        |c: char| !(matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe);
    let is_written = |c: char| match c.is_control() {
        true => matches!(c, '\n' | '\t' | '\r'),
        false => is_character(c),
    };
    match text.chars().all(is_written) {
        true => html(text),
        false => html(&text.chars().filter(|c| is_written(*c)).collect::<String>()),
    }
}

/// A URL with everything percent-encoded that may not stand in one (RFC 3986), what is encoded
/// already kept. The result is not yet escaped for HTML.
pub fn url(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    push_encoded(&mut out, raw, &IN_URL);
    out
}

/// A file's path within the site as a URL path: as [`url`], with `?`, `#`, `%` and the brackets encoded too,
/// because in a file's name they are only letters.
pub fn url_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    push_url_path(&mut out, path);
    out
}

/// Appends a file's path as [`url_path`] writes it.
pub fn push_url_path(out: &mut String, path: &str) {
    push_encoded(out, path, &IN_PATH);
}

/// Text for a value in a URL's query or in a `mailto:` address: all encoded but letters, digits and `-._~`, line
/// ends as RFC 6068 wants them.
pub fn url_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str("%0D%0A");
        }
        for part in line.split('\r') {
            push_encoded(&mut out, part, &IN_VALUE);
        }
    }
    out
}

/// What stands in a URL, a path or a value as it is, by byte: letters, digits and these.
const IN_URL: [bool; 256] = kept(b"-._~:/?#[]@!$&'()*+,;=%");
const IN_PATH: [bool; 256] = kept(b"-._~/!$&'()*+,;=:@");
const IN_VALUE: [bool; 256] = kept(b"-._~");

const fn kept(signs: &[u8]) -> [bool; 256] {
    let mut kept = [false; 256];
    let mut at = 0;
    while at < 256 {
        kept[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    at = 0;
    while at < signs.len() {
        kept[signs[at] as usize] = true;
        at += 1;
    }
    kept
}

/// Appends `text` with all characters percent-encoded but those that are `kept`.
fn push_encoded(out: &mut String, text: &str, kept: &[bool; 256]) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !kept[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        let sign = rest[at..].chars().next().map_or(1, char::len_utf8);
        for byte in rest[at..at + sign].bytes() {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)]);
            out.push(DIGITS[usize::from(byte & 15)]);
        }
        rest = &rest[at + sign..];
    }
    out.push_str(rest);
}

/// What a percent-encoded URL path names: the reverse of [`url_path`]. Bytes that are no UTF-8 are
/// left encoded.
pub fn url_decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|h| std::str::from_utf8(h).ok());
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            html("<a href=\"x\">&'"),
            "&lt;a href=&quot;x&quot;&gt;&amp;&#39;"
        );
        assert_eq!(xml("a\u{0}b\u{1b}<"), "ab&lt;");
        assert_eq!(
            xml("a\u{fffe}b\u{ffff}c\u{fdd0}d\u{1ffff}e\u{fffd}"),
            "abcde\u{fffd}"
        );
    }

    #[test]
    fn urls_keep_what_is_encoded_and_encode_the_rest() {
        assert_eq!(url("/a b/ü?x=1#y%20z"), "/a%20b/%C3%BC?x=1#y%20z");
        assert_eq!(url_value("a b&c=ü\r\n?"), "a%20b%26c%3D%C3%BC%0D%0A%3F");
        assert_eq!(url_path("/50% off?.jpg"), "/50%25%20off%3F.jpg");
        assert_eq!(url_decode(&url_path("/50% off ü?.jpg")), "/50% off ü?.jpg");
    }
}
