//! Finds the page that an author means by a file's name, a slug or a path: the own folder first, then the
//! whole site, where it must be one.

use std::collections::BTreeMap;

use super::former::Former;
use super::status::{Status, Unpublished};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::date::WrittenDate;
use crate::model::page::{Page, PageId};
use crate::model::slug::slugify;
use crate::model::url;

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
    by_source: BTreeMap<&'a str, Entry>,
    by_name: BTreeMap<String, Vec<Entry>>,
    by_url: BTreeMap<&'a str, Entry>,
    former: Former,
}

impl<'a> Index<'a> {
    /// Indexes the pages.
    pub fn new(pages: &'a [Page], unpublished: &'a [Unpublished]) -> Index<'a> {
        let mut index = Index {
            pages,
            unpublished,
            by_source: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_url: BTreeMap::new(),
            former: Former::new(pages),
        };
        for (number, page) in (0u32..).zip(pages) {
            let url = page.permalink.as_str();
            let slug = url
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default();
            index.add(&page.source, slug, url, Entry::Published(PageId(number)));
        }
        for (number, page) in unpublished.iter().enumerate() {
            index.add(
                &page.source,
                &page.slug,
                &page.url,
                Entry::Unpublished(number),
            );
        }
        index
    }

    fn add(&mut self, source: &'a str, slug: &str, url: &'a str, entry: Entry) {
        self.by_source.insert(source, entry);
        self.by_url.entry(url).or_insert(entry);
        let mut names = vec![slug.to_owned()];
        let mut parts = source.trim_end_matches(".md").rsplit('/');
        let stem = parts.next().unwrap_or_default();
        if stem == "index" {
            names.push(slugify(parts.next().unwrap_or_default()));
        } else {
            names.push(slugify(stem));
            names.extend(WrittenDate::from_file_name(stem).map(|(_, rest)| slugify(rest)));
        }
        names.sort();
        names.dedup();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            self.by_name.entry(name).or_default().push(entry);
        }
    }

    /// The page at an address of the site, such as `/a/b/`.
    pub fn by_url(&self, url: &str) -> Option<Entry> {
        self.by_url.get(url).copied()
    }

    /// The page whose file is `source`.
    pub fn by_source(&self, source: &str) -> Option<Entry> {
        self.by_source.get(source).copied()
    }

    /// What `written` means in a file of `folder`.
    pub fn find(&self, written: &str, folder: &str) -> Found<'a> {
        let name = written.trim();
        let bare = name
            .strip_suffix(".md")
            .unwrap_or(name)
            .trim_end_matches('/');
        if bare.contains('/') || bare == ".." {
            let from = if bare.starts_with('/') { "" } else { folder };
            let places = [url::resolve(from, bare), url::resolve("", bare)];
            let places = || places.iter().flatten();
            if let Some(entry) = places().find_map(|place| self.at_path(place)) {
                return self.found(entry);
            }
            return match places().find_map(|place| self.moved(place)) {
                Some(source) => Found::Moved(source),
                None => Found::Missing(self.nearest(bare.rsplit('/').next().unwrap_or_default())),
            };
        }
        let key = slugify(bare);
        let named = self.by_name.get(&key).map_or(&[][..], Vec::as_slice);
        // An article and the tag that is named like it: the article is meant.
        let articles: Vec<Entry> = named
            .iter()
            .copied()
            .filter(|e| !is_term(self.source(*e)))
            .collect();
        let entries = if articles.is_empty() {
            named
        } else {
            &articles
        };
        let own: Vec<Entry> = entries
            .iter()
            .copied()
            .filter(|e| folder_of(self.source(*e)) == folder)
            .collect();
        match (own.as_slice(), entries) {
            ([entry], _) | ([], [entry]) => self.found(*entry),
            ([], []) => match self.former.named(&key) {
                Some(id) => Found::Moved(&self.pages[id.index()].source),
                None => Found::Missing(self.nearest(&key)),
            },
            ([], several) | (several, _) => {
                Found::Ambiguous(several.iter().map(|e| self.source(*e).to_owned()).collect())
            }
        }
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
        let path = source.strip_suffix(".md").unwrap_or(source);
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
            path.to_owned(),
        ];
        candidates
            .iter()
            .find_map(|source| self.by_source(source))
            .or_else(|| self.by_url(&format!("/{path}/")))
    }

    fn found(&self, entry: Entry) -> Found<'a> {
        match entry {
            Entry::Published(id) => Found::Page(id),
            Entry::Unpublished(number) => Found::Hidden(&self.unpublished[number]),
        }
    }

    /// An entry as a result.
    pub fn entry(&self, entry: Entry) -> Found<'a> {
        self.found(entry)
    }

    /// The file of an entry.
    pub fn source(&self, entry: Entry) -> &'a str {
        match entry {
            Entry::Published(id) => &self.pages[id.index()].source,
            Entry::Unpublished(number) => &self.unpublished[number].source,
        }
    }

    /// The file of a page whose name is spelled nearly so.
    pub fn nearest(&self, name: &str) -> Option<&'a str> {
        let name = nearest(&slugify(name), self.by_name.keys().map(String::as_str))?;
        self.by_name[name].first().map(|entry| self.source(*entry))
    }
}

/// A file as a reference names it: `a/b.md` is `b`, `a/index.md` is `a/index`.
pub fn short_name(source: &str) -> &str {
    let path = source.strip_suffix(".md").unwrap_or(source);
    let stem = path.rsplit('/').next().unwrap_or(path);
    if stem == "index" { path } else { stem }
}

/// Whether a file is a tag's or an author's.
fn is_term(source: &str) -> bool {
    source.starts_with("tags/") || source.starts_with("authors/")
}

fn folder_of(source: &str) -> &str {
    source.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A reference in the front matter that should lead to a published page.
///
/// `what` names it in a message ("the step"). A draft or nothing is an error; what is scheduled or
/// expired is a warning, and skipped.
pub fn published(
    index: &Index<'_>,
    page: &Page,
    key: &str,
    what: &str,
    written: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PageId> {
    let path = page.path();
    let error =
        |code, message: String| Diagnostic::error(code, &path, message).at_item(key, written);
    let problem = match index.find(written, page.folder()) {
        Found::Page(id) => return Some(id),
        Found::Hidden(hidden) if hidden.status == Status::Broken => return None,
        Found::Hidden(hidden) if hidden.status == Status::Draft => {
            error("draft-reference", format!("{what} `{written}` is a draft")).help(format!(
                "publish content/{} (remove `draft: true`), or leave it out here",
                hidden.source
            ))
        }
        Found::Hidden(hidden) => {
            let message = format!(
                "{what} `{written}` is {}; it is skipped",
                hidden.status.words()
            );
            Diagnostic::warning("hidden-reference", &path, message)
                .at_item(key, written)
                .help(hidden.help("puts it in"))
        }
        Found::Ambiguous(files) => error(
            "ambiguous-reference",
            format!("{what} `{written}` could be several articles"),
        )
        .help(format!("write its path: {}", files.join(" or "))),
        Found::Moved(source) => {
            let name = index.name_in(page.folder(), source);
            error(
                "unknown-reference",
                format!("{what} `{written}` does not exist"),
            )
            .help(format!("it is `{name}` now"))
            .swap(written, name)
        }
        Found::Missing(near) => {
            let error = error(
                "unknown-reference",
                format!("{what} `{written}` does not exist"),
            );
            match near {
                Some(source) => error.help(format!("did you mean `{}`?", short_name(source))),
                None => error.help("write a file's name without .md, or its path in content/"),
            }
        }
    };
    diagnostics.push(problem);
    None
}
