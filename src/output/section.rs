//! The pages of folders: their words, the sections in them, and their articles. A folder whose page is a
//! guide's hub shows its articles there.

use super::head::Head;
use super::template::{Value, object, safe};
use super::{Job, Planner, Rendered, Subject, View, body, context, listing, picture};
use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::site::Section;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let site = planner.site;
    for (id, section) in site.sections.entries() {
        let page = section.page.map(|id| site.page(id));
        if page.is_some_and(|p| p.is_hub()) {
            continue;
        }
        let owner = page.map_or_else(
            || format!("the folder content/{}", section.folder),
            |p| p.path(),
        );
        listing::plan(
            planner,
            jobs,
            &section.permalink,
            &owner,
            Subject::Section(id),
            section.articles.len(),
        );
    }
}

pub(super) fn render(
    view: &View<'_>,
    job: &Job,
    id: Id<Section>,
) -> Result<Rendered, Box<Diagnostic>> {
    let section = view.site.section(id);
    let page = section.page.map(|id| view.site.page(id));
    let description = page.map_or("", |p| p.description());
    let mut head = Head::new(&section.title, description, &job.permalink);
    head.page = section.page.filter(|_| job.number == 1);
    head.noindex = page.is_some_and(|p| p.front.noindex == Some(true));
    head.neighbours = listing::neighbours(view, job, &section.permalink, section.articles.len());
    let mut context = head.context(view);
    let html = match section.page.filter(|_| job.number == 1) {
        Some(id) => body::fill(view, id, false)?,
        None => String::new(),
    };
    let children: Vec<Value> = section.children.iter().map(|c| view.section(*c)).collect();
    let breadcrumbs = context::breadcrumbs(view, &view.site.trail(section.parent));
    let value = object! {
        "title" => section.title.as_str(),
        "url" => view.config.base_url.href(&section.permalink),
        "folder" => section.folder.as_str(),
        "description" => page.map_or(Value::none(), context::description),
        "body" => safe(&html),
        "image" => section.page.map_or(Value::none(), |id| picture::hero(view, id)),
        "lead" => section.lead.filter(|_| job.number == 1).map(|id| view.card(id)).transpose()?,
        "children" => Value::from(children),
        "breadcrumbs" => Value::from(breadcrumbs),
    };
    context.insert_value("section", value);
    listing::insert(
        view,
        job,
        &mut context,
        &section.permalink,
        &section.articles,
    )?;
    let template = page
        .and_then(|p| p.front.template.as_deref())
        .map(context::template_file);
    let template = template.as_deref().unwrap_or("section.html");
    view.page(template, &context, &job.owner)
}
