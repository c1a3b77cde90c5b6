//! What stands at a place of an article: a link, a reference in the front matter, a tag, a heading.

use std::ops::Range;

use super::heading::{Heading, headings};
use crate::build::open::OpenSite;
use crate::link::reference::{Found, Index};
use crate::model::front_matter::FrontMatter;
use crate::model::id::Id;
use crate::model::page::{Page, PageId};
use crate::model::site::{Site, Target, Taxonomy, Term};
use crate::model::slug::{fold, slugify};
use crate::model::url;
use crate::parse::front_matter::{find_key, split};
use crate::writing::moving::front::{Sort, named};

/// Something that stands in a text.
pub(super) struct Thing {
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    pub(super) what: What,
}

/// What stands there.
pub(super) enum What {
    /// Something that leads to a page.
    ToPage {
        id: PageId,
        /// The id in it; empty for none.
        anchor: String,
    },
    /// Something that leads to a file of `content/`: its path there.
    ToFile(String),
    /// A tag, an author or another term of the site.
    Term(Id<Term>),
    /// A key of the front matter.
    Key(String),
    /// A heading.
    Heading(Heading),
}

/// What stands at a byte of the file at `path`, which is of the site's root.
pub(super) fn at(open: &mut OpenSite, path: &str, text: &str, byte: usize) -> Option<Thing> {
    let source = path.strip_prefix("content/")?;
    let body = split("", text).ok()?.body;
    match byte < body {
        true => in_front_matter(open, source, text, byte),
        false => in_body(open, path, text, byte),
    }
}

fn in_body(open: &mut OpenSite, path: &str, text: &str, byte: usize) -> Option<Thing> {
    if let Some(thing) = link(open, path, byte) {
        return Some(thing);
    }
    let page = open.parse(path.strip_prefix("content/")?, text)?;
    let heading = headings(&page, text)
        .into_iter()
        .find(|heading| holds(&heading.span, byte) && byte <= heading.words.end)?;
    Some(Thing {
        bytes: heading.words.clone(),
        what: What::Heading(heading),
    })
}

fn link(open: &OpenSite, path: &str, byte: usize) -> Option<Thing> {
    let site = open.site();
    let id = open.page_of(path)?;
    let page = site.page(id);
    let links = page.links.iter().zip(&site.targets[id.index()]);
    let links = links.map(|(link, target)| (&link.span, target));
    let pictures = page.images.iter().zip(&site.pictures[id.index()]);
    let pictures = pictures.map(|(picture, target)| (&picture.span, &target.target));
    // Of a picture in a link, the picture: it is the smaller one.
    let (span, target) = links
        .chain(pictures)
        .filter(|(span, _)| holds(span, byte))
        .min_by_key(|(span, _)| span.len())?;
    Some(Thing {
        bytes: span.clone(),
        what: of_target(open, target)?,
    })
}

fn of_target(open: &OpenSite, target: &Target) -> Option<What> {
    match target {
        Target::Page { id, anchor, .. } => Some(What::ToPage {
            id: *id,
            anchor: anchor.clone(),
        }),
        Target::Path { permalink, .. } => {
            let assets = &open.site().assets;
            let at = assets.iter().position(|asset| asset == permalink)?;
            Some(What::ToFile(open.assets()[at].clone()))
        }
        Target::Other(other) => Some(What::ToFile(other.source.clone())),
        Target::Elsewhere(_) | Target::Hidden(_) | Target::Nowhere => None,
    }
}

