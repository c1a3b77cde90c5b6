//! The list of the files that `gen` owns in an output folder, and whose site they are. It stands beside the folder, so that
//! nobody publishes it: without it, `gen` writes into no folder that holds anything.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::cache;
use crate::error::Error;
use crate::fingerprint::Fingerprint;

/// Its name in the folder itself, where it once stood.
pub(super) const OLD: &str = ".gen-manifest";
/// Its first line, now and then.
const HEADS: [&str; 2] = ["gen manifest 2", "gen manifest 1"];

/// What `gen` wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// By path in the output folder.
    pub(super) files: BTreeMap<String, Fingerprint>,
    /// The site's folder, from the output folder.
    pub(super) site: Option<PathBuf>,
    /// How many articles the site had.
    pub(super) articles: usize,
}

/// Where the manifest of an output folder stands: beside it, or in the site's `.gen/` where nothing can be written there.
fn places(root: &Path, output: &Path) -> [PathBuf; 2] {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let path = output.to_string_lossy();
    let own = Fingerprint::of(path.as_bytes());
    [
        output.with_file_name(format!(".{name}.gen-manifest")),
        root.join(cache::FOLDER).join(format!("manifest-{own}")),
    ]
}

impl Manifest {
    /// Reads it; empty where there is none. Lines that make no sense are passed over: what they name
    /// stays, as somebody else's.
    pub(super) fn read(root: &Path, output: &Path) -> Result<Manifest, Error> {
        let [beside, own] = places(root, output);
        for path in [beside, own, output.join(OLD)] {
            match fs::File::open(&path).and_then(super::read_all) {
                Ok(bytes) => return Ok(Manifest::parse(&String::from_utf8_lossy(&bytes))),
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                    ) => {}
                Err(source) => {
                    return Err(Error::Io {
                        action: "could not read",
                        path,
                        source,
                    });
                }
            }
        }
        Ok(Manifest::default())
    }

    fn parse(text: &str) -> Manifest {
        let mut manifest = Manifest::default();
        let mut lines = text.lines();
        if !lines.next().is_some_and(|head| HEADS.contains(&head)) {
            return manifest;
        }
        for line in lines {
            match line.split_once(' ') {
                Some(("site", site)) => manifest.site = Some(PathBuf::from(site)),
                Some(("articles", number)) => manifest.articles = number.parse().unwrap_or(0),
                Some((fingerprint, path)) => {
                    let inside = Path::new(path)
                        .components()
                        .all(|part| matches!(part, Component::Normal(_)));
                    if let Some(fingerprint) = fingerprint.parse().ok().filter(|_| inside) {
                        manifest.files.insert(path.to_owned(), fingerprint);
                    }
                }
                None => {}
            }
        }
        manifest
    }

    /// Writes it, whole or not at all, for the site at `root`.
    pub(super) fn write(&self, root: &Path, output: &Path) -> Result<(), Error> {
        let mut text = String::with_capacity(self.files.len() * 96);
        let site = from_to(output, root);
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{}", HEADS[0]);
        let _ = writeln!(text, "site {}", site.to_string_lossy());
        let _ = writeln!(text, "articles {}", self.articles);
        for (path, fingerprint) in &self.files {
            let _ = writeln!(text, "{fingerprint} {path}");
        }
        let [beside, own] = places(root, output);
        let write = |path: &Path| {
            let new = path.with_extension("new");
            fs::File::create(&new)
                .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()))
                .and_then(|()| fs::rename(&new, path))
        };
        write(&beside)
            .or_else(|error| match cache::make_folder(root) {
                Ok(_) => write(&own).map_err(|_| error),
                Err(_) => Err(error),
            })
            .map_err(Error::io("could not write", &beside))?;
        // What it stood in once is what is published.
        match fs::remove_file(output.join(OLD)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("could not remove", &output.join(OLD))(error))
            }
            _ => Ok(()),
        }
    }

    /// The folder of another site that is still there, if these are its files.
    pub(super) fn other_site(&self, root: &Path, output: &Path) -> Option<PathBuf> {
        let site = output.join(self.site.as_ref()?).canonicalize().ok()?;
        let is_site = site.join(crate::config::FILE).is_file();
        (is_site && site != root).then_some(site)
    }
}

/// The way from one folder to another: it stays true where both are moved together.
fn from_to(from: &Path, to: &Path) -> PathBuf {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_what_it_wrote_and_nothing_outside() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let output = root.join("public");
        let print = Fingerprint::of(b"x");
        let written = Manifest {
            files: BTreeMap::from([("a/b c.html".to_owned(), print)]),
            site: None,
            articles: 7,
        };
        written.write(&root, &output).unwrap();
        let [beside, _] = places(&root, &output);
        let text = fs::File::open(&beside).and_then(super::super::read_all);
        let evil = format!(
            "{}{print} ../../etc/passwd\n{print} /etc/passwd\nnonsense\n",
            String::from_utf8(text.unwrap()).unwrap()
        );
        let mut file = fs::File::create(&beside).unwrap();
        io::Write::write_all(&mut file, evil.as_bytes()).unwrap();
        let read = Manifest::read(&root, &output).unwrap();
        assert_eq!(read.files, written.files);
        assert_eq!(
            (read.site.as_deref(), read.articles),
            (Some(Path::new("..")), 7)
        );
    }

    #[test]
    fn the_way_to_a_site_is_relative() {
        let way = |from, to| from_to(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b/public", "/a/b"), Path::new(".."));
        assert_eq!(
            way("/srv/www", "/home/x/site"),
            Path::new("../../home/x/site")
        );
    }
}
