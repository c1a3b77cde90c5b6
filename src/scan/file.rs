//! A file that was found, as a handle: where it is, how messages name it, how it looks, and ways to read it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::stamp::Stamp;
use crate::error::Error;
use crate::model::nfc::nfc;

/// A text file larger than this is a mistake: 16 MiB is ten novels.
const TEXT_LIMIT: u64 = 16 << 20;

/// A file that was found. Its bytes are not held.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the folder that was scanned, with `/`.
    pub path: String,
    /// That folder.
    folder: Arc<Path>,
    /// The same as messages name it, from the site's root.
    top: Arc<str>,
    /// As the system spells the path, where that is not in NFC and `path` is.
    spelled: Option<Box<str>>,
    /// As it looked.
    pub stamp: Stamp,
}

impl SourceFile {
    /// The one at a path in `folder`, which messages name `top`.
    pub(super) fn new(
        folder: &Arc<Path>,
        top: &Arc<str>,
        path: String,
        stamp: Stamp,
    ) -> SourceFile {
        SourceFile {
            path,
            folder: Arc::clone(folder),
            top: Arc::clone(top),
            spelled: None,
            stamp,
        }
    }

    /// The file as messages name it, from the site's root.
    pub fn shown(&self) -> String {
        format!("{}/{}", self.top, self.path)
    }

    /// Where it is.
    pub fn absolute(&self) -> PathBuf {
        self.folder
            .join(self.spelled.as_deref().unwrap_or(&self.path))
    }

    /// The same, known by its path in NFC: what is published has one spelling on every system.
    pub(super) fn composed(mut self) -> SourceFile {
        if let Cow::Owned(path) = nfc(&self.path)
            && path != self.path
        {
            self.spelled = Some(std::mem::replace(&mut self.path, path).into());
        }
        self
    }

    /// All its bytes; of a file that is [`SourceFile::too_large`], about as many as that takes.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        self.read_head(TEXT_LIMIT + 1)
    }

    /// All its bytes, however many these are.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn read_whole(&self) -> Result<Vec<u8>, Error> {
        self.read_head(u64::MAX)
    }

    /// Its first bytes, at most `limit`: enough to see how large a picture is.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn read_head(&self, limit: u64) -> Result<Vec<u8>, Error> {
        let expected = self.stamp.size.min(limit).min(1 << 20);
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
        let read = self.opened()?.take(limit).read_to_end(&mut bytes);
        read.map_err(Error::io("could not read", &self.absolute()))?;
        Ok(bytes)
    }

    /// Opens it, to be read piece by piece.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn open(&self) -> Result<impl BufRead + use<>, Error> {
        self.opened().map(BufReader::new)
    }

    fn opened(&self) -> Result<File, Error> {
        let path = self.absolute();
        File::open(&path).map_err(Error::io("could not read", &path))
    }

    /// Whether it is over the limit for text.
    pub fn too_large(&self) -> bool {
        self.stamp.size > TEXT_LIMIT
    }
}

/// The one at a path, of files that are sorted by path.
pub fn find<'f>(files: &'f [SourceFile], path: &str) -> Option<&'f SourceFile> {
    let at = files.binary_search_by(|file| file.path.as_str().cmp(path));
    at.ok().map(|at| &files[at])
}
