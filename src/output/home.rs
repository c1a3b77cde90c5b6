//! The home page: its words, the guides, the sections, and the articles, newest first, over several pages.

mod front;

use std::cmp::Reverse;

use super::head::Head;
use super::template::{Value, object, safe};
use super::{Job, Planner, Rendered, Subject, View, body, context, listing, picture};
use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::site::{Guide, Section, Taxonomy, Term};

/// Tags on the home page; the others are on their own.
const MOST_TAGS: usize = 24;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let owner = planner.site.home.map_or("the home page".to_owned(), |id| {
        planner.site.page(id).path()
    });
    listing::plan(
        planner,
        jobs,
        &planner.config.home(),
        &owner,
        Subject::Home,
        planner.site.articles.len(),
    );
}

pub(super) fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let (site, root) = (view.site, view.config.home());
    let page = site.home().map(|id| site.page(id));
    let description = match page.map(|p| p.description()) {
        Some(text) if !text.is_empty() => text,
        _ => &view.config.description,
    };
    let title = if job.number == 1 {
        ""
    } else {
        view.theme.string("all_articles")
    };
    let mut head = Head::new(title, description, &job.permalink);
    head.page = site.home().filter(|_| job.number == 1);
    head.neighbours = listing::neighbours(view, job, &root, site.articles().len());
    let mut context = head.context(view);
    let body = match site.home().filter(|_| job.number == 1) {
        Some(id) => body::fill(view, id, false)?,
        None => String::new(),
    };
    let heading = page
        .map(|p| p.title.as_str())
        .filter(|t| !t.is_empty())
        .unwrap_or(&view.config.title);
    let value = object! {
        "title" => heading,
        "description" => description,
        "body" => safe(&body),
        "hero" => site.home().map_or(Value::none(), |id| picture::hero(view, id)),
    };
    context.insert_value("page", value);
    let beside = view.welcome()?;
    context.insert_value("guides", beside.guides);
    context.insert_value("sections", beside.sections);
    context.insert_value("tags", beside.tags);
    if job.number == 1 {
        let listed = site.articles().iter().take(view.config.page_size);
        let listed: Vec<_> = listed.copied().collect();
        context.insert_value("front", front::of(view, &listed)?);
    }
    listing::insert(view, job, &mut context, &root, site.articles())?;
    view.page("home.html", &context, &job.owner)
}

/// What stands beside the articles: the same on every page of the list, so that [`View::welcome`] keeps it.
#[derive(Clone, Debug)]
pub(super) struct Welcome {
    guides: Value,
    sections: Value,
    tags: Value,
}

impl Welcome {
    /// Of the site.
    pub(super) fn of(view: &View<'_>) -> Result<Welcome, Box<Diagnostic>> {
        Ok(Welcome {
            guides: guides(view)?.into(),
            sections: sections(view)?.into(),
            tags: tags(view).into(),
        })
    }
}

/// The guides, each with its steps.
fn guides(view: &View<'_>) -> Result<Vec<Value>, Box<Diagnostic>> {
    let guides = view.site.guides().iter();
    guides.map(|one| guide(view, one)).collect()
}

/// One of them.
pub(super) fn guide(view: &View<'_>, guide: &Guide) -> Result<Value, Box<Diagnostic>> {
    let steps = view.cards(&guide.steps)?;
    Ok(object! { "card" => view.card(guide.hub)?, "steps" => steps })
}

/// The sections at the top, each with its newest articles.
fn sections(view: &View<'_>) -> Result<Vec<Value>, Box<Diagnostic>> {
    let site = view.site;
    let one = |id: &Id<Section>| {
        let section = site.section(*id);
        let page = section.page.map(|id| site.page(id));
        Ok(object! {
            "title" => section.title.as_str(),
            "url" => view.config.base_url.href(&section.permalink),
            "description" => page.map_or(Value::none(), context::description),
            "count" => section.articles.len(),
            "articles" => view.cards(section.articles.iter().take(4))?,
        })
    };
    site.top_sections().iter().map(one).collect()
}

/// The tags that most articles have, in the order of their addresses.
fn tags(view: &View<'_>) -> Vec<Value> {
    let (_, tags) = view.site.taxonomy(Taxonomy::TAGS);
    let tags = tags.entries();
    let mut tags: Vec<(usize, Id<Term>)> = tags
        .filter(|(_, tag)| !tag.articles.is_empty())
        .map(|(id, tag)| (tag.articles.len(), id))
        .collect();
    tags.sort_by_key(|(articles, id)| (Reverse(*articles), *id));
    tags.truncate(MOST_TAGS);
    tags.sort_unstable_by_key(|(_, id)| *id);
    tags.into_iter().map(|(_, id)| view.term(id)).collect()
}
