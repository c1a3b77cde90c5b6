//! Finds the page that an author means by a file's name, a slug or a path: the own folder first, then the
//! whole site, where it must be one.

mod published;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::former::{Former, last_part};
use super::status::Unpublished;
use crate::config::Language;
use crate::diagnostic::Names;
use crate::model::date::WrittenDate;
use crate::model::nfc::nfc;
use crate::model::page::{Kind, Page, PageId};
use crate::model::slug::slugify;
use crate::model::source::{self, tie};
use crate::model::url;
pub use published::published;

/// A file's path as paths are compared: in one spelling of letters, with the usual ending.
fn source_key(path: &str) -> Cow<'_, str> {
    match source::with_usual_ending(path) {
        Cow::Borrowed(path) => nfc(path),
        Cow::Owned(path) => Cow::Owned(nfc(&path).into_owned()),
    }
}

/// The pages of one language by what translations share: the path of their original, without its language and ending.
pub(super) type Ties = BTreeMap<String, PageId>;

/// A page that a reference can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It is published.
    Published(PageId),
    /// It is not; its place in the list of those.
    Unpublished(usize),
}

/// What came of a reference.
#[derive(Debug)]
pub enum Found<'a> {
    /// A published page.
    Page(PageId),
    /// A page that is not published.
    Hidden(&'a Unpublished),
    /// Several pages have this name: their files.
    Ambiguous(Vec<String>),
    /// No page has, but an alias says which one had: its file.
    Moved(&'a str),
    /// No page has; the file of the one whose name is nearest.
    Missing(Option<&'a str>),
}

/// Every page by its path, its names and its address.
pub struct Index<'a> {
    pages: &'a [Page],
    unpublished: &'a [Unpublished],
    by_source: Entries<Cow<'a, str>>,
    by_name: Entries<String>,
    by_url: Entries<&'a str>,
    former: Former,
    /// What a path leads to that is another's in this language: the page that says it is the translation.
    tied: Ties,
    /// It is of the site's first language.
    is_first: bool,
    /// The same site in its other languages, the first one first.
    others: Vec<Other<'a>>,
    /// For those that are not there; made when the first one is.
    names: OnceLock<Names>,
}

/// The site in another language.
#[derive(Clone, Copy)]
pub struct Other<'a> {
    /// Its pages.
    pub index: &'a Index<'a>,
    /// The language.
    pub language: &'a Language,
}

/// Entries by a text, sorted; those of one text in the order of the pages, published ones first.
struct Entries<T>(Vec<(T, Entry)>);

impl<T: AsRef<str> + Send> Entries<T> {
    fn new(mut entries: Vec<(T, Entry)>) -> Entries<T> {
        entries.par_sort_by(|a, b| a.0.as_ref().cmp(b.0.as_ref()));
        Entries(entries)
    }

    fn of(&self, text: &str) -> impl Iterator<Item = Entry> {
        let start = self.0.partition_point(|(known, _)| known.as_ref() < text);
        let rest = self.0[start..].iter();
        rest.take_while(move |(known, _)| known.as_ref() == text)
            .map(|(_, entry)| *entry)
    }
}

