//! Finds the tags of templates in a text: `{{< x >}}`, `{{% x %}}`, `{{ x }}`, `{% x %}`, with their words, and with what
//! stands between one and the tag that closes it. Leaves code alone.

use std::ops::Range;

/// Bytes of one tag, at most.
const LONGEST: usize = 8192;

/// A tag with what is in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Call {
    /// The first word, in small letters.
    pub(super) name: String,
    pub(super) words: Vec<Word>,
    /// What stands between it and the tag that closes it.
    pub(super) inner: Option<String>,
    /// All that stands between its braces.
    pub(super) written: String,
    /// `{{ … }}`: something is printed.
    pub(super) is_output: bool,
}

/// A word behind the name: a value, at a key where it has one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) key: String,
    pub(super) value: String,
}

impl Call {
    /// The value at the first of these keys that is there; a number means the place among values without a key.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| match key.parse::<usize>() {
            Ok(place) => {
                let mut bare = self.words.iter().filter(|word| word.key.is_empty());
                bare.nth(place).map(|word| word.value.as_str())
            }
            Err(_) => {
                let mut words = self.words.iter();
                let word = words.find(|word| word.key.eq_ignore_ascii_case(key));
                word.map(|word| word.value.as_str())
            }
        })
    }

    /// All values without a key, from a place on.
    pub(super) fn rest(&self, from: usize) -> String {
        let bare = self.words.iter().filter(|word| word.key.is_empty());
        let words: Vec<&str> = bare.skip(from).map(|word| word.value.as_str()).collect();
        words.join(" ")
    }
}

/// Which tags a system has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tags {
    /// `{{< x >}}` and `{{% x %}}`.
    pub(super) hugo: bool,
    /// `{{ x }}` and `{% x %}`.
    pub(super) liquid: bool,
}

#[derive(Clone, Debug)]
struct Token {
    bytes: Range<usize>,
    inner: Range<usize>,
    /// The first word; with its slash where it ends another.
    name: String,
    is_output: bool,
}

/// A text with another in the place of each tag: `replace` gets the tag, and what it gives comes in its place.
pub(super) fn replaced(text: &str, tags: Tags, replace: &mut dyn FnMut(&Call) -> String) -> String {
    let code = code(text);
    let tokens = tokens(text, tags, &code);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.bytes.start < done {
            at += 1;
            continue;
        }
        out.push_str(&text[done..token.bytes.start]);
        let mut call = call(&text[token.inner.clone()], token.is_output);
        done = token.bytes.end;
        at += 1;
        if let Some(end) = closing(&tokens, at, &call.name, token.is_output) {
            let inner = &text[token.bytes.end..tokens[end].bytes.start];
            call.inner = Some(match call.name.as_str() {
                "raw" | "verbatim" | "highlight" | "codeblock" | "code" => inner.to_owned(),
                _ => replaced(inner, tags, replace),
            });
            done = tokens[end].bytes.end;
            at = end + 1;
        }
        out.push_str(&replace(&call));
    }
    out.push_str(&text[done..]);
    out
}

/// The tag that closes one, among the tokens from `from` on.
fn closing(tokens: &[Token], from: usize, name: &str, is_output: bool) -> Option<usize> {
    if is_output || name.is_empty() || name.starts_with(['/', '%']) {
        return None;
    }
    let ends = [format!("/{name}"), format!("end{name}")];
    let mut depth = 0usize;
    for (number, token) in tokens.iter().enumerate().skip(from).take(2000) {
        let first = &token.name;
        if token.is_output {
            continue;
        }
        if first.eq_ignore_ascii_case(name) {
            depth += 1;
        } else if ends.iter().any(|end| first.eq_ignore_ascii_case(end)) {
            if depth == 0 {
                return Some(number);
            }
            depth -= 1;
        } else if first == "end" && depth == 0 {
            return Some(number);
        }
    }
    None
}

fn tokens(text: &str, tags: Tags, code: &[Range<usize>]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut is_raw = false;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let rest = &text[start..];
        at = start + 1;
        let kinds = [
            (tags.hugo, "{{<", ">}}", false),
            (tags.hugo, "{{%", "%}}", false),
            (tags.liquid, "{%", "%}", false),
            (tags.liquid, "{{", "}}", true),
        ];
        let Some((_, open, close, is_output)) = kinds
            .into_iter()
            .find(|(has, open, ..)| *has && rest.starts_with(open))
        else {
            continue;
        };
        let is_code = is_code(code, start);
        let most = (LONGEST.min(rest.len())..=rest.len()).find(|at| rest.is_char_boundary(*at));
        let near = &rest[open.len()..most.unwrap_or(rest.len())];
        let Some(end) = near.find(close).map(|end| open.len() + end) else {
            continue;
        };
        let inner = start + open.len()..start + end;
        let name = text[inner.clone()].trim().trim_matches('-').trim();
        // What stands between these two is text.
        if is_raw && name != "endraw" || is_code && !tags.hugo && !matches!(name, "raw" | "endraw")
        {
            continue;
        }
        if !is_output && name == "raw" {
            is_raw = true;
        } else if name == "endraw" {
            is_raw = false;
        }
        if is_code && !matches!(name, "raw" | "endraw") {
            continue;
        }
        at = start + end + close.len();
        let first = match name.starts_with('/') {
            true => name.split_whitespace().collect(),
            false => name
                .split([' ', '\n', '('])
                .next()
                .unwrap_or_default()
                .to_owned(),
        };
        tokens.push(Token {
            bytes: start..at,
            inner,
            name: first,
            is_output,
        });
    }
    tokens
}

