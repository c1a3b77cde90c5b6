//! Which output folders `gen` refuses, and the lock that keeps a second build out.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::cache;
use super::manifest::Manifest;
use crate::error::Error;

/// The true paths of the site and of its output folder, if that is one that `gen` may write into.
pub(super) fn checked(root: &Path, output: &Path) -> Result<(PathBuf, PathBuf), Error> {
    let root = root
        .canonicalize()
        .map_err(Error::io("could not read", root))?;
    let kept = root.join(cache::FOLDER);
    if kept.is_symlink()
        && !kept
            .canonicalize()
            .is_ok_and(|real| real.starts_with(&root))
    {
        return Err(Error::refused(
            format!("{} is a symlink that leads out of the site", kept.display()),
            "remove it; gen makes the folder anew",
        ));
    }
    let output = true_path(output)?;
    let refuse = |why: &str, help: &str| {
        Err(Error::refused(
            format!("the output folder {} {why}", output.display()),
            help,
        ))
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
    for (name, whose) in [
        ("content", "you write"),
        ("data", "you write"),
        ("themes", "you write"),
        (cache::FOLDER, "gen keeps what saves work"),
    ] {
        let source = root.join(name);
        let source = source.canonicalize().unwrap_or(source);
        if name == cache::FOLDER && output == source.join(cache::SERVED) {
            continue;
        }
        let how = if output == source {
            "is"
        } else if output.starts_with(&source) {
            "lies in"
        } else if source.starts_with(&output) {
            "holds"
        } else {
            continue;
        };
        return refuse(&format!("{how} {name}/, where {whose}"), own_folder);
    }
    if output.exists() && !output.is_dir() {
        return refuse("is a file", own_folder);
    }
    let known = Manifest::read(&root, &output)?;
    if let Some(other) = known.other_site(&root, &output).filter(|_| output.is_dir()) {
        let why = format!("holds another site, {}", other.display());
        let help = format!(
            "choose another folder with --output; if this site is to take its place, empty {} first",
            output.display()
        );
        return refuse(&why, &help);
    }
    let is_ours = known.files.keys().any(|path| output.join(path).exists());
    if output.is_dir() && !is_ours {
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
    Ok((root, output))
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
                return Err(Error::refused(
                    format!("{} is no path that gen can use", path.display()),
                    "name a folder whose name is UTF-8",
                ));
            }
        }
    }
}

/// Locks the output folder until the file is dropped, whatever sites build into it. Makes it where it is missing, and
/// says whether it did.
pub(super) fn lock(output: &Path) -> Result<(File, bool), Error> {
    let made = !output.exists();
    let folder = fs::create_dir_all(output)
        .and_then(|()| File::open(output))
        .map_err(Error::io("could not write", output))?;
    match folder.try_lock() {
        Ok(()) => Ok((folder, made)),
        Err(TryLockError::WouldBlock) => Err(Error::refused(
            format!("another gen is building into {}", output.display()),
            "wait until it is done, then build again",
        )),
        Err(TryLockError::Error(source)) => Err(Error::Io {
            action: "could not lock",
            path: output.to_path_buf(),
            source,
        }),
    }
}

/// Refuses to write `path` where somebody else's file, or a symlink that may lead anywhere, is in the way.
pub(super) fn free(output: &Path, path: &str, is_ours: &dyn Fn(&str) -> bool) -> Result<(), Error> {
    for (end, _) in path.match_indices('/') {
        let above = output.join(&path[..end]);
        match fs::symlink_metadata(&above) {
            Ok(found) if found.is_symlink() => return in_the_way(&above, "is a symlink, and"),
            Ok(found) if found.is_file() && !is_ours(&path[..end]) => {
                return in_the_way(&above, "is a file, and");
            }
            _ => {}
        }
    }
    let target = output.join(path);
    match fs::symlink_metadata(&target) {
        Ok(found) if found.is_dir() => match foreign_file(output, &target, is_ours) {
            Some(foreign) => in_the_way(&foreign, "lies where a file must be, and"),
            None => Ok(()),
        },
        Ok(_) if !is_ours(path) => in_the_way(&target, "would be overwritten, and"),
        _ => Ok(()),
    }
}

fn in_the_way(found: &Path, how: &str) -> Result<(), Error> {
    Err(Error::refused(
        format!(
            "{} is in the way: it {how} gen did not make it",
            found.display()
        ),
        "if the site needs it, move it to content/; else remove it",
    ))
}

/// A file below `folder` that `gen` does not own.
fn foreign_file(output: &Path, folder: &Path, is_ours: &dyn Fn(&str) -> bool) -> Option<PathBuf> {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let name = path.strip_prefix(output).ok().and_then(Path::to_str);
            match is_folder {
                true => folders.push(path),
                false if name.is_none_or(|name| !is_ours(name)) => return Some(path),
                false => {}
            }
        }
    }
    None
}
