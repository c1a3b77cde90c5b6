//! The archive: all years, and each year's articles.

use super::head::Head;
use super::template::{Value, object};
use super::{Job, Planner, Rendered, Subject, View, listing};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::site::Year;
use crate::model::url::Permalink;

/// Articles of each year on the page of all years.
const NEWEST: usize = 5;

fn address(config: &Config, year: i16) -> Permalink {
    config.page_at(&format!("archive/{year}"))
}

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for (id, year) in planner.site.years.entries() {
        let (first, articles) = (address(planner.config, year.year), year.articles.len());
        let subject = Subject::Year(id);
        listing::plan(planner, jobs, &first, "the archive", subject, articles);
    }
    if !planner.site.years.is_empty() || planner.menu_leads_to("archive") {
        jobs.push(Job::new(
            planner.config.page_at("archive"),
            "the archive",
            Subject::Archive,
        ));
    }
}

/// All years, each with its newest articles, at most so many.
///
/// # Errors
/// A mistake in the template of cards.
pub(super) fn years(view: &View<'_>, newest: usize) -> Result<Value, Box<Diagnostic>> {
    let year = |year: &Year| {
        Ok(object! {
            "year" => Value::from(i64::from(year.year)),
            "url" => view.config.base_url.href(&address(view.config, year.year)),
            "count" => year.articles.len(),
            "newest" => view.cards(year.articles.iter().take(newest))?,
        })
    };
    let years: Result<Vec<Value>, Box<Diagnostic>> = view.site.years().iter().map(year).collect();
    years.map(Value::from)
}

pub(super) fn render(
    view: &View<'_>,
    job: &Job,
    current: Option<Id<Year>>,
) -> Result<Rendered, Box<Diagnostic>> {
    let title = view.theme.string("archive");
    let current = current.map(|id| view.site.year(id));
    let years = match current {
        Some(_) => view.years(),
        None => years(view, NEWEST),
    }?;
    let title = current.map_or(title.to_owned(), |year| {
        let year = view.theme.language.number(i64::from(year.year));
        format!("{title} {year}")
    });
    let description = view.theme.string("archive_description");
    let mut head = Head::new(&title, description, &job.permalink);
    if let Some(Year { year, articles }) = current {
        let first = address(view.config, *year);
        head.neighbours = listing::neighbours(view, job, &first, articles.len());
    }
    let mut context = head.context(view);
    context.insert_value("title", Value::from(title.as_str()));
    context.insert_value("years", years);
    context.insert_value(
        "year",
        current.map_or(Value::none(), |year| Value::from(i64::from(year.year))),
    );
    if let Some(Year { year, articles }) = current {
        let first = address(view.config, *year);
        listing::insert(view, job, &mut context, &first, articles)?;
    }
    view.page("archive.html", &context, &job.owner)
}
