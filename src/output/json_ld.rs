//! What a page is, for machines: schema.org Article, BreadcrumbList, Person and WebSite as JSON-LD. Written as
//! structs, because every article has it and a tree of JSON values costs ten times as much.

use serde::Serialize;

use super::View;
use super::head::Head;
use super::json;
use super::{replies, search};
use crate::link;
use crate::model::page::{Kind, PageId};
use crate::model::reply;
use crate::model::url::Permalink;

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Node<'a> {
    WebSite(Site<'a>),
    Article(Article<'a>),
    BlogPosting(Article<'a>),
    BreadcrumbList(Trail),
    Person(Person<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Site<'a> {
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    potential_action: Option<Typed<SearchAction>>,
}

#[derive(Serialize)]
struct SearchAction {
    target: String,
    #[serde(rename = "query-input")]
    query_input: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    headline: &'a str,
    description: &'a str,
    url: &'a str,
    main_entity_of_page: &'a str,
    in_language: &'a str,
    word_count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Typed<Person<'a>>>,
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

/// Something that names its type where it stands within something else.
#[derive(Serialize)]
struct Typed<T> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(flatten)]
    value: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Trail {
    item_list_element: Vec<ListItem>,
}

#[derive(Serialize)]
struct ListItem {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: String,
    item: String,
}

/// The text for a script element; empty for a page that is nothing in particular.
pub(super) fn of(head: &Head<'_>, view: &View<'_>, canonical: &str, image: Option<&str>) -> String {
    let mut graph = Vec::with_capacity(2);
    if head.permalink.as_str() == "/" {
        graph.push(Node::WebSite(Site {
            name: &view.config.title,
            url: view.config.base_url.absolute(head.permalink),
            description: head.description,
            in_language: &view.config.language,
            potential_action: view.search.map(|_| Typed {
                kind: "SearchAction",
                value: SearchAction {
                    target: view.config.base_url.absolute(&search::address()) + "?q={query}",
                    query_input: "required name=query",
                },
            }),
        }));
    }
    if let Some(number) = head.author {
        graph.push(Node::Person(person(view, number)));
    }
    if let Some(id) = head.page {
        let page = view.site.page(id);
        if page.is_article() {
            let article = article(view, id, canonical, image);
            graph.push(match page.is_hub() {
                true => Node::Article(article),
                false => Node::BlogPosting(article),
            });
        }
        if page.kind != Kind::Home {
            graph.push(Node::BreadcrumbList(trail(view, id)));
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

fn article<'a>(
    view: &'a View<'_>,
    id: PageId,
    canonical: &'a str,
    image: Option<&'a str>,
) -> Article<'a> {
    let site = view.site;
    let page = site.page(id);
    let places = &site.places[id.index()];
    let section = places.section.map(|number| &site.sections[number]);
    let section = section.filter(|section| section.page != Some(id));
    let author = places.authors.iter().map(|number| {
        let author = &site.authors[*number];
        Typed {
            kind: "Person",
            value: Person {
                name: &author.name,
                url: view.config.base_url.absolute(&author.permalink),
                description: None,
                job_title: None,
                image: None,
            },
        }
    });
    Article {
        headline: &page.title,
        description: page.description(),
        url: canonical,
        main_entity_of_page: canonical,
        in_language: &view.config.language,
        word_count: page.words,
        date_published: page.date.map(|date| date.rfc3339()),
        date_modified: page.updated.or(page.date).map(|date| date.rfc3339()),
        author: author.collect(),
        article_section: section.map_or("", |section| section.title.as_str()),
        keywords: places
            .tags
            .iter()
            .map(|t| site.tags[*t].name.as_str())
            .collect(),
        image,
        comment_count: Some(reply::count(&page.replies)).filter(|count| *count > 0),
        comment: replies::comments(view, canonical, &page.replies),
    }
}

fn person<'a>(view: &'a View<'_>, number: usize) -> Person<'a> {
    let author = &view.site.authors[number];
    let base = &view.config.base_url;
    let page = author.page.map(|id| view.site.page(id));
    let picture = page.and_then(|p| super::picture::portrait(view, p, p.front.picture.as_deref()?));
    Person {
        name: &author.name,
        url: base.absolute(&author.permalink),
        description: page
            .and_then(|p| p.front.bio.as_ref())
            .map(|bio| bio.0.as_str()),
        job_title: page
            .and_then(|p| p.front.role.as_ref())
            .map(|role| role.0.as_str()),
        image: picture.map(|picture| base.absolute_href(&picture)),
    }
}

fn trail(view: &View<'_>, id: PageId) -> Trail {
    let (base, page) = (&view.config.base_url, view.site.page(id));
    let home = (view.theme.string("home").to_owned(), Permalink::root());
    let own = (page.title.clone(), page.permalink.clone());
    let trail = std::iter::once(home)
        .chain(link::breadcrumbs(view.site, id))
        .chain([own]);
    let items = trail.enumerate().map(|(place, (name, to))| ListItem {
        kind: "ListItem",
        position: place + 1,
        name,
        item: base.absolute(&to),
    });
    Trail {
        item_list_element: items.collect(),
    }
}
