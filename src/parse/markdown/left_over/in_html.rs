//! Finds Markdown in the text of HTML blocks, where it is plain text.

use std::ops::Range;

/// Where Markdown stands in a text of an HTML block, in which it is plain text.
pub(in crate::parse::markdown) fn markdown_in(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(found) = markdown_in_line(line.trim_end()) {
            return Some(start + found.start..start + found.end);
        }
        start += line.len();
    }
    None
}

fn markdown_in_line(line: &str) -> Option<Range<usize>> {
    let indent = line.len() - line.trim_start().len();
    let marks = line[indent..].bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&marks) && line[indent + marks..].starts_with(' ') {
        return Some(indent..line.len());
    }
    let pair = |open: &str, close: &str| {
        let at = line.find(open)?;
        let inner = &line[at + open.len()..];
        let end = inner.find(close).filter(|end| *end > 0)?;
        let is_tight = !inner.starts_with(' ') && !inner[..end].ends_with(' ');
        is_tight.then_some(at..at + open.len() + end + close.len())
    };
    let link = || {
        let end = line.find("](")?;
        let open = line[..end].rfind('[')?;
        let close = line[end + 2..].find(')').filter(|close| *close > 0)?;
        Some(open..end + 2 + close + 1)
    };
    pair("**", "**")
        .or_else(link)
        .or_else(|| pair("[[", "]]"))
        .or_else(|| pair("`", "`"))
}
