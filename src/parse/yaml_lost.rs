//! Words of the front matter that YAML takes for something else: ` #` begins a comment, `!` a tag, `&` an anchor, and
//! words with commas between them are one text.

use std::ops::Range;

use super::scalar;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::list::words;
use crate::model::front_matter::FrontMatter;

/// Keys whose values are words that readers see.
const WORDS: [&str; 12] =
    words("title description takeaways tags authors name bio role alt caption credit label");
/// What follows a comma in one person's name.
const AFTER_NAMES: [&str; 8] = ["jr", "sr", "phd", "md", "msc", "ii", "iii", "esq"];

/// Tells of words in the YAML at `yaml` in `text` that readers will not see.
pub(super) fn check(
    path: &str,
    text: &str,
    yaml: Range<usize>,
    front: &FrontMatter,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let authors = ("authors", front.authors.0.as_slice());
    for (key, list) in front.topics().chain([authors]) {
        if let [one] = list
            && one.contains(',')
        {
            diagnostics.extend(one_text(path, text, key, one));
        }
        if list.iter().any(|item| item.trim().is_empty()) {
            diagnostics.push(
                Diagnostic::warning("lost-words", path, format!("an entry of `{key}` is empty"))
                    .at_key(key)
                    .help("write a word there, or take the entry out"),
            );
        }
    }
    let source = &text[yaml.clone()];
    if source.contains(" #") || source.contains("\t#") || source.contains(['!', '&']) {
        lines(path, source, yaml.start, diagnostics);
    }
}

/// `tags: a, b, c` is one text.
fn one_text(path: &str, text: &str, key: &str, one: &str) -> Option<Diagnostic> {
    let line = super::front_matter::find_key(text, key, None)?;
    let from = line.start + text[line.clone()].find(':')? + 1;
    let written = text[from..line.end].trim();
    let start = from + text[from..line.end].find(written)?;
    let value = start..start + written.len();
    // A list of one, whose author knows how lists are written.
    (!written.is_empty() && !written.starts_with('[')).then_some(())?;
    let items: Vec<&str> = one
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect();
    let is_title = |item: &&str| {
        let plain = item.replace('.', "").to_ascii_lowercase();
        AFTER_NAMES.contains(&plain.as_str())
    };
    (items.len() > 1 && !(key == "authors" && items.iter().any(is_title))).then_some(())?;
    let what = match key {
        "tags" => "tag",
        "authors" => "author",
        _ => "entry",
    };
    let list: Vec<String> = items.iter().map(|item| scalar::flow_scalar(item)).collect();
    let list = format!("[{}]", list.join(", "));
    let told = Diagnostic::warning(
        "lost-words",
        path,
        format!("this is one {what}, with commas in its name"),
    )
    .at(value.clone())
    .help(format!(
        "write a list: {key}: {list}; where one is meant, [{}]",
        scalar::quoted(one)
    ));
    // With a comment behind it, the line holds more than the value.
    let is_all = written.trim_matches(['"', '\'']) == one;
    Some(match is_all {
        true => told.fix(Edit::new(path, value, list)),
        false => told,
    })
}

/// Looks at each line for a value that YAML cuts.
fn lines(path: &str, source: &str, base: usize, diagnostics: &mut Vec<Diagnostic>) {
    let mut state = State::default();
    let mut at = base;
    for line in source.split_inclusive('\n') {
        if let Some(value) = state.value(line.trim_end()) {
            let value = at + value.start..at + value.end;
            let text = &source[value.start - base..value.end - base];
            diagnostics.extend(cut(path, text, value, state.is_name()));
        }
        at += line.len();
    }
}

/// What the lines above say of the next one.
#[derive(Default)]
struct State<'y> {
    /// The key whose value it may go on with.
    key: &'y str,
    /// A block of text, whose lines are deeper than this.
    block: Option<usize>,
    /// A text in these quotes is open.
    quote: Option<char>,
    /// A plain text is open: the next deeper line goes on with it.
    plain: bool,
}

impl<'y> State<'y> {
    /// Whether the value is a name, beside which a comment is usual.
    fn is_name(&self) -> bool {
        matches!(self.key, "tags" | "authors")
    }

