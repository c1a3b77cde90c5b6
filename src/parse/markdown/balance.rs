//! Watches the tags of raw HTML over a whole text: which are never closed, which close nothing, and which are no
//! elements at all. A scanner of tags, not a parser: what HTML lets authors leave open is left open.

use super::left_over::markdown_in;
use crate::list::words;

/// Elements without an end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that end by themselves.
const OPTIONAL: [&str; 21] = [
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rb", "rp", "rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr",
];
/// Elements that hold text and no tags.
const RAW: [&str; 9] = [
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
];
/// Elements that take in, or hide, all that follows while they are open.
const SWALLOWING: [&str; 8] = [
    "audio", "canvas", "noscript", "object", "select", "table", "template", "video",
];
/// Elements in which Markdown is not expected: readers see it as it is.
const VERBATIM: [&str; 7] = ["code", "kbd", "math", "pre", "samp", "svg", "var"];
/// The elements of HTML, old ones too.
const ELEMENTS: [&str; 139] = words(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big \
    blink blockquote body br button canvas caption center cite code col colgroup data datalist dd \
    del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form \
    frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label \
    legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript \
    object ol optgroup option output p param picture plaintext portal pre progress q rb rp rt rtc \
    ruby s samp script search section select slot small source span strike strong style sub \
    summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul \
    var video wbr xmp image command",
);

/// The kinds of what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What follows it is swallowed: the page is broken.
    Swallows,
    /// An end is missing, or is one too many.
    Unbalanced,
    /// A tag that no browser knows: words in angle brackets.
    NoElement,
    /// A component of another program.
    Component,
    /// Markdown in an HTML block.
    Markdown,
}

/// Something wrong with the raw HTML.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) kind: Kind,
    /// The byte of the text that the piece of HTML begins at.
    pub(super) from: usize,
    /// As it is written.
    pub(super) written: String,
    pub(super) message: String,
    pub(super) help: String,
}

/// An open element, or the beginning of a block of Markdown that elements cannot reach beyond.
#[derive(Debug)]
struct Open {
    /// Empty for a block.
    name: String,
    written: String,
    from: usize,
    /// `<a/>`, which is not closed by its slash.
    slash: bool,
}

/// The elements that are open.
#[derive(Debug, Default)]
pub(super) struct Balance {
    open: Vec<Open>,
    /// A comment is open: nothing that follows is seen by anybody.
    lost: bool,
    pub(super) wrong: Vec<Wrong>,
}

impl Balance {
    /// A block of Markdown begins, such as a list's item.
    pub(super) fn enter(&mut self) {
        self.open.push(Open {
            name: String::new(),
            written: String::new(),
            from: 0,
            slash: false,
        });
    }

    /// The block ends, or the text.
    pub(super) fn leave(&mut self) {
        while let Some(open) = self.open.pop() {
            if open.name.is_empty() {
                return;
            }
            self.unclosed(open);
        }
    }

    /// Reads a piece of raw HTML that begins at byte `from` of the text; `block` where Markdown in it stays text.
    pub(super) fn read(&mut self, html: &str, from: usize, block: bool) {
        let mut at = 0;
        while !self.lost && at < html.len() {
            if let Some(raw) = self
                .open
                .last()
                .filter(|open| is_raw(&open.name) && !self.in_drawing())
            {
                match end_of(&html[at..], &raw.name) {
                    Some(end) => at += end,
                    None => return,
                }
                self.open.pop();
                continue;
            }
            let tag = html[at..].find('<').map_or(html.len(), |next| at + next);
            if block {
                self.markdown(&html[at..tag], from);
            }
            at = tag;
            if at < html.len() {
                at += self.tag(&html[at..], from);
            }
        }
    }

    /// Markdown in a text of an HTML block: told once for each text.
    fn markdown(&mut self, text: &str, from: usize) {
        let is_verbatim = |open: &Open| VERBATIM.contains(&open.name.as_str());
        if self.open.iter().any(is_verbatim) {
            return;
        }
        if let Some(found) = markdown_in(text) {
            self.wrong.push(Wrong {
                kind: Kind::Markdown,
                from,
                written: text[found].to_owned(),
                message: "readers see these marks: in an HTML block Markdown is plain text".into(),
                help: "put an empty line before and after the Markdown, or write HTML".into(),
            });
        }
    }

    fn in_drawing(&self) -> bool {
        let is_drawing = |open: &Open| matches!(open.name.as_str(), "svg" | "math");
        self.open.iter().any(is_drawing)
    }

    /// Reads what begins with `<`, and gives its length.
    fn tag(&mut self, html: &str, from: usize) -> usize {
        if let Some(comment) = html.strip_prefix("<!--") {
            if comment.starts_with('>') || comment.starts_with("->") {
                return 5;
            }
            if let Some(end) = comment
                .find("-->")
                .map(|end| end + 3)
                .or_else(|| comment.find("--!>").map(|end| end + 4))
            {
                return 4 + end;
            }
            self.lost = true;
            self.wrong.push(Wrong {
                kind: Kind::Swallows,
                from,
                written: "<!--".into(),
                message: "this comment never ends: all that follows it on the page is gone".into(),
                help: "end it with `-->`; a comment with empty lines in it begins on a line of its own".into(),
            });
            return html.len();
        }
        let is_end = html.starts_with("</");
        let start = 1 + usize::from(is_end);
        let length = html[start..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<'))
            .unwrap_or(html.len() - start);
        let written = &html[start..start + length];
        if !written.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return 1;
        }
        let end = end_of_tag(html);
        let slash = html[..end].ends_with("/>");
        let name = written.to_ascii_lowercase();
        match is_end {
            true => self.close(&name, &html[..end], from),
            false => self.opened(&name, written, &html[..end], slash, from),
        }
        end
    }

