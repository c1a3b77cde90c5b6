//! A folder of this machine, such as one that a server shows, or that another program sends on.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Follow, Found, Kept, OWN, Place, Shipment, bytes_of, read};
use crate::error::Error;
use crate::fingerprint::Fingerprint;

/// A file on its way has this after its name.
const PART: &str = ".gen-part";

/// A folder.
pub(super) struct Folder {
    root: PathBuf,
    name: String,
}

impl Folder {
    /// One that is named from the site at `root`, which is built into `output`.
    pub(super) fn open(site: &Path, output: &Path, named: &str) -> Result<Folder, Error> {
        let root = site.join(named);
        fs::create_dir_all(root.join(OWN)).map_err(Error::io("could not write", &root))?;
        let real = |path: &Path| {
            path.canonicalize()
                .map_err(Error::io("could not read", path))
        };
        let root = real(&root)?;
        let site = real(site)?;
        let sources = [site.join("content"), site.join("themes"), site.join(".gen")];
        let output = real(output)?;
        let mut not_within = sources.iter().chain([&output]);
        if site.starts_with(&root)
            || not_within.any(|own| root.starts_with(own) || own.starts_with(&root))
        {
            let _ = fs::remove_dir(root.join(OWN));
            return Err(Error::refused(
                format!("{} holds the site's own files", root.display()),
                "name another folder in `to`, such as ../www",
            ));
        }
        Ok(Folder {
            root,
            name: named.to_owned(),
        })
    }

    /// Writes a file, whole or not at all.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let to = self.root.join(path);
        let part = self.root.join(format!("{path}{PART}"));
        let folder = to.parent().unwrap_or(&self.root);
        let put = || {
            fs::create_dir_all(folder)?;
            File::create(&part)?.write_all(bytes)?;
            fs::rename(&part, &to)
        };
        put().map_err(Error::io("could not write", &to))
    }

    /// Whether the path leads through a symlink or a file, to somewhere else.
    fn leads_away(&self, path: &str) -> bool {
        path.match_indices('/').any(|(end, _)| {
            let above = fs::symlink_metadata(self.root.join(&path[..end]));
            above.is_ok_and(|above| !above.is_dir())
        })
    }

    fn found(&self, path: &str, hash: Fingerprint) -> Result<Found, Error> {
        let file = self.root.join(path);
        if self.leads_away(path) {
            return Ok(Found::Foreign);
        }
        match fs::symlink_metadata(&file) {
            Err(_) => Ok(Found::Nothing),
            Ok(found) if !found.is_file() => Ok(Found::Foreign),
            Ok(_) if Fingerprint::of(&read(&file)?) == hash => Ok(Found::Ours),
            Ok(_) => Ok(Found::Foreign),
        }
    }
}

impl Place for Folder {
    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, name: &str) -> Result<Option<Kept>, Error> {
        let file = self.root.join(name);
        match file.exists() {
            false => Ok(None),
            true => read(&file).map(|bytes| {
                Some(Kept {
                    version: Fingerprint::of(&bytes).to_string(),
                    bytes,
                })
            }),
        }
    }

    fn write(
        &self,
        name: &str,
        bytes: &[u8],
        version: Option<&str>,
    ) -> Result<Option<String>, Error> {
        let path = self.root.join(OWN).join("lock");
        let lock = File::create(&path).map_err(Error::io("could not write", &path))?;
        lock.lock().map_err(Error::io("could not lock", &path))?;
        let there = self.read(name)?.map(|there| there.version);
        if there.as_deref() != version {
            return Ok(None);
        }
        self.put(name, bytes)?;
        Ok(Some(Fingerprint::of(bytes).to_string()))
    }

    fn send(&self, files: &[Shipment], follow: &Follow<'_>) -> Result<Vec<String>, Error> {
        let mut foreign = Vec::new();
        for shipment in files {
            (follow.may)()?;
            let bytes = bytes_of(shipment)?;
            let is_free = match shipment.is_new {
                true => self.found(&shipment.path, shipment.bytes)? != Found::Foreign,
                false => !self.leads_away(&shipment.path),
            };
            match is_free {
                true => {
                    self.put(&shipment.path, &bytes)?;
                    (follow.done)(&shipment.path);
                }
                false => foreign.push(shipment.path.clone()),
            }
        }
        Ok(foreign)
    }

    fn find(&self, files: &[(String, Fingerprint)]) -> Result<Vec<Found>, Error> {
        files
            .iter()
            .map(|(path, hash)| {
                // What a killed publisher left of it.
                let _ = fs::remove_file(self.root.join(format!("{path}{PART}")));
                self.found(path, *hash)
            })
            .collect()
    }

    fn remove(&self, paths: &[String], follow: &Follow<'_>) -> Result<(), Error> {
        for path in paths {
            (follow.may)()?;
            let file = self.root.join(path);
            // What a killed publisher left of it.
            let _ = fs::remove_file(self.root.join(format!("{path}{PART}")));
            if !self.leads_away(path)
                && fs::symlink_metadata(&file).is_ok_and(|found| !found.is_dir())
            {
                fs::remove_file(&file).map_err(Error::io("could not remove", &file))?;
                let mut folder = file.parent();
                // Folders that are empty without it go, too.
                while let Some(empty) = folder.filter(|folder| *folder != self.root) {
                    if fs::remove_dir(empty).is_err() {
                        break;
                    }
                    folder = empty.parent();
                }
            }
            (follow.done)(path);
        }
        Ok(())
    }
}
