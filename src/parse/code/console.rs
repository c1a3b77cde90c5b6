//! Sessions of a terminal: lines that begin with a prompt are commands, the others are what came of them.

use super::grammar::{Grammar, Reading};
use super::runs::Runs;

/// The class of a prompt: it is not selected with the command.
const PROMPT: u8 = b'p';
/// The class of what a command printed.
const OUTPUT: u8 = b'g';

/// A kind of session.
#[derive(Clone, Copy)]
pub(super) struct Console {
    /// What readers call it.
    pub(super) name: &'static str,
    /// The language of its commands.
    pub(super) language: &'static str,
    /// Prompts, each with its space; the first that a line begins with is it.
    prompts: &'static [&'static str],
    /// What may stand before a prompt, as in `user@host:~$ `.
    prefix: fn(&str) -> bool,
    /// Prompts of lines that go on with a command.
    continued: &'static [&'static str],
}

const SHELL: Console = Console {
    name: "Console",
    language: "bash",
    prompts: &["$ ", "# ", "% ", "> ", "❯ ", "➜ "],
    prefix: |before| before.is_empty() || before.contains(['@', ':', '~', ']', ')']),
    continued: &["> "],
};
const PYTHON: Console = Console {
    name: "Python",
    language: "python",
    prompts: &[">>> "],
    prefix: str::is_empty,
    continued: &["... "],
};

/// The session that a language's name stands for.
pub(super) fn of(language: &str) -> Option<Console> {
    match language.to_ascii_lowercase().as_str() {
        "console" | "terminal" | "shell-session" | "shellsession" | "sh-session"
        | "bash-session" | "session" | "term" => Some(SHELL),
        "pycon" | "python-console" | "python-repl" => Some(PYTHON),
        _ => None,
    }
}

impl Console {
    /// Adds the colours of a session.
    pub(super) fn paint(&self, grammar: Grammar, text: &str, runs: &mut Runs) {
        // The command that may go on in the next line.
        let mut open: Option<Reading> = None;
        for line in text.split_inclusive('\n') {
            let begins = self.prompt(line);
            let goes_on = |prompt: &&&str| line.starts_with(**prompt);
            let (prompt, reading) = match (begins, open.take()) {
                (_, Some(reading)) if self.continued.iter().any(|p| goes_on(&p)) => (
                    self.continued.iter().find(goes_on).map_or(0, |p| p.len()),
                    reading,
                ),
                (Some(length), _) => (length, grammar.begin()),
                (None, Some(reading)) if self.language == "bash" => (0, reading),
                (None, _) => {
                    runs.add(line.len(), OUTPUT);
                    continue;
                }
            };
            let mut reading = reading;
            runs.add(prompt, PROMPT);
            reading.line(&line[prompt..], runs);
            let is_open = self.language != "bash" || line.trim_end().ends_with('\\');
            open = is_open.then_some(reading);
        }
    }

    /// The bytes of a line's prompt, with its space.
    fn prompt(&self, line: &str) -> Option<usize> {
        let end = |prompt: &&str| {
            let at = line.find(*prompt)?;
            (self.prefix)(&line[..at]).then_some(at + prompt.len())
        };
        // What stands in a command is no prompt: the first one in the line is it.
        self.prompts.iter().filter_map(end).min()
    }
}
