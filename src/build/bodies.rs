//! Gives a page's body: the one that the page holds, or one that is made again of the author's file.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use super::load::{Edition, Loaded};
use super::parse::{notes, parsing};
use crate::diagnostic::Diagnostic;
use crate::model::page::{Body, Page, PageId};
use crate::model::site::Site;
use crate::parse;
use crate::scan::{self, SourceFile};

/// The bodies of a loaded site.
pub(super) struct Bodies<'a> {
    /// The Markdown files, sorted by path.
    files: &'a [SourceFile],
    editions: &'a [Edition],
    bundles: &'a BTreeSet<String>,
    /// Of the site.
    root: &'a Path,
}

impl<'a> Bodies<'a> {
    /// The bodies of a site's pages.
    pub(super) fn new(loaded: &'a Loaded) -> Bodies<'a> {
        Bodies {
            files: &loaded.articles,
            editions: &loaded.editions,
            bundles: &loaded.bundles,
            root: &loaded.root,
        }
    }

    /// Makes the bodies of a site's pages by their ids.
    pub(super) fn of<'s>(
        &'s self,
        site: &'s Site,
    ) -> impl Fn(PageId) -> Result<Body, Box<Diagnostic>> + Sync + 's {
        move |id| self.body(site.page(id)).map(Cow::into_owned)
    }

    /// Returns a page's body.
    ///
    /// # Errors
    /// The page does not hold its body, and its file changed or cannot be read any more.
    pub(super) fn body<'p>(&self, page: &'p Page) -> Result<Cow<'p, Body>, Box<Diagnostic>> {
        match &page.body {
            Some(body) => Ok(Cow::Borrowed(body)),
            None => self.made_again(page).map(Cow::Owned),
        }
    }

    fn made_again(&self, page: &Page) -> Result<Body, Box<Diagnostic>> {
        let error = |message: String| {
            let error = Diagnostic::error("changed-meanwhile", &page.path(), message);
            Box::new(error.help("nothing was published; build again"))
        };
        let changed = || error("this file changed while the site was built".to_owned());
        let file = scan::find(self.files, &page.source).ok_or_else(changed)?;
        let bytes = file.read().map_err(|why| error(why.to_string()))?;
        let read = |path: &str| scan::inside(self.root, path);
        if parse::fingerprint(&bytes, &page.included, &read) != page.fingerprint {
            return Err(changed());
        }
        let languages = &self.editions[0].config.languages;
        let edition = &self.editions[languages.place(&page.source).language];
        let notes = notes(self.files);
        let options = parsing(&edition.config, &edition.theme, self.bundles, &read, &notes);
        parse::body(&page.source, &bytes, &options, &page.code).ok_or_else(changed)
    }
}
