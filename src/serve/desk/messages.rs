//! What is wrong with the site and what could be better, by file.

use super::super::messages;
use super::{Desk, Page, count};
use crate::diagnostic::{Diagnostic, Severity};

pub(super) const PAGE: Page = Page {
    name: "",
    title: "Messages",
    count: |desk| Some(desk.messages.len()),
    body,
};

fn body(desk: &Desk<'_>) -> String {
    let shown = desk.shown;
    if !shown.built {
        return "<p class=\"lead\">The site is being built.</p>".to_owned();
    }
    if shown.failed {
        return format!(
            "<p class=\"lead\">The last build was not published: what you see here is the last good site.</p>{}",
            messages::of(shown)
        );
    }
    let all: Vec<&Diagnostic> = desk.messages.iter().collect();
    if all.is_empty() {
        return "<p class=\"lead\">The site is as its files say.</p><p class=\"good\">Nothing is wrong.</p>".to_owned();
    }
    let errors = all.iter().filter(|d| d.severity == Severity::Error).count();
    let files = all.chunk_by(|a, b| a.path == b.path).count();
    format!(
        "<p class=\"lead\">{} and {} in {}, as <code>gen build</code> and <code>gen check</code> say them.</p>{}",
        count(errors, "error", "errors"),
        count(all.len() - errors, "warning", "warnings"),
        count(files, "file", "files"),
        messages::list(&all)
    )
}
