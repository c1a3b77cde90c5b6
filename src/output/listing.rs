//! Lists over several pages: which articles stand on which, and the links between them. For the outputs
//! that are lists.

use super::template::{Context, Value, object};
use super::{Job, Planner, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::model::paging;
use crate::model::url::Permalink;

/// Plans the pages of a list: one at least.
pub(super) fn plan(
    planner: &Planner<'_>,
    jobs: &mut Vec<Job>,
    first: &Permalink,
    owner: &str,
    subject: Subject,
    items: usize,
) {
    for number in 1..=paging::pages(items, size(planner.config.page_size, subject, items)) {
        jobs.push(Job {
            number,
            ..Job::new(first.numbered(number), owner, subject)
        });
    }
}

/// Articles on one page of a list.
fn size(page_size: usize, subject: Subject, items: usize) -> usize {
    match subject {
        Subject::Year(_) => paging::year_size(page_size, items),
        _ => page_size,
    }
}

/// The addresses of the list's pages before and after this one.
pub(super) fn neighbours(
    view: &View<'_>,
    job: &Job,
    first: &Permalink,
    items: usize,
) -> (Option<Permalink>, Option<Permalink>) {
    let last = paging::pages(items, size(view.config.page_size, job.subject, items));
    let previous = (job.number > 1).then(|| first.numbered(job.number - 1));
    let next = (job.number < last).then(|| first.numbered(job.number + 1));
    (previous, next)
}

/// Adds `articles` (the cards on this page of the list) and `pagination`.
///
/// # Errors
/// A mistake in the template of cards.
pub(super) fn insert(
    view: &View<'_>,
    job: &Job,
    context: &mut Context,
    first: &Permalink,
    items: &[PageId],
) -> Result<(), Box<Diagnostic>> {
    let size = size(view.config.page_size, job.subject, items.len());
    let number = job.number;
    let start = (number - 1) * size;
    let here = view.cards(items.iter().skip(start).take(size))?;
    let total = paging::pages(items.len(), size);
    let (previous, next) = neighbours(view, job, first, items.len());
    let base = &view.config.base_url;
    let linked = paging::linked(number, total);
    let mut before = 0;
    let numbers: Vec<Value> = linked
        .into_iter()
        .map(|page| {
            let skipped = page > before + 1;
            before = page;
            let url = base.href(&first.numbered(page));
            object! { "number" => page, "url" => url, "current" => page == number, "after_gap" => skipped }
        })
        .collect();
    context.insert_value("articles", Value::from(here));
    let pagination = object! {
        "number" => number,
        "total" => total,
        "items" => items.len(),
        "previous" => previous.map(|to| base.href(&to)),
        "next" => next.map(|to| base.href(&to)),
        "numbers" => numbers,
    };
    context.insert_value("pagination", pagination);
    Ok(())
}
