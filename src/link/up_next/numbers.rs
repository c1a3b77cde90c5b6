//! Which terms two articles or more hold, how rare each is, and a number for it. What one article alone holds makes it
//! like no other, and is let go here.

use rayon::prelude::*;

use crate::model::page::{Counted, Terms};

/// How finely the rarity of a term is told, in steps of `ln`. Fine, for a coarse step changes more lists when it is
/// passed than fine ones do together; not finer, so that the common terms keep their weights when an article comes
/// or goes.
const IDF_STEP: f32 = 0.02;

/// The places that one word of 64 bits tells of.
const WORD: usize = u64::BITS as usize;

const WORDS: usize = (1 << Counted::BITS) / WORD;

/// A term that articles share.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    /// None for terms that say nothing of nearness, since all articles hold them or one alone.
    pub(super) number: Option<u32>,
    /// `ln` of one by the share of articles that hold it.
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
        let ranks = Ranks::new(articles);
        let holders = ranks.keep_shared(articles);
        number(&holders, &ranks.places(), articles.len())
    }
}

/// How many of the articles are one thread's share.
pub(super) fn share<T>(articles: &[T]) -> usize {
    articles.len().div_ceil(rayon::current_num_threads()).max(1)
}

/// By word of places: those that were seen, and those that were seen again.
struct Seen(Box<[[u64; 2]; WORDS]>);

impl Seen {
    fn new(articles: &[Terms]) -> Seen {
        let mut seen = Seen(Box::new([[0; 2]; WORDS]));
        for term in articles.iter().flat_map(|terms| &terms.counted) {
            let [once, again] = &mut seen.0[term.place() / WORD];
            let bit = 1 << (term.place() % WORD);
            *again |= *once & bit;
            *once |= bit;
        }
        seen
    }

    fn join(mut self, other: Seen) -> Seen {
        for ([once, again], theirs) in self.0.iter_mut().zip(other.0.iter()) {
            *again |= theirs[1] | *once & theirs[0];
            *once |= theirs[0];
        }
        self
    }
}

/// Ranks of the shared terms: a bit for each place that has one, and how many come before its word.
struct Ranks(Vec<(u64, u32)>);

impl Ranks {
    fn new(articles: &[Terms]) -> Ranks {
        let seen = articles.par_chunks(share(articles)).map(Seen::new);
        let seen = seen.reduce_with(Seen::join);
        let mut before = 0;
        let shared = seen.iter().flat_map(|seen| seen.0.iter());
        let ranks = shared.map(|[_, again]| {
            let rank = before;
            before += again.count_ones();
            (*again, rank)
        });
        Ranks(ranks.collect())
    }

    fn len(&self) -> u32 {
        let last = self.0.last().copied().unwrap_or_default();
        last.1 + last.0.count_ones()
    }

    fn of(&self, place: usize) -> Option<u32> {
        let (bits, before) = self.0[place / WORD];
        let bit = 1 << (place % WORD);
        (bits & bit != 0).then(|| before + (bits & (bit - 1)).count_ones())
    }

    /// The places, by rank.
    fn places(&self) -> Vec<u32> {
        let mut places = Vec::with_capacity(self.len() as usize);
        for (start, (bits, _)) in (0u32..).step_by(WORD).zip(&self.0) {
            let mut rest = *bits;
            while rest != 0 {
                places.push(start + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
        places
    }

    /// Leaves of each article's terms those that have a rank, and its title's: what nobody else has gets the rank after
    /// the last. Says how many articles hold each rank.
    fn keep_shared(&self, articles: &mut [Terms]) -> Vec<u32> {
        let share = share(articles);
        let counts = articles.par_chunks_mut(share).map(|articles| {
            let mut counts = vec![0u32; self.len() as usize];
            for terms in articles {
                let title = usize::from(terms.title);
                let ranked = terms.counted.iter().enumerate().filter_map(|(at, term)| {
                    let Some(rank) = self.of(term.place()) else {
                        return (at < title).then(|| Counted::at(self.len(), term.count()));
                    };
                    counts[rank as usize] += 1;
                    Some(Counted::at(rank, term.count()))
                });
                terms.counted = ranked.collect();
            }
            counts
        });
        counts.reduce_with(add).unwrap_or_default()
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
    let ln_n = stepped((articles as f32 + 1.0).ln());
    let rarity_of = |count: usize| (ln_n - stepped((count as f32).ln())).max(0.0);
    let most = holders.iter().max().map_or(0, |most| *most as usize);
    let rarity: Vec<f32> = (0..=most).map(rarity_of).collect();
    let tells = |count: u32| rarity[count as usize] > 0.0;
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
            rarity: rarity[*count as usize],
        }
    };
    let mut by_rank: Vec<Numbered> = holders.iter().zip(places).map(numbered).collect();
    by_rank.push(Numbered {
        number: None,
        rarity: rarity_of(1),
    });
    Numbers {
        by_rank,
        places: by_number,
    }
}

fn stepped(ln: f32) -> f32 {
    (ln / IDF_STEP).round() * IDF_STEP
}
