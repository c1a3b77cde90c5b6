//! Messages as people read them: at most twenty of a kind, and then how many there are of which kind.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use gen_site::diagnostic::Diagnostic;

use super::count;

/// Messages of one kind that are shown, where not all are asked for: who reads more than these in one go mends a kind
/// at a time.
const SHOWN: usize = 20;

/// Kinds of which one message stands for all that say the same: another generator's key stands in every file.
const FOLDED: [&str; 2] = ["misplaced-key", "unknown-key"];

/// Where messages go.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    /// Standard output: they are the command's answer.
    Out,
    /// Standard error: they stand beside the answer.
    Aside,
}

impl Stream {
    /// Prints a line. A reader that has gone away is no failure.
    pub(super) fn say(self, text: &str) {
        let _ = match self {
            Stream::Out => writeln!(std::io::stdout(), "{text}"),
            Stream::Aside => writeln!(std::io::stderr(), "{text}"),
        };
    }

    /// Whether it takes colours: on a terminal, unless `NO_COLOR` is set.
    #[expect(clippy::disallowed_methods, reason = "the environment is read here")]
    fn is_styled(self) -> bool {
        let is_terminal = match self {
            Stream::Out => std::io::stdout().is_terminal(),
            Stream::Aside => std::io::stderr().is_terminal(),
        };
        is_terminal && !std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty())
    }
}

/// Prints messages with their excerpts; where not `all` are asked for, at most twenty of a kind, and how many are left
/// out. Returns whether some are.
pub(super) fn tell(diagnostics: &[&Diagnostic], all: bool, to: Stream) -> bool {
    let folded = match all {
        true => diagnostics.iter().map(|d| Cow::Borrowed(*d)).collect(),
        false => folded(diagnostics),
    };
    let is_styled = to.is_styled();
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    let mut hidden = 0;
    for diagnostic in &folded {
        let before = told.entry(diagnostic.code).or_default();
        *before += 1;
        if all || *before <= SHOWN {
            to.say(&format!("{}\n", diagnostic.render(is_styled)));
        } else {
            hidden += 1;
        }
    }
    if hidden > 0 {
        to.say(&format!(
            "{} not shown: {SHOWN} of a kind are, and with --all every one.\n",
            count(hidden, "more message is", "more messages are")
        ));
    }
    hidden > 0
}

/// The messages, of which the first of those that say the same of one key stands for all, with their number.
fn folded<'d>(diagnostics: &[&'d Diagnostic]) -> Vec<Cow<'d, Diagnostic>> {
    let mut same: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let is_folded = |diagnostic: &Diagnostic| FOLDED.contains(&diagnostic.code);
    for diagnostic in diagnostics.iter().filter(|d| is_folded(d)) {
        *same
            .entry((diagnostic.code, &diagnostic.message))
            .or_default() += 1;
    }
    let once = |diagnostic: &&'d Diagnostic| {
        let diagnostic: &'d Diagnostic = diagnostic;
        if !is_folded(diagnostic) {
            return Some(Cow::Borrowed(diagnostic));
        }
        Some(
            match same.remove(&(diagnostic.code, &diagnostic.message))? {
                1 => Cow::Borrowed(diagnostic),
                times => Cow::Owned(Diagnostic {
                    message: format!("{} ({times} times, here first)", diagnostic.message),
                    ..diagnostic.clone()
                }),
            },
        )
    };
    diagnostics.iter().filter_map(once).collect()
}

/// How many messages there are of each kind, the most first.
pub(super) fn kinds<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
) -> Vec<(&'static str, usize)> {
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *kinds.entry(diagnostic.code).or_default() += 1;
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(code, number)| (std::cmp::Reverse(*number), *code));
    kinds
}

/// Prints a table of kinds.
pub(super) fn table(kinds: &[(&'static str, usize)], to: Stream) {
    let width = kinds.iter().map(|(code, _)| code.len()).max().unwrap_or(0);
    for (code, number) in kinds {
        to.say(&format!("{code:width$}  {number:>4}"));
    }
}
