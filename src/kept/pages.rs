//! Keeps what parse made of each file, in blocks that are read on all threads. What changed since the blocks were written
//! stands in a second, small file, so that an edit does not write the whole site again.

#![expect(
    clippy::vec_box,
    reason = "entries are large, and are sorted and handed on: they stay where they are"
)]

use borsh::{BorshDeserialize, BorshSerialize};
use rayon::prelude::*;

use super::Kept;
use crate::fingerprint::Fingerprint;
use crate::model::page::Page;
use crate::scan::Stamp;
use crate::store::cache::Opened;

const ALL: &str = "pages";
const CHANGED: &str = "pages-changed";

/// Pages in a block.
const BLOCK: usize = 16;
/// Blocks that are written and read at once: what is held in memory beside the pages.
const BLOCKS: usize = 32;
/// The bytes before a block that say how long it is.
const HEAD: usize = size_of::<u32>();
/// Of sites with more pages none are kept: reading them back would cost more memory than it saves time.
const MOST: usize = 200_000;
/// The small file is written until it holds one page in so many.
const SHARE: usize = 8;

/// A page, and the file that it was made from.
#[derive(BorshDeserialize, BorshSerialize)]
pub struct Entry {
    /// The file, as it looked.
    pub stamp: Stamp,
    /// When it was looked at, in nanoseconds since 1970.
    pub seen: i64,
    /// The page; its body is not kept.
    pub page: Page,
    /// How the files looked that are shown in it.
    pub shown: Vec<Stamp>,
    /// It stands in the first file.
    #[borsh(skip)]
    pub is_old: bool,
}

/// What [`Kept::keep_pages`] keeps of a page.
pub struct Keep<'p> {
    /// See [`Entry`].
    pub stamp: Stamp,
    /// See [`Entry`].
    pub seen: i64,
    /// See [`Entry`].
    pub page: &'p Page,
    /// See [`Entry`].
    pub shown: Vec<Stamp>,
    /// It stands in the first file already, just so.
    pub is_old: bool,
    /// It was not kept yet.
    pub is_new: bool,
}

impl Kept {
    /// The pages that are kept, sorted by file. `key` is of all that parse reads beside the file.
    pub fn pages(&self, key: Fingerprint) -> Vec<Box<Entry>> {
        let Some((mut entries, seal)) = self.entries(ALL, key) else {
            return Vec::new();
        };
        self.pages_seal(Some(seal));
        entries.iter_mut().for_each(|entry| entry.is_old = true);
        // The second file goes with the first.
        if let Some((changed, _)) = self.entries(CHANGED, seal) {
            entries.extend(changed);
        }
        // Of two for one file the changed one is last; only that counts.
        entries.sort_by(|a, b| a.page.source.cmp(&b.page.source));
        entries.reverse();
        entries.dedup_by(|a, b| a.page.source == b.page.source);
        entries.reverse();
        entries
    }

    /// Keeps pages, sorted by file.
    pub fn keep_pages(&self, key: Fingerprint, pages: &[Keep<'_>]) {
        let is_new = pages.iter().any(|page| page.is_new);
        let changed: Vec<&Keep<'_>> = pages.iter().filter(|page| !page.is_old).collect();
        if pages.len() > MOST || !is_new {
            return;
        }
        if changed.len() * SHARE <= pages.len()
            && let Some(seal) = self.pages_seal(None)
        {
            self.keep_blocks(CHANGED, seal, &changed);
            return;
        }
        self.cache.remove(CHANGED);
        self.keep_blocks(ALL, key, &pages.iter().collect::<Vec<_>>());
    }

    /// The entries of a file, if it was made with this key; and which file it is.
    fn entries(&self, name: &str, key: Fingerprint) -> Option<(Vec<Box<Entry>>, Fingerprint)> {
        let mut file = self.useful(self.cache.open(name))?;
        let mut entries = Vec::new();
        let (mut now, mut next) = (Vec::new(), Vec::new());
        let is_known = file.read(size_of::<Fingerprint>() as u64, &mut now)
            && Fingerprint::try_from_slice(&now).is_ok_and(|known| known == key);
        if is_known {
            read_group(&mut file, &mut now);
            while !now.is_empty() {
                let read = || read_group(&mut file, &mut next);
                let (decoded, ()) = rayon::join(|| decode_group(&now), read);
                entries.extend(decoded.into_iter().flatten());
                std::mem::swap(&mut now, &mut next);
            }
        }
        let seal = self.useful(file.finish())?;
        is_known.then_some((entries, seal))
    }

    fn keep_blocks(&self, name: &str, key: Fingerprint, pages: &[&Keep<'_>]) {
        let written = self.cache.write(name, |to| {
            borsh::to_writer(&mut *to, &key)?;
            for group in pages.chunks(BLOCK * BLOCKS) {
                let blocks: Vec<Vec<u8>> = group.par_chunks(BLOCK).map(encode).collect();
                let length: usize = blocks.iter().map(|block| HEAD + block.len()).sum();
                borsh::to_writer(&mut *to, &(length as u64))?;
                for block in blocks {
                    borsh::to_writer(&mut *to, &block)?;
                }
            }
            to.flush()
        });
        self.forget_unless(name, written.is_ok());
    }
}

fn encode(pages: &[&Keep<'_>]) -> Vec<u8> {
    let mut block = Vec::new();
    for page in pages {
        let start = block.len();
        // A number that is none cannot be written: such a page is not kept.
        if borsh::to_writer(&mut block, &(page.stamp, page.seen, page.page, &page.shown)).is_err() {
            block.truncate(start);
        }
    }
    block
}

/// Reads the next blocks that were written at once; nothing where there are none.
fn read_group(file: &mut Opened, bytes: &mut Vec<u8>) {
    let length = file.read(size_of::<u64>() as u64, bytes);
    let length = u64::try_from_slice(bytes).ok().filter(|_| length);
    if !length.is_some_and(|length| file.read(length, bytes)) {
        bytes.clear();
    }
}

fn decode_group(mut rest: &[u8]) -> Vec<Vec<Box<Entry>>> {
    let mut blocks = Vec::with_capacity(BLOCKS);
    while let Some((length, after)) = rest.split_first_chunk::<HEAD>()
        && let Some((block, after)) = after.split_at_checked(u32::from_le_bytes(*length) as usize)
    {
        blocks.push(block);
        rest = after;
    }
    blocks.into_par_iter().map(decode).collect()
}

fn decode(mut block: &[u8]) -> Vec<Box<Entry>> {
    let mut entries = Vec::with_capacity(BLOCK);
    while !block.is_empty() {
        match Entry::deserialize(&mut block) {
            Ok(entry) => entries.push(Box::new(entry)),
            Err(_) => break,
        }
    }
    entries
}
