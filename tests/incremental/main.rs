//! The cache never changes a byte: whatever was built before, was killed on its way or was damaged since, a build
//! gives what a build without a cache gives into a new folder, and says the same.

#![expect(
    clippy::disallowed_methods,
    reason = "writes the sites that it makes up"
)]

mod damaged;
mod dice;
mod edit;
mod killed;
mod law;
mod made_up;
#[path = "../shared/mod.rs"]
mod shared;
mod surroundings;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use shared::files;

/// What is published.
fn published(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder)
}

/// Where two published sites differ first, in words.
fn difference(
    clean: &BTreeMap<String, Vec<u8>>,
    other: &BTreeMap<String, Vec<u8>>,
) -> Option<String> {
    for path in clean.keys().chain(other.keys()) {
        let (Some(expected), Some(got)) = (clean.get(path), other.get(path)) else {
            let which = if clean.contains_key(path) {
                "lacks"
            } else {
                "has"
            };
            return Some(format!("the cached build {which} {path}"));
        };
        if expected == got {
            continue;
        }
        let (expected, got) = (
            String::from_utf8_lossy(expected),
            String::from_utf8_lossy(got),
        );
        let lines = expected.lines().zip(got.lines()).find(|(a, b)| a != b);
        let (line, other) = lines.unwrap_or(("its end", "its end"));
        return Some(format!("{path}:\n  clean:  {line}\n  cached: {other}"));
    }
    None
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The same, and so long ago (in seconds since 1970) that the next build trusts what is kept of the file.
fn write_long_ago(root: &Path, path: &str, bytes: impl AsRef<[u8]>, seconds: u64) {
    write(root, path, bytes);
    let file = File::options().append(true).open(root.join(path)).unwrap();
    let time = UNIX_EPOCH + Duration::new(seconds, 1);
    file.set_modified(time).unwrap();
}
