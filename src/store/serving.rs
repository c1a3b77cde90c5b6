//! Who shows this site: one `gen serve` at a time, as two would build different addresses into one folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use super::cache;
use crate::error::Error;

/// Its name in `.gen/`; it holds the address.
const FILE: &str = "serving";

/// A page on its way into the served folder. Its name begins with a dot, so that nobody is shown it.
const STAGED: &str = ".gen-preview";

/// The site is served until this is dropped.
pub struct Serving {
    file: File,
}

impl Serving {
    /// Begins, for the site at `root`.
    ///
    /// # Errors
    /// Another `gen serve` is at it, or nothing can be written there.
    pub fn begin(root: &Path) -> Result<Serving, Error> {
        let path = root.join(cache::FOLDER).join(FILE);
        let refused = |source| Error::io("could not write", &path)(source);
        cache::make_folder(root).map_err(refused)?;
        let mut open = OpenOptions::new();
        let open = open.read(true).write(true).create(true).truncate(false);
        let mut file = open.open(&path).map_err(refused)?;
        match file.try_lock() {
            Ok(()) => Ok(Serving { file }),
            Err(TryLockError::WouldBlock) => {
                let mut address = String::new();
                // Only for the message; some systems let nobody read what is locked.
                let _ = file.read_to_string(&mut address);
                let at = match address.trim() {
                    "" => String::new(),
                    address => format!(", at {address}"),
                };
                Err(Error::refused(
                    format!("another gen serves this site already{at}"),
                    "look at it there, or stop that one with Ctrl-C",
                ))
            }
            Err(TryLockError::Error(source)) => Err(Error::io("could not lock", &path)(source)),
        }
    }

    /// Says where, for who comes later.
    pub fn say(&self, address: &str) {
        // Nothing but a message would be poorer.
        let _ = self.file.set_len(0);
        let _ = (&self.file).write_all(address.as_bytes());
    }
}

/// Puts one page into the folder that is served, before the build that writes it too. The page is whole at every
/// moment.
///
/// # Errors
/// The system's refusal: the page is as it was then.
pub fn show(folder: &Path, file: &str, bytes: &[u8]) -> Result<(), Error> {
    let to = folder.join(file);
    let beside = folder.join(STAGED);
    File::create(&beside)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(Error::io("could not write", &beside))?;
    fs::rename(&beside, &to).map_err(Error::io("could not write", &to))
}
