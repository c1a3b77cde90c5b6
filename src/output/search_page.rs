//! The search page, and the files of the index beside it.

use super::head::Head;
use super::template::{Value, object};
use super::{Job, Planner, Rendered, Subject, View, search};
use crate::diagnostic::Diagnostic;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let Some(index) = planner.search else { return };
    let permalink = search::address(planner.config);
    jobs.push(Job::new(permalink, "the search page", Subject::Search));
    for (number, (permalink, _)) in index.files().iter().enumerate() {
        jobs.push(Job::new(
            permalink.clone(),
            "the search index",
            Subject::SearchFile(number),
        ));
    }
}

pub(super) fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let title = view.theme.string("search");
    let mut head = Head::new(title, "", &job.permalink);
    head.noindex = true;
    let mut context = head.context(view);
    context.insert_value("title", Value::from(title));
    context.insert_value("search", value(view));
    view.page("search.html", &context, &job.owner)
}

/// A file of the index.
pub(super) fn file(view: &View<'_>, number: usize) -> Rendered {
    Rendered::Bytes(view.site.search_file(number).to_vec())
}

/// The index as templates read it; none where the site has no search.
pub(super) fn value(view: &View<'_>) -> Value {
    let base = &view.config.base_url;
    view.site.search_root().map_or(
        Value::none(),
        |root| object! { "url" => base.href(&search::address(view.config)), "index" => root },
    )
}
