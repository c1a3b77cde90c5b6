//! The pages before and after one: in the order in which a book of the folders would have them, or by their dates.

use super::place::{self, Place};
use super::{Answer, Arguments, Given};
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::Section;
use crate::output::template::{Value, object};
use crate::output::{View, context};

/// The pages before and after one, in the order in which a book of the folders would have them: a folder's own page, its
/// articles, the folders in it.
pub(super) fn answer(view: &View<'_>, asked: &Arguments) -> Answer {
    let here = place::find(view, asked.must("beside", "of")?)?;
    let within = asked
        .text("within")
        .map(|written| place::section(view, written));
    let within = within.transpose()?;
    let (previous, next) = match here {
        Place::Page(id) if asked.text("by") == Some("date") => around_date(view, id),
        Place::Section(number) => around_section(view, number, within),
        Place::Page(id) => match (place::own_section(view, id), view.site.places(id).section) {
            (Some(number), _) => around_section(view, number, within),
            (None, Some(number)) => around_article(view, number, id, within),
            (None, None) => (None, None),
        },
    };
    let link = |place: Option<Place>| match place {
        Some(Place::Page(id)) => context::page_link(view, id),
        Some(Place::Section(number)) => view.section(number),
        None => Value::none(),
    };
    let value = object! { "previous" => link(previous), "next" => link(next) };
    Ok(Given { value, entries: 2 })
}

type Around = (Option<Place>, Option<Place>);

/// The articles that were published before and after one.
fn around_date(view: &View<'_>, id: PageId) -> Around {
    let articles = view.site.articles();
    let Some(at) = articles.iter().position(|article| *article == id) else {
        return (None, None);
    };
    let older = articles.get(at + 1);
    let newer = at.checked_sub(1).map(|at| &articles[at]);
    (
        older.copied().map(Place::Page),
        newer.copied().map(Place::Page),
    )
}

fn around_article(
    view: &View<'_>,
    number: Id<Section>,
    id: PageId,
    within: Option<Id<Section>>,
) -> Around {
    let section = view.site.section(number);
    let at = section.articles.iter().position(|article| *article == id);
    let Some(at) = at else {
        return (None, None);
    };
    let previous = match at.checked_sub(1) {
        Some(before) => Place::Page(section.articles[before]),
        None => Place::Section(number),
    };
    let next = match section.articles.get(at + 1) {
        Some(next) => Some(Place::Page(*next)),
        None => match section.children.first() {
            Some(child) => Some(Place::Section(*child)),
            None => behind(view, number, within),
        },
    };
    (Some(previous), next)
}

fn around_section(view: &View<'_>, number: Id<Section>, within: Option<Id<Section>>) -> Around {
    let section = view.site.section(number);
    let first = section.articles.first().map(|id| Place::Page(*id));
    let child = section.children.first().map(|child| Place::Section(*child));
    let next = first.or(child).or_else(|| behind(view, number, within));
    if within == Some(number) {
        return (None, next);
    }
    let previous = match sibling(view, number, false) {
        Some(before) => Some(last_of(view, before)),
        // The first folder stands behind the articles of the one that it is in.
        None => section.parent.map(|parent| {
            let articles = &view.site.section(parent).articles;
            articles
                .last()
                .map_or(Place::Section(parent), |id| Place::Page(*id))
        }),
    };
    (previous, next)
}

/// What comes when all of a section is read.
fn behind(view: &View<'_>, mut number: Id<Section>, within: Option<Id<Section>>) -> Option<Place> {
    loop {
        if within == Some(number) {
            return None;
        }
        if let Some(next) = sibling(view, number, true) {
            return Some(Place::Section(next));
        }
        number = view.site.section(number).parent?;
    }
}

/// The section before or after one in the same section.
fn sibling(view: &View<'_>, number: Id<Section>, after: bool) -> Option<Id<Section>> {
    let all = match view.site.section(number).parent {
        Some(parent) => &view.site.section(parent).children,
        None => view.site.top_sections(),
    };
    let at = all.iter().position(|other| *other == number)?;
    let at = if after { at + 1 } else { at.checked_sub(1)? };
    all.get(at).copied()
}

/// The last page of a section.
fn last_of(view: &View<'_>, mut number: Id<Section>) -> Place {
    loop {
        let section = view.site.section(number);
        match (section.children.last(), section.articles.last()) {
            (Some(child), _) => number = *child,
            (None, Some(id)) => return Place::Page(*id),
            (None, None) => return Place::Section(number),
        }
    }
}
