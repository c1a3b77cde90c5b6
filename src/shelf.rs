//! Where what is large waits between parse and its use: pages' bodies, their terms, and the rows that up next makes of
//! these. Within a bound in memory, beyond it in a file; which it is changes no byte.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::page::{Body, Page, Stretch, Whereabouts};
use crate::model::terms::Terms;
use crate::store::spill::{Spill, Writer};

/// Bytes of HTML that a build holds in memory, unless it is told otherwise: those of some 2,500 articles.
pub const HELD: usize = 16 << 20;

/// Of terms it may hold so many times as much: each is read four times, a body once. And so much again of the rows that
/// up next makes of them, each of which is read dozens of times.
const OF_WORDS: usize = 16;

/// Where things are put as they are made.
#[derive(Debug)]
pub(crate) struct Shelf {
    bodies: Bound,
    terms: Bound,
    rows: Bound,
    /// None where nobody will ask for bodies.
    spill: Option<Spill>,
}

/// What memory may hold of a kind.
#[derive(Debug)]
struct Bound {
    most: usize,
    held: AtomicUsize,
}

impl Bound {
    fn new(most: usize) -> Bound {
        Bound {
            most,
            held: AtomicUsize::new(0),
        }
    }

    fn has_room_for(&self, size: usize) -> bool {
        self.held.fetch_add(size, Ordering::Relaxed) + size <= self.most
    }
}

impl Shelf {
    /// Holds so many bytes of HTML, and puts what is beyond into a file in the first of these folders that takes one.
    pub(crate) fn new(most: usize, folders: Vec<PathBuf>) -> Shelf {
        Shelf {
            bodies: Bound::new(most),
            terms: Bound::new(most.saturating_mul(OF_WORDS)),
            rows: Bound::new(most.saturating_mul(OF_WORDS)),
            spill: Some(Spill::new(folders)),
        }
    }

    /// Where no page will be rendered: holds no HTML, and all terms.
    pub(crate) fn none() -> Shelf {
        Shelf {
            bodies: Bound::new(0),
            terms: Bound::new(usize::MAX),
            rows: Bound::new(usize::MAX),
            spill: None,
        }
    }

    /// What one thread puts things there with.
    pub(crate) fn putter(&self) -> Putter<'_> {
        Putter {
            shelf: self,
            writer: self.spill.as_ref().map(Spill::writer),
            bytes: Vec::new(),
        }
    }

    /// What puts the rows there that up next makes.
    pub(crate) fn rows(&self) -> RowPutter<'_> {
        let writer = self.spill.as_ref().map(Spill::writer);
        RowPutter {
            shelf: self,
            writer: Mutex::new(writer),
        }
    }

    /// Reads the bytes of a row; whether they could be had.
    pub(crate) fn find_row(&self, there: Stretch, bytes: &mut Vec<u8>) -> bool {
        let spill = self.spill.as_ref();
        spill.is_some_and(|spill| spill.read_into(there, bytes))
    }

    /// What was spilled; none where it cannot be had.
    pub(crate) fn find<T: BorshDeserialize>(&self, there: &Whereabouts<T>) -> Option<T> {
        let Whereabouts::Spilled(stretch) = there else {
            return None;
        };
        let bytes = self.spill.as_ref()?.read(*stretch)?;
        borsh::from_slice(&bytes).ok()
    }
}

/// See [`Shelf::putter`].
pub(crate) struct Putter<'s> {
    shelf: &'s Shelf,
    writer: Option<Writer<'s>>,
    bytes: Vec<u8>,
}

impl Putter<'_> {
    /// Puts what a page need not hold where it waits.
    pub(crate) fn put(&mut self, page: &mut Page) {
        self.put_body(&mut page.body);
        self.put_terms(&mut page.terms);
    }

    fn put_body(&mut self, body: &mut Whereabouts<Body>) {
        let Whereabouts::Held(held) = &*body else {
            return;
        };
        *body = if self.shelf.bodies.has_room_for(held.html.len()) {
            // The one at hand was written into more room than it takes.
            Whereabouts::Held(held.clone())
        } else {
            self.spill(&**held).unwrap_or_default()
        };
    }

    fn put_terms(&mut self, terms: &mut Whereabouts<Terms>) {
        let Whereabouts::Held(held) = &*terms else {
            return;
        };
        let size = size_of_val(&*held.counted) + size_of_val(&*held.spellings) + held.text.len();
        if !self.shelf.terms.has_room_for(size)
            && let Some(spilled) = self.spill(&**held)
        {
            *terms = spilled;
        }
    }

    fn spill<T: BorshSerialize>(&mut self, value: &T) -> Option<Whereabouts<T>> {
        let writer = self.writer.as_mut()?;
        self.bytes.clear();
        borsh::to_writer(&mut self.bytes, value).ok()?;
        writer.write(&self.bytes).map(Whereabouts::Spilled)
    }
}

/// See [`Shelf::rows`].
pub(crate) struct RowPutter<'s> {
    shelf: &'s Shelf,
    /// None once all rows are there.
    writer: Mutex<Option<Writer<'s>>>,
}

impl<'s> RowPutter<'s> {
    /// Puts the bytes of a row into the file; none where memory is to hold them.
    pub(crate) fn put(&self, row: &[u8]) -> Option<Stretch> {
        if self.shelf.rows.has_room_for(row.len()) {
            return None;
        }
        self.writer().as_mut()?.write(row)
    }

    fn writer(&self) -> MutexGuard<'_, Option<Writer<'s>>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether all that was put there is there.
    pub(crate) fn settle(&self) -> bool {
        *self.writer() = None;
        let spill = self.shelf.spill.as_ref();
        spill.is_none_or(|spill| !spill.failed())
    }
}
