//! Lists over several pages: which articles stand on which, and the links between them. For the outputs
//! that are lists.

use super::template::{Context, Value, object};
use super::{Job, Planner, Subject, View};
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
    for number in 1..=paging::pages(items, size(planner.config.page_size, subject)) {
        jobs.push(Job {
            number,
            ..Job::new(first.numbered(number), owner, subject)
        });
    }
}

/// Articles on one page of a list.
fn size(page_size: usize, subject: Subject) -> usize {
    match subject {
        Subject::Year(_) => paging::year_size(page_size),
        _ => page_size,
    }
}

/// The addresses of the list's pages before and after this one.
pub(super) fn neighbours(
    view: &View<'_>,
    first: &Permalink,
    number: usize,
    items: usize,
) -> (Option<Permalink>, Option<Permalink>) {
    around(first, number, paging::pages(items, view.config.page_size))
}

/// The same for the list of a year.
pub(super) fn year_neighbours(
    view: &View<'_>,
    first: &Permalink,
    number: usize,
    items: usize,
) -> (Option<Permalink>, Option<Permalink>) {
    around(
        first,
        number,
        paging::pages(items, paging::year_size(view.config.page_size)),
    )
}

fn around(first: &Permalink, number: usize, last: usize) -> (Option<Permalink>, Option<Permalink>) {
    let previous = (number > 1).then(|| first.numbered(number - 1));
    let next = (number < last).then(|| first.numbered(number + 1));
    (previous, next)
}

/// Adds `articles` (the cards on this page of the list) and `pagination`.
pub(super) fn insert(
    view: &View<'_>,
    context: &mut Context,
    first: &Permalink,
    number: usize,
    items: &[PageId],
) {
    insert_sized(view, context, first, number, items, view.config.page_size);
}

/// The same for the list of a year.
pub(super) fn insert_year(
    view: &View<'_>,
    context: &mut Context,
    first: &Permalink,
    number: usize,
    items: &[PageId],
) {
    insert_sized(
        view,
        context,
        first,
        number,
        items,
        paging::year_size(view.config.page_size),
    );
}

fn insert_sized(
    view: &View<'_>,
    context: &mut Context,
    first: &Permalink,
    number: usize,
    items: &[PageId],
    size: usize,
) {
    let start = (number - 1) * size;
    let here: Vec<Value> = items
        .iter()
        .skip(start)
        .take(size)
        .map(|id| view.cards[id.index()].clone())
        .collect();
    let total = paging::pages(items.len(), size);
    let (previous, next) = around(first, number, total);
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
}
