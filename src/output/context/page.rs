//! What the template of an article, a guide or a page reads of it: everything that is on it.

use super::{author, breadcrumbs, date, hero, page_link, reading_time, up_next};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::page::PageId;
use crate::output::template::{Value, extra, object, safe};
use crate::output::{View, body, card, replies, share, toc};

/// A page with everything on it: the `page` of `article.html`, `hub.html` and `page.html`.
///
/// # Errors
/// A mistake in a template that its body needs.
pub(in crate::output) fn of(view: &View<'_>, id: PageId) -> Result<Value, Box<Diagnostic>> {
    let (site, page) = (view.site, view.site.page(id));
    let places = site.places(id);
    let body = view.body(id)?;
    let html = body::fill_from(view, id, &body, false)?;
    let front = &page.front;
    let tags: Vec<Value> = places.tags.iter().map(|tag| view.tag(*tag)).collect();
    let sources: Vec<Value> = front
        .sources
        .iter()
        .map(|s| object! { "name" => s.name.as_str(), "url" => s.url.as_deref().map(escape::url) })
        .collect();
    let source = front.source.as_ref().map_or(Value::none(), |s| {
        object! { "name" => s.name.as_str(), "url" => s.url.as_deref().map(escape::url) }
    });
    let section = places.section.filter(|s| site.section(*s).page != Some(id));
    let pin = card::pin(view, id);
    let to_pin = pin
        .as_deref()
        .map(|pin| view.config.base_url.absolute_href(pin));
    let authors = author::of_page(view, id);
    let writers = author::writers(view, id, &authors);
    Ok(object! {
        "title" => page.title.as_str(),
        "url" => view.config.base_url.href(&page.permalink),
        "description" => front.description.as_ref().map(|d| d.0.as_str()),
        "summary" => page.summary.as_str(),
        "date" => date(view, page.date),
        "updated" => date(view, page.updated),
        "minutes" => page.reading_minutes(),
        "reading_time" => reading_time(view, page),
        "words" => page.words,
        "hero" => hero(view, id),
        "card" => card::of(view, id).map(|card| view.config.base_url.href(&card.permalink)),
        "pin" => pin.as_deref(),
        "share" => share::row(view, page, to_pin.as_deref()),
        "takeaways" => front.takeaways.0.clone(),
        "toc" => toc::tree(view, id, &body)?,
        "show_toc" => front.toc,
        "body" => safe(&html),
        "has_code" => html.contains("<pre"),
        "tags" => tags,
        "authors" => authors,
        "writers" => writers,
        "section" => section.map_or(Value::none(), |section| view.section(section)),
        "breadcrumbs" => breadcrumbs(view, &site.breadcrumbs(id)),
        "guide" => guide(view, id)?,
        "up_next" => up_next::list(view, site.up_next(id))?,
        "backlinks" => site.backlinks(id).iter().take(12).map(|from| page_link(view, *from)).collect::<Vec<_>>(),
        "replies" => replies::threads(view, page),
        "comments" => replies::way(view, id),
        "source" => source,
        "sources" => sources,
        "extra" => extra(&front.extra),
    })
}

/// The guide that a page is a step or the hub of.
fn guide(view: &View<'_>, id: PageId) -> Result<Value, Box<Diagnostic>> {
    let site = view.site;
    let own = site
        .page(id)
        .is_hub()
        .then(|| site.guide_of_hub(id))
        .flatten();
    let (guide, step) = match (own, site.step_of(id)) {
        (Some(guide), _) => (guide, None),
        (None, Some((guide, step))) => (guide, Some(step)),
        (None, None) => return Ok(Value::none()),
    };
    let hub = site.page(guide.hub);
    let at = |place: Option<usize>| {
        place
            .and_then(|p| guide.steps.get(p))
            .map_or(Value::none(), |id| page_link(view, *id))
    };
    Ok(object! {
        "title" => hub.title.as_str(),
        "url" => view.config.base_url.href(&hub.permalink),
        "is_hub" => guide.hub == id,
        "step" => step.map(|s| s + 1),
        "total" => guide.steps.len(),
        "previous" => at(step.and_then(|s| s.checked_sub(1))),
        "next" => at(step.map(|s| s + 1)),
        "steps" => view.cards(&guide.steps)?,
    })
}
