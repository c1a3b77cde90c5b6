//! Single files and paths of a site: its settings, what excerpts and blocks of code show, and where it begins.

use std::path::{Component, Path, PathBuf};

use super::file::SourceFile;
use super::stamp::Stamp;
use super::walk::relative;
use crate::error::Error;

/// A file larger than this is no example.
const LONGEST_EXAMPLE: u64 = 1 << 20;

/// A single file below the root, for configuration and for excerpts.
///
/// # Errors
/// The file cannot be read.
pub fn file(root: &Path, path: &str) -> Result<Vec<u8>, Error> {
    SourceFile::new(&root.into(), &"".into(), path.to_owned(), Stamp::default()).read()
}

/// A text file anywhere below the root, for blocks of code; or why there is none.
///
/// # Errors
/// In words that end a sentence.
#[expect(clippy::disallowed_methods, reason = "reads a file")]
pub fn inside(root: &Path, path: &str) -> Result<Vec<u8>, String> {
    let written = Path::new(path);
    let leaves = |part: Component<'_>| !matches!(part, Component::Normal(_) | Component::CurDir);
    let outside = || "it is outside of the site".to_owned();
    if written.components().any(leaves) || path.contains('\\') {
        return Err(outside());
    }
    let real = root.canonicalize().map_err(|why| why.to_string())?;
    let file = real.join(written).canonicalize();
    let file = file.map_err(|_| "there is no such file".to_owned())?;
    if !file.starts_with(&real) {
        return Err(outside());
    }
    let metadata = std::fs::metadata(&file).map_err(|why| why.to_string())?;
    match metadata.is_file() && metadata.len() <= LONGEST_EXAMPLE {
        true => std::fs::read(&file).map_err(|why| why.to_string()),
        false if metadata.is_file() => Err("it is larger than 1 MiB".to_owned()),
        false => Err("it is no file".to_owned()),
    }
}

/// How a file of the site looks, by its path from the site's root.
pub fn look_inside(root: &Path, path: &str) -> Stamp {
    Stamp::of_path(&root.join(path))
}

/// The site that `from` is in: the nearest folder, itself or above, with a `site.toml`.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    from.ancestors()
        .find(|folder| folder.join(crate::config::FILE).is_file())
        .map(Path::to_path_buf)
}

/// The path of a file from the site's root, with `/`, be it there or not; none where it is not below the root.
pub fn path_within(root: &Path, file: &Path) -> Option<String> {
    relative(root, file).or_else(|| {
        let folder = file.parent()?.canonicalize().ok()?;
        relative(&root.canonicalize().ok()?, &folder.join(file.file_name()?))
    })
}

/// Whether something stands at a path below the root.
pub fn path_is_taken(root: &Path, path: &str) -> bool {
    root.join(path).symlink_metadata().is_ok()
}
