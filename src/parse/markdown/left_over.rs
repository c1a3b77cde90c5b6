//! Finds marks that stayed marks, in text that is not code: Markdown that is none, and template code of other programs
//! (`left_over/template.rs`). It looks at the source, where an escape is still an escape.

mod in_html;
mod template;

use std::ops::Range;

pub(super) use in_html::markdown_in;

/// The code of Markdown that readers see as it was typed.
pub(super) const MARKUP: &str = "left-over-markup";
/// The code of another program's template code.
pub(super) const TEMPLATE: &str = "left-over-template";

/// A mark that readers would see.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LeftOver {
    /// [`MARKUP`] or [`TEMPLATE`].
    pub(super) code: &'static str,
    pub(super) bytes: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    /// Bytes after which, and bytes before which, a sign mends it: `<` and `>` around a path with a space.
    pub(super) brackets: Option<Range<usize>>,
}

const OPEN_COMMENT: &str = "this comment never ends, so readers see it";

/// Where a run of text stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// At the start of a line of a paragraph.
    pub(super) line_start: bool,
    /// At the start of a block.
    pub(super) block_start: bool,
    /// At the end of a block.
    pub(super) ends_block: bool,
    /// Right behind a picture or a link.
    pub(super) behind: bool,
}

/// Looks at the text in these bytes of `source`: a run without marks in it that meant something.
pub(super) fn scan(source: &str, run: Range<usize>, place: Place, found: &mut Vec<LeftOver>) {
    let Some(text) = source.get(run.clone()) else {
        return;
    };
    if place.line_start {
        line_start(text, run.start, place, found);
    }
    if !text
        .bytes()
        .any(|b| matches!(b, b'[' | b']' | b'*' | b'~' | b'{' | b'<'))
    {
        return;
    }
    let scan = Scan { source, run };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let here = scan.run.start + at;
        let length = match bytes[at] {
            b'\\' => 2,
            b'[' => scan.bracket(here, found),
            b']' => scan.end_of_words(here, found),
            b'*' | b'~' => scan.emphasis(here, found),
            b'{' => scan.brace(here, at == 0 && place.behind, place.ends_block, found),
            b'<' if text[at..].starts_with("<!--") => {
                // Those after it stand in the comment.
                if found.iter().all(|left| left.message != OPEN_COMMENT) {
                    found.push(LeftOver {
                        code: MARKUP,
                        bytes: here..here + 4,
                        message: OPEN_COMMENT.to_owned(),
                        help: "end it with `-->`".into(),
                        brackets: None,
                    });
                }
                4
            }
            _ => 1,
        };
        at += length.max(1);
    }
}

/// What means something to others, or to Markdown in another form, at the start of a line.
fn line_start(text: &str, start: usize, place: Place, found: &mut Vec<LeftOver>) {
    let mut tell = |length: usize, message: &str, help: &str| {
        found.push(LeftOver {
            code: MARKUP,
            bytes: start..start + length,
            message: message.to_owned(),
            help: help.to_owned(),
            brackets: None,
        });
    };
    let first = text.as_bytes().first();
    match first {
        Some(b'#') => {
            let marks = text.bytes().take_while(|b| *b == b'#').count();
            let rest = &text[marks..];
            let next = rest.chars().next();
            let is_tags = marks == 1
                && (!rest.contains(char::is_whitespace)
                    || rest.contains(" #")
                    || !place.block_start);
            if next == Some('\u{a0}') || next == Some('\u{3000}') {
                let help =
                    "type the space anew: Option and the space bar make a no-break space on a Mac";
                tell(
                    marks,
                    "a space that is none to Markdown keeps this line from being a heading",
                    help,
                );
            } else if marks > 6 && next == Some(' ') {
                tell(
                    marks,
                    "headings have six levels at most",
                    "take out some of the `#`",
                );
            } else if marks <= 6 && next.is_some_and(char::is_alphabetic) && !is_tags {
                tell(
                    marks,
                    "readers see this `#`: no space follows it, so the line is no heading",
                    "put a space behind it; where a `#` is meant, write `\\#`",
                );
            }
        }
        _ => template::line_start(text, start, place, found),
    }
}

