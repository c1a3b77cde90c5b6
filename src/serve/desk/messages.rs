//! Lists what is wrong with the site and what could be better, by file.

use super::super::messages;
use super::{Desk, MOST, Page, count};
use crate::build::check::Mending;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit;
use crate::escape;
use crate::scan;

pub(super) const PAGE: Page = Page {
    name: "",
    title: "Messages",
    count: |desk| Some(desk.messages.len()),
    body,
};

/// Files of which is shown what would change, at most.
const DIFFS: usize = 50;

fn body(desk: &Desk<'_>) -> String {
    let shown = desk.shown;
    if !shown.built {
        return "<p class=\"lead\">The site is being built.</p>".to_owned();
    }
    if shown.failed {
        return format!(
            "<p class=\"lead\">The last build was not published: what you see here is the last good site.</p>{}{}",
            mend_all(desk),
            messages::of_build(desk.view(), shown)
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
        "<p class=\"lead\">{} in {}, as <code>gen build</code> and <code>gen check</code> say them.</p>{}{}{more}",
        told.join(" and "),
        count(files, "file", "files"),
        mend_all(desk),
        messages::list(desk.view(), &all[..all.len().min(MOST)])
    )
}

/// All that gen can mend, as it would change the files, and a button that does it.
fn mend_all(desk: &Desk<'_>) -> String {
    let mending = Mending::of(desk.messages);
    if mending.things == 0 {
        return String::new();
    }
    let files = mending.plan.edited();
    let mut diff = String::new();
    for path in files.iter().take(DIFFS) {
        let bytes = scan::inside(&desk.state.setup.root, path).unwrap_or_default();
        let before = String::from_utf8_lossy(&bytes);
        let after = mending.plan.edited_text(path, &before);
        diff.push_str(&edit::diff(path, &before, &after));
    }
    if files.len() > DIFFS {
        let more = count(files.len() - DIFFS, "more file", "more files");
        diff.push_str(&format!("and {more}\n"));
    }
    let (things, number) = (
        count(mending.things, "of these", "of these"),
        count(files.len(), "file", "files"),
    );
    let form = desk.view().form(
        &[],
        "<button name=\"do\" value=\"mend-all\">Mend them all</button>",
    );
    format!(
        "<details class=\"all\"><summary>gen can mend {things}, in {number}</summary>\
         <pre tabindex=\"0\">{}</pre>{form}</details>",
        escape::html(&diff)
    )
}
