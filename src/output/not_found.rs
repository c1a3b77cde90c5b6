//! `404.html`, which static hosts serve where there is nothing at an address. It offers the guides and the newest.

use super::head::Head;
use super::template::Value;
use super::{Job, Planner, Rendered, Subject, View, search_page};
use crate::diagnostic::Diagnostic;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let permalink = planner.config.not_found();
    jobs.push(Job::new(permalink, "the 404 page", Subject::NotFound));
}

pub(super) fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let mut head = Head::new(view.theme.string("not_found"), "", &job.permalink);
    head.noindex = true;
    let mut context = head.context(view);
    let guides = view.site.guides().iter().map(|guide| &guide.hub);
    context.insert_value("guides", Value::from(view.cards(guides)?));
    let newest = view.site.articles().iter().take(6);
    context.insert_value("articles", Value::from(view.cards(newest)?));
    context.insert_value("search", search_page::value(view));
    view.page("404.html", &context, &job.owner)
}
