//! The home page: its words, the guides, the sections, and the articles, newest first, over several pages.

use super::head::Head;
use super::template::{Value, object, safe};
use super::{Job, Output, Planner, Rendered, Subject, View, body, context, listing};
use crate::diagnostic::Diagnostic;
use crate::link::section;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "home",
    plan,
    inputs: |_, inputs, job| Some(inputs.of_list(job)),
    render,
};

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let owner = planner.site.home.map_or("the home page".to_owned(), |id| {
        planner.site.page(id).path()
    });
    listing::plan(
        planner,
        jobs,
        &Permalink::root(),
        &owner,
        Subject::Site,
        planner.site.articles.len(),
    );
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let (site, root) = (view.site, Permalink::root());
    let page = site.home.map(|id| view.site.page(id));
    let description = match page.map(|p| p.description()) {
        Some(text) if !text.is_empty() => text,
        _ => &view.config.description,
    };
    let title = if job.number == 1 {
        ""
    } else {
        view.theme.string("all_articles")
    };
    let mut head = Head::new(title, description, &job.permalink);
    head.page = site.home.filter(|_| job.number == 1);
    head.neighbours = listing::neighbours(view, job, &root, site.articles.len());
    let mut context = context::with_head(&head, view);
    let body = match site.home.filter(|_| job.number == 1) {
        Some(id) => body::fill(view, id, false)?,
        None => String::new(),
    };
    let heading = page
        .map(|p| p.title.as_str())
        .filter(|t| !t.is_empty())
        .unwrap_or(&view.config.title);
    context.insert_value(
        "page",
        object! { "title" => heading, "description" => description, "body" => safe(&body) },
    );
    context.insert_value("guides", guides(view));
    context.insert_value("sections", sections(view));
    listing::insert(view, job, &mut context, &root, &site.articles);
    view.templates
        .render("home.html", &context, &job.owner)
        .map(Rendered::from)
}

/// The guides, each with its steps.
fn guides(view: &View<'_>) -> Value {
    let guides = view.site.guides.iter().map(|guide| {
        let steps: Vec<Value> = guide.steps.iter().map(|id| view.card(*id)).collect();
        object! { "card" => view.card(guide.hub), "steps" => steps }
    });
    Value::from(guides.collect::<Vec<_>>())
}

/// The sections at the top, each with its newest articles.
fn sections(view: &View<'_>) -> Value {
    let site = view.site;
    let top = section::top(site).into_iter().map(|number| {
        let section = &site.sections[number];
        let newest: Vec<Value> = section
            .articles
            .iter()
            .take(4)
            .map(|id| view.card(*id))
            .collect();
        let description = section.page.map_or("", |id| site.page(id).description());
        object! {
            "title" => section.title.as_str(),
            "url" => view.config.base_url.href(&section.permalink),
            "description" => description,
            "count" => section.articles.len(),
            "articles" => newest,
        }
    });
    Value::from(top.collect::<Vec<_>>())
}
