//! Makes what the template of an article, a guide or a page reads of it: everything that is on it.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::page::{Page, PageId};
use crate::output::context::{breadcrumbs, page_link, published, reading_time, up_next, updated};
use crate::output::picture::hero;
use crate::output::template::{Value, extra, object, safe};
use crate::output::{View, author, body, card, languages, replies, share, taxonomy, toc};
use crate::parse::line;

/// A page with everything on it: the `page` of `article.html`, `hub.html` and `page.html`.
///
/// # Errors
/// A mistake in a template that its body needs.
pub(super) fn of(view: &View<'_>, id: PageId) -> Result<Value, Box<Diagnostic>> {
    let (site, page) = (view.site, view.site.page(id));
    let places = site.places(id);
    let body = view.body(id)?;
    let html = body::fill_from(view, id, &body, false)?;
    let (opening, rest) = html.split_at(opening_end(&html));
    let front = &page.front;
    let tags: Vec<Value> = places.tags().iter().map(|tag| view.term(*tag)).collect();
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
        "original" => page.original.as_ref().map_or(Value::none(), |original| languages::original(view, &original.language)),
        "file" => page.source.as_str(),
        "edit" => view.config.git.edit(&page.source),
        "url" => view.config.base_url.href(&page.permalink),
        "description" => page.deck.as_ref().map(|deck| safe(&deck.html)),
        "summary" => page.summary.as_str(),
        "date" => published(view, page),
        "updated" => updated(view, page),
        "minutes" => page.reading_minutes(),
        "reading_time" => reading_time(view, page),
        "words" => page.words,
        "hero" => hero(view, id),
        "card" => card::of(view, id).map(|card| view.config.base_url.href(&card.permalink)),
        "pin" => pin.as_deref(),
        "share" => share::row(view, page, to_pin.as_deref()),
        "takeaways" => takeaways(view, &front.takeaways.0),
        "toc" => toc::tree(view, id, &body)?,
        "show_toc" => front.toc,
        "body" => safe(&html),
        "opening" => safe(opening),
        "rest" => safe(rest),
        "has_code" => html.contains("<pre"),
        "has_diagrams" => html.contains("<figure class=\"diagram"),
        "shortcodes" => shortcodes(page),
        "tags" => tags,
        "taxonomies" => taxonomy::own_terms(view, id),
        "authors" => authors,
        "writers" => writers,
        "section" => section.map_or(Value::none(), |section| view.section(section)),
        "breadcrumbs" => breadcrumbs(view, &site.breadcrumbs(id)),
        "guide" => guide(view, id)?,
        "up_next" => up_next::list(view, site.up_next(id))?,
        "backlinks" => backlinks(view, id),
        "replies" => replies::threads(view, page),
        "comments" => replies::way(view, id),
        "source" => source,
        "sources" => sources,
        "extra" => extra(&front.extra),
    })
}

/// The names of the shortcodes of a text, each once.
fn shortcodes(page: &Page) -> Vec<&str> {
    let names = page
        .shortcodes
        .iter()
        .map(|shortcode| shortcode.name.as_str());
    // What is shown of other files is Markdown.
    let names = names.filter(|name| !matches!(*name, "" | "include"));
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The end of the first paragraph, if a body begins with one.
fn opening_end(html: &str) -> usize {
    match html.starts_with("<p>") {
        true => html.find("</p>").map_or(0, |end| end + "</p>".len()),
        false => 0,
    }
}

/// Links to pages that link to this one, those left out that its list or its guide leads to anyway.
fn backlinks(view: &View<'_>, id: PageId) -> Vec<Value> {
    let site = view.site;
    let listed = |from: &&PageId| site.up_next(id).iter().any(|entry| entry.page == **from);
    let guide = site.step_of(id).map(|(guide, _)| guide);
    let guide = site.guide_of_hub(id).or(guide);
    let in_guide = |from: &&PageId| {
        guide.is_some_and(|guide| guide.hub == **from || guide.steps.contains(from))
    };
    let others = site.backlinks(id).iter();
    let others = others.filter(|from| !listed(from) && !in_guide(from));
    others.take(12).map(|from| page_link(view, *from)).collect()
}

fn takeaways(view: &View<'_>, written: &[String]) -> Vec<Value> {
    let smart = view.config.smart();
    let one = |text: &String| safe(&line(text, smart).html);
    written.iter().map(one).collect()
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
    let at = |place: Option<usize>| match place.and_then(|p| guide.steps.get(p)) {
        Some(id) => view.card(*id),
        None => Ok(Value::none()),
    };
    let after = guide.after.map(|id| view.card(id)).transpose()?;
    Ok(object! {
        "title" => hub.title.as_str(),
        "url" => view.config.base_url.href(&hub.permalink),
        "is_hub" => guide.hub == id,
        "step" => step.map(|s| s + 1),
        "total" => guide.steps.len(),
        "previous" => at(step.and_then(|s| s.checked_sub(1)))?,
        "next" => at(step.map(|s| s + 1))?,
        "after" => after,
        "steps" => view.cards(&guide.steps)?,
    })
}
