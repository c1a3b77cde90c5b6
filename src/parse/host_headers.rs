//! Reads `_headers`: what a host sends beside files, in Netlify's form. A line that begins with `/` is a path, in which `*`
//! and `:name` stand for anything; the lines after it are its headers, `Name: value`.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// The file, from the site's root.
pub const FILE: &str = "content/_headers";

/// The code of what is wrong with a line.
pub const CODE: &str = "header";

/// What is sent beside the files of one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// A path, with `*` and `:name`.
    pub path: String,
    /// In the order in which they stand.
    pub headers: Vec<Header>,
}

/// A line of an answer's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// As written: case does not count.
    pub name: String,
    /// Without spaces at its ends.
    pub value: String,
    /// In its file.
    pub at: Range<usize>,
}

/// The blocks of a file, and what is wrong with its lines.
pub fn read(text: &str) -> (Vec<Block>, Vec<Diagnostic>) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut wrong = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_start_matches('\u{feff}').trim();
        let at = start + whole.find(line).unwrap_or(0);
        let at = at..at + line.len();
        start += whole.len();
        let mut error = |message: String, help: &str| {
            let error = Diagnostic::error(CODE, FILE, message).at(at.clone());
            wrong.push(error.help(help));
        };
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('/') {
            if line.contains(char::is_whitespace) {
                error(
                    format!("`{line}` is no path"),
                    "a path has no spaces; headers stand below it, each on a line of its own",
                );
            }
            blocks.push(Block {
                path: line.to_owned(),
                headers: Vec::new(),
            });
            places.push(at);
            continue;
        }
        let (name, value) = match line.split_once(':') {
            Some((name, value)) => (name.trim(), value.trim()),
            None => {
                error(
                    format!("`{line}` is neither a path nor a header"),
                    "a path begins with `/`, a header is `Name: value`",
                );
                continue;
            }
        };
        if !is_name(name) {
            error(
                format!("`{name}` is no name of a header"),
                "names are letters, digits and hyphens: `Cache-Control: no-store`",
            );
        } else if value.is_empty() || !value.chars().all(|c| c == '\t' || !c.is_control()) {
            error(format!("`{name}` has no value"), "write it after the colon");
        } else if let Some(block) = blocks.last_mut() {
            block.headers.push(Header {
                name: name.to_owned(),
                value: value.to_owned(),
                at,
            });
        } else {
            error(
                format!("`{name}` stands below no path"),
                "write the path that it is for before it: `/*` is the whole site",
            );
        }
    }
    let empty = blocks.iter().zip(&places).filter(|(block, at)| {
        // What was wrong with the lines below it is told already.
        let is_last = |error: &Diagnostic| matches!(&error.spot, crate::diagnostic::Spot::Bytes(bytes) if bytes.start >= at.start);
        block.headers.is_empty() && !wrong.iter().any(is_last)
    });
    let empty: Vec<Diagnostic> = empty
        .map(|(block, at)| {
            let error =
                Diagnostic::error(CODE, FILE, format!("nothing is sent for {}", block.path));
            error
                .at(at.clone())
                .help("write headers below it: `  Name: value`")
        })
        .collect();
    wrong.extend(empty);
    blocks.retain(|block| !block.headers.is_empty());
    (blocks, wrong)
}

/// Whether a header may be called so (RFC 9110, section 5.1).
fn is_name(text: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_paths_with_their_headers() {
        let (blocks, wrong) = read("# why\n/*\n  X-A: 1\n\tX-B:  a: b \n\n/x/:name\nX-A: 2\r\n");
        assert!(wrong.is_empty(), "{wrong:?}");
        let shown: Vec<(&str, Vec<(&str, &str)>)> = blocks
            .iter()
            .map(|block| {
                let headers = block.headers.iter();
                (
                    block.path.as_str(),
                    headers
                        .map(|h| (h.name.as_str(), h.value.as_str()))
                        .collect(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("/*", vec![("X-A", "1"), ("X-B", "a: b")]),
                ("/x/:name", vec![("X-A", "2")])
            ]
        );
    }

    #[test]
    fn what_is_no_line_is_told() {
        for text in [
            "X-A: 1",
            "/*\n  X-A",
            "/*\n  X A: 1",
            "/*\n  X-A:",
            "/*",
            "/a b\n  X-A: 1",
            "/*\n  : 1",
        ] {
            assert_eq!(read(text).1.len(), 1, "{text}");
        }
    }
}
