//! Finds what pages do not hold: on the shelf, and where it cannot be had there, it is made again of the author's file.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use crate::config::Config;
use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::load::Loaded;
use crate::model::page::{Body, Page, Stretch, Whereabouts};
use crate::model::terms::Terms;
use crate::model::texts::{Outline, Texts};
use crate::output::theme::Theme;
use crate::parse::{self, terms};
use crate::parsed::parsing;
use crate::scan::{self, SourceFile};
use crate::shelf::Shelf;

/// See above.
pub(crate) struct Bodies<'a> {
    /// The Markdown files, sorted by path.
    files: &'a [SourceFile],
    config: &'a Config,
    theme: &'a Theme,
    shelf: &'a Shelf,
    /// What went wrong first.
    failed: Mutex<Option<Error>>,
}

impl<'a> Bodies<'a> {
    /// Of a site that is loaded.
    pub(crate) fn new(loaded: &'a Loaded) -> Bodies<'a> {
        let Loaded { config, theme, .. } = loaded;
        Bodies::of(&loaded.articles, config, theme, &loaded.shelf)
    }

    /// Of these files, which are sorted by path.
    pub(crate) fn of(
        files: &'a [SourceFile],
        config: &'a Config,
        theme: &'a Theme,
        shelf: &'a Shelf,
    ) -> Bodies<'a> {
        Bodies {
            files,
            config,
            theme,
            shelf,
            failed: Mutex::new(None),
        }
    }

    /// A page's body; an empty one where that fails, which [`Bodies::check`] tells.
    pub(crate) fn body<'p>(&self, page: &'p Page) -> Cow<'p, Body> {
        if let Whereabouts::Held(body) = &page.body {
            return Cow::Borrowed(body);
        }
        let found = self.shelf.find(&page.body);
        let made = || self.told(self.make_body(page));
        Cow::Owned(found.or_else(made).unwrap_or_default())
    }

    /// A page's headings; see [`Bodies::body`].
    pub(crate) fn outline(&self, page: &Page) -> Outline {
        self.body(page).outline.clone()
    }

    /// The ids of a page's body; see [`Bodies::body`].
    pub(crate) fn ids(&self, page: &Page) -> Texts {
        self.body(page).ids.clone()
    }

    /// A page's terms, by where they are; none where that fails, which [`Bodies::check`] tells.
    pub(crate) fn terms<'t>(
        &self,
        page: &Page,
        terms: &'t Whereabouts<Terms>,
    ) -> Option<Cow<'t, Terms>> {
        if let Whereabouts::Held(terms) = terms {
            return Some(Cow::Borrowed(terms));
        }
        let made = || self.told(self.make_terms(page));
        self.shelf.find(terms).or_else(made).map(Cow::Owned)
    }

    fn make_body(&self, page: &Page) -> Result<Body, Error> {
        let bytes = self.read(page)?;
        let options = parsing(self.config, self.theme);
        parse::body(&page.source, &bytes, &options).ok_or_else(|| changed(page))
    }

    fn make_terms(&self, page: &Page) -> Result<Terms, Error> {
        let bytes = self.read(page)?;
        let options = parsing(self.config, self.theme);
        let mut memory = terms::Memory::new(&self.config.language);
        let (made, _) = parse::page(&page.source, &bytes, &options, &mut memory);
        match made.map(|page| page.terms) {
            Some(Whereabouts::Held(terms)) => Ok(*terms),
            _ => Err(changed(page)),
        }
    }

    /// Reads a row of up next; none where that fails, which [`Bodies::check`] tells.
    pub(crate) fn row(&self, there: Stretch, bytes: &mut Vec<u8>) {
        if !self.shelf.find_row(there, bytes) {
            bytes.clear();
            let lost = "what was set aside on the disk cannot be read again\nhelp: build again";
            self.told::<()>(Err(Error::Refused(lost.to_owned())));
        }
    }

    /// The bytes that a page was made of.
    fn read(&self, page: &Page) -> Result<Vec<u8>, Error> {
        let file = scan::find(self.files, &page.source);
        let bytes = file.ok_or_else(|| changed(page))?.read()?;
        match Fingerprint::of(&bytes) == page.fingerprint {
            true => Ok(bytes),
            false => Err(changed(page)),
        }
    }

    /// Keeps what went wrong for [`Bodies::check`].
    fn told<T>(&self, made: Result<T, Error>) -> Option<T> {
        let keep = |error| {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(error);
        };
        made.map_err(keep).ok()
    }

    /// Says what went wrong.
    ///
    /// # Errors
    /// A file could not be read again, or changed meanwhile.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.take().map_or(Ok(()), Err)
    }
}

fn changed(page: &Page) -> Error {
    Error::Refused(format!(
        "content/{} changed while the site was built\nhelp: nothing was published; build again",
        page.source
    ))
}
