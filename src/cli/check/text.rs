//! A check as people read it: the messages by file, then how many of which kind.

use std::collections::BTreeMap;

use gen_site::check::{Checked, Mending};
use gen_site::diagnostic::{Diagnostic, Severity};

use crate::cli::{count, say, say_diagnostics, tally};

/// Warnings of one kind that are shown, where not all are asked for: who reads more than these in one go mends a kind
/// at a time.
const SHOWN: usize = 20;

pub(super) fn tell(checked: &Checked, all: bool) {
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut is_shown = |diagnostic: &&Diagnostic| {
        let before = shown.entry(diagnostic.code).or_default();
        *before += 1;
        all || *before <= SHOWN || diagnostic.severity != Severity::Warning
    };
    let diagnostics: Vec<&Diagnostic> = checked.diagnostics.iter().filter(&mut is_shown).collect();
    say_diagnostics(&diagnostics);
    let hidden = checked.diagnostics.len() - diagnostics.len();
    if hidden > 0 {
        say(&format!(
            "{} not shown: {SHOWN} of a kind are, and with --all every one.\n",
            count(hidden, "more warning is", "more warnings are")
        ));
    }
    summary(checked);
}

fn summary(checked: &Checked) {
    let pages = count(checked.pages, "page", "pages");
    if checked.diagnostics.is_empty() {
        say(&format!("{pages} checked: nothing to say."));
        return;
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut files: Vec<&str> = Vec::new();
    for diagnostic in &checked.diagnostics {
        *kinds.entry(diagnostic.code).or_default() += 1;
        files.push(&diagnostic.path);
    }
    files.dedup();
    let mendable = Mending::of(&checked.diagnostics).things;
    if mendable > 0 {
        let of = match mendable == checked.diagnostics.len() {
            true => "all".to_owned(),
            false => mendable.to_string(),
        };
        say(&format!(
            "gen check --fix mends {of} of these; with --dry-run it shows how.\n"
        ));
    }
    let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(code, number)| (std::cmp::Reverse(*number), *code));
    let width = kinds.iter().map(|(code, _)| code.len()).max().unwrap_or(0);
    for (code, number) in &kinds {
        say(&format!("{code:width$}  {number:>4}"));
    }
    say(&format!(
        "{pages} checked: {} in {}. `gen check --explain {}` says more of one kind.",
        tally(&checked.diagnostics),
        count(files.len(), "file", "files"),
        kinds[0].0,
    ));
}