impl<'a> Index<'a> {
    /// Indexes the pages, which are in one language.
    pub fn new(pages: &'a [Page], unpublished: &'a [Unpublished]) -> Index<'a> {
        Index::among(pages, unpublished, &|_| true)
    }

    /// Indexes pages of several languages: `is_own` are those that paths and names lead to, addresses lead to all.
    pub fn among(
        pages: &'a [Page],
        unpublished: &'a [Unpublished],
        is_own: &dyn Fn(&Page) -> bool,
    ) -> Index<'a> {
        let published = pages.iter().enumerate().map(|(number, page)| {
            let url = page.permalink.as_str();
            let entry = Entry::Published(PageId::new(number));
            (page.bare(), last_part(url), url, entry)
        });
        let others = unpublished.iter().enumerate().map(|(number, page)| {
            let (slug, url) = (page.slug.as_str(), page.url.as_str());
            (page.bare(), slug, url, Entry::Unpublished(number))
        });
        let all: Vec<(&'a str, &'a str, &'a str, Entry)> = published.chain(others).collect();
        let is_own = |entry: &Entry| match entry {
            Entry::Published(id) => is_own(&pages[id.index()]),
            Entry::Unpublished(_) => true,
        };
        let own: Vec<(&'a str, &'a str, Entry)> = all
            .iter()
            .filter(|one| is_own(&one.3))
            .map(|one| (one.0, one.1, one.3))
            .collect();
        let named = own.par_iter().flat_map_iter(|(source, slug, entry)| {
            names(source, slug).into_iter().map(|name| (name, *entry))
        });
        Index {
            pages,
            unpublished,
            by_source: Entries::new(own.iter().map(|one| (source_key(one.0), one.2)).collect()),
            by_name: Entries::new(named.collect()),
            by_url: Entries::new(all.iter().map(|one| (one.2, one.3)).collect()),
            former: Former::new(pages),
            tied: Ties::new(),
            is_first: true,
            others: Vec::new(),
            names: OnceLock::new(),
        }
    }

    /// The same for a site in several languages: what its pages are translations of, and the others.
    pub(super) fn beside(self, is_first: bool, tied: Ties, others: Vec<Other<'a>>) -> Index<'a> {
        Index {
            is_first,
            tied,
            others,
            ..self
        }
    }

    /// Whether it is of the site's first language.
    pub fn is_first(&self) -> bool {
        self.is_first
    }

    /// The site in its other languages.
    pub fn others(&self) -> &[Other<'a>] {
        &self.others
    }

    /// Whether a published page is so.
    pub fn any(&self, is: impl Fn(&Page) -> bool) -> bool {
        self.pages.iter().any(is)
    }

    /// A published page.
    pub fn page(&self, id: PageId) -> &'a Page {
        &self.pages[id.index()]
    }

    /// The page at an address of the site, such as `/a/b/`.
    pub fn by_url(&self, url: &str) -> Option<Entry> {
        self.by_url.of(url).next()
    }

    /// The page whose file is `source`, a path without its language.
    pub fn by_source(&self, source: &str) -> Option<Entry> {
        let own = self.by_source.of(&source_key(source)).next();
        own.or_else(|| {
            let id = self
                .tied
                .get(&tie(source))
                .filter(|_| source::is_article(source))?;
            Some(Entry::Published(*id))
        })
    }

    /// What `written` means in a file of `folder`.
    pub fn find(&self, written: &str, folder: &str) -> Found<'a> {
        let name = written.trim();
        let bare = source::without_ending(name).trim_end_matches('/');
        if bare.contains('/') || bare == ".." {
            let from = if bare.starts_with('/') { "" } else { folder };
            let places = [url::resolve(from, bare), url::resolve("", bare)];
            let places = || places.iter().flatten();
            if let Some(entry) = places().find_map(|place| self.at_path(place)) {
                return self.entry(entry);
            }
            return match places().find_map(|place| self.moved(place)) {
                Some(source) => Found::Moved(source),
                None => Found::Missing(self.nearest(bare.rsplit('/').next().unwrap_or_default())),
            };
        }
        let key = slugify(bare);
        let mut entries: Vec<Entry> = self.by_name.of(&key).collect();
        // An article and the tag that is named like it: the article is meant.
        let is_article = |entry: &Entry| match entry {
            Entry::Published(id) => {
                let kind = self.pages[id.index()].kind;
                !matches!(kind, Kind::Term | Kind::Author | Kind::Index)
            }
            Entry::Unpublished(_) => !is_term(self.bare(*entry)),
        };
        if entries.iter().any(is_article) {
            entries.retain(is_article);
        }
        // The original stands in for a translation that is a draft.
        let stands_in = |entry: &Entry| match entry {
            Entry::Published(id) => self.pages[id.index()].original.is_some(),
            Entry::Unpublished(_) => false,
        };
        if entries.iter().any(stands_in) {
            let shown: Vec<&str> = entries
                .iter()
                .filter(|entry| stands_in(entry))
                .map(|entry| self.bare(*entry))
                .collect();
            let is_hidden = |entry: &Entry| matches!(entry, Entry::Unpublished(_));
            entries.retain(|entry| !is_hidden(entry) || !shown.contains(&self.bare(*entry)));
        }
        let own: Vec<Entry> = entries
            .iter()
            .copied()
            .filter(|e| folder_of(self.bare(*e)) == folder)
            .collect();
        match (own.as_slice(), entries.as_slice()) {
            ([entry], _) | ([], [entry]) => self.entry(*entry),
            ([], []) => match (self.tied_by_name(&key), self.former.named(&key)) {
                (Some(id), _) => Found::Page(id),
                (None, Some(id)) => Found::Moved(&self.pages[id.index()].source),
                (None, None) => Found::Missing(self.nearest(&key)),
            },
            ([], several) | (several, _) => {
                Found::Ambiguous(several.iter().map(|e| self.source(*e).to_owned()).collect())
            }
        }
    }

    /// The page that translates one of this name.
    fn tied_by_name(&self, name: &str) -> Option<PageId> {
        let is_named = |path: &str| names(path, "").iter().any(|known| known == name);
        let mut tied = self.tied.iter().filter(|(path, _)| is_named(path));
        let found = *tied.next()?.1;
        tied.next().is_none().then_some(found)
    }

    /// The file of the page whose file was once at this path.
    pub fn moved(&self, path: &str) -> Option<&'a str> {
        let id = self.former.file(path)?;
        Some(&self.pages[id.index()].source)
    }

    /// The file at `source` as one in `folder` names it: as short as is clear, and without signs that mean something in
    /// YAML or in a link.
    pub fn name_in(&self, folder: &str, source: &str) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
        let path = source::without_ending(source);
        let short = match short_name(source) {
            plain if plain.chars().all(is_plain) => plain.to_owned(),
            other => slugify(other),
        };
        match self.find(&short, folder) {
            Found::Page(id) if self.pages[id.index()].source == source => short,
            _ => path.to_owned(),
        }
    }

    fn at_path(&self, path: &str) -> Option<Entry> {
        let candidates = [
            format!("{path}.md"),
            format!("{path}/index.md"),
            format!("{path}/_index.md"),
            path.to_owned(),
        ];
        candidates
            .iter()
            .find_map(|source| self.by_source(source))
            .or_else(|| self.by_url(&format!("/{path}/")))
    }

    /// An entry as a result.
    pub fn entry(&self, entry: Entry) -> Found<'a> {
        match entry {
            Entry::Published(id) => Found::Page(id),
            Entry::Unpublished(number) => Found::Hidden(&self.unpublished[number]),
        }
    }

    /// The file of an entry.
    pub fn source(&self, entry: Entry) -> &'a str {
        match entry {
            Entry::Published(id) => &self.pages[id.index()].source,
            Entry::Unpublished(number) => &self.unpublished[number].source,
        }
    }

    /// The path of an entry without its language.
    pub fn bare(&self, entry: Entry) -> &'a str {
        match entry {
            Entry::Published(id) => self.pages[id.index()].bare(),
            Entry::Unpublished(number) => self.unpublished[number].bare(),
        }
    }

    /// The file of a page whose name is spelled nearly so.
    pub fn nearest(&self, name: &str) -> Option<&'a str> {
        let names = self.names.get_or_init(|| {
            let names = self.by_name.0.iter();
            Names::new(names.map(|(name, _)| name.as_str()))
        });
        let name = &names.nearest(&slugify(name))?.to_owned();
        self.by_name.of(name).next().map(|entry| self.source(entry))
    }
}

/// The names of a file: the last part of its address, its stem without a date or with it, its folder's.
fn names(source: &str, slug: &str) -> Vec<String> {
    let mut names = vec![slug.to_owned()];
    let mut parts = source::without_ending(source).rsplit('/');
    let stem = parts.next().unwrap_or_default();
    if matches!(stem, "index" | "_index") {
        names.push(slugify(parts.next().unwrap_or_default()));
    } else {
        names.push(slugify(stem));
        names.extend(WrittenDate::from_file_name(stem).map(|(_, rest)| slugify(rest)));
    }
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names
}

/// A file as a reference names it: `a/b.md` is `b`, `a/index.md` is `a/index`.
pub fn short_name(source: &str) -> &str {
    let path = source::without_ending(source);
    let stem = path.rsplit('/').next().unwrap_or(path);
    if matches!(stem, "index" | "_index") {
        path
    } else {
        stem
    }
}

/// Whether a file is a tag's or an author's.
fn is_term(source: &str) -> bool {
    source.starts_with("tags/") || source.starts_with("authors/")
}

fn folder_of(source: &str) -> &str {
    source.rsplit_once('/').map_or("", |(folder, _)| folder)
}
