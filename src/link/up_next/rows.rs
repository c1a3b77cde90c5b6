//! The rows of all articles: held, or set aside where memory is to hold no more of them.

use std::ops::Range;

use rayon::prelude::*;

use super::numbers::share;
use super::row::Row;
use crate::link::Aside;
use crate::model::page::Stretch;

/// See above.
pub(super) struct Rows<'a> {
    all: Vec<Place>,
    /// By article: how many terms its row has.
    lengths: Vec<u32>,
    aside: Aside<'a>,
}

/// Where the words of a row are.
enum Place {
    Held(Box<[u32]>),
    Aside(Stretch),
}

/// A row that was made, and how many terms it has.
pub(super) struct Made(Place, u32);

impl Made {
    /// Set aside if it may be, and held otherwise.
    pub(super) fn new(words: &[u32], aside: Option<Aside<'_>>, bytes: &mut Vec<u8>) -> Made {
        let put = |aside: Aside<'_>| {
            bytes.clear();
            bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
            (aside.put)(bytes)
        };
        let held = || Place::Held(words.into());
        let place = aside.and_then(put).map_or_else(held, Place::Aside);
        Made(place, Row::of(words).len() as u32)
    }
}

impl<'a> Rows<'a> {
    /// Of rows that were made, by article. Those that were set aside and are not there are made `again`.
    pub(super) fn new(
        made: Vec<Made>,
        aside: Aside<'a>,
        again: impl Fn(usize) -> Box<[u32]> + Send + Sync,
    ) -> Rows<'a> {
        let (mut all, lengths): (Vec<_>, Vec<_>) = made
            .into_iter()
            .map(|Made(place, length)| (place, length))
            .unzip();
        if !(aside.settle)() {
            all.par_iter_mut().enumerate().for_each(|(at, place)| {
                if matches!(place, Place::Aside(_)) {
                    *place = Place::Held(again(at));
                }
            });
        }
        Rows {
            all,
            lengths,
            aside,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// How many terms each has.
    pub(super) fn lengths(&self) -> &[u32] {
        &self.lengths
    }

    /// The articles in shares, of which each is worth a table of its own.
    pub(super) fn shares(&self) -> impl ParallelIterator<Item = Range<usize>> {
        let (all, share) = (self.len(), share(&self.all));
        (0..all.div_ceil(share))
            .into_par_iter()
            .map(move |at| at * share..all.min((at + 1) * share))
    }

    /// An article's row; one that was set aside is read into `reader`.
    pub(super) fn of<'r>(&'r self, article: usize, reader: &'r mut Reader) -> Row<'r> {
        match &self.all[article] {
            Place::Held(words) => Row::of(words),
            Place::Aside(there) => {
                (self.aside.get)(*there, &mut reader.bytes);
                let (words, _) = reader.bytes.as_chunks();
                reader.words.clear();
                let words = words.iter().map(|word| u32::from_le_bytes(*word));
                reader.words.extend(words);
                Row::of(&reader.words)
            }
        }
    }

    /// All that is held of them.
    pub(super) fn held(self) -> impl Send + use<> {
        self.all
    }
}

/// One thread's place for a row that was set aside.
#[derive(Default)]
pub(super) struct Reader {
    bytes: Vec<u8>,
    words: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Two rows of three words each that are no more than a title.
    const WORDS: [[u32; 8]; 2] = [[0, 0, 0, 0, 0, 0, 7, 9], [0, 0, 0, 0, 0, 0, 8, 3]];

    fn titles(rows: &Rows<'_>) -> Vec<Vec<(u32, u16)>> {
        let mut reader = Reader::default();
        let title = |at| rows.of(at, &mut reader).title().collect();
        (0..rows.len()).map(title).collect()
    }

    #[test]
    fn what_is_set_aside_is_read_again_and_made_again_where_it_is_not_there() {
        let file = Mutex::new(Vec::new());
        for is_there in [true, false] {
            let put = |bytes: &[u8]| {
                let mut file = file.lock().unwrap();
                file.extend_from_slice(bytes);
                Stretch::new((file.len() - bytes.len()) as u64, bytes.len())
            };
            let get = |there: Stretch, bytes: &mut Vec<u8>| {
                assert!(is_there, "nothing is asked for that is not there");
                let file = file.lock().unwrap();
                *bytes = file[there.at() as usize..][..there.length()].to_vec();
            };
            let aside = Aside {
                put: &put,
                settle: &|| is_there,
                get: &get,
            };
            let one = Made::new(&WORDS[0], None, &mut Vec::new());
            let other = Made::new(&WORDS[1], Some(aside), &mut Vec::new());
            let again = |at: usize| {
                assert_eq!(at, 1, "the other is held");
                WORDS[at].into()
            };
            let rows = Rows::new(vec![one, other], aside, again);
            assert_eq!(titles(&rows), [[(7, 9)], [(8, 3)]]);
        }
    }
}