fn call(written: &str, is_output: bool) -> Call {
    let inner = written
        .trim()
        .trim_matches('-')
        .trim()
        .trim_end_matches('/');
    let name_end = inner
        .find(|c: char| c.is_whitespace() || c == '(')
        .unwrap_or(inner.len());
    Call {
        name: inner[..name_end].to_lowercase(),
        words: words(&inner[name_end..]),
        inner: None,
        written: written.trim().to_owned(),
        is_output,
    }
}

/// Words parted by spaces, commas and brackets; in quotes these are part of the word.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut key, mut value, mut quote, mut has) = (String::new(), String::new(), None, false);
    for c in text.chars().chain([' ']) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => value.push(c),
            (None, '"' | '\'' | '`' | '“' | '”') => {
                quote = Some(c);
                has = true;
            }
            (None, '=') if key.is_empty() && !value.is_empty() => key = std::mem::take(&mut value),
            (None, ' ' | '\n' | '\t' | ',' | '(' | ')') => {
                if has || !value.is_empty() {
                    words.push(Word {
                        key: std::mem::take(&mut key),
                        value: std::mem::take(&mut value),
                    });
                }
                has = false;
            }
            (None, c) => value.push(c),
        }
    }
    words
}

/// Whether a byte is code, by the sorted ranges of [`code`].
pub(super) fn is_code(code: &[Range<usize>], at: usize) -> bool {
    let next = code.partition_point(|range| range.end <= at);
    code.get(next).is_some_and(|range| range.start <= at)
}

/// The bytes of code, sorted: fenced blocks, and what stands between backticks on one line.
pub(super) fn code(text: &str) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '>']);
        let sign = bare.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = sign.map_or(0, |sign| bare.chars().take_while(|c| *c == sign).count());
        match &open {
            Some((start, fence)) => {
                let closes = bare.trim_end();
                if run >= fence.len() && bare.starts_with(fence.as_str()) && closes.len() == run {
                    code.push(*start..at + line.len());
                    open = None;
                }
            }
            None if run >= 3 && !bare[run..].contains('`') => {
                open = Some((at, bare[..run].to_owned()));
            }
            None => {
                let mut from = 0;
                while let Some(start) = line[from..].find('`').map(|found| from + found) {
                    let run = line[start..].chars().take_while(|c| *c == '`').count();
                    let fence = &line[start..start + run];
                    let Some(end) = line[start + run..].find(fence) else {
                        break;
                    };
                    from = start + run + end + run;
                    code.push(at + start..at + from);
                }
            }
        }
        at += line.len();
    }
    if let Some((start, _)) = open {
        code.push(start..text.len());
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, tags: Tags) -> String {
        replaced(text, tags, &mut |call| {
            let words: Vec<String> = call
                .words
                .iter()
                .map(|word| format!("{}={}", word.key, word.value))
                .collect();
            format!("<{} {} {:?}>", call.name, words.join(" "), call.inner)
        })
    }

    #[test]
    fn tags_that_nothing_ends_take_no_long_time() {
        let hugo = Tags {
            hugo: true,
            liquid: false,
        };
        // Each would look for its end in all that follows.
        for (tag, count) in [("{{< x >}}", 3_000), ("{{< x ", 0)] {
            let made = read(&tag.repeat(3_000), hugo);
            assert_eq!(made.matches("<x ").count(), count);
        }
    }

    #[test]
    fn tags_are_found_with_their_words() {
        let hugo = Tags {
            hugo: true,
            liquid: false,
        };
        let liquid = Tags {
            hugo: false,
            liquid: true,
        };
        for (text, tags, wanted) in [
            (
                "a {{< x \"b c\" d=\"e\" >}} f",
                hugo,
                "a <x =b c d=e None> f",
            ),
            ("{{% x %}}b{{% /x %}}", hugo, "<x  Some(\"b\")>"),
            (
                "{{< x >}}{{< x >}}b{{< /x >}}{{< / x >}}",
                hugo,
                "<x  Some(\"<x  Some(\\\"b\\\")>\")>",
            ),
            ("{{ y(id=\"b\", c=true) }}", liquid, "<y id=b c=true None>"),
            ("{% q(a=\"b\") %}c{% end %}", liquid, "<q a=b Some(\"c\")>"),
            ("{%- if x -%}c{%- endif -%}", liquid, "<if =x Some(\"c\")>"),
            ("`{{< x >}}`", hugo, "`{{< x >}}`"),
            ("```\n{% x %}\n```\n", liquid, "```\n{% x %}\n```\n"),
            (
                "{% raw %}{{ x }}{% endraw %}",
                liquid,
                "<raw  Some(\"{{ x }}\")>",
            ),
            ("{{ x", liquid, "{{ x"),
            ("{{<>}}", hugo, "<  None>"),
            ("{%}", liquid, "{%}"),
        ] {
            assert_eq!(read(text, tags), wanted, "{text}");
        }
    }
}
