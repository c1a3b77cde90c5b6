//! Finds the pages that links mean by addresses, as other generators have them, and not by paths of files.

use super::Resolver;
use super::link::Written;
use crate::diagnostic::Diagnostic;
use crate::link::reference::{Entry, Found, Index};
use crate::model::page::Page;
use crate::model::site::Target;
use crate::model::source;
use crate::model::url::{self, Permalink};

impl Resolver<'_> {
    /// The one page that a relative link means as an address: from the page's own address, from its folder's, or a file
    /// without its ending.
    pub(super) fn by_address(&self, page: &Page, dest: &str) -> Option<Entry> {
        if dest.starts_with('/') || source::is_article(dest) {
            return None;
        }
        let language = self.options.config.own_language();
        let by_url = |path: String| match path.as_str() {
            "" => self.index.by_url("/"),
            path => (self.index.by_url(&format!("/{path}/")))
                .or_else(|| self.index.by_url(&format!("/{path}"))),
        };
        let beside = url::resolve(page.bare_folder(), dest).filter(|path| !path.is_empty());
        let file = || {
            let path = beside.as_deref()?;
            let source = self.file_like(path).or_else(|| self.page_of_html(path))?;
            self.index.by_source(source)
        };
        let folder = beside.as_deref().map(|path| language.page(path));
        let folder =
            folder.and_then(|address| by_url(address.as_str().trim_matches('/').to_owned()));
        let by_own = url::resolve(page.permalink.as_str(), dest).and_then(by_url);
        the_same(match by_own {
            // No file's path ends in a slash: what does is an address, or a folder, and from such a site's pages addresses
            // lead on as browsers follow them.
            Some(_) if dest.ends_with('/') => {
                let is_folder = |entry: &Entry| source::is_index(self.index.source(*entry));
                [by_own, file().filter(is_folder), None]
            }
            _ => [by_own, file(), folder],
        })
    }

    /// The list of a folder that has no page of its own, where an address leads to that: from the page's own address, or
    /// from its folder's.
    pub(super) fn list(&self, page: &Page, dest: &str) -> Option<Permalink> {
        dest.ends_with('/').then_some(())?;
        let language = self.options.config.own_language();
        let of_page = url::resolve(page.permalink.as_str(), dest);
        let of_folder = url::resolve(page.bare_folder(), dest);
        let is_list = |address: &Permalink| {
            let is_below = |page: &Page| page.permalink.as_str().starts_with(address.as_str());
            address.as_str() != "/" && self.pages.iter().any(is_below)
        };
        let of_page = of_page.map(|path| Permalink::page(&path));
        let of_folder = of_folder.map(|path| language.page(&path));
        the_same([of_page.filter(is_list), of_folder.filter(is_list)])
    }

    /// A folder, an address without `.md`, or nothing like it: help by naming the file.
    pub(super) fn missing(&self, path: &str) -> Found<'_> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let near = || self.index.nearest(source::without_ending(name));
        Found::Missing(self.file_like(path).or_else(near))
    }

    /// The file that a link without `.md` probably means.
    pub(super) fn file_like(&self, path: &str) -> Option<&str> {
        let candidates = ["", "/index", "/_index"].map(|end| format!("{path}{end}.md"));
        candidates
            .iter()
            .find_map(|source| self.index.by_source(source))
            .map(|entry| self.index.source(entry))
    }

    /// The file that a path means whose author wrote the ending that it gets.
    fn page_of_html(&self, path: &str) -> Option<&str> {
        let stem = path
            .strip_suffix(".html")
            .or_else(|| path.strip_suffix(".htm"))?;
        self.file_like(stem.strip_suffix("/index").unwrap_or(stem))
    }

    /// A path from the site's root: a page if there is one, else something to check when all is planned.
    pub(super) fn rooted(
        &self,
        written: Written<'_>,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let address = Permalink::page(path);
        // An old site's `/x.html` means the page, where nothing is called so.
        let of_html = || {
            let stem = path.strip_suffix(".html")?;
            let stem = stem.strip_suffix("/index").unwrap_or(stem);
            match self.is_asset(path.trim_start_matches('/')) {
                true => None,
                false => self.index.by_url(Permalink::page(stem).as_str()),
            }
        };
        let own = self.index.by_url(address.as_str());
        let own = own.or_else(|| self.index.by_url(path)).or_else(of_html);
        if let Some(entry) = own {
            return self.arrive(self.index.entry(entry), written, diagnostics);
        }
        let find = |index: &Index<'_>| match index.by_url(address.as_str()) {
            Some(Entry::Published(id)) => Some(id),
            _ => None,
        };
        let elsewhere = self.elsewhere(written, find, diagnostics);
        elsewhere.unwrap_or_else(|| written.to(Permalink::file(path)))
    }
}

/// What several ways lead to, where none leads to something else.
fn the_same<T: PartialEq>(found: impl IntoIterator<Item = Option<T>>) -> Option<T> {
    let mut found = found.into_iter().flatten();
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
