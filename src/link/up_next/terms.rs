//! The terms of pages, wherever they are: each is looked at a few times, one page after the other.

use std::borrow::Cow;

use rayon::prelude::*;

use super::numbers::{Ranks, share};
use crate::link::Late;
use crate::model::page::{Page, PageId, Whereabouts};
use crate::model::terms::Terms;

/// The terms of some pages, in the order of their files.
pub(in crate::link) struct AllTerms<'a> {
    pages: &'a [Page],
    pub(super) late: Late<'a>,
    /// Whose, and where.
    all: Vec<(PageId, Whereabouts<Terms>)>,
}

impl<'a> AllTerms<'a> {
    /// Of all pages.
    pub(super) fn new(
        pages: &'a [Page],
        terms: Vec<Whereabouts<Terms>>,
        late: Late<'a>,
    ) -> AllTerms<'a> {
        let all = (0u32..).map(PageId).zip(terms).collect();
        AllTerms { pages, late, all }
    }

    /// Lets go those of pages that are no articles.
    pub(super) fn keep_articles(&mut self) {
        self.all
            .retain(|(id, _)| self.pages[id.index()].is_article());
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Those of the page at this place.
    pub(super) fn of(&self, at: usize) -> Cow<'_, Terms> {
        let (id, terms) = &self.all[at];
        match terms {
            Whereabouts::Held(terms) => Cow::Borrowed(terms),
            elsewhere => Cow::Owned((self.late.terms)(&self.pages[id.index()], elsewhere)),
        }
    }

    /// Those of the page at this place, which are not held, as `left` leaves them.
    pub(super) fn again(&self, at: usize, left: &[&Ranks]) -> Terms {
        let mut terms = self.of(at).into_owned();
        leave(&mut terms, left);
        terms
    }

    /// Looks at each page's terms, and whether they are held: those that are may be changed. `left` did so before: it is
    /// done again with what is elsewhere.
    pub(super) fn each<S, T: Send>(
        &mut self,
        left: &[&Ranks],
        new: impl Fn() -> S + Send + Sync,
        look: impl Fn(&mut S, &mut Terms, bool) -> T + Send + Sync,
    ) -> Vec<T> {
        let (pages, late) = (self.pages, self.late);
        let look = |state: &mut S, own: &mut (PageId, Whereabouts<Terms>)| {
            let is_held = matches!(own.1, Whereabouts::Held(_));
            with(own, pages, late, left, |terms| look(state, terms, is_held))
        };
        self.all.par_iter_mut().map_init(new, look).collect()
    }

    /// The same, with a state for each share of the pages; what comes of it are all states joined.
    pub(super) fn shares<S: Send>(
        &mut self,
        left: &[&Ranks],
        new: impl Fn() -> S + Send + Sync,
        look: impl Fn(&mut S, &mut Terms) + Send + Sync,
        join: impl Fn(S, S) -> S + Send + Sync,
    ) -> Option<S> {
        let (pages, late) = (self.pages, self.late);
        let share = share(&self.all);
        let states = self.all.par_chunks_mut(share).map(|share| {
            let mut state = new();
            for own in share {
                with(own, pages, late, left, |terms| look(&mut state, terms));
            }
            state
        });
        states.reduce_with(join)
    }

    /// All that is held of them.
    pub(super) fn held(self) -> impl Send + use<> {
        self.all
    }
}

fn with<T>(
    (id, terms): &mut (PageId, Whereabouts<Terms>),
    pages: &[Page],
    late: Late<'_>,
    left: &[&Ranks],
    look: impl FnOnce(&mut Terms) -> T,
) -> T {
    match terms {
        Whereabouts::Held(terms) => look(terms),
        elsewhere => {
            let mut terms = (late.terms)(&pages[id.index()], elsewhere);
            leave(&mut terms, left);
            look(&mut terms)
        }
    }
}

/// Does again what `left` did with terms that are held.
fn leave(terms: &mut Terms, left: &[&Ranks]) {
    for ranks in left {
        ranks.keep(terms, |_, _| {});
    }
}
