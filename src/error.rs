//! Tells what goes wrong with the machine, not with the author's text: a file that cannot be read, a folder
//! that must not be touched. It stops the run; the author's mistakes are [`crate::diagnostic`]s instead.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the run could not go on. Exit status 2.
#[derive(Debug)]
pub enum Error {
    /// The operating system refused something.
    Io {
        /// What was tried, as in "could not read".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// `gen` itself refuses.
    Refused {
        /// Why, in one line.
        why: String,
        /// What to do about it.
        help: String,
    },
}

impl Error {
    /// An [`Error::Io`] about `path`; for use with `map_err`.
    pub fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_path_buf();
        move |source| Error::Io {
            action,
            path,
            source,
        }
    }

    /// An [`Error::Refused`].
    pub fn refused(why: impl Into<String>, help: impl Into<String>) -> Error {
        Error::Refused {
            why: why.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Refused { why, help } => write!(f, "{why}\nhelp: {help}"),
            Error::Io {
                action,
                path,
                source,
            } => {
                write!(f, "{action} {}: {source}", path.display())?;
                match source.kind() {
                    io::ErrorKind::StorageFull => f.write_str(
                        "\nhelp: the disk is full; free some space and build again (the published site is as it was)",
                    ),
                    io::ErrorKind::PermissionDenied if action.contains("read") => {
                        f.write_str("\nhelp: allow reading it")
                    }
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                        f.write_str("\nhelp: allow writing there, or choose another folder with --output")
                    }
                    _ => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            Error::Refused { .. } => None,
        }
    }
}
