//! The values that templates read, as `docs/themes.md` lists them. One page knows of another no more than
//! its card.

use super::template::{Context, Value, extra, object, safe, with};
use super::theme::Theme;
use super::{View, body, card, head, icons, picture, policy, replies, share, toc};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::link;
use crate::model::date::Date;
use crate::model::page::{Kind, Page, PageId};
use crate::model::site::{Reason, Site, Target, UpNext};
use crate::model::url::Permalink;

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi"];

/// What every template can read: `site` and `t`.
pub(super) fn globals(site: &Site, config: &Config, theme: &Theme) -> Vec<(&'static str, Value)> {
    let menu: Vec<Value> = site
        .menu
        .iter()
        .filter_map(|(title, target)| {
            let url = menu_href(site, config, target)?;
            Some(object! { "title" => title.as_str(), "url" => url })
        })
        .collect();
    let feeds = config.feeds.size > 0;
    let feed = |file| {
        if feeds {
            config.base_url.href(&Permalink::file(file))
        } else {
            String::new()
        }
    };
    let has = |any: bool, path| {
        if any {
            config.base_url.href(&Permalink::page(path))
        } else {
            String::new()
        }
    };
    let colors = theme.colors.as_ref().map_or(Value::none(), |colors| {
        object! { "light" => colors.light.as_str(), "dark" => colors.dark.as_str() }
    });
    let value = object! {
        "title" => config.title.as_str(),
        "description" => config.description.as_str(),
        "language" => config.language.as_str(),
        "direction" => direction(&config.language),
        "url" => config.base_url.href(&Permalink::root()),
        "menu" => menu,
        "feed" => feed("feed.xml"),
        "json_feed" => feed("feed.json"),
        "tags_url" => has(!site.tags.is_empty(), "tags"),
        "authors_url" => has(!site.authors.is_empty(), "authors"),
        "search_url" => has(config.search, "search"),
        "archive_url" => has(!site.years.is_empty(), "archive"),
        "mark" => mark(site, config),
        "icons" => icons::links(site, config),
        "colors" => colors,
        "policy" => config.headers.meta.then(|| policy::policy(site, config, theme, false)),
        "generator" => concat!("gen ", env!("CARGO_PKG_VERSION")),
        "extra" => extra(&config.extra),
    };
    vec![("site", value), ("t", strings(theme))]
}

/// `rtl` or `ltr`.
pub(super) fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default();
    match RIGHT_TO_LEFT.contains(&primary) {
        true => "rtl",
        false => "ltr",
    }
}

/// The site's mark: a file at the root of `content/`.
fn mark(site: &Site, config: &Config) -> Option<String> {
    let mut names = ["mark.svg", "mark.png"].into_iter();
    names.find_map(|name| icons::own_file(site, config, name))
}

fn strings(theme: &Theme) -> Value {
    let map: std::collections::BTreeMap<String, Value> = theme
        .strings
        .iter()
        .map(|(key, text)| (key.clone(), Value::from(text.as_str())))
        .collect();
    Value::from(map)
}

fn menu_href(site: &Site, config: &Config, target: &Target) -> Option<String> {
    Some(match target {
        Target::Page { id, query, anchor } => {
            let hash = if anchor.is_empty() { "" } else { "#" };
            let path = config.base_url.href(&site.page(*id).permalink);
            format!("{path}{}{hash}{}", escape::url(query), escape::url(anchor))
        }
        Target::Path { permalink, suffix } => {
            format!("{}{suffix}", config.base_url.href(permalink))
        }
        Target::Elsewhere(url) => escape::url(url),
        Target::Hidden(_) | Target::Nowhere => return None,
    })
}

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
        Kind::Index => view.theme.string(if page.folder() == "tags" {
            "tags"
        } else {
            "authors"
        }),
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
            "text" => date.format(format, &view.theme.months),
        }
    })
}

