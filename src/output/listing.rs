//! Lists over several pages: which articles stand on which, and the links between them. For the outputs
//! that are lists.

use super::template::{Context, Value, object};
use super::{Job, Planner, Subject, View};
use crate::model::page::PageId;
use crate::model::url::Permalink;

/// Plans the pages of a list: one at least.
pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>, first: &Permalink, owner: &str, subject: Subject, items: usize) {
    for number in 1..=pages(items, planner.config.page_size) {
        jobs.push(Job { number, ..Job::new(first.numbered(number), owner, subject) });
    }
}

fn pages(items: usize, page_size: usize) -> usize {
    items.div_ceil(page_size).max(1)
}

/// The addresses of the list's pages before and after this one.
pub(super) fn neighbours(view: &View<'_>, first: &Permalink, number: usize, items: usize) -> (Option<Permalink>, Option<Permalink>) {
    let last = pages(items, view.config.page_size);
    let previous = (number > 1).then(|| first.numbered(number - 1));
    let next = (number < last).then(|| first.numbered(number + 1));
    (previous, next)
}

/// Adds `articles` (the cards on this page of the list) and `pagination`.
pub(super) fn insert(view: &View<'_>, context: &mut Context, first: &Permalink, number: usize, items: &[PageId]) {
    let size = view.config.page_size;
    let start = (number - 1) * size;
    let here: Vec<Value> =
        items.iter().skip(start).take(size).map(|id| view.cards[id.index()].clone()).collect();
    let (previous, next) = neighbours(view, first, number, items.len());
    let base = &view.config.base_url;
    context.insert_value("articles", Value::from(here));
    let pagination = object! {
        "number" => number,
        "total" => pages(items.len(), size),
        "items" => items.len(),
        "previous" => previous.map(|to| base.href(&to)),
        "next" => next.map(|to| base.href(&to)),
    };
    context.insert_value("pagination", pagination);
}
