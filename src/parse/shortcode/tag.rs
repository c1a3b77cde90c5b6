//! Reads the tags of shortcodes as Hugo writes them: `{{< name key="v" >}}`, `{{% name %}}`, `{{< /name >}}`.

use std::ops::Range;

/// A longer tag is none.
const LONGEST: usize = 16 << 10;

/// A tag in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::parse) struct Tag {
    pub(in crate::parse) name: String,
    pub(in crate::parse) role: Role,
    pub(in crate::parse) args: Vec<Written>,
    /// Its bytes in the text.
    pub(in crate::parse) span: Range<usize>,
    /// What is wrong with how it is written, and where.
    pub(in crate::parse) fault: Option<(&'static str, Range<usize>)>,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum Role {
    /// It begins a shortcode, or is all of it.
    Begins,
    /// It is all of it, and says so: `/>}}`.
    Alone,
    /// It ends what a tag before it began.
    Ends,
    /// It shows how a tag is written: `{{</* name */>}}`.
    Shows,
    /// It is a comment of Obsidian, `%%so%%`, which nobody sees.
    Hides,
}

/// An argument as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::parse) struct Written {
    /// Empty where it has none.
    pub(in crate::parse) name: String,
    pub(in crate::parse) value: String,
    /// The bytes of the value in the text, without quotes.
    pub(in crate::parse) at: Range<usize>,
    /// Those of the whole argument.
    pub(in crate::parse) whole: Range<usize>,
}

/// The tags of a text, in order, but for those in `code`, whose bytes are in order.
pub(in crate::parse) fn tags(text: &str, code: &[Range<usize>]) -> Vec<Tag> {
    let mut found: Vec<Tag> = Vec::new();
    let mut code = code.iter().peekable();
    let mut at = 0;
    while let Some(start) = next(text, at) {
        at = start + 2;
        // What begins within a tag, such as a backtick in an argument, is part of the tag.
        let done = found.last().map_or(0, |tag| tag.span.end);
        while code
            .next_if(|range| range.end <= start || range.start < done)
            .is_some()
        {}
        if let Some(range) = code.peek().filter(|range| range.start <= start) {
            at = range.end;
            continue;
        }
        if text[start..].starts_with("%%") {
            if let Some(end) = comment_end(text, start) {
                at = end;
                found.push(Tag {
                    name: String::new(),
                    role: Role::Hides,
                    args: Vec::new(),
                    span: start..end,
                    fault: None,
                });
            }
            continue;
        }
        let sign = match text.as_bytes().get(at) {
            Some(b'<') => ('<', ">}}"),
            Some(b'%') => ('%', "%}}"),
            _ => continue,
        };
        if is_escaped(text, start) {
            continue;
        }
        if let Some(tag) = read(text, start, sign.1) {
            at = tag.span.end;
            found.push(tag);
        }
    }
    found
}

/// Where the next tag or comment may begin.
fn next(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let tag = rest.find("{{");
    let before = &rest[..tag.unwrap_or(rest.len())];
    before.find("%%").or(tag).map(|found| at + found)
}

/// The end of a comment that begins at `start`: its signs stand apart from words, and something stands between them.
fn comment_end(text: &str, start: usize) -> Option<usize> {
    let before = text[..start].chars().next_back();
    before
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '%' | '\\'))
        .then_some(())?;
    let window = text.len().min(start + LONGEST);
    let inner = text.as_bytes().get(start + 2..window)?;
    let length = inner
        .windows(2)
        .position(|signs| signs == b"%%")
        .filter(|length| *length > 0)?;
    let end = start + 2 + length + 2;
    let after = text[end..].chars().next();
    after
        .is_none_or(|c| !c.is_alphanumeric() && c != '%')
        .then_some(end)
}

fn is_escaped(text: &str, at: usize) -> bool {
    let before = text[..at].bytes().rev();
    before.take_while(|b| *b == b'\\').count() % 2 == 1
}