    fn opened(&mut self, name: &str, written: &str, tag: &str, slash: bool, from: usize) {
        let in_drawing = self.in_drawing();
        if !in_drawing && !name.contains(['-', ':']) && !ELEMENTS.contains(&name) {
            let is_component = written.starts_with(|c: char| c.is_ascii_uppercase())
                && written.contains(|c: char| c.is_ascii_lowercase())
                && (slash || tag.contains('=') || written.len() > 1);
            self.wrong.push(Wrong {
                kind: if is_component {
                    Kind::Component
                } else {
                    Kind::NoElement
                },
                from,
                written: tag.to_owned(),
                message: match is_component {
                    true => format!(
                        "`<{written}>` is a component of another program: readers see nothing of it"
                    ),
                    false => format!("`<{written}>` is no element of HTML: readers do not see it"),
                },
                help: match is_component {
                    true => "write Markdown or HTML in its place; to show it, put it in backticks"
                        .into(),
                    false => format!("to show it, put it in backticks: `<{written}>`"),
                },
            });
            return;
        }
        if VOID.contains(&name) || in_drawing && slash || !in_drawing && name == "image" {
            return;
        }
        self.open.push(Open {
            name: name.to_owned(),
            written: tag.to_owned(),
            from,
            slash,
        });
    }

    fn close(&mut self, name: &str, tag: &str, from: usize) {
        if VOID.contains(&name)
            || !self.in_drawing() && !name.contains('-') && !ELEMENTS.contains(&name)
        {
            return;
        }
        let reach = self
            .open
            .iter()
            .rposition(|open| open.name.is_empty())
            .map_or(0, |block| block + 1);
        match self.open[reach..].iter().rposition(|open| open.name == name) {
            Some(at) => {
                let inner = self.open.split_off(reach + at + 1);
                self.open.pop();
                inner.into_iter().for_each(|open| self.unclosed(open));
            }
            None => self.wrong.push(Wrong {
                kind: Kind::Unbalanced,
                from,
                written: tag.to_owned(),
                message: format!("`</{name}>` closes nothing that was opened in the text, and may close what the page is made of"),
                help: "take it out, or open the element before it".into(),
            }),
        }
    }

    fn unclosed(&mut self, open: Open) {
        let name = open.name.as_str();
        if OPTIONAL.contains(&name) {
            return;
        }
        let swallows = is_raw(name) || SWALLOWING.contains(&name);
        self.wrong.push(Wrong {
            kind: if swallows {
                Kind::Swallows
            } else {
                Kind::Unbalanced
            },
            from: open.from,
            message: match swallows {
                true => {
                    format!("`<{name}>` is never closed, and swallows what follows it on the page")
                }
                false => format!("`<{name}>` is never closed"),
            },
            help: match open.slash {
                true => format!("a slash does not close it: write `<{name}></{name}>`"),
                false => format!("close it with `</{name}>`"),
            },
            written: open.written,
        });
    }
}

fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// The byte behind the end tag of `name`.
fn end_of(html: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = html[at..].find("</") {
        at += next + 2;
        let found = html.as_bytes().get(at..at + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            let rest = &html[at..];
            return Some(at + rest.find('>').map_or(rest.len(), |end| end + 1));
        }
    }
    None
}

/// The length of the tag that `html` begins with; a `>` in quotes does not end it.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if html[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(html: &str) -> Vec<(Kind, String)> {
        let mut balance = Balance::default();
        balance.read(html, 0, false);
        balance.leave();
        balance
            .wrong
            .into_iter()
            .map(|wrong| (wrong.kind, wrong.written))
            .collect()
    }

    #[test]
    fn what_is_open_or_too_much_is_found() {
        for (html, kind, tag) in [
            ("<!-- a", Kind::Swallows, "<!--"),
            ("<table><tr><td>a", Kind::Swallows, "<table>"),
            ("<SCRIPT>a</b>", Kind::Swallows, "<SCRIPT>"),
            ("<iframe src=x/>", Kind::Swallows, "<iframe src=x/>"),
            (
                "<details><summary>a</summary>",
                Kind::Unbalanced,
                "<details>",
            ),
            ("<b>a<i>b</i>", Kind::Unbalanced, "<b>"),
            ("<div><b>a</div>", Kind::Unbalanced, "<b>"),
            ("a</div>", Kind::Unbalanced, "</div>"),
            ("<a id=x />", Kind::Unbalanced, "<a id=x />"),
            ("Vec<T>", Kind::NoElement, "<T>"),
            ("<name>", Kind::NoElement, "<name>"),
            ("<Tabs a=\">\">", Kind::Component, "<Tabs a=\">\">"),
        ] {
            assert_eq!(wrong(html), [(kind, tag.to_owned())], "{html}");
        }
    }

    #[test]
    fn what_is_balanced_is_left_alone() {
        for html in [
            "<ul><li>a<li>b</ul><p>c",
            "<br/><img src=\"a>b\"><hr></br>",
            "<script>if (a < b) { '<div>' }</script>",
            "<style>a > b {}</style><textarea><b></textarea>",
            "<svg viewBox='0 0 1 1'><title>a</title><path d=''/><g><linearGradient/></g></svg>",
            "<!-- <div> --><!--><!--->",
            "<my-element>a</my-element>",
            "<A HREF='x'>a</A><FONT SIZE=1>b</font>",
            "<table><tr><td>a</table>",
            "a < b, a <3 and <- c",
        ] {
            assert!(wrong(html).is_empty(), "{html}: {:?}", wrong(html));
        }
    }
}
