//! The page of each tag, and the page of all tags.

use super::head::Head;
use super::template::{Value, object, safe};
use super::{Job, Output, Planner, Rendered, Subject, View, body, context, listing};
use crate::diagnostic::Diagnostic;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "tag",
    plan,
    render,
};

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let site = planner.site;
    for (number, tag) in site.tags.iter().enumerate() {
        let owner = tag.page.map_or_else(
            || format!("the tag `{}`", tag.name),
            |id| site.page(id).path(),
        );
        listing::plan(
            planner,
            jobs,
            &tag.permalink,
            &owner,
            Subject::Tag(number),
            tag.articles.len(),
        );
    }
    if !site.tags.is_empty() || site.indexes.contains_key("tags") || planner.menu_leads_to("tags") {
        jobs.push(Job::new(
            Permalink::page("tags"),
            "the list of tags",
            Subject::Tags,
        ));
    }
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    match job.subject {
        Subject::Tag(number) => one(view, job, number),
        _ => all(view, job),
    }
}

fn one(view: &View<'_>, job: &Job, number: usize) -> Result<Rendered, Box<Diagnostic>> {
    let tag = view.site.tag(number);
    let page = tag.page.map(|id| view.site.page(id));
    let described = page
        .map(|p| p.description().to_owned())
        .filter(|d| !d.is_empty());
    let description =
        described.unwrap_or_else(|| view.theme.string_with("tag_description", "tag", &tag.name));
    let mut head = Head::new(&tag.name, &description, &job.permalink);
    head.noindex = page.is_some_and(|p| p.front.noindex == Some(true));
    head.neighbours = listing::neighbours(view, job, &tag.permalink, tag.articles.len());
    if view.config.feeds.size > 0 && view.config.feeds.each {
        head.feed = Some((tag.name.clone(), tag.permalink.join("feed.xml")));
    }
    let mut context = context::with_head(&head, view);
    let html = match tag.page.filter(|_| job.number == 1) {
        Some(id) => body::fill(view, id, false)?,
        None => String::new(),
    };
    let value = object! {
        "name" => tag.name.as_str(),
        "description" => page.map_or(Value::none(), context::description),
        "body" => safe(&html),
        "related" => related(view, number),
    };
    context.insert_value("tag", value);
    listing::insert(view, job, &mut context, &tag.permalink, &tag.articles)?;
    view.templates.page("tag.html", &context, &job.owner)
}

/// The tags that most often stand beside this one, at most eight. Of a tag's articles the newest 200 are
/// asked, so that a tag of a hundred thousand costs no more.
fn related(view: &View<'_>, number: usize) -> Value {
    let site = view.site;
    let mut counts = std::collections::BTreeMap::new();
    for id in site.tag(number).articles.iter().take(200) {
        for other in site
            .places(*id)
            .tags
            .iter()
            .filter(|other| **other != number)
        {
            *counts.entry(*other).or_insert(0usize) += 1;
        }
    }
    let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
    let links = counts.iter().take(8).map(|(tag, _)| view.tag(*tag));
    Value::from(links.collect::<Vec<_>>())
}

/// A link to a tag's page, with the number of its articles; [`View::tag`] keeps it.
pub(super) fn link(view: &View<'_>, number: usize) -> Value {
    let tag = view.site.tag(number);
    object! {
        "title" => tag.name.as_str(),
        "url" => view.config.base_url.href(&tag.permalink),
        "count" => tag.articles.len(),
    }
}

fn all(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let index = view.site.index_of("tags");
    let page = index.map(|id| view.site.page(id));
    let title = index.map_or_else(|| view.theme.string("tags"), |id| context::title(view, id));
    let described = page.map(|p| p.description()).filter(|d| !d.is_empty());
    let description = described.unwrap_or(view.theme.string("tags_description"));
    let mut head = Head::new(title, description, &job.permalink);
    head.noindex = page.is_some_and(|p| p.front.noindex == Some(true));
    let mut context = context::with_head(&head, view);
    let html = index.map_or(Ok(String::new()), |id| body::fill(view, id, false))?;
    let tags = view.site.tags();
    let numbers = (0..tags.len()).filter(|n| !tags[*n].articles.is_empty());
    context.insert_value("title", Value::from(title));
    context.insert_value("body", safe(&html));
    context.insert_value(
        "tags",
        Value::from(numbers.map(|n| view.tag(n)).collect::<Vec<_>>()),
    );
    view.templates.page("tags.html", &context, &job.owner)
}
