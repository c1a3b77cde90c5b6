//! Callouts, and which of the theme's kinds shows one that it lacks.

use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::shortcode::Argument;

/// A callout's first line.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Callout {
    /// The word after `!`, in lower case: the name of a template.
    pub kind: String,
    /// As it is shown where the theme has no such template: `[!kind]-`.
    pub marker: String,
    /// Folded until a reader opens it.
    pub folded: bool,
    /// Has a title of its own.
    pub titled: bool,
    /// Its arguments: `[!recipe serves=4]`.
    pub args: Box<[Argument]>,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// The kinds that Obsidian has and a theme may lack, and which of the theme's stands in. What means the same has the same
/// words; the others keep their own.
const STAND_INS: &[StandIn] = &[
    StandIn::same("attention", "warning"),
    StandIn::same("cite", "quote"),
    StandIn::same("danger", "caution"),
    StandIn::same("error", "caution"),
    StandIn::same("help", "faq"),
    StandIn::same("hint", "tip"),
    StandIn::same("question", "faq"),
    StandIn::other("abstract", "note"),
    StandIn::other("bug", "caution"),
    StandIn::other("check", "do"),
    StandIn::other("done", "do"),
    StandIn::other("example", "note"),
    StandIn::other("fail", "dont"),
    StandIn::other("failure", "dont"),
    StandIn::other("info", "note"),
    StandIn::other("missing", "dont"),
    StandIn::other("success", "do"),
    StandIn::other("summary", "note"),
    StandIn::other("tldr", "note"),
    StandIn::other("todo", "important"),
];

/// A kind of callout that another stands in for.
struct StandIn {
    kind: &'static str,
    other: &'static str,
    same_words: bool,
}

impl StandIn {
    const fn same(kind: &'static str, other: &'static str) -> StandIn {
        StandIn {
            kind,
            other,
            same_words: true,
        }
    }

    const fn other(kind: &'static str, other: &'static str) -> StandIn {
        StandIn {
            kind,
            other,
            same_words: false,
        }
    }
}

/// How a callout is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownCallout<'c> {
    /// The kind whose template shows it.
    pub template: &'c str,
    /// The kind whose words label it.
    pub label: &'c str,
}

impl Callout {
    /// How it is shown by a theme that has these kinds, which are sorted; none where the theme cannot.
    pub fn shown(&self, known: &[String]) -> Option<ShownCallout<'_>> {
        let has = |kind: &str| {
            known
                .binary_search_by(|known| known.as_str().cmp(kind))
                .is_ok()
        };
        if has(&self.kind) {
            return Some(ShownCallout {
                template: &self.kind,
                label: &self.kind,
            });
        }
        let other = STAND_INS.iter().find(|other| other.kind == self.kind)?;
        has(other.other).then_some(ShownCallout {
            template: other.other,
            label: match other.same_words {
                true => other.other,
                false => &self.kind,
            },
        })
    }
}
