//! Which output folders `gen` refuses, and the lock that keeps a second build out.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::manifest;
use crate::error::Error;
use crate::fingerprint::Fingerprint;

/// The output folder's true path, if it is one that `gen` may write into.
pub(super) fn checked(root: &Path, output: &Path) -> Result<PathBuf, Error> {
    let root = root
        .canonicalize()
        .map_err(Error::io("could not read", root))?;
    let output = true_path(output)?;
    let refuse = |why: &str, help: &str| {
        Err(Error::Refused(format!(
            "the output folder {} {why}\nhelp: {help}",
            output.display()
        )))
    };
    let own_folder = "choose a folder of its own, such as --output public";
    if root.starts_with(&output) {
        let why = if root == output {
            "is the site's own folder"
        } else {
            "holds the site's own folder"
        };
        return refuse(why, own_folder);
    }
    for name in ["content", "themes"] {
        let source = root.join(name);
        let source = source.canonicalize().unwrap_or(source);
        let how = if output == source {
            "is"
        } else if output.starts_with(&source) {
            "lies in"
        } else if source.starts_with(&output) {
            "holds"
        } else {
            continue;
        };
        return refuse(&format!("{how} {name}/, where you write"), own_folder);
    }
    if output.exists() && !output.is_dir() {
        return refuse("is a file", own_folder);
    }
    if output.is_dir() && !output.join(manifest::FILE).is_file() {
        let entries = fs::read_dir(&output).map_err(Error::io("could not read", &output))?;
        let theirs = entries
            .flatten()
            .map(|e| e.file_name().to_string_lossy().into_owned());
        if let Some(name) = theirs.filter(|name| !name.starts_with('.')).min() {
            let why = format!("was not made by gen and is not empty (it holds {name})");
            return refuse(
                &why,
                "empty it or move it away, or choose another folder with --output",
            );
        }
    }
    Ok(output)
}

/// The path with symlinks followed as far as it exists.
fn true_path(path: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(path).map_err(Error::io("could not find", path))?;
    let mut missing = Vec::new();
    let mut there = absolute.as_path();
    loop {
        if let Ok(mut real) = there.canonicalize() {
            for part in missing.iter().rev() {
                match *part {
                    ".." => {
                        real.pop();
                    }
                    part => real.push(part),
                }
            }
            return Ok(real);
        }
        let name = match there.components().next_back() {
            Some(std::path::Component::ParentDir) => Some(".."),
            _ => there.file_name().and_then(|name| name.to_str()),
        };
        match (name, there.parent()) {
            (Some(name), Some(parent)) => {
                missing.push(name);
                there = parent;
            }
            _ => {
                return Err(Error::Refused(format!(
                    "{} is no path that gen can use",
                    path.display()
                )));
            }
        }
    }
}

/// Locks the output folder, by a file in the site's `.gen/` (or beside the output, where that cannot be
/// written), until the file is dropped.
pub(super) fn lock(root: &Path, output: &Path) -> Result<File, Error> {
    let name = format!(
        "{}.lock",
        Fingerprint::of(output.to_string_lossy().as_bytes()).short()
    );
    let own = root.join(".gen");
    let file = fs::create_dir_all(&own)
        .and_then(|()| {
            let ignore = own.join(".gitignore");
            if !ignore.exists() {
                std::io::Write::write_all(&mut File::create(&ignore)?, b"*\n")?;
            }
            File::create(own.join(&name))
        })
        .or_else(|_| {
            let parent = output.parent().unwrap_or(output);
            fs::create_dir_all(parent)?;
            File::create(parent.join(format!(".gen-{name}")))
        })
        .map_err(Error::io("could not write beside", output))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Refused(format!(
            "another gen is building into {}\nhelp: wait until it is done, then build again",
            output.display()
        ))),
        Err(TryLockError::Error(source)) => Err(Error::Io {
            action: "could not lock",
            path: output.to_path_buf(),
            source,
        }),
    }
}
