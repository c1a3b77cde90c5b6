//! Templates that front matter names and the theme lacks.

use std::collections::BTreeSet;

use super::{Job, Subject, Templates, context};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::page::PageId;
use crate::model::site::Site;

/// Tells them all; returns the pages.
pub(super) fn check(
    site: &Site,
    templates: &Templates,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<PageId> {
    let mut pages = BTreeSet::new();
    for id in site.ids().filter(|id| site.page(*id).original.is_none()) {
        let page = site.page(id);
        if let Some(name) = page
            .front
            .template
            .as_deref()
            .filter(|name| !templates.has(&context::template_file(name)))
        {
            let known = templates.names();
            let help = nearest(&context::template_file(name), known.iter().copied()).map_or_else(
                || format!("the theme's templates: {}", known.join(", ")),
                |n| format!("did you mean `{n}`?"),
            );
            diagnostics.push(
                Diagnostic::error(
                    "template",
                    &page.path(),
                    format!("the theme has no template `{name}`"),
                )
                .at_item("template", name)
                .help(help),
            );
            pages.insert(id);
        }
    }
    pages
}

/// The page whose front matter chooses a job's template.
pub(super) fn page_of(site: &Site, job: &Job) -> Option<PageId> {
    match job.subject {
        Subject::Article(id) | Subject::MarkdownCopy(id) => Some(id),
        Subject::Section(id) => site.sections[id].page,
        _ => None,
    }
}
