//! Tells machines what a page is: schema.org Article, BreadcrumbList, ItemList, Person, Organization and WebSite as
//! JSON-LD. Written as structs, because every article has it and a tree of JSON values costs ten times as much.

use serde::Serialize;

use super::Head;
use crate::model::front_matter::author_kind::AuthorKind;
use crate::model::id::Id;
use crate::model::page::{Kind, Page, PageId};
use crate::model::reply;
use crate::model::site::Term;
use crate::output::{View, json, picture, replies, search};

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

/// Each names its type itself: an enum's tag, or a flattened struct, is copied through a buffer.
#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Site(Site<'a>),
    Article(Box<Article<'a>>),
    Trail(Trail<'a>),
    Person(Person<'a>),
    Steps(Steps<'a>),
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "WebSite", rename_all = "camelCase")]
struct Site<'a> {
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    potential_action: Option<SearchAction>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct SearchAction {
    target: String,
    #[serde(rename = "query-input")]
    query_input: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    description: &'a str,
    url: &'a str,
    main_entity_of_page: &'a str,
    in_language: &'a str,
    word_count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    publisher: Person<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Whole<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    article_section: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment_count: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comment: Vec<json::Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    /// `Person` or `Organization`.
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
}

/// The guide that an article is a step of.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "Article")]
struct Whole<'a> {
    name: &'a str,
    url: String,
}

/// The steps of a guide, in order.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "ItemList", rename_all = "camelCase")]
struct Steps<'a> {
    name: &'a str,
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "BreadcrumbList", rename_all = "camelCase")]
struct Trail<'a> {
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct ListItem<'a> {
    position: usize,
    name: &'a str,
    item: String,
}

/// What the head of a page has made already.
pub(super) struct Known<'a> {
    /// The full address.
    pub(super) canonical: &'a str,
    /// The picture's.
    pub(super) image: Option<&'a str>,
    /// Moments by RFC 3339.
    pub(super) published: Option<&'a str>,
    pub(super) modified: Option<&'a str>,
}

/// The text for a script element; empty for a page that is nothing in particular.
pub(super) fn of(head: &Head<'_>, view: &View<'_>, known: &Known<'_>) -> String {
    let mut graph = Vec::with_capacity(2);
    if *head.permalink == view.config.home() {
        graph.push(Node::Site(Site {
            name: &view.config.title,
            url: view.config.base_url.absolute(head.permalink),
            description: head.description,
            in_language: &view.config.language,
            potential_action: view.config.search.then(|| SearchAction {
                target: view.config.base_url.absolute(&search::address(view.config)) + "?q={query}",
                query_input: "required name=query",
            }),
        }));
    }
    if let Some(number) = head.author {
        graph.push(Node::Person(person(view, number)));
    }
    if let Some(id) = head.page {
        let page = view.site.page(id);
        if page.is_article() {
            graph.push(Node::Article(Box::new(article(view, id, known))));
        }
        if let Some(guide) = view.site.guide_of_hub(id) {
            let steps = guide.steps.iter().map(|step| view.site.page(*step));
            let base = &view.config.base_url;
            let items = steps.enumerate().map(|(place, step)| ListItem {
                position: place + 1,
                name: &step.title,
                item: base.absolute(&step.permalink),
            });
            graph.push(Node::Steps(Steps {
                name: &page.title,
                item_list_element: items.collect(),
            }));
        }
        if page.kind != Kind::Home {
            graph.push(Node::Trail(trail(view, id)));
        }
    }
    if graph.is_empty() {
        return String::new();
    }
    json::for_script(&Graph {
        context: "https://schema.org",
        graph,
    })
}

fn article<'a>(view: &'a View<'_>, id: PageId, known: &Known<'a>) -> Article<'a> {
    let site = view.site;
    let page = site.page(id);
    let places = &site.places(id);
    let section = places.section.map(|id| site.section(id));
    let section = section.filter(|section| section.page != Some(id));
    let author = places.authors().iter().map(|id| {
        let author = site.term(*id);
        Person {
            kind: kind(author.page.map(|id| site.page(id))),
            name: &author.name,
            url: view.config.base_url.absolute(&author.permalink),
            description: None,
            job_title: None,
            image: None,
        }
    });
    Article {
        kind: if page.is_hub() {
            "Article"
        } else {
            "BlogPosting"
        },
        headline: &page.title,
        description: page.description(),
        url: known.canonical,
        main_entity_of_page: known.canonical,
        in_language: &view.config.language,
        word_count: page.words,
        date_published: known.published,
        date_modified: known.modified,
        author: author.collect(),
        publisher: Person {
            kind: "Organization",
            name: &view.config.title,
            url: view.config.base_url.absolute(&view.config.home()),
            description: None,
            job_title: None,
            image: None,
        },
        is_part_of: site.step_of(id).map(|(guide, _)| {
            let hub = site.page(guide.hub);
            Whole {
                name: &hub.title,
                url: view.config.base_url.absolute(&hub.permalink),
            }
        }),
        article_section: section.map_or("", |section| section.title.as_str()),
        keywords: places
            .topics()
            .map(|term| site.term(term).name.as_str())
            .collect(),
        image: known.image,
        comment_count: Some(reply::count(&page.replies)).filter(|count| *count > 0),
        comment: replies::comments(view, known.canonical, &page.replies),
    }
}

fn person<'a>(view: &'a View<'_>, id: Id<Term>) -> Person<'a> {
    let author = view.site.term(id);
    let base = &view.config.base_url;
    let page = author.page.map(|id| view.site.page(id));
    let picture = page.and_then(|p| picture::portrait(view, p, p.front.picture.as_deref()?));
    Person {
        kind: kind(page),
        name: &author.name,
        url: base.absolute(&author.permalink),
        description: page
            .and_then(|p| p.front.bio.as_ref())
            .map(|bio| bio.0.as_str()),
        // An organization has no job.
        job_title: page
            .filter(|page| page.front.kind != Some(AuthorKind::Organization))
            .and_then(|p| p.front.role.as_ref())
            .map(|role| role.0.as_str()),
        image: picture.map(|picture| base.absolute_href(&picture)),
    }
}

/// The type of the author whose file a page is.
fn kind(page: Option<&Page>) -> &'static str {
    match page.and_then(|page| page.front.kind) {
        Some(AuthorKind::Organization) => "Organization",
        Some(AuthorKind::Person) | None => "Person",
    }
}

fn trail<'a>(view: &'a View<'_>, id: PageId) -> Trail<'a> {
    let (base, page) = (&view.config.base_url, view.site.page(id));
    let sections = view.site.breadcrumbs(id).into_iter();
    let sections = sections.map(|id| view.site.section(id));
    let home_at = view.config.home();
    let home = (view.theme.string("home"), &home_at);
    let trail = std::iter::once(home)
        .chain(sections.map(|section| (section.title.as_str(), &section.permalink)))
        .chain([(page.title.as_str(), &page.permalink)]);
    let items = trail.enumerate().map(|(place, (name, to))| ListItem {
        position: place + 1,
        name,
        item: base.absolute(to),
    });
    Trail {
        item_list_element: items.collect(),
    }
}
