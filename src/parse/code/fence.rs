//! Reads what stands behind a fence: the language, and options as Hugo, Docusaurus, VitePress, Expressive Code, Pandoc
//! and rustdoc write them.

use std::ops::RangeInclusive;

use crate::list::words;

/// The options by their names, small letters without hyphens and underlines.
const OPTIONS: &[(&str, Key)] = &[
    ("title", Key::Title),
    ("filename", Key::Title),
    ("name", Key::Title),
    ("caption", Key::Title),
    ("file", Key::File),
    ("region", Key::Region),
    ("lines", Key::Lines),
    ("numbers", Key::Numbers),
    ("linenumbers", Key::Numbers),
    ("showlinenumbers", Key::Numbers),
    ("linenos", Key::Numbers),
    ("numberlines", Key::Numbers),
    ("start", Key::Start),
    ("startfrom", Key::Start),
    ("startlinenumber", Key::Start),
    ("linenostart", Key::Start),
    ("mark", Key::Marked),
    ("highlight", Key::Marked),
    ("hllines", Key::Marked),
    ("added", Key::Added),
    ("add", Key::Added),
    ("ins", Key::Added),
    ("removed", Key::Removed),
    ("remove", Key::Removed),
    ("del", Key::Removed),
    ("wrap", Key::Wrap),
];

/// What rustdoc and mdBook are told behind a comma, which changes nothing here.
const OF_RUSTDOC: &[&str] = &words::<13>(
    "ignore no_run should_panic compile_fail editable noplayground noplaypen runnable \
    mdbook-runnable edition2015 edition2018 edition2021 edition2024",
);

/// The highest line that can be named.
const LAST_LINE: u32 = 1_000_000;

#[derive(Clone, Copy)]
enum Key {
    Title,
    File,
    Region,
    Lines,
    Numbers,
    Start,
    Marked,
    Added,
    Removed,
    Wrap,
}

/// What a fence says of its block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::parse) struct Fence {
    /// As written; empty where there is none.
    pub(in crate::parse) language: String,
    pub(in crate::parse) title: String,
    /// The file that the block is taken from.
    pub(in crate::parse) file: String,
    /// A named part of that file.
    pub(in crate::parse) region: String,
    /// Lines of that file.
    pub(in crate::parse) lines: Vec<RangeInclusive<u32>>,
    pub(in crate::parse) numbers: bool,
    /// The number of the first line.
    pub(in crate::parse) start: Option<u32>,
    pub(in crate::parse) marked: Vec<RangeInclusive<u32>>,
    pub(in crate::parse) added: Vec<RangeInclusive<u32>>,
    pub(in crate::parse) removed: Vec<RangeInclusive<u32>>,
    pub(in crate::parse) wrap: bool,
    pub(in crate::parse) wrong: Vec<Wrong>,
}

/// A part of a fence that says nothing.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::parse) struct Wrong {
    /// As it stands there.
    pub(in crate::parse) written: String,
    pub(in crate::parse) kind: WrongKind,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum WrongKind {
    /// No option has this name.
    Name,
    /// The option takes lines, such as `3-5,8`.
    Lines,
    /// The option takes a number.
    Number,
    /// No mark in a line has this name.
    Mark,
}

/// The names of all options, for guesses.
pub(in crate::parse) fn names() -> Vec<&'static str> {
    OPTIONS.iter().map(|(name, _)| *name).collect()
}