/// A run of text in its source.
struct Scan<'s> {
    source: &'s str,
    run: Range<usize>,
}

impl Scan<'_> {
    fn before(&self, at: usize) -> Option<char> {
        self.source[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.source[at..].chars().next()
    }

    /// The source from `at` to the end of its line.
    fn line(&self, at: usize) -> &str {
        let rest = &self.source[at..];
        rest[..rest.find('\n').unwrap_or(rest.len())].trim_end()
    }

    fn is_escaped(&self, at: usize) -> bool {
        let before = self.source[..at].bytes().rev();
        before.take_while(|b| *b == b'\\').count() % 2 == 1
    }

    /// The bracket that the one at `end` closes, on the same line.
    fn opening(&self, end: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (at, byte) in self.source.as_bytes()[..end].iter().enumerate().rev() {
            match byte {
                b'\n' => return None,
                b']' if !self.is_escaped(at) => depth += 1,
                b'[' if !self.is_escaped(at) && depth == 0 => return Some(at),
                b'[' if !self.is_escaped(at) => depth -= 1,
                _ => {}
            }
        }
        None
    }

    fn bracket(&self, at: usize, found: &mut Vec<LeftOver>) -> usize {
        let line = self.line(at);
        let mut tell = |length: usize, message: String, help: String| {
            found.push(LeftOver {
                code: MARKUP,
                bytes: at..at + length,
                message,
                help,
                brackets: None,
            });
            length
        };
        if let Some(rest) = line.strip_prefix("[^") {
            let Some(end) = rest.find(']').filter(|end| *end > 0) else {
                return 1;
            };
            let label = &rest[..end];
            // `[^a-z]` is a class of characters.
            let is_class = label.chars().nth(1) == Some('-') && label.chars().count() > 2
                || rest[end + 1..].starts_with(['+', '*', '?', '{']);
            let is_label = label
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
            if !is_label || is_class {
                return 1;
            }
            return tell(
                end + 3,
                format!("there is no footnote `{label}`, so readers see `[^{label}]`"),
                format!("write it below: `[^{label}]: …`"),
            );
        }
        if let Some(rest) = line.strip_prefix("[[") {
            let begins = rest.starts_with(|c: char| c.is_alphabetic());
            let is_free = !self.before(at).is_some_and(char::is_alphanumeric);
            if begins && is_free && !rest.contains("]]") {
                return tell(
                    2,
                    "this wiki link never ends, so readers see its brackets".into(),
                    "end it with `]]`".into(),
                );
            }
            return 2;
        }
        1
    }

    /// At a `]`: what follows should have made a link of the words before.
    fn end_of_words(&self, at: usize, found: &mut Vec<LeftOver>) -> usize {
        let rest = self.line(at + 1);
        let Some(open) = rest
            .starts_with(['(', '[', ' '])
            .then(|| self.opening(at))
            .flatten()
        else {
            return 1;
        };
        let is_picture = self.source[..open].ends_with('!');
        let start = open - usize::from(is_picture);
        let what = if is_picture { "picture" } else { "link" };
        let words = &self.source[open..=at];
        let is_of_word = self.source[..start].ends_with(|c: char| c.is_alphanumeric());
        let sign = if is_picture { "!" } else { "" };
        let mut tell = |end: usize, help: String, brackets: Option<Range<usize>>| {
            found.push(LeftOver {
                code: MARKUP,
                bytes: start..end,
                message: format!("this is no {what}, so readers see its marks"),
                help,
                brackets,
            });
            end - at
        };
        if let Some(target) = rest.strip_prefix('(') {
            let Some(end) = closing(target) else {
                let is_path = target.contains(['.', '/', '#']) && !is_of_word;
                let end = at + 2 + target.len();
                return if is_path {
                    tell(end, "close it with `)`".into(), None)
                } else {
                    1
                };
            };
            let target = &target[..end];
            let end = at + 2 + end + 1;
            let is_path = target.contains(['.', '/', '#', ':']);
            if !is_path && is_of_word {
                return 1;
            }
            let size = target.rfind(" =").filter(|size| {
                let size = &target[size + 2..];
                size.contains('x') && size.bytes().all(|b| b.is_ascii_digit() || b == b'x')
            });
            if let Some(size) = size {
                let help = format!(
                    "take out the size: `{sign}{words}({})`; pictures are made as wide as they are shown",
                    &target[..size]
                );
                return tell(end, help, None);
            }
            if target.contains(['“', '”', '„', '«', '‘', '’']) {
                return tell(
                    end,
                    "a title stands in straight quotes: `[words](address \"title\")`".into(),
                    None,
                );
            }
            if target.trim().contains(char::is_whitespace)
                && !target.contains(['<', '>', '"', '\''])
                && !is_prose(target)
            {
                let trimmed = target.trim();
                let help = format!(
                    "a path with a space stands in angle brackets: `{sign}{words}(<{trimmed}>)`"
                );
                let from = at + 2 + (target.len() - target.trim_start().len());
                return tell(end, help, Some(from..from + trimmed.len()));
            }
            if is_prose(target) {
                return 1;
            }
            return tell(
                end,
                format!(
                    "write `{sign}[words](address)`, an address with spaces or brackets in `<` and `>`"
                ),
                None,
            );
        }
        if let Some(label) = rest.strip_prefix('[') {
            let Some(end) = label.find(']').filter(|end| *end > 0) else {
                return 1;
            };
            let label = &label[..end];
            let is_number = words[1..words.len() - 1]
                .bytes()
                .all(|b| b.is_ascii_digit());
            if is_of_word || is_number || label.starts_with('^') {
                return 1;
            }
            let help = format!(
                "say below where it leads, `[{label}]: address`, or write `{sign}{words}(address)`"
            );
            return tell(at + 1 + end + 2, help, None);
        }
        let target = rest.trim_start_matches(' ').strip_prefix('(');
        if let Some(target) = target
            && let Some(end) = closing(target)
            && is_address(&target[..end])
        {
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            let help = format!("take out the space: `{sign}{words}({})`", &target[..end]);
            return tell(at + 1 + spaces + 1 + end + 1, help, None);
        }
        1
    }

    /// Stars that open what nothing closes. Stars behind a word are left alone: they most often lead to a note.
    fn emphasis(&self, at: usize, found: &mut Vec<LeftOver>) -> usize {
        let mark = self.source.as_bytes()[at];
        let run = self.source[at..].bytes().take_while(|b| *b == mark).count();
        let (before, after) = (self.before(at), self.after(at + run));
        let opens = before.is_none_or(|c| !c.is_alphanumeric() && c != '\\' && c != '*')
            && after.is_some_and(|c| {
                c.is_alphabetic() || matches!(c, '“' | '"' | '„' | '«' | '[' | '(')
            });
        let spaced = before.is_none_or(char::is_whitespace)
            && after == Some(' ')
            && self.source[at + run..]
                .trim_start_matches(' ')
                .starts_with(char::is_alphabetic);
        let name = if mark == b'*' { "**" } else { "~~" };
        let rest = self.line(at + run);
        let again = rest
            .find(name)
            .filter(|end| rest[..*end].ends_with(' ') && !rest[end + 2..].starts_with(['*', '~']));
        if run == 2 && opens {
            // Footnotes of old: `five**` above, `**per head` below.
            let is_note = self.source[..at].trim_end_matches(' ').ends_with(['\n'])
                && self.source[..at].match_indices(name).any(|(at, _)| {
                    self.source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.')
                        && self.source[at + 2..]
                            .starts_with(|c: char| c.is_whitespace() || c == '.' || c == ',')
                });
            if !is_note {
                found.push(LeftOver {
                    code: MARKUP,
                    bytes: at..at + run,
                    message: format!("nothing closes this `{name}`, so readers see it"),
                    help: format!("put `{name}` behind the last word; where the sign is meant, write `\\{0}\\{0}`", &name[1..]),
                    brackets: None,
                });
            }
        } else if let (2, true, Some(end)) = (run, spaced && mark == b'*', again) {
            found.push(LeftOver {
                code: MARKUP,
                bytes: at..at + run + end + 2,
                message: format!(
                    "the spaces within make these `{name}` plain signs, so readers see them"
                ),
                help: format!(
                    "write them at the words: `{name}{}{name}`",
                    rest[..end].trim()
                ),
                brackets: None,
            });
            return run + end + 2;
        }
        run
    }
}

