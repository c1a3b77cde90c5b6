//! Bounds of what a template does: turns of its loops, the length of its texts, the bytes that it makes. Tera has none but
//! for the depth of components, so each template is compiled with calls of two functions woven in: behind the head of each
//! loop, and behind each `set`. A loop within a loop is counted turn by turn, a text that doubles is stopped as it grows.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Turns of all loops together, while one page is rendered.
const TURNS: u64 = 10_000_000;
/// Bytes of a text, or entries of a list, that a name is given.
const LARGEST: usize = 64 << 20;
/// Bytes of what is rendered.
const BYTES: usize = 256 << 20;

/// The functions, by names that no theme has.
const TURN: &str = "gen_turn";
const GROWN: &str = "gen_grown";

/// The turns that are left, for each thread: one page is rendered by one.
#[derive(Clone)]
pub(super) struct Turns(Arc<Vec<AtomicU64>>);

impl Turns {
    pub(super) fn new() -> Turns {
        let threads = 1 + rayon::current_num_threads();
        Turns(Arc::new(
            (0..threads).map(|_| AtomicU64::new(TURNS)).collect(),
        ))
    }

    /// Another page begins.
    pub(super) fn begin(&self) {
        self.left().store(TURNS, Ordering::Relaxed);
    }

    /// Threads that are none of the pool share the first.
    fn left(&self) -> &AtomicU64 {
        let own = rayon::current_thread_index().map_or(0, |index| index + 1);
        &self.0[own % self.0.len()]
    }

    /// Makes the functions known to the engine.
    pub(super) fn register(&self, tera: &mut Tera) {
        let turns = self.clone();
        tera.register_function(
            TURN,
            move |_: Kwargs, _: &State<'_>| -> TeraResult<String> {
                let left = turns.left();
                match left.load(Ordering::Relaxed) {
                    0 => Err(Error::message(format!(
                        "the loops of this template turn more than {TURNS} times for one page"
                    ))),
                    some => {
                        left.store(some - 1, Ordering::Relaxed);
                        Ok(String::new())
                    }
                }
            },
        );
        tera.register_function(GROWN, |args: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let value = args.get::<Value>("of")?.unwrap_or_else(Value::none);
            let length = value.as_str().map(str::len).or_else(|| value.len());
            match length.unwrap_or_default() > LARGEST {
                true => Err(Error::message(format!(
                    "this text grows to more than {} MB",
                    LARGEST >> 20
                ))),
                false => Ok(String::new()),
            }
        });
    }
}

/// A template with the calls in it.
pub(super) struct Woven {
    pub(super) text: String,
    /// The bytes of the calls.
    calls: Vec<Range<usize>>,
}

impl Woven {
    /// Weaves the calls in.
    pub(super) fn of(text: &str) -> Woven {
        let mut woven = Woven {
            text: String::with_capacity(text.len() + text.len() / 8),
            calls: Vec::new(),
        };
        // The names of open blocks of `set`.
        let mut open: Vec<Option<&str>> = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, tag) = rest.split_at(at);
            woven.text.push_str(before);
            let (end, is_statement) = match tag.as_bytes().get(1) {
                Some(b'#') => (tag.find("#}").map(|end| end + 2), false),
                Some(b'{') => (tag_end(tag, "}}"), false),
                Some(b'%') => (tag_end(tag, "%}"), true),
                _ => (Some(1), false),
            };
            let (tag, after) = tag.split_at(end.unwrap_or(tag.len()));
            woven.text.push_str(tag);
            rest = after;
            if !is_statement || end.is_none() {
                continue;
            }
            let words = tag[2..tag.len() - 2].trim_matches('-').trim();
            let (first, words) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            let call = match first {
                "for" => Some(format!("{TURN}()")),
                "set" | "set_global" => {
                    let value = words.split_once('=').map(|(name, _)| name.trim());
                    match value.filter(|name| is_name(name)) {
                        Some(name) => Some(grown(name)),
                        None => {
                            let name = words.split(['|', ' ']).next();
                            open.push(name.filter(|name| is_name(name)));
                            None
                        }
                    }
                }
                "endset" => open.pop().flatten().map(grown),
                "raw" => {
                    let end = rest.find("endraw").unwrap_or(rest.len());
                    woven.text.push_str(&rest[..end]);
                    rest = &rest[end..];
                    None
                }
                _ => None,
            };
            if let Some(call) = call {
                woven.call(&call, tag.ends_with("-%}"));
            }
        }
        woven.text.push_str(rest);
        woven
    }

    /// A call that prints nothing. Where the tag before it takes the blanks behind it away, so does the call.
    fn call(&mut self, call: &str, trims: bool) {
        let start = self.text.len();
        let end = if trims { " -}}" } else { " }}" };
        self.text.push_str("{{ ");
        self.text.push_str(call);
        self.text.push_str(end);
        self.calls.push(start..self.text.len());
    }

    /// Where bytes of the woven text stand in the author's; for a call, the end of the tag that it is of.
    pub(super) fn written(&self, bytes: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let calls = self.calls.iter().take_while(|call| call.start < at);
            at - calls
                .map(|call| call.end.min(at) - call.start)
                .sum::<usize>()
        };
        let (start, end) = (place(bytes.start), place(bytes.end));
        match start == end {
            true => start.saturating_sub(2)..end,
            false => start..end,
        }
    }
}

fn grown(name: &str) -> String {
    format!("{GROWN}(of={name})")
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Where a tag ends, past what is quoted in it.
fn tag_end(tag: &str, end: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices().skip(2) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if tag[at..].starts_with(end) => return Some(at + end.len()),
            None => {}
        }
    }
    None
}

/// The words for it.
pub(super) fn too_large() -> String {
    format!("what this template makes is larger than {} MB", BYTES >> 20)
}

/// The bytes of a page, as long as they are not too many.
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    // The engine writes a few bytes at a time: the loop of the trait's own is left out.
    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.bytes.len() + bytes.len() > BYTES {
            return Err(io::Error::other(too_large()));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_woven_behind_loops_and_sets() {
        for (text, woven) in [
            (
                "{% for a in b %}\n{{ a }}{% endfor %}",
                "{% for a in b %}{{ gen_turn() }}\n{{ a }}{% endfor %}",
            ),
            (
                "{%- for a in \"%}\" -%} x",
                "{%- for a in \"%}\" -%}{{ gen_turn() -}} x",
            ),
            (
                "{% set a = a ~ a %}",
                "{% set a = a ~ a %}{{ gen_grown(of=a) }}",
            ),
            (
                "{% set a %}x{% endset %}",
                "{% set a %}x{% endset %}{{ gen_grown(of=a) }}",
            ),
            (
                "{# {% for #}{% raw %}{% for a in b %}{% endraw %}",
                "{# {% for #}{% raw %}{% for a in b %}{% endraw %}",
            ),
            (
                "a { b {{ \"{% for a in b %}\" }} {% for",
                "a { b {{ \"{% for a in b %}\" }} {% for",
            ),
        ] {
            assert_eq!(Woven::of(text).text, woven);
        }
    }

    #[test]
    fn places_are_those_of_the_author() {
        let text = "{% for a in b %}{{ c }}{% set d = e %}{{ f }}";
        let woven = Woven::of(text);
        for name in ["b", "c", "f"] {
            let at = |text: &str| text.find(&format!(" {name} ")).unwrap() + 1;
            let found = at(&woven.text);
            let written = at(text);
            assert_eq!(woven.written(&(found..found + 1)), written..written + 1);
        }
        let call = woven.text.find("gen_turn").unwrap();
        assert_eq!(&text[woven.written(&(call..call + 8))], "%}");
    }
}
