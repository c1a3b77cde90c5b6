//! Which terms two articles or more hold, how rare each is, and a number for it. What one article alone holds makes it
//! like no other, and is let go here.

use rayon::prelude::*;

use crate::model::terms::{Counted, Terms};

/// How finely the rarity of a term is told, in steps of `ln`. Fine, for a coarse step changes more lists when it is
/// passed than fine ones do together; not finer, so that the common terms keep their weights when an article comes
/// or goes.
const IDF_STEP: f32 = 0.02;

/// A rarity below this, that of a term which nineteen articles of twenty hold, is none: it says nothing of nearness.
const TELLING: f32 = 0.05;

/// The places that one word of 64 bits tells of.
const WORD: usize = u64::BITS as usize;

/// So many places next to each other are a box. A look for the boxes that are held twice lets most of what one article
/// alone holds go, so that what tells the places apart stays small however many there could be.
const BOX: usize = 1 << BOX_BITS;
const BOX_BITS: u32 = 4;

/// All boxes that there could be.
const BOXES: usize = (1 << Counted::BITS) / BOX;

/// A term that articles share.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    /// None for terms that say nothing of nearness, since nearly all articles hold them or one alone.
    pub(super) number: Option<u32>,
    /// See [`rarity`].
    pub(super) rarity: f32,
}

/// The terms that articles share.
pub(super) struct Numbers {
    /// By rank: the order of the terms' places. The last is of what one title alone has.
    pub(super) by_rank: Vec<Numbered>,
    /// By number: the term's place. The commonest come first: what is asked for most stands close together in memory.
    pub(super) places: Vec<u32>,
}

impl Numbers {
    /// Numbers the terms, and leaves of each article's only those that it shares and its title's, with the rank for
    /// the place.
    pub(super) fn of(articles: &mut [Terms]) -> Numbers {
        let boxes = Ranks::new(Seen::boxes(articles), BOX_BITS);
        let ranks = Ranks::new(boxes.unpack(articles), 0);
        let holders = ranks.keep_shared(articles);
        let in_boxes = boxes.places();
        let mut places = ranks.places();
        for place in &mut places {
            *place = in_boxes[*place as usize / BOX] * BOX as u32 + *place % BOX as u32;
        }
        number(&holders, &places, articles.len())
    }
}

/// How many of the articles are worth a table of their own: half a thread's share, for a thread may come late.
pub(super) fn share<T>(articles: &[T]) -> usize {
    let shares = 2 * rayon::current_num_threads();
    articles.len().div_ceil(shares).max(1)
}

/// Looks at each article's terms on all threads, with a state for each share of the articles; what comes of it are all
/// states joined.
fn shares<S: Send>(
    articles: &mut [Terms],
    new: impl Fn() -> S + Send + Sync,
    look: impl Fn(&mut S, &mut Terms) + Send + Sync,
    join: impl Fn(S, S) -> S + Send + Sync,
) -> Option<S> {
    let share = share(articles);
    let states = articles.par_chunks_mut(share).map(|share| {
        let mut state = new();
        share.iter_mut().for_each(|terms| look(&mut state, terms));
        state
    });
    states.reduce_with(join)
}

/// By word of places: those that were seen, and those that were seen again.
struct Seen(Vec<[u64; 2]>);

impl Seen {
    /// None of so many places.
    fn new(places: usize) -> Seen {
        Seen(vec![[0; 2]; places.div_ceil(WORD)])
    }

    /// Those of the boxes that hold a term.
    fn boxes(articles: &mut [Terms]) -> Seen {
        let look = |seen: &mut Seen, terms: &mut Terms| {
            for term in &terms.counted {
                seen.add(term.place() / BOX, true);
            }
        };
        let seen = shares(articles, || Seen::new(BOXES), look, Seen::join);
        seen.unwrap_or_else(|| Seen::new(0))
    }

    /// Adds a place if it is one.
    fn add(&mut self, place: usize, is_one: bool) {
        let [once, again] = &mut self.0[place / WORD];
        let bit = u64::from(is_one) << (place % WORD);
        *again |= *once & bit;
        *once |= bit;
    }

    fn join(mut self, other: Seen) -> Seen {
        for ([once, again], theirs) in self.0.iter_mut().zip(other.0.iter()) {
            *again |= theirs[1] | *once & theirs[0];
            *once |= theirs[0];
        }
        self
    }
}

/// Ranks of the places that were seen again, or of the boxes.
struct Ranks {
    /// A bit for each that was, and how many come before its word.
    words: Vec<(u64, u32)>,
    /// So many bits of a place tell where in its box it is.
    box_bits: u32,
}

impl Ranks {
    fn new(seen: Seen, box_bits: u32) -> Ranks {
        let mut before = 0;
        let ranks = seen.0.into_iter().map(|[_, again]| {
            let rank = before;
            before += again.count_ones();
            (again, rank)
        });
        Ranks {
            words: ranks.collect(),
            box_bits,
        }
    }

