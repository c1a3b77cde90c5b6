//! Lists what is wrong with the site and what could be better, by file.

use super::super::messages;
use super::{Desk, MOST, Page, count};
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
    let warnings = all.len() - errors;
    let mut told = Vec::new();
    if errors > 0 {
        told.push(count(errors, "error", "errors"));
    }
    if warnings > 0 {
        told.push(count(warnings, "warning", "warnings"));
    }
    let files = all.chunk_by(|a, b| a.path == b.path).count();
    let more = match all.len().saturating_sub(MOST) {
        0 => String::new(),
        more => {
            format!("<p class=\"note\">and {more} more: <code>gen check</code> says them all</p>")
        }
    };
    format!(
        "<p class=\"lead\">{} in {}, as <code>gen build</code> and <code>gen check</code> say them.</p>{}{more}",
        told.join(" and "),
        count(files, "file", "files"),
        messages::list(&all[..all.len().min(MOST)])
    )
}
