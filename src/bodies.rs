//! Where pages' bodies are between parse and render: within a bound in memory, beyond it in a file, and where that
//! cannot be, nowhere: then they are made again of the author's file. Which it is changes no byte.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::load::{Loaded, parsing};
use crate::model::page::{Body, PageId, Whereabouts};
use crate::parse;
use crate::store::spill::{Spill, Writer};

/// Bytes of HTML that a build holds in memory, unless it is told otherwise: those of some 2,500 articles.
pub const HELD: usize = 16 << 20;

/// Where bodies are put as they are made.
#[derive(Debug)]
pub(crate) struct Shelf {
    /// Bytes of HTML that are held, at most.
    most: usize,
    held: AtomicUsize,
    /// None where nobody will ask for bodies.
    spill: Option<Spill>,
}

impl Shelf {
    /// Holds so many bytes, and puts the others into a file in the first of these folders that takes one.
    pub(crate) fn new(most: usize, folders: Vec<PathBuf>) -> Shelf {
        Shelf {
            most,
            held: AtomicUsize::new(0),
            spill: Some(Spill::new(folders)),
        }
    }

    /// Where no page will be rendered.
    pub(crate) fn none() -> Shelf {
        Shelf {
            most: 0,
            held: AtomicUsize::new(0),
            spill: None,
        }
    }

    /// What one thread puts bodies there with.
    pub(crate) fn putter(&self) -> Putter<'_> {
        Putter {
            shelf: self,
            writer: self.spill.as_ref().map(Spill::writer),
            bytes: Vec::new(),
        }
    }

    fn has_room_for(&self, size: usize) -> bool {
        self.held.fetch_add(size, Ordering::Relaxed) + size <= self.most
    }
}

/// See [`Shelf::putter`].
pub(crate) struct Putter<'s> {
    shelf: &'s Shelf,
    writer: Option<Writer<'s>>,
    bytes: Vec<u8>,
}

impl Putter<'_> {
    /// Puts a page's body where it waits.
    pub(crate) fn put(&mut self, body: &mut Whereabouts) {
        let (Whereabouts::Held(held), Some(writer)) = (&*body, &mut self.writer) else {
            *body = Whereabouts::Source;
            return;
        };
        *body = if self.shelf.has_room_for(held.html.len()) {
            // The one at hand was written into more room than it takes.
            Whereabouts::Held(Box::new(Body::clone(held)))
        } else {
            self.bytes.clear();
            let written = borsh::to_writer(&mut self.bytes, &**held).is_ok();
            let there = written.then(|| writer.write(&self.bytes)).flatten();
            there.map_or(Whereabouts::Source, Whereabouts::Spilled)
        };
    }
}

/// Finds the bodies that memory does not hold.
pub(crate) struct Bodies<'a> {
    loaded: &'a Loaded,
    /// What went wrong first.
    failed: Mutex<Option<Error>>,
}

impl<'a> Bodies<'a> {
    pub(crate) fn new(loaded: &'a Loaded) -> Bodies<'a> {
        Bodies {
            loaded,
            failed: Mutex::new(None),
        }
    }

    /// A page's body; an empty one where that fails, which [`Bodies::check`] tells.
    pub(crate) fn find(&self, id: PageId) -> Body {
        let page = self.loaded.site.page(id);
        let made = match &page.body {
            Whereabouts::Held(body) => return Body::clone(body),
            Whereabouts::Spilled(there) => self.loaded.shelf.spill.as_ref().and_then(|spill| {
                let bytes = spill.read(*there)?;
                borsh::from_slice(&bytes).ok()
            }),
            Whereabouts::Source => None,
        };
        made.map_or_else(|| self.make(&page.source, page.fingerprint), Ok)
            .unwrap_or_else(|error| {
                let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
                failed.get_or_insert(error);
                Body::default()
            })
    }

    /// The body, made again.
    fn make(&self, source: &str, fingerprint: Fingerprint) -> Result<Body, Error> {
        let changed = || {
            Error::Refused(format!(
                "content/{source} changed while the site was built\nhelp: nothing was published; build again"
            ))
        };
        let bytes = self.loaded.file(source).ok_or_else(changed)?.read()?;
        if Fingerprint::of(&bytes) != fingerprint {
            return Err(changed());
        }
        let options = parsing(&self.loaded.config, &self.loaded.theme);
        parse::body(source, &bytes, &options).ok_or_else(changed)
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
