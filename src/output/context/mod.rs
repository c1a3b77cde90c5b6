//! Values that several templates read, as `docs/themes.md` lists them: links, titles, dates, cards. One page knows of
//! another no more than its card.

pub(super) mod up_next;

use super::View;
use super::picture::hero;
use super::template::{Context, Value, extra, object, safe, with};
use crate::config::Dates;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::date::Date;
use crate::model::id::Id;
use crate::model::page::{Kind, Page, PageId};
use crate::model::site::Section;
use crate::model::url::Permalink;

/// Patterns that a theme draws where a card has no picture.
const PATTERNS: u32 = 6;

/// A link to a place of the site.
pub(super) fn link(view: &View<'_>, title: &str, to: &Permalink) -> Value {
    object! { "title" => title, "url" => view.config.base_url.href(to) }
}

/// A link to a page.
pub(super) fn page_link(view: &View<'_>, id: PageId) -> Value {
    link(view, title(view, id), &view.site.page(id).permalink)
}

/// A page's title. The home page and the lists of tags and authors have one where nobody wrote any.
pub(super) fn title<'a>(view: &'a View<'_>, id: PageId) -> &'a str {
    let page = view.site.page(id);
    match page.kind {
        _ if !page.title.is_empty() => &page.title,
        Kind::Home => &view.config.title,
        Kind::Index => {
            let own = |(key, title)| (key == page.bare_folder()).then_some(title);
            let own = view.config.taxonomies.iter().find_map(own);
            own.unwrap_or_else(|| view.theme.string(page.bare_folder()))
        }
        _ => &page.title,
    }
}

/// A date, for machines and for readers.
pub(super) fn date(view: &View<'_>, date: Option<Date>) -> Value {
    let format = view.config.date_format.as_deref().unwrap_or_else(|| {
        view.theme
            .strings
            .get("date_format")
            .map_or("%-d %B %Y", String::as_str)
    });
    date.map_or(Value::none(), |date| {
        object! {
            "iso" => date.machine(),
            "text" => view.theme.dates_language.with_digits(date.format(format, &view.theme.dates)),
        }
    })
}

/// When a page was published, where readers are told.
pub(super) fn published(view: &View<'_>, page: &Page) -> Value {
    match view.config.dates {
        Dates::All => date(view, page.date),
        Dates::Updated | Dates::None => Value::none(),
    }
}

/// When a page was last changed, where readers are told.
pub(super) fn updated(view: &View<'_>, page: &Page) -> Value {
    match view.config.dates {
        Dates::All | Dates::Updated => date(view, page.updated),
        Dates::None => Value::none(),
    }
}

/// How long reading a page takes, in the theme's words. Made here for all that show it: most pages do so thrice.
pub(super) fn reading_time(view: &View<'_>, page: &Page) -> String {
    view.theme
        .string_of("minutes", "minutes", page.reading_minutes() as usize)
}

/// All that one page may know of another, but for how it is drawn; and that, its `html`.
///
/// # Errors
/// A mistake in the template of cards.
pub(super) fn card(view: &View<'_>, id: PageId) -> Result<(Value, Value), Box<Diagnostic>> {
    let card = undrawn(view, id);
    let html = match view.templates.has("card.html") {
        true => {
            let mut context = Context::new();
            context.insert_value("card", card.clone());
            let path = view.site.page(id).path();
            view.templates.render("card.html", &context, &path)?
        }
        // A theme that stands alone may draw its cards as it likes.
        false => String::new(),
    };
    Ok((card, safe(html.trim())))
}

/// A card that was drawn before.
pub(super) fn card_with(view: &View<'_>, id: PageId, html: Value) -> Value {
    with(undrawn(view, id), "html", html)
}

fn undrawn(view: &View<'_>, id: PageId) -> Value {
    let page = view.site.page(id);
    let section = view.site.places(id).section.map(|s| view.site.section(s));
    let label = section
        .filter(|s| s.page != Some(id))
        .map_or("", |s| s.title.as_str());
    let stands_in = page.front.description.is_none();
    object! {
        "title" => title(view, id),
        "url" => view.config.base_url.href(&page.permalink),
        "description" => description(page),
        "opening" => if stands_in { "" } else { page.summary.as_str() },
        "date" => published(view, page),
        "image" => hero(view, id),
        "pattern" => Fingerprint::of(page.permalink.as_str().as_bytes()).0 as u32 % PATTERNS + 1,
        "minutes" => page.reading_minutes(),
        "reading_time" => reading_time(view, page),
        "section" => label,
        "is_guide" => page.is_hub(),
        "extra" => extra(&page.front.extra),
        "language" => page.original.as_ref().map(|original| original.language.as_str()),
    }
}

/// What a page is about, for its readers.
pub(super) fn description(page: &Page) -> Value {
    match &page.deck {
        Some(deck) => safe(&deck.html),
        None => page.summary.as_str().into(),
    }
}

/// Links from the site's root along a trail of sections.
pub(super) fn breadcrumbs(view: &View<'_>, trail: &[Id<Section>]) -> Vec<Value> {
    std::iter::once(view.home())
        .chain(trail.iter().map(|section| view.section(*section)))
        .collect()
}

/// The file of a template as an author names it: `wide` is `wide.html`.
pub(super) fn template_file(name: &str) -> String {
    if name.ends_with(".html") {
        name.to_owned()
    } else {
        format!("{name}.html")
    }
}
