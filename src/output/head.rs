//! Makes what stands in a page's head: title, description, canonical address, the picture for cards elsewhere,
//! neighbours and feed. What it is for machines is `json_ld`'s.

mod json_ld;

use super::template::{Context, Value, object, safe};
use super::{View, card, languages, markdown_copy};
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Counterpart, Term};
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
    /// The author whose page it is.
    pub(super) author: Option<Id<Term>>,
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
            author: None,
            feed: None,
            neighbours: (None, None),
        }
    }

    /// What a template reads, with the head in it and nothing else.
    pub(super) fn context(&self, view: &View<'_>) -> Context {
        let mut context = Context::new();
        context.insert_value("head", self.value(view));
        context
    }

    /// As templates read it.
    fn value(&self, view: &View<'_>) -> Value {
        let base = &view.config.base_url;
        let page = self.page.map(|id| view.site.page(id));
        let own = page.and_then(|p| p.front.canonical.clone());
        let canonical = own.unwrap_or_else(|| base.absolute(self.permalink));
        let image = self.page.and_then(|id| card::image(view, id));
        let published = page.and_then(|p| p.date).map(|d| d.rfc3339());
        let updated = page.and_then(|p| p.updated).map(|d| d.rfc3339());
        let modified = updated.as_ref().or(published.as_ref());
        let known = json_ld::Known {
            canonical: &canonical,
            image: image.as_ref().map(|image| image.url.as_str()),
            published: published.as_deref(),
            modified: modified.map(String::as_str),
        };
        let json_ld = json_ld::of(self, view, &known);
        let title = match self.title {
            "" => view.config.title.clone(),
            title => format!("{title} – {}", view.config.title),
        };
        let (previous, next) = &self.neighbours;
        let counterparts = languages::counterparts(view, self.permalink);
        let noindex = self.noindex || page.is_some_and(|p| p.front.noindex == Some(true));
        let is_own = |one: &Counterpart| one.permalink == *self.permalink && one.is_listed;
        let alternates = match counterparts.iter().any(is_own) && !noindex {
            true => languages::alternates(view.config, counterparts),
            false => Vec::new(),
        };
        let alternates: Vec<Value> = alternates
            .iter()
            .map(|one| object! { "language" => one.language, "url" => one.url.as_str() })
            .collect();
        object! {
            "title" => title,
            "name" => if self.title.is_empty() { view.config.title.as_str() } else { self.title },
            "description" => self.description,
            "canonical" => known.canonical,
            "noindex" => noindex,
            "kind" => if page.is_some_and(|p| p.is_article()) { "article" } else { "website" },
            "image" => known.image,
            "image_alt" => image.as_ref().map(|image| image.alt),
            "image_width" => image.as_ref().and_then(|image| image.size).map(|size| size.0),
            "image_height" => image.as_ref().and_then(|image| image.size).map(|size| size.1),
            "published" => known.published,
            "modified" => known.modified,
            "feed_title" => self.feed.as_ref().map(|(title, _)| title.as_str()),
            "feed" => self.feed.as_ref().map(|(_, to)| base.href(to)),
            "markdown" => self.page.and_then(|id| markdown_copy::href(view, id)),
            "previous" => previous.as_ref().map(|to| base.href(to)),
            "next" => next.as_ref().map(|to| base.href(to)),
            "alternates" => alternates,
            "languages" => languages::switch(view, counterparts),
            "locales" => languages::locales(view, counterparts),
            "json_ld" => safe(&json_ld),
        }
    }
}