/// The tag that begins at `start` and ends with `close`; none where no name follows.
fn read(text: &str, start: usize, close: &str) -> Option<Tag> {
    let inner = start + 3;
    if text[inner..].starts_with("/*") {
        let end = text[inner..].find(close).map(|end| inner + end)?;
        let shown = text[inner + 2..end].trim_end().strip_suffix("*/")?;
        return Some(Tag {
            name: format!("{}{shown}{close}", &text[start..inner]),
            role: Role::Shows,
            args: Vec::new(),
            span: start..end + close.len(),
            fault: None,
        });
    }
    let mut reader = Reader {
        text,
        at: inner,
        end: text.len().min(start + LONGEST),
    };
    reader.skip();
    let ends = reader.take('/');
    reader.skip();
    let name = reader.name();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = Tag {
        name: name.to_owned(),
        role: if ends { Role::Ends } else { Role::Begins },
        args: Vec::new(),
        span: start..start,
        fault: None,
    };
    loop {
        reader.skip();
        if reader.rest().starts_with(close) {
            tag.span.end = reader.at + close.len();
            return Some(tag);
        }
        if reader.rest().starts_with('/') && reader.rest()[1..].trim_start().starts_with(close) {
            reader.at += 1;
            if tag.role == Role::Begins {
                tag.role = Role::Alone;
            }
            continue;
        }
        if reader.rest().is_empty()
            || ["{{<", "{{%"]
                .iter()
                .any(|tag| reader.rest().starts_with(tag))
        {
            return Some(never_ends(text, tag));
        }
        let from = reader.at;
        match reader.argument(close) {
            Ok(argument) => tag.args.push(argument),
            Err(fault) => {
                tag.fault
                    .get_or_insert((fault, from..reader.at.max(from + 1)));
                if reader.at == from {
                    return Some(never_ends(text, tag));
                }
            }
        }
    }
}

