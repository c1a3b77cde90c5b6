//! What stands in a page's head: title, description, canonical address, Open Graph and JSON-LD
//! (schema.org BlogPosting, BreadcrumbList, Person, WebSite).

use super::View;
use super::json::{self, json};
use super::replies;
use super::template::{Value, object, safe};
use crate::link;
use crate::model::page::{Kind, PageId};
use crate::model::reply;
use crate::model::url::Permalink;

/// The head of one page.
pub(super) struct Head<'a> {
    /// The page's title; empty for the site's own.
    pub(super) title: &'a str,
    /// One or two sentences.
    pub(super) description: &'a str,
    /// The page's address.
    pub(super) permalink: &'a Permalink,
    /// Kept out of search engines.
    pub(super) noindex: bool,
    /// The page behind it, if it is one.
    pub(super) page: Option<PageId>,
    /// Its feed, if it has one of its own: title and address.
    pub(super) feed: Option<(String, Permalink)>,
    /// The pages before and after it in a list.
    pub(super) neighbours: (Option<Permalink>, Option<Permalink>),
}

impl<'a> Head<'a> {
    /// A head with a title and an address, and nothing else.
    pub(super) fn new(title: &'a str, description: &'a str, permalink: &'a Permalink) -> Head<'a> {
        Head {
            title,
            description,
            permalink,
            noindex: false,
            page: None,
            feed: None,
            neighbours: (None, None),
        }
    }

    /// As templates read it.
    pub(super) fn value(&self, view: &View<'_>) -> Value {
        let base = &view.config.base_url;
        let page = self.page.map(|id| view.site.page(id));
        let own = page.and_then(|p| p.front.canonical.clone());
        let canonical = own.unwrap_or_else(|| base.absolute(self.permalink));
        let image = self
            .page
            .and_then(|id| view.site.heroes[id.index()].as_ref());
        let image = image.and_then(|hero| super::body::href(view, &hero.target, true));
        let title = match self.title {
            "" => view.config.title.clone(),
            title => format!("{title} – {}", view.config.title),
        };
        let (previous, next) = &self.neighbours;
        object! {
            "title" => title,
            "name" => if self.title.is_empty() { view.config.title.as_str() } else { self.title },
            "description" => self.description,
            "canonical" => canonical,
            "noindex" => self.noindex || page.is_some_and(|p| p.front.noindex == Some(true)),
            "kind" => if page.is_some_and(|p| p.is_article()) { "article" } else { "website" },
            "image" => image.clone(),
            "published" => page.and_then(|p| p.date).map(|d| d.rfc3339()),
            "modified" => page.and_then(|p| p.updated.or(p.date)).map(|d| d.rfc3339()),
            "feed_title" => self.feed.as_ref().map(|(title, _)| title.as_str()),
            "feed" => self.feed.as_ref().map(|(_, to)| base.href(to)),
            "previous" => previous.as_ref().map(|to| base.href(to)),
            "next" => next.as_ref().map(|to| base.href(to)),
            "json_ld" => safe(&self.json_ld(view, image.as_deref())),
        }
    }

    fn json_ld(&self, view: &View<'_>, image: Option<&str>) -> String {
        let base = &view.config.base_url;
        let mut graph = Vec::new();
        if self.permalink.as_str() == "/" {
            graph.push(json!({
                "@type": "WebSite",
                "name": view.config.title,
                "url": base.absolute(self.permalink),
                "description": self.description,
                "inLanguage": view.config.language,
            }));
        }
        if let Some(id) = self.page {
            let page = view.site.page(id);
            match page.kind {
                _ if page.is_article() => graph.push(article(view, id, image)),
                Kind::Author => graph.push(json!({
                    "@type": "Person",
                    "name": page.title,
                    "url": base.absolute(&page.permalink),
                    "description": page.front.bio.as_ref().map(|b| b.0.as_str()),
                })),
                _ => {}
            }
            if page.kind != Kind::Home {
                graph.push(breadcrumb_list(view, id));
            }
        }
        if graph.is_empty() {
            return String::new();
        }
        let graph = json!({ "@context": "https://schema.org", "@graph": graph });
        json::for_script(&graph)
    }
}

fn article(view: &View<'_>, id: PageId, image: Option<&str>) -> json::Value {
    let (site, base) = (view.site, &view.config.base_url);
    let page = site.page(id);
    let places = &site.places[id.index()];
    let authors: Vec<json::Value> = places
        .authors
        .iter()
        .map(|n| &site.authors[*n])
        .map(|a| json!({ "@type": "Person", "name": a.name, "url": base.absolute(&a.permalink) }))
        .collect();
    let tags: Vec<&str> = places
        .tags
        .iter()
        .map(|t| site.tags[*t].name.as_str())
        .collect();
    let mut value = json!({
        "@type": if page.is_hub() { "Article" } else { "BlogPosting" },
        "headline": page.title,
        "description": page.description(),
        "url": base.absolute(&page.permalink),
        "mainEntityOfPage": base.absolute(&page.permalink),
        "inLanguage": view.config.language,
        "wordCount": page.words,
    });
    let mut set = |key: &str, to: json::Value| value[key] = to;
    if let Some(date) = page.date {
        set("datePublished", date.rfc3339().into());
    }
    if let Some(date) = page.updated.or(page.date) {
        set("dateModified", date.rfc3339().into());
    }
    if !authors.is_empty() {
        set("author", authors.into());
    }
    if !tags.is_empty() {
        set("keywords", tags.join(", ").into());
    }
    if let Some(image) = image {
        set("image", image.into());
    }
    if !page.replies.is_empty() {
        set("commentCount", reply::count(&page.replies).into());
        let url = base.absolute(&page.permalink);
        set(
            "comment",
            replies::comments(view, &url, &page.replies).into(),
        );
    }
    value
}

fn breadcrumb_list(view: &View<'_>, id: PageId) -> json::Value {
    let (base, page) = (&view.config.base_url, view.site.page(id));
    let home = (view.theme.string("home").to_owned(), Permalink::root());
    let own = (page.title.clone(), page.permalink.clone());
    let trail = std::iter::once(home)
        .chain(link::breadcrumbs(view.site, id))
        .chain([own]);
    let items: Vec<json::Value> = trail
        .enumerate()
        .map(|(place, (name, to))| {
            json!({ "@type": "ListItem", "position": place + 1, "name": name, "item": base.absolute(&to) })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}
