//! The files of themes.

use std::path::Path;

use super::file::SourceFile;
use super::walk::below;
use crate::diagnostic::Diagnostic;
use crate::error::Error;

/// The files of one theme, sorted by path; of all themes where `name` is empty, each with its folder. Empty where the folder
/// is not there. Symlinks that lead out of `themes/`, in a circle or to nothing are diagnostics.
///
/// # Errors
/// The folder cannot be read.
pub fn theme(root: &Path, name: &str) -> Result<(Vec<SourceFile>, Vec<Diagnostic>), Error> {
    below(root, "themes", name)
}

/// The names of the folders in `themes/` and those of other themes, sorted.
pub fn themes(root: &Path, others: impl Iterator<Item = &'static str>) -> Vec<String> {
    let entries = std::fs::read_dir(root.join("themes"))
        .into_iter()
        .flatten()
        .flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.extend(others.map(str::to_owned));
    names.sort();
    names.dedup();
    names
}
