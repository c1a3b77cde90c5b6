//! Articles, pages at the root, and the hubs of guides, each with its template.

mod page;

use super::head::Head;
use super::template::Value;
use super::{Job, Planner, Rendered, Subject, View, context};
use crate::diagnostic::Diagnostic;
use crate::model::page::{Kind, PageId};

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    jobs.extend(planner.site.ids().filter_map(|id| job(planner, id)));
}

/// The job of a page that is not another output's.
pub(super) fn job(planner: &Planner<'_>, id: PageId) -> Option<Job> {
    let page = planner.site.page(id);
    page.stands_alone()
        .then(|| Job::new(page.permalink.clone(), page.path(), Subject::Article(id)))
}

pub(super) fn render(view: &View<'_>, id: PageId) -> Result<Rendered, Box<Diagnostic>> {
    let page = view.site.page(id);
    let mut head = Head::new(&page.title, page.description(), &page.permalink);
    head.page = Some(id);
    let mut context = head.context(view);
    context.insert_value("page", page::of(view, id)?);
    if page.is_hub() {
        context.insert_value("articles", others(view, id)?);
    }
    let template = match page.front.template.as_deref() {
        Some(name) => context::template_file(name),
        None if page.is_hub() => "hub.html".to_owned(),
        None if page.kind == Kind::Page => "page.html".to_owned(),
        None => "article.html".to_owned(),
    };
    view.page(&template, &context, &page.path())
}

/// The articles of a hub's own folder that neither its steps nor its up-next list lead to.
fn others(view: &View<'_>, id: PageId) -> Result<Value, Box<Diagnostic>> {
    let site = view.site;
    let section = site
        .places(id)
        .section
        .map(|id| site.section(id))
        .filter(|s| s.page == Some(id));
    let steps = site.guide_of_hub(id).map_or(&[][..], |guide| &guide.steps);
    let listed = site.up_next(id);
    let others = section
        .map_or(&[][..], |s| &s.articles)
        .iter()
        .filter(|a| !steps.contains(a) && !listed.iter().any(|entry| entry.page == **a));
    view.cards(others).map(Value::from)
}
