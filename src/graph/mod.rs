//! The site's links as data: up next, links in the text, and who links back. For programs, and for the drawing that
//! `html` makes of them.

pub mod html;

use crate::model::page::PageId;
use crate::model::site::{Site, Target};
use crate::output::json::{self, json};
use crate::output::{self, InLanguage};

/// The articles in the order of their files, by language, each with what it leads to and what leads to it.
pub fn data(languages: &[InLanguage<'_>]) -> json::Value {
    let articles: Vec<json::Value> = languages.iter().flat_map(articles).collect();
    json!({ "articles": articles })
}

fn articles(language: &InLanguage<'_>) -> Vec<json::Value> {
    let (site, theme) = (language.site, language.theme);
    let base = &language.config.base_url;
    site.articles_by_file()
        .into_iter()
        .map(|id| {
            let page = site.page(id);
            let up_next: Vec<json::Value> = site.up_next[id.index()]
                .iter()
                .map(|entry| {
                    let next = site.page(entry.page);
                    json!({
                        "source": next.source,
                        "url": base.href(&next.permalink),
                        "score": rounded(entry.score),
                        "reason": output::reason(site, theme, entry),
                    })
                })
                .collect();
            json!({
                "source": page.source,
                "url": base.href(&page.permalink),
                "title": page.title,
                "up_next": up_next,
                "links": sources(site, linked(site, id)),
                "backlinks": sources(site, site.backlinks[id.index()].clone()),
            })
        })
        .collect()
}

/// The pages that a page links to in its text, in order, each once.
pub fn linked(site: &Site, from: PageId) -> Vec<PageId> {
    let mut linked = Vec::new();
    for target in &site.targets[from.index()] {
        if let Target::Page { id, .. } = target
            && *id != from
            && !linked.contains(id)
        {
            linked.push(*id);
        }
    }
    linked
}

fn sources(site: &Site, ids: Vec<PageId>) -> Vec<&str> {
    ids.into_iter()
        .map(|id| site.page(id).source.as_str())
        .collect()
}

/// Four digits after the point: what is beyond is noise.
pub fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}
