//! Where a thing comes from, and all places that lead to it.

use std::ops::Range;

use super::desk::Desk;
use super::heading::headings;
use super::text::{Document, Position};
use super::thing::{self, What};
use crate::link::reference::{Found, Index};
use crate::model::front_matter::FrontMatter;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Target, Taxonomy, Term};
use crate::output::json::{Value, json};
use crate::parse::front_matter::find_key;
use crate::writing::moving::front::{Sort, named};

/// Where the thing at a place comes from; null where that is nowhere.
pub(super) fn definition(desk: &mut Desk, path: &str, document: &Document, at: Position) -> Value {
    let byte = document.byte(at);
    let Some(thing) = thing::at(&mut desk.open, path, &document.text, byte) else {
        return Value::Null;
    };
    let site = desk.open.site();
    let place = match thing.what {
        What::ToPage { id, anchor } => {
            let path = site.page(id).path();
            let bytes = heading_at(desk, id, &anchor).unwrap_or(0..0);
            desk.location(&path, bytes)
        }
        What::ToFile(path) => Some(json!({
            "uri": desk.uri(&format!("content/{path}")),
            "range": super::text::Range::default(),
        })),
        What::Term(id) => words_of(desk, site.terms[id].page),
        What::Key(_) | What::Heading(_) => None,
    };
    place.unwrap_or_default()
}

fn words_of(desk: &Desk, page: Option<PageId>) -> Option<Value> {
    let path = desk.open.site().page(page?).path();
    desk.location(&path, 0..0)
}

/// The bytes of the heading of a page that has this id.
fn heading_at(desk: &mut Desk, id: PageId, anchor: &str) -> Option<Range<usize>> {
    if anchor.is_empty() {
        return None;
    }
    let page = desk.open.site().page(id);
    let (path, source) = (page.path(), page.source.clone());
    let text = desk.document(&path)?.text.clone();
    let page = desk.open.parse(&source, &text)?;
    let found = headings(&page, &text);
    found
        .into_iter()
        .find(|heading| heading.id == anchor)
        .map(|heading| heading.words)
}

/// A link or a reference, and where it stands.
pub(super) struct Use {
    /// From the site's root.
    pub(super) path: String,
    pub(super) bytes: Range<usize>,
    /// For a link: its place in its page's list.
    pub(super) link: Option<usize>,
}

/// All places that lead to what is meant at a place: that of a link, of a heading, or of the file itself.
pub(super) fn references(desk: &mut Desk, path: &str, document: &Document, at: Position) -> Value {
    let byte = document.byte(at);
    let thing = thing::at(&mut desk.open, path, &document.text, byte).map(|thing| thing.what);
    let own = desk.open.page_of(path);
    let uses = match (thing, own) {
        (Some(What::ToPage { id, anchor }), _) => uses(desk, id, &anchor),
        (Some(What::Heading(heading)), Some(id)) => uses(desk, id, &heading.id),
        (Some(What::Term(id)), _) => named_in(desk, id),
        (_, Some(id)) => uses(desk, id, ""),
        (_, None) => Vec::new(),
    };
    let places = uses.into_iter();
    let places: Vec<Value> = places
        .filter_map(|at| desk.location(&at.path, at.bytes))
        .collect();
    json!(places)
}

/// Every link and reference to a page; with an anchor, only those that end in it.
pub(super) fn uses(desk: &Desk, to: PageId, anchor: &str) -> Vec<Use> {
    let site = desk.open.site();
    let mut uses = Vec::new();
    for from in site.ids() {
        let page = site.page(from);
        for (number, target) in site.targets[from.index()].iter().enumerate() {
            let leads = matches!(target, Target::Page { id, anchor: own, .. }
                if *id == to && (anchor.is_empty() || own == anchor));
            if leads {
                uses.push(Use {
                    path: page.path(),
                    bytes: page.links[number].span.clone(),
                    link: Some(number),
                });
            }
        }
    }
    if anchor.is_empty() {
        uses.extend(references_to(desk, to));
    }
    uses.sort_by(|a, b| (&a.path, a.bytes.start).cmp(&(&b.path, b.bytes.start)));
    uses
}

/// What front matter names a page.
fn references_to(desk: &Desk, to: PageId) -> Vec<Use> {
    let site = desk.open.site();
    let index = Index::new(&site.pages, &[]);
    let mut uses = Vec::new();
    for page in site.pages.iter() {
        let mut front: FrontMatter = page.front.clone();
        let named = named(&mut front);
        let leads = named.into_iter().filter(|named| {
            let folder = if named.sort == Sort::Default {
                ""
            } else {
                page.folder()
            };
            let is_page = named.sort != Sort::Picture;
            // What follows is the anchor.
            let name = named.text.split('#').next().unwrap_or_default();
            is_page && matches!(index.find(name, folder), Found::Page(id) if id == to)
        });
        let leads: Vec<(&str, String)> = leads.map(|n| (n.key, n.text.clone())).collect();
        if leads.is_empty() {
            continue;
        }
        let Some(text) = desk.open.text(&page.path()) else {
            continue;
        };
        for (key, item) in leads {
            // What a folder's defaults say stands in its own file alone.
            let bytes = find_key(&text, key, Some(&item));
            let is_there = |bytes: &Range<usize>| text.get(bytes.clone()) == Some(&item);
            uses.extend(bytes.filter(is_there).map(|bytes| Use {
                path: page.path(),
                bytes,
                link: None,
            }));
        }
    }
    uses
}

/// Where articles name a tag or an author.
fn named_in(desk: &Desk, term: Id<Term>) -> Vec<Use> {
    let site = desk.open.site();
    let taxonomy = site.terms[term].taxonomy;
    let mut uses = Vec::new();
    for id in &site.terms[term].articles {
        let page = site.page(*id);
        let (key, written) = match taxonomy {
            known if known == Taxonomy::AUTHORS => ("authors", &page.front.authors.0[..]),
            known if known == Taxonomy::TAGS => ("tags", &page.front.tags.0[..]),
            own => {
                let key = site.taxonomies[own].key.as_str();
                let written = page.front.terms.get(key);
                (key, written.map_or(&[][..], Vec::as_slice))
            }
        };
        let mut own = site.places[id.index()].terms_of(taxonomy).iter();
        let written = own
            .position(|own| *own == term)
            .and_then(|at| written.get(at));
        let text = desk.open.text(&page.path());
        let (Some(written), Some(text)) = (written, text) else {
            continue;
        };
        let bytes = find_key(&text, key, Some(written));
        uses.extend(bytes.map(|bytes| Use {
            path: page.path(),
            bytes,
            link: None,
        }));
    }
    uses.sort_by(|a, b| a.path.cmp(&b.path));
    uses
}
