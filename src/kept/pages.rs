//! What parse made of each file, in blocks that are read on all threads. What changed since the blocks were written
//! stands in a second, small file, so that an edit does not write the whole site again.

use borsh::{BorshDeserialize, BorshSerialize};
use rayon::prelude::*;

use super::Kept;
use crate::fingerprint::Fingerprint;
use crate::model::page::Page;
use crate::scan::Stamp;

const ALL: &str = "pages";
const CHANGED: &str = "pages-changed";

/// Pages in a block.
const BLOCK: usize = 64;
/// Blocks that are made at once: what is held in memory beside the pages.
const BLOCKS: usize = 32;
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
    /// It stands in the first file already, just so.
    pub is_old: bool,
    /// It was not kept yet.
    pub is_new: bool,
}

impl Kept {
    /// The pages that are kept, sorted by file. `key` is of all that parse reads beside the file.
    pub fn pages(&self, key: Fingerprint) -> Vec<Entry> {
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
    fn entries(&self, name: &str, key: Fingerprint) -> Option<(Vec<Entry>, Fingerprint)> {
        let unsealed = self.unsealed(name)?;
        let mut rest = unsealed.bytes();
        if Fingerprint::deserialize(&mut rest).ok()? != key {
            return None;
        }
        let mut blocks = Vec::new();
        while !rest.is_empty() {
            let length = u32::deserialize(&mut rest).ok()?;
            let (block, after) = rest.split_at_checked(length as usize)?;
            blocks.push(block);
            rest = after;
        }
        let decoded: Vec<Vec<Entry>> = blocks.into_par_iter().map(decode).collect();
        Some((decoded.into_iter().flatten().collect(), unsealed.seal))
    }

    fn keep_blocks(&self, name: &str, key: Fingerprint, pages: &[&Keep<'_>]) {
        let written = self.cache.write(name, |to| {
            borsh::to_writer(&mut *to, &key)?;
            for group in pages.chunks(BLOCK * BLOCKS) {
                let blocks: Vec<Vec<u8>> = group.par_chunks(BLOCK).map(encode).collect();
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
        if borsh::to_writer(&mut block, &(page.stamp, page.seen, page.page)).is_err() {
            block.truncate(start);
        }
    }
    block
}

fn decode(mut block: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(BLOCK);
    while !block.is_empty() {
        match Entry::deserialize(&mut block) {
            Ok(entry) => entries.push(entry),
            Err(_) => break,
        }
    }
    entries
}
