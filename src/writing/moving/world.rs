//! Finds what a written link, picture or reference means in a site: before the move, and after it.

use std::collections::{BTreeMap, BTreeSet};

use super::renames::{Folder, renamed};
use crate::config::Config;
use crate::escape::url_decode;
use crate::link::reference::{Entry, Found, Index};
use crate::model::page::{LinkForm, Page};
use crate::model::slug::slugify;
use crate::model::source;
use crate::model::url::{self, BaseUrl, Permalink};
use crate::parse::leads_into_site;

/// What something leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The page of this number.
    Page(usize),
    /// A file that is copied.
    Asset(String),
    /// The list of a folder without words of its own.
    Folder(String),
    /// Nothing that a move changes: the page itself, another site, nothing at all.
    Other,
}

impl Meaning {
    /// The same thing after the move. Pages keep their numbers.
    pub(super) fn moved(&self, renames: &BTreeMap<String, String>, folder: &Folder<'_>) -> Meaning {
        match self {
            Meaning::Asset(path) => Meaning::Asset(renamed(renames, path)),
            Meaning::Folder(path) => {
                let rest = path.strip_prefix(folder.from);
                match rest.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                    Some(rest) => Meaning::Folder(format!("{}{rest}", folder.to)),
                    None => self.clone(),
                }
            }
            other => other.clone(),
        }
    }
}

/// A full address of the own site, in two parts.
pub(super) struct Own<'d> {
    pub(super) start: &'d str,
    pub(super) rest: String,
}

/// A site's pages, files and folders.
pub(super) struct World<'a> {
    index: Index<'a>,
    pages: &'a [Page],
    assets: BTreeSet<&'a str>,
    /// Folders with pages in them, by their address.
    folders: BTreeMap<String, &'a str>,
    /// All pages of a site in several languages.
    all: Option<Index<'a>>,
    /// By file, in any language.
    by_file: BTreeMap<&'a str, usize>,
    config: &'a Config,
    base_url: &'a BaseUrl,
}

impl<'a> World<'a> {
    /// As the pages of one language see it: a path or a name leads to that language where it can.
    pub(super) fn new(
        pages: &'a [Page],
        assets: &'a [String],
        config: &'a Config,
        language: usize,
    ) -> World<'a> {
        let languages = &config.languages;
        let is_own = |page: &Page| languages.place(&page.source).language == language;
        let mut folders = BTreeMap::new();
        for page in pages {
            let folder = page.folder();
            let ends = folder.match_indices('/').map(|(end, _)| end);
            for end in ends.chain([folder.len()]).filter(|end| *end > 0) {
                folders.insert(address_of(&folder[..end]), &folder[..end]);
            }
        }
        World {
            index: Index::among(pages, &[], &is_own),
            all: languages.are_several().then(|| Index::new(pages, &[])),
            by_file: match languages.are_several() {
                true => pages
                    .iter()
                    .enumerate()
                    .map(|(n, page)| (&*page.source, n))
                    .collect(),
                false => BTreeMap::new(),
            },
            pages,
            assets: assets.iter().map(String::as_str).collect(),
            folders,
            config,
            base_url: &config.base_url,
        }
    }

    /// A page by its number.
    pub(super) fn page(&self, number: usize) -> &'a Page {
        &self.pages[number]
    }

    /// The page at an address.
    pub(super) fn at(&self, address: &Permalink) -> Option<usize> {
        match self.index.by_url(address.as_str())? {
            Entry::Published(id) => Some(id.index()),
            Entry::Unpublished(_) => None,
        }
    }

    pub(super) fn has_folder(&self, address: &Permalink) -> bool {
        self.folders.contains_key(address.as_str())
    }

    /// A full address of the own site: the part that stays as the author wrote it, and what follows, from the slash on.
    pub(super) fn own<'d>(&self, dest: &'d str) -> Option<Own<'d>> {
        let rest = self.base_url.within(dest)?;
        // Without a slash at its end, the site's own address holds none of what follows.
        let start = dest.strip_suffix(rest.as_str());
        let start = start.unwrap_or(&dest[..split_suffix(dest).0.len()]);
        Some(Own { start, rest })
    }

    /// What a link in a file of `folder` means.
    pub(super) fn link(&self, dest: &str, form: LinkForm, folder: &str) -> Meaning {
        let own = match form {
            LinkForm::Wiki => None,
            _ => self.base_url.within(dest),
        };
        let (path, _) = split_suffix(own.as_deref().unwrap_or(dest));
        let is_within = form == LinkForm::Wiki || own.is_some() || leads_into_site(dest);
        if path.is_empty() || !is_within {
            return Meaning::Other;
        }
        let decoded = url_decode(path);
        match form {
            LinkForm::Wiki => self.reference(&decoded, folder),
            _ if decoded.starts_with('/') && !source::is_article(&decoded) => self.rooted(&decoded),
            _ => self.file(&decoded, folder),
        }
    }

    /// What a reference in the front matter of a file of `folder` means.
    pub(super) fn reference(&self, written: &str, folder: &str) -> Meaning {
        let elsewhere = || self.all.as_ref().map(|all| all.find(written, folder));
        match self.index.find(written, folder) {
            Found::Page(id) => Meaning::Page(id.index()),
            _ => match elsewhere() {
                Some(Found::Page(id)) => Meaning::Page(id.index()),
                _ => Meaning::Other,
            },
        }
    }

    /// What an entry of the menu means.
    pub(super) fn menu(&self, written: &str) -> Meaning {
        let own = self.base_url.within(written);
        let (path, _) = split_suffix(own.as_deref().unwrap_or(written));
        if path.is_empty() || own.is_none() && !leads_into_site(written) {
            return Meaning::Other;
        }
        match source::is_article(path) {
            true => self.file(path, ""),
            false => self.rooted(path),
        }
    }

    /// A file by its path from a folder; from `content/` where it begins with a slash.
    pub(super) fn file(&self, path: &str, folder: &str) -> Meaning {
        let from = if path.starts_with('/') { "" } else { folder };
        let Some(path) = url::resolve(from, path) else {
            return Meaning::Other;
        };
        let bare = &*self.config.languages.place(&path).bare;
        match self.index.by_source(bare) {
            Some(Entry::Published(id)) => Meaning::Page(id.index()),
            _ if self.by_file.contains_key(path.as_str()) => {
                Meaning::Page(self.by_file[path.as_str()])
            }
            _ if self.assets.contains(path.as_str()) => Meaning::Asset(path),
            _ => Meaning::Other,
        }
    }

    fn rooted(&self, path: &str) -> Meaning {
        let address = Permalink::page(path);
        let file = path.trim_start_matches('/');
        match (self.at(&address), self.folders.get(address.as_str())) {
            (Some(number), _) => Meaning::Page(number),
            _ if self.assets.contains(file) => Meaning::Asset(file.to_owned()),
            (None, Some(folder)) => Meaning::Folder((*folder).to_owned()),
            _ => Meaning::Other,
        }
    }
}

/// The address of a folder's list.
pub(super) fn address_of(folder: &str) -> String {
    let parts: Vec<String> = folder.split('/').map(slugify).collect();
    Permalink::page(&parts.join("/")).as_str().to_owned()
}

/// A destination's path, and its query and anchor.
pub(super) fn split_suffix(dest: &str) -> (&str, &str) {
    dest.split_at(dest.find(['?', '#']).unwrap_or(dest.len()))
}
