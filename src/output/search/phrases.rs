//! Which documents have two words that follow each other: for each place of [`Neighbours`](crate::parse::words::Neighbours)
//! a bit for each document, in files of some places each. One such row is what a pair of words in quotes costs.

use rayon::prelude::*;

use super::gather::Gathered;
use crate::parse::words::SLOTS;

/// Bytes of a file, at most, where a row is not longer.
const FILE: usize = 8 << 10;

/// The rows of all places, and how they lie in files.
pub(super) struct Rows {
    /// Rows in a file, and bytes of a row.
    pub(super) in_file: usize,
    pub(super) bytes: usize,
    pub(super) files: Vec<Vec<u8>>,
}

/// Turns the bits by document into bits by place. `room` is how many numbers there are for documents.
pub(super) fn rows(gathered: &[Gathered], room: usize) -> Rows {
    let documents: Vec<(usize, &[u8])> = gathered
        .iter()
        .flat_map(|gathered| {
            let numbers = gathered
                .documents
                .iter()
                .map(|(number, _)| *number as usize);
            numbers.zip(gathered.neighbours.iter().map(Vec::as_slice))
        })
        .collect();
    let row = room.div_ceil(8).max(1);
    let in_file = (FILE / row).clamp(1, SLOTS).next_power_of_two().min(SLOTS);
    let files = (0..SLOTS / in_file)
        .into_par_iter()
        .map(|file| {
            let mut bytes = vec![0u8; in_file * row];
            for (document, bits) in &documents {
                // A file's places are whole bytes, or lie within one.
                let places = file * in_file..(file + 1) * in_file;
                let of_file = places.start / 8..places.end.div_ceil(8);
                for (at, byte) in of_file.clone().zip(bits.get(of_file).unwrap_or_default()) {
                    let mut rest = *byte;
                    while rest != 0 {
                        let place = at * 8 + rest.trailing_zeros() as usize;
                        rest &= rest - 1;
                        if places.contains(&place) {
                            let of_place = (place - places.start) * row;
                            bytes[of_place + document / 8] |= 1 << (document % 8);
                        }
                    }
                }
            }
            bytes
        })
        .collect();
    Rows {
        in_file,
        bytes: row,
        files,
    }
}