fn in_front_matter(open: &OpenSite, source: &str, text: &str, byte: usize) -> Option<Thing> {
    let yaml = split("", text).ok()?.yaml;
    let mut front = crate::parse::front_matter::parse("", text, yaml).0?;
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let place = |key: &str, item: &str| {
        let bytes = find_key(text, key, Some(item))?;
        (text.get(bytes.clone()) == Some(item) && holds(&bytes, byte)).then_some(bytes)
    };
    let site = open.site();
    let own = open.page_of(&format!("content/{source}"));
    let own = own.map(|id| &site.page(id).front.terms);
    let own = own.into_iter().flatten().filter_map(|(key, names)| {
        let taxonomy = own_taxonomy(site, key)?;
        Some((key.as_str(), names, taxonomy))
    });
    let tags = ("tags", &front.tags.0, Taxonomy::TAGS);
    for (key, names, taxonomy) in std::iter::once(tags).chain(own) {
        for name in names {
            let term = term_named(site, taxonomy, name);
            if let (Some(bytes), Some(id)) = (place(key, name), term) {
                let what = What::Term(id);
                return Some(Thing { bytes, what });
            }
        }
    }
    for author in &front.authors.0 {
        if let (Some(bytes), Some(id)) = (place("authors", author), site.author_named(author)) {
            let what = What::Term(id);
            return Some(Thing { bytes, what });
        }
    }
    for named in named(&mut front) {
        let Some(bytes) = place(named.key, named.text) else {
            continue;
        };
        let what = match named.sort {
            Sort::Picture => picture(open, folder, named.text),
            Sort::Reference | Sort::Place => reference(open, folder, named.text),
            Sort::Default => reference(open, "", named.text),
        };
        if let Some(what) = what {
            return Some(Thing { bytes, what });
        }
    }
    let keys = FrontMatter::KEYS.iter().copied();
    let own = own_taxonomies(site).map(|id| site.taxonomies[id].key.as_str());
    let mut keys = keys.chain(own);
    keys.find_map(|key| {
        let line = find_key(text, key, None)?;
        let at = line.start + text[line.clone()].find(key)?;
        let bytes = at..at + key.len();
        holds(&bytes, byte).then(|| Thing {
            bytes,
            what: What::Key(key.to_owned()),
        })
    })
}

/// The taxonomies that the site's author named.
pub(super) fn own_taxonomies(site: &Site) -> impl Iterator<Item = Id<Taxonomy>> {
    site.taxonomies.ids().skip(Taxonomy::BUILT_IN)
}

/// The one of them that has this key.
pub(super) fn own_taxonomy(site: &Site, key: &str) -> Option<Id<Taxonomy>> {
    own_taxonomies(site).find(|id| site.taxonomies[*id].key == key)
}

/// The term of a taxonomy that is written so.
fn term_named(site: &Site, taxonomy: Id<Taxonomy>, written: &str) -> Option<Id<Term>> {
    let (folded, slug) = (fold(written), slugify(written));
    let mut terms = site.terms_of(taxonomy).entries();
    let is_it = |term: &Term| fold(&term.name) == folded || term.slug == slug;
    terms.find_map(|(id, term)| is_it(term).then_some(id))
}

fn reference(open: &OpenSite, folder: &str, written: &str) -> Option<What> {
    let (name, anchor) = written.split_once('#').unwrap_or((written, ""));
    match Index::new(&open.site().pages, &[]).find(name, folder) {
        Found::Page(id) => Some(What::ToPage {
            id,
            anchor: anchor.to_owned(),
        }),
        _ => None,
    }
}

fn picture(open: &OpenSite, folder: &str, written: &str) -> Option<What> {
    let from = if written.starts_with('/') { "" } else { folder };
    let path = url::resolve(from, written)?;
    let is_there = open.assets().binary_search(&path).is_ok();
    is_there.then_some(What::ToFile(path))
}

/// Whether a cursor before this byte touches a range.
fn holds(range: &Range<usize>, byte: usize) -> bool {
    range.start <= byte && byte <= range.end
}

/// The folder of a page, for what is written in it.
pub(super) fn folder_of(source: &str) -> &str {
    source.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A page's title, or what stands in its place.
pub(super) fn title(page: &Page) -> &str {
    match page.title.is_empty() {
        true => &page.source,
        false => &page.title,
    }
}
