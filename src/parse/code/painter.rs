//! Gives blocks of code their colours, within what a page may cost.

use super::console;
use super::grammar::Grammar;
use super::runs::Runs;
use crate::model::page::Painted;

/// Bytes of code that are coloured on one page: what takes about half a second.
const MOST: usize = 128 << 10;
/// A longer line is plain: nobody reads it, and grammars look at each of its places many times.
const LONGEST_LINE: usize = 2 << 10;

/// The languages that are no languages: nothing is coloured, and nothing told.
const PLAIN: &[&str] = &[
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "output",
    "ascii",
    "nohighlight",
    "math",
];

/// Colours the blocks of one page, or hands out how they were coloured before.
pub(in crate::parse) struct Painter<'k> {
    known: Option<std::slice::Iter<'k, Painted>>,
    room: usize,
}

/// Why a block has no colours.
#[derive(Debug)]
pub(in crate::parse) enum Unpainted {
    /// It says no language, or that it is text.
    Plain,
    /// No grammar has this name; the names that there are.
    Unknown(Vec<&'static str>),
    /// The page holds too much code.
    TooMuch,
}

impl<'k> Painter<'k> {
    /// One that colours.
    pub(in crate::parse) fn new() -> Painter<'k> {
        Painter {
            known: None,
            room: MOST,
        }
    }

    /// One for a page whose blocks were coloured before.
    pub(in crate::parse) fn knowing(blocks: &'k [Painted]) -> Painter<'k> {
        Painter {
            known: Some(blocks.iter()),
            room: 0,
        }
    }

    /// Whether the blocks were coloured before.
    pub(in crate::parse) fn knows(&self) -> bool {
        self.known.is_some()
    }

    /// The colours of the next block of the page.
    pub(in crate::parse) fn paint(
        &mut self,
        language: &str,
        text: &str,
    ) -> Result<Painted, Unpainted> {
        if is_plain(language) {
            return Err(Unpainted::Plain);
        }
        if let Some(known) = &mut self.known {
            // One without a name stands for a block that has no colours.
            let next = known.next().filter(|painted| !painted.language.is_empty());
            return next.cloned().ok_or(Unpainted::Plain);
        }
        let console = console::of(language);
        let grammar = match console {
            Some(console) => Grammar::of(console.language),
            None => Grammar::of(language),
        };
        let grammar = grammar.ok_or_else(|| Unpainted::Unknown(Grammar::all()))?;
        let Some(room) = self.room.checked_sub(text.len()) else {
            return Err(Unpainted::TooMuch);
        };
        self.room = room;
        let mut runs = Runs::default();
        let name = match console {
            Some(console) => {
                console.paint(grammar, text, &mut runs);
                console.name
            }
            None => {
                let mut reading = grammar.begin();
                for line in text.split_inclusive('\n') {
                    match line.len() > LONGEST_LINE {
                        true => runs.add(line.len(), 0),
                        false => reading.line(line, &mut runs),
                    }
                }
                grammar.name()
            }
        };
        Ok(Painted {
            language: name.to_owned(),
            runs: runs.runs.into(),
        })
    }
}

/// Whether a language is none.
pub(super) fn is_plain(language: &str) -> bool {
    language.is_empty()
        || PLAIN
            .iter()
            .any(|plain| plain.eq_ignore_ascii_case(language))
}
