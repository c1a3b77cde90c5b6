//! The files of a whole site that is not written for `gen`: one to import, or one that is built.

use std::path::Path;
use std::sync::Arc;

use walkdir::WalkDir;

use super::file::SourceFile;
use super::stamp::Stamp;
use super::walk::relative;
use crate::error::Error;

/// Files of a site to import, at most.
const MOST: usize = 1_000_000;

/// The files of a site of another system, sorted by path: of a folder without symlinks and what version control and package
/// managers keep there; or one file.
///
/// # Errors
/// It is not there or cannot be read, or it holds more files than a site.
pub fn foreign_site(source: &Path) -> Result<Vec<SourceFile>, Error> {
    const LEFT_OUT: [&str; 6] = [
        ".git",
        "node_modules",
        "_site",
        ".jekyll-cache",
        "vendor",
        ".gen",
    ];
    listed(source, &LEFT_OUT)
}

/// The files of a built site, sorted by path; or one file.
///
/// # Errors
/// As [`foreign_site`].
pub fn built_site(source: &Path) -> Result<Vec<SourceFile>, Error> {
    listed(source, &[".git"])
}

fn listed(source: &Path, left_out: &[&str]) -> Result<Vec<SourceFile>, Error> {
    let metadata = match std::fs::metadata(source) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::refused(
                format!(
                    "there is neither a folder nor a file at {}",
                    source.display()
                ),
                "name the folder of the site, or the file that it exported",
            ));
        }
        found => found.map_err(Error::io("could not read", source))?,
    };
    let (folder, top): (Arc<Path>, Arc<str>) = (source.into(), "".into());
    if metadata.is_file() {
        let folder = source.parent().unwrap_or(source);
        let name = source
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let file = SourceFile::new(&folder.into(), &top, name, Stamp::of(&metadata));
        return Ok(vec![file]);
    }
    let walk = WalkDir::new(source)
        .min_depth(1)
        .into_iter()
        .filter_entry(|entry| {
            let is_left_out = left_out.iter().any(|name| entry.file_name() == *name);
            !(is_left_out && entry.file_type().is_dir())
        });
    let mut files = Vec::new();
    for entry in walk.flatten() {
        if let (true, Some(path)) = (entry.file_type().is_file(), relative(source, entry.path())) {
            let stamp = Stamp::of_entry(&entry);
            files.push(SourceFile::new(&folder, &top, path, stamp));
        }
        if files.len() > MOST {
            return Err(Error::refused(
                format!("{} holds more than {MOST} files", source.display()),
                "name the folder of the site alone",
            ));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