impl Fence {
    /// Reads an info string.
    pub(in crate::parse) fn read(info: &str) -> Fence {
        let mut fence = Fence::default();
        let info = info.trim();
        let end = info
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | ':' | '['))
            .unwrap_or(info.len());
        let (first, rest) = info.split_at(end);
        if first.contains('=') {
            fence.options(info, false);
            return fence;
        }
        fence.language = first.to_owned();
        let rest = match rest.strip_prefix(':') {
            Some(rest) => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                fence.behind_colon(&rest[..end]);
                &rest[end..]
            }
            None => rest,
        };
        fence.options(rest, false);
        fence
    }

    /// VitePress writes `:line-numbers=2`, Qiita `:file.js`.
    fn behind_colon(&mut self, text: &str) {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        match name.split_once('{').map_or(name, |(name, _)| name) {
            "line-numbers" => self.option(text, Key::Numbers, value),
            "no-line-numbers" | "" => {}
            _ => self.title = text.to_owned(),
        }
        if let Some((_, lines)) = text.split_once('{') {
            self.options(&format!("{{{lines}"), false);
        }
    }

    /// Reads options; `braced` where they stand in braces, as Hugo and Pandoc write them.
    fn options(&mut self, text: &str, braced: bool) {
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            let Some(first) = rest.chars().next() else {
                return;
            };
            if matches!(first, '{' | '[' | '"' | '\'' | '/') {
                let (inner, after) = enclosed(rest, first);
                let written = &rest[..rest.len() - after.len()];
                match first {
                    '{' if is_lines(inner) => self.option(written, Key::Marked, inner),
                    '{' if !braced => self.options(inner, true),
                    '[' => self.title = inner.to_owned(),
                    _ => self.wrong(written, WrongKind::Name),
                }
                rest = after;
                continue;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '{'))
                .unwrap_or(rest.len());
            // A brace without a word before it was read above.
            let name = &rest[..end.max(first.len_utf8())];
            let (value, after) = match rest[name.len()..].strip_prefix('=') {
                Some(value) => value_of(value, braced),
                None => ("", &rest[name.len()..]),
            };
            let written = &rest[..rest.len() - after.len()];
            self.named(name, value, written, braced);
            rest = after;
        }
    }

    fn named(&mut self, name: &str, value: &str, written: &str, braced: bool) {
        if let Some(class) = name.strip_prefix('.').filter(|_| braced) {
            // Pandoc's first class is the language.
            match plain(class).as_str() {
                "numberlines" => self.numbers = true,
                _ if self.language.is_empty() => self.language = class.to_owned(),
                _ => self.wrong(written, WrongKind::Name),
            }
            return;
        }
        if braced && self.language.is_empty() && value.is_empty() && !written.contains('=') {
            self.language = name.to_owned();
            return;
        }
        let known = OPTIONS.iter().find(|(known, _)| *known == plain(name));
        match known {
            Some((_, option)) => self.option(written, *option, value),
            None if OF_RUSTDOC.contains(&name) => {}
            None => self.wrong(written, WrongKind::Name),
        }
    }

    fn option(&mut self, written: &str, option: Key, value: &str) {
        let is_on = !matches!(value, "false" | "no" | "off");
        let number = value.parse().ok().filter(|number| *number <= LAST_LINE);
        match option {
            Key::Title => self.title = value.to_owned(),
            Key::File => self.file = value.to_owned(),
            Key::Region => self.region = value.to_owned(),
            Key::Wrap => self.wrap = is_on,
            Key::Numbers => {
                self.numbers = is_on;
                self.start = number.or(self.start);
            }
            Key::Start => match number {
                Some(number) => {
                    self.numbers = true;
                    self.start = Some(number);
                }
                None => self.wrong(written, WrongKind::Number),
            },
            Key::Lines => self.take_lines(written, value, |fence| &mut fence.lines),
            Key::Marked => self.take_lines(written, value, |fence| &mut fence.marked),
            Key::Added => self.take_lines(written, value, |fence| &mut fence.added),
            Key::Removed => self.take_lines(written, value, |fence| &mut fence.removed),
        }
    }

    fn take_lines(
        &mut self,
        written: &str,
        value: &str,
        list: fn(&mut Fence) -> &mut Vec<RangeInclusive<u32>>,
    ) {
        match lines(value) {
            Some(lines) => list(self).extend(lines),
            None => self.wrong(written, WrongKind::Lines),
        }
    }

    fn wrong(&mut self, written: &str, kind: WrongKind) {
        self.wrong.push(Wrong {
            written: written.trim().to_owned(),
            kind,
        });
    }
}

/// A name as the table has it.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_'));
    letters.collect::<String>().to_ascii_lowercase()
}

