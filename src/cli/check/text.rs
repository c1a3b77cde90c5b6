//! A check as people read it: the messages by file, then how many of which kind.

use gen_site::check::{Checked, Mending};
use gen_site::diagnostic::Diagnostic;

use crate::cli::messages::{self, Stream};
use crate::cli::{count, say, tally};

pub(super) fn tell(checked: &Checked, all: bool) {
    let diagnostics: Vec<&Diagnostic> = checked.diagnostics.iter().collect();
    messages::tell(&diagnostics, all, Stream::Out);
    let pages = count(checked.pages, "page", "pages");
    if checked.diagnostics.is_empty() {
        say(&format!("{pages} checked: nothing to say."));
        return;
    }
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
    let kinds = messages::kinds(&checked.diagnostics);
    messages::table(&kinds, Stream::Out);
    let mut files: Vec<&str> = checked.diagnostics.iter().map(|d| &*d.path).collect();
    files.sort_unstable();
    files.dedup();
    say(&format!(
        "{pages} checked: {} in {}. `gen check --explain {}` says more of one kind.",
        tally(&checked.diagnostics),
        count(files.len(), "file", "files"),
        kinds[0].0,
    ));
}
