//! Finds template code of other programs, which readers see as it was typed.

use super::{LeftOver, Place, Scan, TEMPLATE};
use crate::parse::markdown::attributes;

/// What means something to others at the start of a line.
pub(super) fn line_start(text: &str, start: usize, place: Place, found: &mut Vec<LeftOver>) {
    let mut tell = |length: usize, message: &str, help: &str| {
        found.push(LeftOver {
            code: TEMPLATE,
            bytes: start..start + length,
            message: message.to_owned(),
            help: help.to_owned(),
            brackets: None,
        });
    };
    match text.as_bytes().first() {
        Some(b':') if text.starts_with(":::") => {
            let help = "a callout is written `> [!note]`, its text in lines that begin with `>`";
            tell(
                3,
                "readers see this `:::`, which is a box in other programs",
                help,
            );
        }
        Some(b'!' | b'?') if is_admonition(text) => {
            let help = "a callout is written `> [!note]`, its text in lines that begin with `>`";
            tell(
                3,
                "readers see this mark, which is a box in other programs",
                help,
            );
        }
        Some(b'=') if text.starts_with("=== \"") => {
            tell(
                3,
                "readers see this mark, which is a tab in other programs",
                "use headings",
            );
        }
        Some(b'[') if text.trim().eq_ignore_ascii_case("[toc]") => {
            let help = "take it out: the theme shows a table of contents where `toc: true` stands in the front matter";
            tell(
                5,
                "readers see this mark, which is a table of contents in other programs",
                help,
            );
        }
        Some(b'i' | b'e') if place.block_start && is_module(text) => {
            let length = text.find('\n').unwrap_or(text.trim_end().len());
            tell(
                length,
                "readers see this line, which is code in MDX",
                "take it out",
            );
        }
        _ => {}
    }
}

impl Scan<'_> {
    /// Template code, or attributes, that begin with the brace at `at`; says how far they reach.
    pub(super) fn brace(
        &self,
        at: usize,
        behind: bool,
        ends_block: bool,
        found: &mut Vec<LeftOver>,
    ) -> usize {
        let line = self.line(at);
        let mut tell = |length: usize, message: &str, help: &str| {
            found.push(LeftOver {
                code: TEMPLATE,
                bytes: at..at + length,
                message: message.to_owned(),
                help: help.to_owned(),
                brackets: None,
            });
            length
        };
        let code_help = "take it out, or write Markdown in its place; code that readers are to see stands in backticks";
        let is_math = self
            .before(at)
            .is_some_and(|c| matches!(c, '^' | '_' | '\\' | '}') || c.is_alphanumeric());
        for (open, close) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}")] {
            let Some(rest) = line.strip_prefix(open).filter(|_| !is_math) else {
                continue;
            };
            let begins = rest.starts_with(|c: char| {
                c.is_alphabetic() || matches!(c, ' ' | '<' | '%' | '-' | '.' | '$' | '#' | '/')
            });
            let length = match rest.find(close) {
                Some(end) => end + 4,
                // A shortcode may hold HTML, or go on in the next line.
                None if open == "{{" => line.len(),
                None => continue,
            };
            if begins {
                return tell(
                    length,
                    "readers see this template code of another program",
                    code_help,
                );
            }
        }
        let Some(end) = line.find('}') else {
            return 1;
        };
        let inner = &line[1..end];
        let rest = self.source.get(at + end + 1..self.run.end);
        let is_last = rest.is_some_and(|rest| rest.trim().is_empty());
        let is_apart = self.before(at).is_none_or(char::is_whitespace);
        if ends_block && is_last && is_apart && attributes::read(&line[..=end]).is_some() {
            return end + 1;
        }
        let is_attribute = inner.starts_with(':') && !inner[1..].trim().is_empty()
            || inner.starts_with(['.', '#'])
                && inner[1..].starts_with(|c: char| c.is_ascii_alphabetic())
                && (behind || line[end + 1..].trim().is_empty())
            || behind && inner.contains('=')
            || is_key_value(inner) && self.source[..at].ends_with([')', ']', '`', '*', '_']);
        if is_attribute {
            let help = "take it out: only a block has attributes, `{.class #id}` behind a space at its end; how things look is the theme's to say";
            return tell(
                end + 1,
                "readers see these attributes, which mean something to other programs",
                help,
            );
        }
        1
    }
}

/// `width=300`, `target="_blank"`.
fn is_key_value(inner: &str) -> bool {
    inner.split_once('=').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !value.is_empty()
    })
}

/// `!!! note`, `??? tip "Title"`.
fn is_admonition(text: &str) -> bool {
    let rest = text
        .strip_prefix("!!! ")
        .or_else(|| text.strip_prefix("??? "))
        .or_else(|| text.strip_prefix("???+ "));
    rest.is_some_and(|rest| {
        let word = rest
            .bytes()
            .take_while(|b| b.is_ascii_lowercase() || *b == b'-')
            .count();
        let after = rest[word..].trim();
        word > 0 && (after.is_empty() || after.starts_with('"'))
    })
}

/// `import X from "…"`, `export const …`.
fn is_module(text: &str) -> bool {
    let is_import = text.starts_with("import ")
        && [" from \"", " from '"]
            .iter()
            .any(|from| text.contains(from));
    let is_export = ["const ", "default ", "function "].iter().any(|word| {
        text.strip_prefix("export ")
            .is_some_and(|rest| rest.starts_with(word))
    }) && text.contains(['=', '{', '(']);
    is_import || is_export
}