/// All that one page may know of another, and how it is drawn.
///
/// # Errors
/// A mistake in the template of cards.
pub(super) fn card(view: &View<'_>, id: PageId) -> Result<Value, Box<Diagnostic>> {
    let page = view.site.page(id);
    let section = view.site.places[id.index()]
        .section
        .map(|s| &view.site.sections[s]);
    let label = section
        .filter(|s| s.page != Some(id))
        .map_or("", |s| s.title.as_str());
    let stands_in = page.front.description.is_none();
    let card = object! {
        "title" => title(view, id),
        "url" => view.config.base_url.href(&page.permalink),
        "description" => page.description(),
        "opening" => if stands_in { "" } else { page.summary.as_str() },
        "date" => date(view, page.date),
        "image" => hero(view, id),
        "minutes" => page.reading_minutes(),
        "section" => label,
        "is_guide" => page.is_hub(),
    };
    let html = match view.templates.has("card.html") {
        true => {
            let mut context = Context::new();
            context.insert_value("card", card.clone());
            view.templates.render("card.html", &context, &page.path())?
        }
        // A theme that stands alone may draw its cards as it likes.
        false => String::new(),
    };
    Ok(with(card, "html", safe(html.trim())))
}

/// The picture at a page's head.
pub(super) fn hero(view: &View<'_>, id: PageId) -> Value {
    let (Some(target), Some(image)) = (
        &view.site.heroes[id.index()],
        &view.site.page(id).front.image,
    ) else {
        return Value::none();
    };
    let Some(source) = picture::source(view, target) else {
        return Value::none();
    };
    object! {
        "src" => source.src,
        "srcset" => source.srcset,
        "tone" => source.tone,
        "alt" => image.alt.as_str(),
        "caption" => image.caption.as_deref(),
        "credit" => image.credit.as_deref(),
        "width" => source.size.map(|s| s.0),
        "height" => source.size.map(|s| s.1),
    }
}

/// A page with everything on it: the `page` of `article.html`, `hub.html` and `page.html`.
///
/// # Errors
/// A mistake in a template that its body needs.
pub(super) fn page(view: &View<'_>, id: PageId) -> Result<Value, Box<Diagnostic>> {
    let (site, page) = (view.site, view.site.page(id));
    let places = &site.places[id.index()];
    let body = view.body(id);
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
    let section = places
        .section
        .filter(|s| site.sections[*s].page != Some(id));
    let pin = card::pin(view, id);
    let to_pin = pin
        .as_deref()
        .map(|pin| view.config.base_url.absolute_href(pin));
    let authors = authors(view, id);
    let writers = writers(view, id, &authors);
    Ok(object! {
        "title" => page.title.as_str(),
        "url" => view.config.base_url.href(&page.permalink),
        "description" => front.description.as_ref().map(|d| d.0.as_str()),
        "summary" => page.summary.as_str(),
        "date" => date(view, page.date),
        "updated" => date(view, page.updated),
        "minutes" => page.reading_minutes(),
        "words" => page.words,
        "hero" => hero(view, id),
        "card" => card::of(view, id).map(|card| view.config.base_url.href(&card.permalink)),
        "pin" => pin.as_deref(),
        "share" => share::row(view, page, to_pin.as_deref()),
        "takeaways" => front.takeaways.0.clone(),
        "toc" => toc::tree(view, id, &body),
        "show_toc" => front.toc,
        "body" => safe(&html),
        "tags" => tags,
        "authors" => authors,
        "writers" => writers,
        "section" => section.map_or(Value::none(), |section| view.section(section)),
        "breadcrumbs" => breadcrumbs(view, &link::breadcrumbs(view.site, id)),
        "guide" => guide(view, id)?,
        "up_next" => up_next(view, &site.up_next[id.index()])?,
        "backlinks" => site.backlinks[id.index()].iter().take(12).map(|from| page_link(view, *from)).collect::<Vec<_>>(),
        "replies" => replies::threads(view, page),
        "comments" => replies::way(view, id),
        "source" => source,
        "sources" => sources,
        "extra" => extra(&front.extra),
    })
}