/// The text between `open` and its counterpart, and what comes behind that.
fn enclosed(text: &str, open: char) -> (&str, &str) {
    let close = match open {
        '{' => '}',
        '[' => ']',
        sign => sign,
    };
    let inner = &text[open.len_utf8()..];
    match inner.find(close) {
        Some(end) => (&inner[..end], &inner[end + close.len_utf8()..]),
        None => (inner, ""),
    }
}

/// The value at the start of a text, without its quotes or brackets, and what comes behind it.
fn value_of(text: &str, braced: bool) -> (&str, &str) {
    match text.chars().next() {
        Some(open @ ('"' | '\'' | '{' | '[')) => enclosed(text, open),
        _ => {
            let is_end = |(at, c): &(usize, char)| {
                let list_goes_on =
                    text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
                c.is_whitespace() || *c == ',' && (braced || !list_goes_on)
            };
            let end = text.char_indices().find(is_end);
            text.split_at(end.map_or(text.len(), |(at, _)| at))
        }
    }
}

fn is_lines(text: &str) -> bool {
    let only = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '-');
    text.chars().all(only) && text.contains(|c: char| c.is_ascii_digit())
}

/// The lines in `1,3-5`, `1 3-5` or `1,"3-5"`; none where something else is in it.
fn lines(text: &str) -> Option<Vec<RangeInclusive<u32>>> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\''));
    let number = |text: &str| text.parse().ok().filter(|n| (1..=LAST_LINE).contains(n));
    let mut found = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (number(from)?, number(to)?);
        (from <= to).then(|| found.push(from..=to))?;
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_read_as_other_tools_read_them() {
        let one = |language: &str| Fence {
            language: language.into(),
            ..Fence::default()
        };
        let marked = |marked: Vec<RangeInclusive<u32>>| Fence {
            marked,
            ..one("js")
        };
        let numbered = |start| Fence {
            numbers: true,
            start,
            ..one("js")
        };
        let titled = |title: &str| Fence {
            title: title.into(),
            ..one("js")
        };
        for (info, expected) in [
            ("", one("")),
            ("c++", one("c++")),
            ("rust,ignore,no_run", one("rust")),
            ("js {3-5}", marked(vec![3..=5])),
            ("js{1,3-5}", marked(vec![1..=1, 3..=5])),
            ("js {hl_lines=[1,\"3-5\"]}", marked(vec![1..=1, 3..=5])),
            ("js {hl_lines=\"1 3-5\"}", marked(vec![1..=1, 3..=5])),
            ("js mark=1,3-5", marked(vec![1..=1, 3..=5])),
            ("js showLineNumbers", numbered(None)),
            ("js showLineNumbers=7", numbered(Some(7))),
            ("js:line-numbers", numbered(None)),
            ("js:line-numbers=7", numbered(Some(7))),
            ("js {linenos=table,linenostart=7}", numbered(Some(7))),
            ("{.js .numberLines startFrom=\"7\"}", numbered(Some(7))),
            ("{js}", one("js")),
            ("js title=\"a b.js\"", titled("a b.js")),
            ("js title='a b.js'", titled("a b.js")),
            ("js [a b.js]", titled("a b.js")),
            ("js:a.js", titled("a.js")),
            ("js filename=a.js", titled("a.js")),
            ("js linenos=false", one("js")),
        ] {
            assert_eq!(Fence::read(info), expected, "{info}");
        }
    }

    #[test]
    fn what_says_nothing_is_told() {
        for (info, kind, written) in [
            ("js titel=x", WrongKind::Name, "titel=x"),
            ("js \"word\"", WrongKind::Name, "\"word\""),
            ("js mark=x", WrongKind::Lines, "mark=x"),
            ("js {5-3}", WrongKind::Lines, "{5-3}"),
            ("js {0}", WrongKind::Lines, "{0}"),
            ("js start=x", WrongKind::Number, "start=x"),
            ("js {unclosed", WrongKind::Name, "unclosed"),
            ("js =", WrongKind::Name, "="),
        ] {
            let wrong = Fence::read(info).wrong;
            let found: Vec<(WrongKind, &str)> = wrong
                .iter()
                .map(|wrong| (wrong.kind, wrong.written.as_str()))
                .collect();
            assert_eq!(found, [(kind, written)], "{info}");
        }
    }
}
