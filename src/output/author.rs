//! Makes what templates read of authors: one, those of a page, and those of whom more is known than the name.

use super::template::{Value, object};
use super::{View, picture};
use crate::model::front_matter::text::Text;
use crate::model::id::Id;
use crate::model::page::{Page, PageId};
use crate::model::site::Term;

/// One author.
pub(super) fn of(view: &View<'_>, author: &Term) -> Value {
    let page = author.page.map(|id| view.site.page(id));
    let text = |get: fn(&Page) -> Option<&Text>| page.and_then(get).map(|text| text.0.as_str());
    object! {
        "name" => author.name.as_str(),
        "url" => view.config.base_url.href(&author.permalink),
        "bio" => text(|p| p.front.bio.as_ref()),
        "role" => text(|p| p.front.role.as_ref()),
        "picture" => page.and_then(|p| picture::portrait(view, p, p.front.picture.as_deref()?)),
        "count" => author.articles.len(),
    }
}

/// A page's authors, with what is known of them.
pub(super) fn of_page(view: &View<'_>, id: PageId) -> Vec<Value> {
    let authors = view.site.places(id).authors();
    authors.iter().map(|author| view.term(*author)).collect()
}

/// Those of a page's authors of whom more is known than the name.
pub(super) fn writers(view: &View<'_>, id: PageId, authors: &[Value]) -> Vec<Value> {
    let ids = view.site.places(id).authors();
    let is_known = |id: &Id<Term>| {
        let page = view.site.term(*id).page.map(|id| view.site.page(id));
        page.is_some_and(|p| p.front.bio.is_some() || p.front.picture.is_some())
    };
    let known = ids.iter().zip(authors).filter(|(id, _)| is_known(id));
    known.map(|(_, author)| author.clone()).collect()
}