    /// The bytes of the plain text of words in a line.
    fn value(&mut self, line: &'y str) -> Option<Range<usize>> {
        let rest = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - rest.len();
        if let Some(quote) = self.quote {
            if rest.ends_with(quote) {
                self.quote = None;
            }
            return None;
        }
        if rest.is_empty() || self.block.is_some_and(|depth| indent > depth) {
            return None;
        }
        self.block = None;
        if rest.starts_with('#') {
            return None;
        }
        let item = rest.strip_prefix("- ").map(|rest| rest.trim_start());
        let inner = item.unwrap_or(rest);
        let mut from = line.len() - inner.len();
        let key = inner.split_once(':').filter(|(key, value)| {
            let is_key = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            is_key && !key.is_empty() && (value.is_empty() || value.starts_with([' ', '\t']))
        });
        match key {
            Some((key, value)) => {
                self.key = key;
                self.plain = false;
                from = line.len() - value.trim_start().len();
            }
            // It goes on with the value above.
            None if item.is_none() && !self.plain => return None,
            None => {}
        }
        let value = &line[from..];
        match value.chars().next() {
            None => return None,
            Some('|' | '>') if key.is_some() || item.is_some() => {
                self.block = Some(indent);
                return None;
            }
            Some(quote @ ('"' | '\'')) if key.is_some() || item.is_some() => {
                if value.len() == 1 || !value[1..].contains(quote) {
                    self.quote = Some(quote);
                }
                self.plain = false;
                return None;
            }
            Some('[' | '{' | '*') => {
                self.plain = false;
                return None;
            }
            Some(_) => self.plain = true,
        }
        WORDS.contains(&self.key).then_some(from..line.len())
    }
}

/// What of a plain text YAML takes for something else.
fn cut(path: &str, text: &str, value: Range<usize>, is_name: bool) -> Option<Diagnostic> {
    let told = |message: String, bytes: Range<usize>| {
        Diagnostic::warning("lost-words", path, message).at(bytes)
    };
    let whole = scalar::quoted(text);
    let sign = text.chars().next().filter(|sign| matches!(sign, '!' | '&'));
    if let Some(sign) = sign {
        let word = text.split_whitespace().next().unwrap_or_default();
        if word.starts_with("!!") || !text.contains(' ') && sign == '&' {
            return None;
        }
        let is = if sign == '!' { "a tag" } else { "an anchor" };
        let message = format!("YAML takes `{word}` for {is}, so readers do not see it");
        let bytes = value.start..value.start + word.len();
        return Some(
            told(message, bytes)
                .help(format!("put the text in quotes: {whole}"))
                .fix(Edit::new(path, value, whole)),
        );
    }
    let comment = text
        .match_indices('#')
        .map(|(at, _)| at)
        .find(|at| text[..*at].ends_with([' ', '\t']))?;
    let words = &text[comment..];
    let is_tight = words[1..].starts_with(|c: char| !c.is_whitespace() && c != '#');
    // Two spaces part a comment that is meant, by custom; a name has none of its own.
    if !is_tight && (is_name || text[..comment].ends_with("  ") || words == "#") {
        return None;
    }
    let message = format!("readers do not see `{words}`: YAML takes it for a comment");
    let bytes = value.start + comment..value.end;
    let told = told(message, bytes).help(format!(
        "put the text in quotes: {whole}; a comment stands on a line of its own"
    ));
    Some(match is_tight {
        true => told.fix(Edit::new(path, value, whole)),
        false => told,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(yaml: &str) -> Vec<String> {
        let mut told = Vec::new();
        lines("x", yaml, 0, &mut told);
        let place = |told: &Diagnostic| match &told.spot {
            crate::diagnostic::Spot::Bytes(bytes) => yaml[bytes.clone()].to_owned(),
            other => format!("{other:?}"),
        };
        told.iter().map(place).collect()
    }

    #[test]
    fn what_is_cut_is_told() {
        for (yaml, words) in [
            ("title: Reason #1 and more\n", "#1 and more"),
            ("description: a # b\n", "# b"),
            ("title: !Important things", "!Important"),
            ("title: &Cut things", "&Cut"),
            ("takeaways:\n  - A #1\n  - B", "#1"),
            ("description: one\n  two #3 four\n", "#3 four"),
            ("tags:\n- C #lang", "#lang"),
            ("image:\n  src: a.jpg\n  alt: The #2 dog\n", "#2 dog"),
            ("description: |\n  a #b\ntitle: c #d\n", "#d"),
        ] {
            assert_eq!(lost(yaml), [words], "{yaml}");
        }
    }

    #[test]
    fn what_is_whole_is_left_alone() {
        for yaml in [
            "title: \"a #1\" # fine\ndescription: 'b #2'",
            "# title: a #1\ntitle: C# and F#1",
            "title: a  # a comment",
            "tags: [a, b] # comment",
            "tags:\n  - a # why",
            "date: 2026-01-01 # moved",
            "draft: true #x",
            "steps:\n  - one # first",
            "description: |\n  a #1\n  !b\n",
            "description: >-\n  a #1\n",
            "description: \"a\n  #1 b\"\ntitle: c",
            "title: !!str 5",
            "title: Wow! Now & then",
            "extra:\n  note: a #b",
        ] {
            assert!(lost(yaml).is_empty(), "{yaml}: {:?}", lost(yaml));
        }
    }
}
