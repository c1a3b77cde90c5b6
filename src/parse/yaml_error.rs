//! Says in an author's words why a text is no YAML, and where it most probably goes wrong. The parser
//! tells where it noticed, which may be lines below.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// A piece of YAML: what messages call it, and what it may be.
pub(super) struct Piece {
    /// Such as "the front matter".
    pub(super) name: &'static str,
    /// The code of messages about it.
    pub(super) code: &'static str,
    /// Bytes, at most.
    pub(super) longest: usize,
    /// Brackets that are open at one time, at most: many are an attack on the parser.
    pub(super) deepest: usize,
    /// What to do where it is too much.
    pub(super) help: &'static str,
    /// What to do about a text with a colon in it, which is most of what goes wrong.
    pub(super) colon: &'static str,
}

/// An error for the parser's `message` about `source`, which begins at byte `base` of the file. `noticed` is the
/// byte of `source` that the parser gives.
pub(super) fn explain(
    piece: &Piece,
    path: &str,
    source: &str,
    base: usize,
    message: &str,
    noticed: usize,
) -> Diagnostic {
    let error = |code, what: &str, at: Range<usize>, help: &str| {
        Diagnostic::error(code, path, what)
            .at(base + at.start..base + at.end)
            .help(help)
    };
    let noticed = floor(source, noticed);
    if message.starts_with("recursion limit") {
        return error(
            piece.code,
            &format!("{} is nested too deeply", piece.name),
            noticed..noticed,
            piece.help,
        );
    }
    if message.starts_with("repetition limit") {
        let what = format!(
            "{} repeats itself too often (`&x` names a value, `*x` repeats it)",
            piece.name
        );
        return error(
            piece.code,
            &what,
            first_anchor(source),
            "write the values out, without & and *",
        );
    }
    if let Some(key) = message
        .split("duplicate entry with key \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
    {
        let what = format!("the key `{key}` stands here a second time");
        return error(
            "yaml",
            &what,
            second(source, noticed, key),
            "each key may stand once: keep one of the two lines",
        );
    }
    if let Some(opened) = message
        .split("while scanning a quoted scalar at ")
        .nth(1)
        .and_then(|mark| place(source, mark))
    {
        let what = "this is not YAML: a quote is opened and never closed";
        return error(
            "yaml",
            what,
            opened..opened + 1,
            "close it at the end of the text, with the same sign",
        );
    }
    if let Some(colon) = colon_without_space(source, noticed) {
        let what = "this is not YAML: no space stands after this colon";
        return error(
            "yaml",
            what,
            colon,
            "a space belongs after the colon of a key: `title: My words`",
        );
    }
    // The parser's own "at line 3 column 5" counts from the front matter, not from the file.
    let what = format!(
        "this is not YAML: {}",
        message.split(" at line ").next().unwrap_or(message)
    );
    error(
        "yaml",
        &what,
        noticed..noticed,
        help_for(piece, line_at(source, noticed)),
    )
}

fn help_for(piece: &Piece, line: &str) -> &'static str {
    if line.contains('\t') {
        "YAML is indented by spaces, not by tabs"
    } else if line.matches(": ").count() > 1 {
        piece.colon
    } else {
        "texts with quotes, colons, brackets or # stand in double quotes; lists are [a, b]"
    }
}

/// The colon of the last key up to a place that has its value right behind it, or behind a space that is none for YAML.
fn colon_without_space(source: &str, noticed: usize) -> Option<Range<usize>> {
    let mut found = None;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        if start > noticed {
            break;
        }
        let key = line.trim_start_matches([' ', '-']);
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let colon = key.find(|c: char| !is_key(c)).filter(|at| *at > 0);
        if let Some((at, rest)) = colon.and_then(|at| Some((at, key[at..].strip_prefix(':')?)))
            && !rest.is_empty()
            && !rest.starts_with([' ', '\t', '\r', '\n', '/'])
        {
            let at = start + line.len() - key.len() + at;
            found = Some(at..at + 1);
        }
        start += line.len();
    }
    found
}

fn line_at(source: &str, at: usize) -> &str {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    source[start..].lines().next().unwrap_or_default()
}

/// The first name that is given to a value for repetition.
fn first_anchor(source: &str) -> Range<usize> {
    let Some(start) = [" &", "[&"]
        .iter()
        .filter_map(|sign| source.find(sign))
        .min()
    else {
        return 0..0;
    };
    let name = source[start + 2..]
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}'))
        .unwrap_or(0);
    start + 1..start + 2 + name
}

/// The second of the lines with `key` in the map that begins at `map`: those with its indentation.
fn second(source: &str, map: usize, key: &str) -> Range<usize> {
    let line_start = source[..map].rfind('\n').map_or(0, |end| end + 1);
    let indent = map - line_start;
    let mut at = line_start;
    let mut met = false;
    for line in source[line_start..].split_inclusive('\n') {
        let inner = line.get(indent..).unwrap_or_default();
        let name = inner
            .split(':')
            .next()
            .unwrap_or_default()
            .trim_end()
            .trim_matches(['"', '\'']);
        if name == key {
            if met {
                return at + indent..at + line.trim_end().len();
            }
            met = true;
        }
        at += line.len();
    }
    map..map
}

/// The byte of a parser's `line 3 column 5`, which counts lines and characters from 1.
fn place(source: &str, mark: &str) -> Option<usize> {
    let mut numbers = mark
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map(str::parse::<usize>);
    let (line, column) = (
        numbers.next()?.ok()?.checked_sub(1)?,
        numbers.next()?.ok()?.checked_sub(1)?,
    );
    let start: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    let within: usize = source[start..]
        .chars()
        .take(column)
        .map(char::len_utf8)
        .sum();
    (start + within < source.len()).then_some(start + within)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
