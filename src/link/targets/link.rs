//! Finds what a link of a text leads to: a name, a path of a file, or an address.

use super::{Resolver, split_suffix, unmarked};
use crate::diagnostic::Diagnostic;
use crate::escape::url_decode;
use crate::link::reference::{Entry, Found, Index};
use crate::model::address::forgotten_start;
use crate::model::nfc::nfc;
use crate::model::page::{Link, LinkForm, Page, PageId};
use crate::model::site::Target;
use crate::model::source;
use crate::model::url::{self, Permalink};

/// A link of a page.
#[derive(Clone, Copy)]
pub(super) struct Written<'p> {
    /// The page.
    pub(super) page: &'p Page,
    /// The link.
    pub(super) link: &'p Link,
    /// Where to, without the site's own host and the marks of other programs.
    path: &'p str,
    /// The query and the anchor behind that.
    pub(super) suffix: &'p str,
}

impl<'p> Written<'p> {
    /// Whether it is `[[…]]`.
    pub(super) fn is_wiki(self) -> bool {
        self.link.form == LinkForm::Wiki
    }

    /// Its path, as its author wrote it.
    pub(super) fn shown(self) -> &'p str {
        split_suffix(&self.link.dest).0
    }

    /// It leads to an address that is checked when all is planned.
    pub(super) fn to(self, permalink: Permalink) -> Target {
        Target::Path {
            permalink,
            suffix: self.suffix.to_owned(),
        }
    }

    /// It is wrong.
    pub(super) fn error(self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, &self.page.path(), message).at(self.link.span.clone())
    }
}

impl Resolver<'_> {
    pub(super) fn link(
        &self,
        id: PageId,
        page: &Page,
        link: &Link,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let own = match link.form {
            LinkForm::Wiki => None,
            _ => self.options.config.base_url.within(&link.dest),
        };
        let (path, suffix) = split_suffix(own.as_deref().unwrap_or(unmarked(&link.dest)));
        let written = Written {
            page,
            link,
            path,
            suffix,
        };
        if path.is_empty() {
            return match written.is_wiki() || !link.dest.is_empty() {
                true => self.to_page(id, written, diagnostics),
                false => self.dead(written, None, "this link leads nowhere", diagnostics),
            };
        }
        let decoded = nfc(&url_decode(path)).into_owned();
        if written.is_wiki() {
            self.named(written, &decoded, diagnostics)
        } else if decoded.starts_with('/') && !source::is_article(&decoded) {
            self.rooted(written, &decoded, diagnostics)
        } else {
            self.file(id, written, &decoded, diagnostics)
        }
    }

    /// A wiki link: the name of a page, or its path.
    fn named(&self, written: Written<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Target {
        let folder = written.page.bare_folder();
        let found = self.index.find(name, folder);
        let may_leave = match found {
            Found::Missing(_) | Found::Moved(_) => true,
            // A translation that is a draft is none yet.
            Found::Hidden(_) => !self.index.is_first(),
            Found::Page(_) | Found::Ambiguous(_) => false,
        };
        let find = |index: &Index<'_>| match index.find(name, folder) {
            Found::Page(id) => Some(id),
            _ => None,
        };
        if may_leave && let Some(target) = self.elsewhere(written, find, diagnostics) {
            return target;
        }
        self.arrive(found, written, diagnostics)
    }

    /// A path from the page's file, or with `/` from `content/`; where there is no such file, perhaps an address.
    fn file(
        &self,
        id: PageId,
        written: Written<'_>,
        dest: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let page = written.page;
        let from = match dest.starts_with('/') {
            true => "",
            false => page.folder(),
        };
        let Some(path) = url::resolve(from, dest) else {
            return if let Some(entry) = self.by_address(page, dest) {
                self.arrive(self.index.entry(entry), written, diagnostics)
            } else if let Some(permalink) = self.list(page, dest) {
                written.to(permalink)
            } else {
                self.dead(
                    written,
                    None,
                    "this link leads out of content/",
                    diagnostics,
                )
            };
        };
        let placed = self.options.config.languages.place(&path);
        let bare = &*placed.bare;
        let is_own = placed.language == self.options.config.edition;
        let known = self.index.by_source(bare);
        let may_leave = match known {
            // A translation that leads to its original means that one.
            Some(Entry::Published(known)) => known == id && !is_own && page.original.is_none(),
            // A translation that is a draft is none yet.
            Some(Entry::Unpublished(_)) => !self.index.is_first(),
            None => true,
        };
        let find = |index: &Index<'_>| match index.by_source(bare) {
            Some(Entry::Published(id)) => Some(id),
            _ => None,
        };
        if may_leave && let Some(target) = self.elsewhere(written, find, diagnostics) {
            return target;
        }
        let found = if let Some(entry) = known {
            self.index.entry(entry)
        } else if self.is_asset(&path) {
            return written.to(Permalink::file(&path));
        } else if let Some(source) = self.index.moved(&path) {
            Found::Moved(source)
        } else if let Some(entry) = self.by_address(page, dest) {
            self.index.entry(entry)
        } else if let Some(permalink) = self.list(page, dest) {
            return written.to(permalink);
        } else if forgotten_start(written.path).is_none()
            && names_a_file(&path)
            && self.file_like(&path).is_none()
        {
            return self.missing_file(written, &path, diagnostics);
        } else {
            self.missing(bare)
        };
        self.arrive(found, written, diagnostics)
    }
}

/// Whether a path ends in a file's name, with an ending that no article has and nobody writes for one.
fn names_a_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && !matches!(ending, "" | "md" | "html" | "htm")
    })
}