/// Where the parenthesis ends that `text` stands in.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Words in parentheses that happen to follow a bracket: `[sic](p. 12)` is not written by anybody who means a link.
fn is_prose(target: &str) -> bool {
    !target.contains(['.', '/', '#', ':']) && target.contains(", ")
}

/// Whether it cannot be but an address: a path with an ending, or one of the web.
fn is_address(target: &str) -> bool {
    if target.contains(char::is_whitespace) || target.is_empty() {
        return false;
    }
    let is_path = target.starts_with(['/', '#'])
        || target.starts_with("./")
        || target.starts_with("../")
        || target.contains("://");
    let path = target.split('#').next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    is_path
        || [
            "md", "html", "htm", "jpg", "jpeg", "png", "gif", "svg", "webp", "pdf",
        ]
        .contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let place = Place {
            line_start: true,
            block_start: true,
            ends_block: false,
            behind: false,
        };
        let mut found = Vec::new();
        scan(text, 0..text.len(), place, &mut found);
        found.into_iter().map(|left| &text[left.bytes]).collect()
    }

    #[test]
    fn marks_that_stayed_marks_are_found() {
        for (text, mark) in [
            ("x [a](my file.md) y", "[a](my file.md)"),
            ("![a](my (1) file.jpg)", "![a](my (1) file.jpg)"),
            ("![a](p.svg =300x200)", "![a](p.svg =300x200)"),
            ("[a](x.md", "[a](x.md"),
            ("[a](x.md “t”)", "[a](x.md “t”)"),
            ("[a] (x.md)", "[a] (x.md)"),
            ("[a][nope]", "[a][nope]"),
            ("a[^missing].", "[^missing]"),
            ("is **bold without", "**"),
            ("is ~~gone without", "~~"),
            ("is ** bold ** here", "** bold **"),
            ("[[x] and", "[["),
            ("##\u{a0}Heading", "##"),
            ("##Heading", "##"),
            ("#No space", "#"),
            ("####### Seven", "#######"),
            ("{{ page.title }}", "{{ page.title }}"),
            ("{{< figure src=x >}}", "{{< figure src=x >}}"),
            ("{% include x %}", "{% include x %}"),
            ("Text {: .note }", "{: .note }"),
            ("Text {.note}", "{.note}"),
            ("::: warning", ":::"),
            ("!!! note", "!!!"),
            ("??? tip \"Title\"", "???"),
            ("[TOC]", "[TOC]"),
            ("import A from 'a'", "import A from 'a'"),
            ("a <!-- b", "<!--"),
        ] {
            assert_eq!(found(text), [mark], "{text}");
        }
    }

    #[test]
    fn what_is_meant_is_left_alone() {
        for text in [
            "2**3 and 2 ** 3 are powers",
            "five euros**",
            "f**k and s***, ****",
            "**********",
            r"\*\*not bold and \[a\](my file.md) and \[^1]",
            "[sic] (1990) and [a] (see below)",
            "array[i][j] and [1][2]",
            "f[x](a, b)",
            "[^a-z] and [^0-9]+",
            "[[1, 2], [3, 4]] and [[ -f x ]]",
            "#hashtag #another",
            "#hashtag",
            "# 1",
            "#1 reason",
            "!!! Wow",
            "???",
            "{a, b} and {x = 1} and x^{2} and {5}",
            r"\frac{{a}}{b}",
            "100 {%",
            "a :::b",
            "important from the start",
            "wait * for * it",
            "[x] done, [ ] not",
            "a < b and <- c",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn markdown_in_html_is_found() {
        for text in [
            "a **b** c",
            "[a](b.md)",
            "\n## A heading\n",
            "`code`",
            "[[a]]",
        ] {
            assert!(markdown_in(text).is_some(), "{text}");
        }
        for text in ["5 * 3 ** 2", "[sic] (a)", "# ", "it`s", "a_b_c", "** a"] {
            assert!(markdown_in(text).is_none(), "{text}");
        }
    }
}
