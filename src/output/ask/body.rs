//! An article's text for a page that shows several: without ids, which a page has once only; links to a place in the text
//! lead to the article.

/// The text of the article at `url`.
pub(super) fn among_others(html: &str, url: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let (tag, after) = tag.split_at(end(tag));
        push_tag(&mut out, tag, url);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where a tag ends, past what is quoted in it.
fn end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None if byte == b'>' => return at + 1,
            None => {}
        }
    }
    tag.len()
}

const ID: &str = " id=\"";
const PLACE: &str = " href=\"#";

fn push_tag(out: &mut String, tag: &str, url: &str) {
    let (mut done, mut from) = (0, 0);
    let next = |from: usize| {
        let found = |name: &'static str| Some((from + tag[from..].find(name)?, name));
        [ID, PLACE].into_iter().filter_map(found).min()
    };
    while let Some((at, name)) = next(from) {
        from = at + name.len();
        // The name may stand within the value of another attribute.
        if tag[..at].matches('"').count() % 2 == 1 {
            continue;
        }
        out.push_str(&tag[done..at]);
        if name == PLACE {
            out.push_str(" href=\"");
            out.push_str(url);
            out.push('#');
        } else {
            let close = tag[from..].find('"');
            from = close.map_or(tag.len(), |close| from + close + 1);
        }
        done = from;
    }
    out.push_str(&tag[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_and_places_are_the_articles() {
        for (html, expected) in [
            ("a < b", "a < b"),
            ("<h2 id=\"one\">One</h2>", "<h2>One</h2>"),
            (
                "<p class=\"a\" id=\"b\" title=\"c\">",
                "<p class=\"a\" title=\"c\">",
            ),
            ("<a id=\"fnref:1\" href=\"#fn:1\">", "<a href=\"/a/#fn:1\">"),
            (
                "<a href=\"#x\">, <a href=\"/b/#x\">",
                "<a href=\"/a/#x\">, <a href=\"/b/#x\">",
            ),
            ("<p title=\"> id=\"x\">", "<p title=\"> id=\"x\">"),
            ("<a href=\"#x\" id=\"y\">", "<a href=\"/a/#x\">"),
            ("text id=\"x\"", "text id=\"x\""),
        ] {
            assert_eq!(among_others(html, "/a/"), expected, "{html}");
        }
    }
}
