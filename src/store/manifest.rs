//! The list of the files that `gen` owns in an output folder. It stands in the folder: without it, `gen`
//! writes into none that holds anything.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Component, Path};

use crate::error::Error;
use crate::fingerprint::Fingerprint;

/// The file's name.
pub(super) const FILE: &str = ".gen-manifest";
/// Its first line.
const HEAD: &str = "gen manifest 1";

/// What `gen` wrote, by path in the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, Fingerprint>,
}

impl Manifest {
    /// Reads it; empty where there is none. Lines that make no sense are passed over: what they name
    /// stays, as somebody else's.
    pub(super) fn read(output: &Path) -> Result<Manifest, Error> {
        let path = output.join(FILE);
        let bytes = match fs::File::open(&path).and_then(super::read_all) {
            Ok(bytes) => bytes,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(Manifest::default());
            }
            Err(source) => {
                return Err(Error::Io {
                    action: "could not read",
                    path,
                    source,
                });
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Ok(Manifest::default());
        }
        let files = lines.filter_map(|line| {
            let (fingerprint, path) = line.split_once(' ')?;
            let inside = Path::new(path)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            inside.then_some((path.to_owned(), fingerprint.parse().ok()?))
        });
        Ok(Manifest {
            files: files.collect(),
        })
    }

    /// Writes it, whole or not at all.
    pub(super) fn write(&self, output: &Path) -> Result<(), Error> {
        let mut text = String::with_capacity(self.files.len() * 96);
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{HEAD}");
        for (path, fingerprint) in &self.files {
            let _ = writeln!(text, "{fingerprint} {path}");
        }
        let (new, path) = (output.join(format!("{FILE}.new")), output.join(FILE));
        let write = fs::File::create(&new)
            .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()));
        write
            .and_then(|()| fs::rename(&new, &path))
            .map_err(Error::io("could not write", &path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_what_it_wrote_and_nothing_outside() {
        let folder = tempfile::tempdir().unwrap();
        let print = Fingerprint::of(b"x");
        let files = BTreeMap::from([("a/b c.html".to_owned(), print)]);
        Manifest { files }.write(folder.path()).unwrap();
        let text = fs::File::open(folder.path().join(FILE))
            .and_then(super::super::read_all)
            .unwrap();
        let evil = format!(
            "{}{print} ../../etc/passwd\n{print} /etc/passwd\nnonsense\n",
            String::from_utf8(text).unwrap()
        );
        io::Write::write_all(
            &mut fs::File::create(folder.path().join(FILE)).unwrap(),
            evil.as_bytes(),
        )
        .unwrap();
        let read = Manifest::read(folder.path()).unwrap();
        assert_eq!(read.files.keys().collect::<Vec<_>>(), ["a/b c.html"]);
    }
}
