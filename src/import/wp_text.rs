//! The text of a WordPress post as HTML that stands for itself: paragraphs as WordPress makes them, shortcodes as elements.
//! What nobody knows becomes a mark that is a comment in the end.

use std::collections::BTreeMap;

use super::doc::Doc;
use super::html::Converter;
use super::written::comment;
use crate::list::words;

const BLOCKS: &str = "address article aside blockquote details div dl fieldset figure figcaption footer form h1 h2 h3 h4 h5 h6 header hr iframe li main nav ol p pre section summary table tbody td tfoot th thead tr ul video audio script style";
/// Shortcodes of plugins often have no attributes: these are none where they have none.
const KNOWN: [&str; 22] = words(
    "caption wp_caption gallery embed youtube vimeo code sourcecode php audio video playlist toc \
    contact-form more slideshow columns column row button gist highlight",
);
const MORE: &str = "importmarkmore";
const LEFT: &str = "importmarkleft";

/// The text of a post as Markdown. `picture` gives the address of a picture by its number.
pub(super) fn markdown(
    doc: &mut Doc,
    html: &str,
    converter: &Converter,
    picture: &dyn Fn(&str) -> Option<String>,
) -> String {
    let html = html
        .replace("<!--more-->", &format!("\n\n{MORE}\n\n"))
        .replace("<!--nextpage-->", "\n\n");
    let html = more_with_words(&html);
    let html = without_comments(&html);
    let mut left: Vec<String> = Vec::new();
    let html = shortcodes(&html, &mut left, picture);
    // A post may hold both blocks and paragraphs that nothing marks.
    let html = paragraphs(&html);
    let mut text = tidied(&converter.markdown(&html));
    text = text.replace(MORE, "<!-- more -->");
    for (number, written) in left.iter().enumerate() {
        text = text.replace(&format!("{LEFT}{number}end"), &comment(written));
        let name = written
            .trim_start_matches('[')
            .split([' ', ']'])
            .next()
            .unwrap_or_default();
        doc.leave(&format!("shortcode `{name}`"), written);
    }
    text
}

/// `<!--more Read on-->`.
fn more_with_words(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<!--more ") {
        let Some(end) = rest[start..].find("-->") else {
            break;
        };
        out.push_str(&rest[..start]);
        out.push_str(&format!("\n\n{MORE}\n\n"));
        rest = &rest[start + end + 3..];
    }
    out.push_str(rest);
    out
}

fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        let end = rest[start..]
            .find("-->")
            .map_or(rest.len(), |end| start + end + 3);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Paragraphs of what is parted by empty lines, line ends of single ones, but not in and around blocks of HTML.
pub(super) fn paragraphs(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let html = html.replace("\r\n", "\n");
    let mut rest = html.as_str();
    while !rest.is_empty() {
        // Code stays as it is.
        let start = rest.find("<pre").unwrap_or(rest.len());
        let (before, from) = rest.split_at(start);
        for part in before.split("\n\n") {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            match begins_block(part) || part.starts_with("</") {
                true => out.push_str(part),
                false => out.push_str(&format!("<p>{}</p>", part.replace('\n', "<br>"))),
            }
            out.push('\n');
        }
        let end = from.find("</pre>").map_or(from.len(), |end| end + 6);
        out.push_str(&from[..end]);
        rest = &from[end..];
    }
    out
}

fn begins_block(html: &str) -> bool {
    let Some(rest) = html.strip_prefix('<') else {
        return false;
    };
    let name: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    BLOCKS
        .split(' ')
        .any(|block| block.eq_ignore_ascii_case(&name))
}

/// `[caption]`, `[gallery]` and the like as HTML.
fn shortcodes(
    html: &str,
    left: &mut Vec<String>,
    picture: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // Where the last tag begins that ends one of a name: behind that none is looked for.
    let mut last: BTreeMap<String, Option<usize>> = BTreeMap::new();
    while let Some(start) = rest.find('[') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(tag) = tag(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let close = format!("[/{}]", tag.name);
        let last = last
            .entry(tag.name.clone())
            .or_insert_with(|| html.rfind(&close));
        let inner = last
            .filter(|last| *last >= html.len() - rest.len() + tag.end)
            .and_then(|_| rest[tag.end..].find(&close))
            .map(|at| &rest[tag.end..tag.end + at]);
        let whole = inner.map_or(tag.end, |inner| tag.end + inner.len() + close.len());
        let written = &rest[..tag.end];
        match (tag.name.as_str(), inner) {
            ("caption" | "wp_caption", Some(inner)) => {
                let cut = inner.rfind('>').map_or(0, |at| at + 1);
                let named = attribute(written, "caption");
                let words = named.as_deref().unwrap_or(inner[cut..].trim());
                out.push_str(&format!(
                    "\n\n<figure>{}<figcaption>{words}</figcaption></figure>\n\n",
                    &inner[..cut]
                ));
            }
            ("gallery", _) => {
                let ids = attribute(written, "ids")
                    .or(attribute(written, "include"))
                    .unwrap_or_default();
                for src in ids.split(',').filter_map(|id| picture(id.trim())) {
                    out.push_str(&format!(
                        "\n\n<img src=\"{}\" alt=\"\">\n\n",
                        crate::escape::html(&src)
                    ));
                }
                if ids.is_empty() {
                    mark(&mut out, left, written);
                }
            }
            ("embed" | "youtube" | "vimeo" | "video" | "audio", Some(inner))
                if inner.trim().starts_with("http") =>
            {
                out.push_str(&format!("\n\n{}\n\n", inner.trim()));
            }
            ("youtube" | "vimeo" | "video" | "audio" | "embed", _) => {
                let url = ["src", "url", "mp4", "mp3"]
                    .iter()
                    .find_map(|key| attribute(written, key));
                let bare = written
                    .trim_matches(['[', ']'])
                    .split([' ', '='])
                    .find(|word| word.starts_with("http"))
                    .map(str::to_owned);
                match url.or(bare) {
                    Some(url) => out.push_str(&format!("\n\n{url}\n\n")),
                    None => mark(&mut out, left, written),
                }
            }
            ("code" | "sourcecode" | "highlight" | "php", Some(inner)) => {
                let lang = ["language", "lang"]
                    .iter()
                    .find_map(|key| attribute(written, key))
                    .unwrap_or_default();
                let inner = crate::parse::unescape(inner);
                out.push_str(&format!(
                    "\n\n<pre class=\"language-{lang}\">{}</pre>\n\n",
                    crate::escape::html(inner.trim_matches('\n'))
                ));
            }
            (_, Some(inner)) => {
                mark(&mut out, left, written);
                out.push_str(inner);
            }
            _ => mark(&mut out, left, written),
        }
        rest = &rest[whole..];
    }
    out.push_str(rest);
    out
}

