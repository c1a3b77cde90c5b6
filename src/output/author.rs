//! The page of each author, and the page of all authors.

use super::head::Head;
use super::template::{Value, safe};
use super::{Job, Output, Planner, Rendered, Subject, View, body, context, listing};
use crate::diagnostic::Diagnostic;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "author",
    plan,
    render,
};

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let site = planner.site;
    for (number, author) in site.authors.iter().enumerate() {
        let owner = author.page.map_or_else(
            || format!("the author `{}`", author.name),
            |id| site.page(id).path(),
        );
        listing::plan(
            planner,
            jobs,
            &author.permalink,
            &owner,
            Subject::Author(number),
            author.articles.len(),
        );
    }
    if !site.authors.is_empty()
        || site.indexes.contains_key("authors")
        || planner.menu_leads_to("authors")
    {
        jobs.push(Job::new(
            Permalink::page("authors"),
            "the list of authors",
            Subject::Authors,
        ));
    }
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    match job.subject {
        Subject::Author(number) => one(view, job, number),
        _ => all(view, job),
    }
}

fn one(view: &View<'_>, job: &Job, number: usize) -> Result<Rendered, Box<Diagnostic>> {
    let author = view.site.author(number);
    let page = author.page.map(|id| view.site.page(id));
    let own = page
        .and_then(|p| p.front.bio.as_ref())
        .map(|bio| bio.0.clone());
    let description = own.unwrap_or_else(|| {
        view.theme
            .string_with("author_description", "author", &author.name)
    });
    let mut head = Head::new(&author.name, &description, &job.permalink);
    head.page = author.page.filter(|_| job.number == 1);
    head.author = (job.number == 1).then_some(number);
    head.noindex = page.is_some_and(|p| p.front.noindex == Some(true));
    head.neighbours = listing::neighbours(view, job, &author.permalink, author.articles.len());
    if view.config.feeds.size > 0 && view.config.feeds.each {
        head.feed = Some((author.name.clone(), author.permalink.join("feed.xml")));
    }
    let mut context = context::with_head(&head, view);
    let html = match author.page.filter(|_| job.number == 1) {
        Some(id) => body::fill(view, id, false)?,
        None => String::new(),
    };
    context.insert_value("author", view.author(number));
    context.insert_value("body", safe(&html));
    listing::insert(view, job, &mut context, &author.permalink, &author.articles)?;
    view.templates.page("author.html", &context, &job.owner)
}

fn all(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let index = view.site.index_of("authors");
    let page = index.map(|id| view.site.page(id));
    let title = index.map_or_else(
        || view.theme.string("authors"),
        |id| context::title(view, id),
    );
    let described = page.map(|p| p.description()).filter(|d| !d.is_empty());
    let description = described.unwrap_or(view.theme.string("authors_description"));
    let mut head = Head::new(title, description, &job.permalink);
    head.noindex = page.is_some_and(|p| p.front.noindex == Some(true));
    let mut context = context::with_head(&head, view);
    let html = index.map_or(Ok(String::new()), |id| body::fill(view, id, false))?;
    let authors = (0..view.site.authors().len())
        .map(|n| view.author(n))
        .collect::<Vec<_>>();
    context.insert_value("title", Value::from(title));
    context.insert_value("body", safe(&html));
    context.insert_value("authors", Value::from(authors));
    view.templates.page("authors.html", &context, &job.owner)
}