/// A page's authors, with what is known of them.
fn authors(view: &View<'_>, id: PageId) -> Vec<Value> {
    let numbers = &view.site.places[id.index()].authors;
    numbers.iter().map(|number| view.author(*number)).collect()
}

/// Those of a page's authors of whom more is known than the name.
fn writers(view: &View<'_>, id: PageId, authors: &[Value]) -> Vec<Value> {
    let numbers = &view.site.places[id.index()].authors;
    let is_known = |number: &usize| {
        let page = view.site.authors[*number].page.map(|id| view.site.page(id));
        page.is_some_and(|p| p.front.bio.is_some() || p.front.picture.is_some())
    };
    let known = numbers
        .iter()
        .zip(authors)
        .filter(|(number, _)| is_known(number));
    known.map(|(_, author)| author.clone()).collect()
}

/// One author.
pub(super) fn author(view: &View<'_>, number: usize) -> Value {
    let author = &view.site.authors[number];
    let page = author.page.map(|id| view.site.page(id));
    let text = |get: fn(&Page) -> Option<&crate::model::front_matter::Text>| {
        page.and_then(get).map(|text| text.0.as_str())
    };
    object! {
        "name" => author.name.as_str(),
        "url" => view.config.base_url.href(&author.permalink),
        "bio" => text(|p| p.front.bio.as_ref()),
        "role" => text(|p| p.front.role.as_ref()),
        "picture" => page.and_then(|p| picture::portrait(view, p, p.front.picture.as_deref()?)),
        "count" => author.articles.len(),
    }
}

/// The address of a picture that front matter names.
pub(super) fn file_href(view: &View<'_>, page: &Page, written: &str) -> Option<String> {
    if !crate::parse::leads_into_site(written) {
        return Some(escape::url(written));
    }
    picture::file(page, written).map(|file| view.config.base_url.href(&file))
}

/// Links from the site's root along a trail of sections.
pub(super) fn breadcrumbs(view: &View<'_>, trail: &[usize]) -> Vec<Value> {
    std::iter::once(view.home())
        .chain(trail.iter().map(|section| view.section(*section)))
        .collect()
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

/// An up-next list: cards, each with its reason in the reader's words.
fn up_next(view: &View<'_>, list: &[UpNext]) -> Result<Vec<Value>, Box<Diagnostic>> {
    let entry = |entry: &UpNext| {
        let card = view.card(entry.page)?;
        Ok(object! { "card" => card, "reason" => reason(view.site, view.theme, entry) })
    };
    list.iter().map(entry).collect()
}

/// Why an article stands in an up-next list, in the theme's words.
pub fn reason(site: &Site, theme: &Theme, entry: &UpNext) -> String {
    match &entry.reason {
        Reason::Pinned => theme.string("reason_pinned").to_owned(),
        Reason::NextStep => {
            theme.string_with("reason_next_step", "title", &site.page(entry.page).title)
        }
        Reason::AfterGuide => theme.string("reason_after_guide").to_owned(),
        Reason::LinksHere => theme.string("reason_links_here").to_owned(),
        Reason::Mentioned => theme.string("reason_mentioned").to_owned(),
        Reason::Tags(tags) => {
            let names: Vec<&str> = tags
                .iter()
                .map(|tag| site.tags[*tag].name.as_str())
                .collect();
            theme.string_with("reason_tags", "tags", &names.join(", "))
        }
        Reason::Terms(words) => theme.string_with("reason_terms", "terms", &words.join(", ")),
        Reason::Section(section) => {
            theme.string_with("reason_section", "section", &site.sections[*section].title)
        }
        Reason::Newest => theme.string("reason_newest").to_owned(),
    }
}

/// The file of a template as an author names it: `wide` is `wide.html`.
pub(super) fn template_file(name: &str) -> String {
    if name.ends_with(".html") {
        name.to_owned()
    } else {
        format!("{name}.html")
    }
}

/// A context with the head of a page in it.
pub(super) fn with_head(head: &head::Head<'_>, view: &View<'_>) -> Context {
    let mut context = Context::new();
    context.insert_value("head", head.value(view));
    context
}