fn mark(out: &mut String, left: &mut Vec<String>, written: &str) {
    out.push_str(&format!("{LEFT}{}end", left.len()));
    left.push(written.to_owned());
}

/// A shortcode's opening tag.
struct Tag {
    name: String,
    /// Behind its bracket.
    end: usize,
}

fn tag(text: &str) -> Option<Tag> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(']').filter(|end| *end < 2000)?;
    let inner = &inner[..end];
    let name: String = inner
        .chars()
        .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(*c))
        .collect();
    let rest = &inner[name.len()..];
    let is_link = text[end + 2..].starts_with('(');
    let has_words = rest.starts_with(' ') && (rest.contains('=') || rest.contains("http"));
    let is_known =
        KNOWN.contains(&name.as_str()) && (rest.is_empty() || rest.starts_with([' ', '=']));
    let is_tag = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() > 1
        && !inner.contains('\n');
    (is_tag && !is_link && (has_words || is_known)).then_some(Tag { name, end: end + 2 })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag
        .find(&format!(" {name}="))
        .map(|at| at + name.len() + 2)?;
    let rest = &tag[at..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    Some(match quote {
        Some(quote) => rest[1..].split(quote).next().unwrap_or_default().to_owned(),
        None => rest.split([' ', ']']).next().unwrap_or_default().to_owned(),
    })
}

/// Takes back what the converter escapes and need not: brackets, and the signs of an address alone on its line.
pub(super) fn tidied(markdown: &str) -> String {
    let code = super::tag::code(markdown);
    let mut out = String::with_capacity(markdown.len());
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        let is_code = super::tag::is_code(&code, at);
        let is_address =
            line.trim().starts_with("http") && !line.trim().contains(char::is_whitespace);
        if is_code {
            out.push_str(line);
        } else if is_address {
            out.push_str(&line.replace('\\', ""));
        } else {
            let mut rest = line;
            while let Some(found) = rest.find('\\') {
                out.push_str(&rest[..found]);
                let after = &rest[found + 1..];
                let ends = after
                    .strip_prefix(']')
                    .is_some_and(|more| !more.starts_with(['(', '[', ':']));
                let begins = after
                    .strip_prefix('[')
                    .is_some_and(|more| !more.starts_with(['[', '^', '\\']));
                if !ends && !begins {
                    out.push('\\');
                }
                let next = after.chars().next().map_or(0, char::len_utf8);
                out.push_str(&after[..next]);
                rest = &after[next..];
            }
            out.push_str(rest);
        }
        at += line.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> String {
        let mut doc = Doc::default();
        markdown(&mut doc, html, &Converter::new(), &|id| {
            (id == "9").then(|| "/p.png".to_owned())
        })
    }

    #[test]
    fn posts_are_markdown() {
        for (html, wanted) in [
            ("One\nline.\n\nTwo.", "One  \nline.\n\nTwo."),
            ("A\n\n<!--more-->\n\nB", "A\n\n<!-- more -->\n\nB"),
            (
                "[caption id=\"a\"]<img src=\"/x.png\" alt=\"A\"/> Ours[/caption]",
                "![A](/x.png \"Ours\")",
            ),
            ("[gallery ids=\"9,8\"]", "![](/p.png)"),
            (
                "[contact-form-7 id=\"3\"]",
                "<!-- import: [contact-form-7 id=\"3\"] -->",
            ),
            ("A word [sic] and [1].", "A word [sic] and [1]."),
            (
                "https://www.youtube.com/watch?v=a_b_c",
                "https://www.youtube.com/watch?v=a_b_c",
            ),
            ("<pre>a\n\nb</pre>", "```\na\n\nb\n```"),
            (
                "[sourcecode lang=\"js\"]a < b;[/sourcecode]",
                "```js\na < b;\n```",
            ),
            (
                "<!-- wp:quote --><blockquote><p>Words</p></blockquote><!-- /wp:quote -->",
                "> Words",
            ),
            ("a &amp;lt; b", "a &lt; b"),
            (
                "<iframe src=\"https://www.youtube.com/embed/abc?x=1\"></iframe>",
                "https://www.youtube.com/watch?v=abc",
            ),
        ] {
            assert_eq!(read(html), wanted, "{html}");
        }
    }

    #[test]
    fn tags_that_nothing_ends_take_no_long_time() {
        // Each would look for its end in all that follows.
        let many = "[caption]".repeat(30_000);
        let mut left = Vec::new();
        shortcodes(&many, &mut left, &|_| None);
        assert_eq!(left.len(), 30_000);
    }

    #[test]
    fn what_is_nested_too_deep_stays() {
        let html = "<div>".repeat(20_000);
        assert!(read(&html).contains("<div>"));
    }
}