/// A tag without an end takes its line.
fn never_ends(text: &str, tag: Tag) -> Tag {
    let line = text[tag.span.start..].lines().next().map_or(0, str::len);
    let span = tag.span.start..tag.span.start + line;
    let what = "this shortcode never ends";
    Tag {
        args: Vec::new(),
        fault: tag.fault.or(Some((what, span.clone()))),
        span,
        ..tag
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// No byte behind this is read.
    end: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    /// Skips white space, and at the beginnings of lines the signs of quotes.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            let new_line = rest[..blank].contains('\n');
            self.at += blank;
            match new_line && self.rest().starts_with('>') && !self.rest().starts_with(">}}") {
                true => self.at += 1,
                false if blank == 0 => return,
                false => {}
            }
        }
    }

    fn take(&mut self, sign: char) -> bool {
        let is = self.rest().starts_with(sign);
        self.at += if is { sign.len_utf8() } else { 0 };
        is
    }

    fn name(&mut self) -> &'t str {
        let rest = self.rest();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
        let mut name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        // The slash of `name/>}}` is none of the name's.
        name = name.strip_suffix('/').unwrap_or(name);
        self.at += name.len();
        name
    }

    fn argument(&mut self, close: &str) -> Result<Written, &'static str> {
        let from = self.at;
        let name = self.name();
        if !name.is_empty() {
            let behind = self.at;
            self.skip();
            if self.take('=') {
                self.skip();
                let (value, at) = self.value(close)?;
                return Ok(Written {
                    name: name.to_owned(),
                    value,
                    at,
                    whole: from..self.at,
                });
            }
            self.at = behind;
        }
        self.at = from;
        let (value, at) = self.value(close)?;
        Ok(Written {
            name: String::new(),
            value,
            at,
            whole: from..self.at,
        })
    }

    /// A value, and the bytes between its quotes.
    fn value(&mut self, close: &str) -> Result<(String, Range<usize>), &'static str> {
        let rest = self.rest();
        match rest.chars().next() {
            Some(quote @ ('"' | '`' | '\'')) => {
                let start = self.at + 1;
                let mut value = String::new();
                let mut chars = rest.char_indices().skip(1);
                while let Some((at, c)) = chars.next() {
                    match c {
                        '\\' if quote == '"' => match chars.next() {
                            Some((_, 'n')) => value.push('\n'),
                            Some((_, sign @ ('"' | '\\'))) => value.push(sign),
                            Some((_, other)) => value.extend(['\\', other]),
                            None => {}
                        },
                        c if c == quote => {
                            let end = self.at + at;
                            self.at = end + 1;
                            return Ok((value, start..end));
                        }
                        c => value.push(c),
                    }
                }
                Err("a quote is opened here and never closed")
            }
            Some('“' | '”' | '„' | '«' | '‘' | '’') => {
                let length = rest.find(close).unwrap_or(rest.len());
                self.at += length;
                Err("these quotes are none here")
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace())
                    .unwrap_or(rest.len())
                    .min(rest.find(close).unwrap_or(rest.len()));
                let start = self.at;
                self.at += end;
                match end {
                    0 => Err("a value is missing here"),
                    _ => Ok((rest[..end].to_owned(), start..start + end)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Tag {
        let mut found = tags(text, &[]);
        assert_eq!(found.len(), 1, "{text}");
        found.remove(0)
    }

    fn args(text: &str) -> Vec<(String, String)> {
        let args = one(text).args.into_iter();
        args.map(|arg| (arg.name, arg.value)).collect()
    }

    #[test]
    fn tags_are_read_as_hugo_writes_them() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for (text, expected) in [
            ("{{< a >}}", vec![]),
            ("{{<a>}}", vec![]),
            ("{{% a x=1 %}}", vec![pair("x", "1")]),
            (
                r#"{{< a x="b \"c\"" y='d' z=`e"` >}}"#,
                vec![pair("x", "b \"c\""), pair("y", "d"), pair("z", "e\"")],
            ),
            (
                "{{< a one \"two three\" >}}",
                vec![pair("", "one"), pair("", "two three")],
            ),
            ("{{< a\n  x = 1\n>}}", vec![pair("x", "1")]),
            ("> {{< a\n>  x=1\n> >}}", vec![pair("x", "1")]),
            ("%% a {{< b >}} %%", vec![]),
            ("{{< a x=\"{{< b >}}\" >}}", vec![pair("x", "{{< b >}}")]),
            (
                "{{< a https://x.org/?a=b&c=1 >}}",
                vec![pair("", "https://x.org/?a=b&c=1")],
            ),
        ] {
            assert_eq!(args(text), expected, "{text}");
        }
        assert_eq!(one("{{< /a >}}").role, Role::Ends);
        assert_eq!(one("{{< a x=1 />}}").role, Role::Alone);
        assert_eq!(one("{{<a/>}}").role, Role::Alone);
        let shown = one("{{</* a x=1 */>}}");
        assert_eq!((shown.role, &*shown.name), (Role::Shows, "{{< a x=1 >}}"));
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (text, place) in [
            ("{{< a x=\"b >}}\nc", "x="),
            ("{{< a x=“b” >}} c", "x=“b” "),
            ("{{< a x= >}}", "x= "),
            ("{{< a\nb", "{{< a"),
        ] {
            let (_, at) = one(text).fault.unwrap_or_default();
            assert_eq!(&text[at], place, "{text}");
        }
        for text in [
            "%%%%",
            "100%% or 50%%",
            "%%i",
            "{{<  >}}",
            "{{ a }}",
            r"\{{< a >}}",
            "{{% 5 %}}",
        ] {
            assert!(tags(text, &[]).is_empty(), "{text}");
        }
    }

    #[test]
    fn values_have_their_bytes() {
        let text = "é {{< a x=\"b\" c >}}";
        let tag = one(text);
        let values: Vec<&str> = tag.args.iter().map(|a| &text[a.at.clone()]).collect();
        assert_eq!(values, ["b", "c"]);
    }
}
