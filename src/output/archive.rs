//! The archive: all years, and each year's articles.

use super::head::Head;
use super::template::{Value, object};
use super::{Job, Output, Planner, Rendered, Subject, View, context, listing};
use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "archive",
    plan,
    render,
};

/// Articles of each year on the page of all years.
const NEWEST: usize = 5;

fn address(year: i16) -> Permalink {
    Permalink::page(&format!("archive/{year}"))
}

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for (number, (year, articles)) in planner.site.years.iter().enumerate() {
        listing::plan(
            planner,
            jobs,
            &address(*year),
            "the archive",
            Subject::Year(number),
            articles.len(),
        );
    }
    if !planner.site.years.is_empty() || planner.menu_leads_to("archive") {
        jobs.push(Job::new(
            Permalink::page("archive"),
            "the archive",
            Subject::Site,
        ));
    }
}

/// All years, each with its newest articles, at most so many.
///
/// # Errors
/// A mistake in the template of cards.
pub(super) fn years(view: &View<'_>, newest: usize) -> Result<Value, Box<Diagnostic>> {
    let year = |(year, articles): &(i16, Vec<PageId>)| {
        Ok(object! {
            "year" => Value::from(i64::from(*year)),
            "url" => view.config.base_url.href(&address(*year)),
            "count" => articles.len(),
            "newest" => view.cards(articles.iter().take(newest))?,
        })
    };
    let years: Result<Vec<Value>, Box<Diagnostic>> = view.site.years().iter().map(year).collect();
    years.map(Value::from)
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let title = view.theme.string("archive");
    let current = match job.subject {
        Subject::Year(number) => view.site.years().get(number),
        _ => None,
    };
    let years = match current {
        Some(_) => view.years(),
        None => years(view, NEWEST),
    }?;
    let title = current.map_or(title.to_owned(), |(year, _)| {
        let year = view.theme.language.number(i64::from(*year));
        format!("{title} {year}")
    });
    let description = view.theme.string("archive_description");
    let mut head = Head::new(&title, description, &job.permalink);
    if let Some((year, articles)) = current {
        head.neighbours = listing::neighbours(view, job, &address(*year), articles.len());
    }
    let mut context = context::with_head(&head, view);
    context.insert_value("title", Value::from(title.as_str()));
    context.insert_value("years", years);
    context.insert_value(
        "year",
        current.map_or(Value::none(), |(year, _)| Value::from(i64::from(*year))),
    );
    if let Some((year, articles)) = current {
        listing::insert(view, job, &mut context, &address(*year), articles)?;
    }
    view.templates.page("archive.html", &context, &job.owner)
}
