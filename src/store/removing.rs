//! Removes what `gen` wrote, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;

/// Whether a stale file stands where a folder must be, or below what must be a file.
pub(super) fn is_in_the_way(path: &str, planned: &BTreeSet<&str>) -> bool {
    let below = format!("{path}/");
    let becomes_folder = planned
        .range(below.as_str()..)
        .next()
        .is_some_and(|p| p.starts_with(&below));
    becomes_folder
        || path
            .match_indices('/')
            .any(|(end, _)| planned.contains(&path[..end]))
}

/// Removes a file that `gen` wrote, and the folders that are empty without it.
pub(super) fn remove(output: &Path, path: &str) -> Result<(), Error> {
    let file = output.join(path);
    let above = path
        .match_indices('/')
        .map(|(end, _)| output.join(&path[..end]));
    if above.into_iter().any(|folder| folder.is_symlink()) {
        // Somebody put a symlink where our folder was: what lies behind it is theirs.
        return Ok(());
    }
    match fs::remove_file(&file) {
        Err(error)
            if error.kind() != io::ErrorKind::NotFound
                && error.kind() != io::ErrorKind::NotADirectory =>
        {
            return Err(Error::Io {
                action: "could not remove",
                path: file,
                source: error,
            });
        }
        _ => {}
    }
    let mut folder = file.parent();
    while let Some(empty) = folder.filter(|f| *f != output) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove_folder(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::Io {
            action: "could not remove",
            path: folder.to_path_buf(),
            source: error,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_of_one_name_are_told() {
        let planned = BTreeSet::from(["a/index.html", "b", "c.x"]);
        assert!(is_in_the_way("a", &planned));
        assert!(is_in_the_way("b/old.html", &planned));
        assert!(!is_in_the_way("c", &planned));
        assert!(!is_in_the_way("a/other.html", &planned));
    }
}
