//! What the index says of the articles that share an article's weightiest terms, summed up by article, and the
//! greatest of the sums.

use super::index::Index;
use super::row::Row;

/// The sums lie in blocks of so many, which are looked through together: a line of the processor's cache.
const BLOCK: usize = 16;

/// So many blocks are passed over with one look.
const BLOCKS: usize = 8;

/// One thread's place for sums.
pub(super) struct Sums {
    /// By article.
    sums: Vec<u32>,
    /// By block: one where a sum was added to, else zero.
    touched: Vec<u8>,
    ranked: Vec<u64>,
}

impl Sums {
    /// For so many articles.
    pub(super) fn new(articles: usize) -> Sums {
        let touched = vec![0; articles.div_ceil(BLOCK).next_multiple_of(BLOCKS)];
        Sums {
            sums: vec![0; touched.len() * BLOCK],
            touched,
            ranked: Vec::new(),
        }
    }

    /// Adds what the index says to the sums.
    pub(super) fn ask(&mut self, index: &Index, row: &Row) {
        let (sums, touched) = (self.sums.as_mut_slice(), self.touched.as_mut_slice());
        for (term, own) in row.asks() {
            for (other, share) in index.of(term) {
                touched[other as usize / BLOCK] = 1;
                sums[other as usize] += u32::from(own) * u32::from(share);
            }
        }
    }

    /// The sum of an article.
    pub(super) fn of(&self, article: u32) -> u32 {
        self.sums[article as usize]
    }

    /// Adds the `count` articles with the greatest sums to `found`, but not `article` itself, whose sum goes.
    pub(super) fn best(&mut self, article: usize, count: usize, found: &mut Vec<u32>) {
        self.sums[article] = 0;
        self.ranked.clear();
        // What is not above this is not among the best.
        let mut bar = 0;
        let (blocks, _) = self.sums.as_chunks::<BLOCK>();
        for block in touched(&self.touched) {
            let sums = &blocks[block];
            let least = (bar >> u32::BITS) as u32;
            // Most blocks have nothing: all sums are looked at together.
            if !sums.iter().fold(false, |any, sum| any | (*sum >= least)) {
                continue;
            }
            for (sum, other) in sums.iter().zip((block * BLOCK) as u32..) {
                // By sum; of equals the first article.
                let rank = u64::from(*sum) << u32::BITS | u64::from(!other);
                if *sum > 0 && rank > bar {
                    self.ranked.push(rank);
                    if self.ranked.len() == 2 * count {
                        bar = keep_best(&mut self.ranked, count);
                    }
                }
            }
        }
        keep_best(&mut self.ranked, count);
        found.extend(self.ranked.iter().map(|rank| !(*rank as u32)));
    }

    /// Wipes the slate.
    pub(super) fn clear(&mut self) {
        let (blocks, _) = self.sums.as_chunks_mut::<BLOCK>();
        for block in touched(&self.touched) {
            blocks[block] = [0; BLOCK];
        }
        self.touched.fill(0);
    }
}

/// The blocks that were touched.
fn touched(touched: &[u8]) -> impl Iterator<Item = usize> {
    let (eights, _) = touched.as_chunks::<BLOCKS>();
    eights.iter().enumerate().flat_map(|(at, blocks)| {
        let mut rest = u64::from_le_bytes(*blocks);
        std::iter::from_fn(move || {
            let next = rest.trailing_zeros() / u8::BITS;
            rest &= rest.wrapping_sub(1);
            ((next as usize) < BLOCKS).then_some(at * BLOCKS + next as usize)
        })
    })
}

/// Leaves the greatest, and says which is the least of them.
fn keep_best(ranked: &mut Vec<u64>, count: usize) -> u64 {
    if ranked.len() <= count {
        return 0;
    }
    let (_, least, _) = ranked.select_nth_unstable_by(count - 1, |a, b| b.cmp(a));
    let least = *least;
    ranked.truncate(count);
    least
}
