//! A file without a name for what is made early and read once, late, so that memory need not hold it. Where it cannot
//! be made or fails, who reads is told that nothing is there, and makes it again. Gone when it is dropped.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::model::page::Stretch;

/// Bytes that one thread gathers before it writes them: each writer has a region of the file for itself.
const REGION: usize = 1 << 18;

/// The file, made when something is to be written.
#[derive(Debug)]
pub struct Spill {
    folders: Vec<PathBuf>,
    /// None where no folder takes it.
    file: OnceLock<Option<File>>,
    /// Where the next region begins.
    next: AtomicU64,
    /// Something could not be written, so that nothing that is read can be trusted.
    failed: AtomicBool,
}

impl Spill {
    /// The first of `folders` that takes a file will hold it.
    pub fn new(folders: Vec<PathBuf>) -> Spill {
        Spill {
            folders,
            file: OnceLock::new(),
            next: AtomicU64::new(0),
            failed: AtomicBool::new(false),
        }
    }

    /// What one thread writes with.
    pub fn writer(&self) -> Writer<'_> {
        Writer {
            spill: self,
            region: 0,
            bytes: Vec::new(),
        }
    }

    /// The bytes that stand there; none where they cannot be had.
    pub fn read(&self, there: Stretch) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_into(there, &mut bytes).then_some(bytes)
    }

    /// Reads the bytes that stand there in place of those given; whether they could be had.
    pub fn read_into(&self, there: Stretch, bytes: &mut Vec<u8>) -> bool {
        bytes.resize(there.length(), 0);
        let read = |file| read_at(file, bytes, there.at()).is_ok();
        self.file().is_some_and(read) && !self.failed()
    }

    /// Whether something could not be written.
    pub fn failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    fn file(&self) -> Option<&File> {
        let make = || {
            let mut folders = self.folders.iter();
            folders.find_map(|folder| tempfile::tempfile_in(folder).ok())
        };
        self.file.get_or_init(make).as_ref()
    }

    fn write(&self, bytes: &[u8], at: u64) {
        let written = self
            .file()
            .is_some_and(|file| write_at(file, bytes, at).is_ok());
        if !written {
            self.failed.store(true, Ordering::Relaxed);
        }
    }
}

/// Writes what one thread spills. What it gathered is written when it is dropped.
pub struct Writer<'s> {
    spill: &'s Spill,
    /// Where its region begins.
    region: u64,
    /// What belongs at the region's beginning.
    bytes: Vec<u8>,
}

impl Writer<'_> {
    /// Writes bytes, and says where they will stand; none where they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Option<Stretch> {
        self.spill.file()?;
        if self.bytes.is_empty() || self.bytes.len() + bytes.len() > REGION {
            self.flush();
            let size = bytes.len().max(REGION) as u64;
            self.region = self.spill.next.fetch_add(size, Ordering::Relaxed);
            self.bytes.reserve(REGION);
        }
        let there = Stretch::new(self.region + self.bytes.len() as u64, bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        (!self.spill.failed()).then_some(there)
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            self.spill.write(&self.bytes, self.region);
            self.bytes.clear();
        }
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        self.flush();
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, at)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => (bytes, at) = (&bytes[written..], at + written as u64),
        }
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => (bytes, at) = (&mut bytes[read..], at + read as u64),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_wherever_regions_end() {
        let folder = tempfile::tempdir().unwrap();
        let spill = Spill::new(vec![folder.path().join("gone"), folder.path().to_owned()]);
        let pieces = [1, REGION - 1, 5, 2 * REGION, 0, 7, REGION];
        let bytes = |n: usize| vec![n as u8; pieces[n]];
        let (mut one, mut other) = (spill.writer(), spill.writer());
        let places: Vec<Stretch> = (0..pieces.len())
            .map(|n| match n % 2 {
                0 => one.write(&bytes(n)).unwrap(),
                _ => other.write(&bytes(n)).unwrap(),
            })
            .collect();
        drop((one, other));
        for (n, place) in places.into_iter().enumerate() {
            assert!(spill.read(place) == Some(bytes(n)), "{n}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn without_a_folder_nothing_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let spill = Spill::new(vec![folder.path().join("gone")]);
        assert_eq!(spill.writer().write(b"bytes"), None);
        assert_eq!(Stretch::new(0, 0).and_then(|none| spill.read(none)), None);
    }
}
