//! Writes a made-up site into a folder, for benches that run the program.

use std::path::Path;
use std::{fs, io};

use crate::corpus;

/// Writes a site of so many articles, and returns their texts. The folder may be there, but no site in it.
pub(crate) fn write(folder: &Path, count: usize) -> io::Result<Vec<String>> {
    fs::create_dir_all(folder.join("content/a"))?;
    fs::write(folder.join("site.toml"), corpus::SITE_TOML)?;
    let sources = corpus::sources(count);
    for (number, text) in sources.iter().enumerate() {
        fs::write(folder.join("content").join(corpus::path(number)), text)?;
    }
    Ok(sources)
}