    fn len(&self) -> u32 {
        let last = self.words.last().copied().unwrap_or_default();
        last.1 + last.0.count_ones()
    }

    /// The place with the rank of its box for the box, or `none`; and whether it has one.
    fn of(&self, place: usize, none: u32) -> (u32, bool) {
        let (own, in_box) = (
            place >> self.box_bits,
            place as u32 & ((1 << self.box_bits) - 1),
        );
        let (bits, before) = self.words[own / WORD];
        let bit = 1 << (own % WORD);
        let (rank, has_one) = (before + (bits & (bit - 1)).count_ones(), bits & bit != 0);
        let rank = if has_one { rank } else { none };
        (rank << self.box_bits | in_box, has_one)
    }

    /// The places that have a rank, by that.
    fn places(&self) -> Vec<u32> {
        let mut places = Vec::with_capacity(self.len() as usize);
        for (start, (bits, _)) in (0u32..).step_by(WORD).zip(&self.words) {
            let mut rest = *bits;
            while rest != 0 {
                places.push(start + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
        places
    }

    /// Leaves of each article's terms those in a box that has a rank, and its title's, numbers the box by that, and says
    /// which places two articles hold. What is in no such box is put into one after the last.
    fn unpack(&self, articles: &mut [Terms]) -> Seen {
        let places = (self.len() as usize + 1) * BOX;
        let look = |seen: &mut Seen, terms: &mut Terms| {
            self.keep(terms, |place, is_shared| {
                seen.add(place as usize, is_shared)
            });
        };
        let seen = shares(articles, || Seen::new(places), look, Seen::join);
        seen.unwrap_or_else(|| Seen::new(0))
    }

    /// Leaves of each article's terms those that have a rank, and its title's: what nobody else has gets the rank after
    /// the last. Says how many articles hold each rank.
    fn keep_shared(&self, articles: &mut [Terms]) -> Vec<u32> {
        let none = self.len() as usize;
        let look = |counts: &mut Vec<u32>, terms: &mut Terms| {
            self.keep(terms, |rank, _| counts[rank as usize] += 1);
        };
        let counts = shares(articles, || vec![0u32; none + 1], look, add);
        let mut counts = counts.unwrap_or_default();
        counts.truncate(none);
        counts
    }

    /// Leaves of an article's terms its title's and those that have a rank, each at its new place, which `told` is told
    /// beside whether it has one.
    fn keep(&self, terms: &mut Terms, mut told: impl FnMut(u32, bool)) {
        let (title, none) = (usize::from(terms.title), self.len());
        let mut counted = std::mem::take(&mut terms.counted).into_vec();
        let mut kept = 0;
        for at in 0..counted.len() {
            // Without a branch, which would be guessed wrong often.
            let (place, stays) = self.of(counted[at].place(), none);
            told(place, stays);
            counted[kept] = counted[at].moved(place);
            kept += usize::from(stays | (at < title));
        }
        counted.truncate(kept);
        terms.counted = counted.into();
    }
}

/// Adds counts that two threads made of the same things.
pub(super) fn add(mut all: Vec<u32>, some: Vec<u32>) -> Vec<u32> {
    all.iter_mut()
        .zip(some)
        .for_each(|(all, some)| *all += some);
    all
}

/// Numbers the terms; `holders` and `places` are by rank.
fn number(holders: &[u32], places: &[u32], articles: usize) -> Numbers {
    let most = holders.iter().max().map_or(0, |most| *most as usize);
    let rarity_of: Vec<f32> = (0..=most).map(|count| rarity(count, articles)).collect();
    let tells = |count: u32| rarity_of[count as usize] > 0.0;
    let mut sizes = vec![0u32; most + 1];
    for count in holders.iter().filter(|count| tells(**count)) {
        sizes[*count as usize] += 1;
    }
    // By count: the next number.
    let (mut next, mut terms) = (sizes, 0);
    for size in next.iter_mut().rev() {
        terms += std::mem::replace(size, terms);
    }
    let mut by_number = vec![0; terms as usize];
    let numbered = |(count, place): (&u32, &u32)| {
        let number = tells(*count).then(|| {
            let next = &mut next[*count as usize];
            by_number[*next as usize] = *place;
            *next += 1;
            *next - 1
        });
        Numbered {
            number,
            rarity: rarity_of[*count as usize],
        }
    };
    let mut by_rank: Vec<Numbered> = holders.iter().zip(places).map(numbered).collect();
    by_rank.push(Numbered {
        number: None,
        rarity: rarity(1, articles),
    });
    Numbers {
        by_rank,
        places: by_number,
    }
}

/// How rare a term is that so many of the articles hold: `ln` of one by their share, or zero where nearly all do.
fn rarity(holders: usize, articles: usize) -> f32 {
    let rarity = stepped((articles as f32 + 1.0).ln()) - stepped((holders as f32).ln());
    if rarity < TELLING { 0.0 } else { rarity }
}

fn stepped(ln: f32) -> f32 {
    (ln / IDF_STEP).round() * IDF_STEP
}
