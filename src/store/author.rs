//! Changes the author's own files as a plan says: all of it, or nothing. A file gets its new text by a rename, keeps
//! its permissions, and is never replaced where none was expected; no symlink leads out of the site.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::edit::Plan;
use crate::error::Error;

/// Carries out the plan in the site at `root`.
///
/// # Errors
/// A file is in the way, or the system refuses something. What was done until then is undone.
pub fn carry_out(root: &Path, plan: &Plan) -> Result<(), Error> {
    let root = root
        .canonicalize()
        .map_err(Error::io("could not read", root))?;
    let new = plan.created.iter().map(|(path, _)| path);
    for path in new.chain(plan.moved.iter().map(|(_, to)| to)) {
        free(&root, path)?;
    }
    let mut done = Done::default();
    let result = steps(&root, plan, &mut done);
    if result.is_err() {
        done.undo();
    }
    result
}

/// Writes a file that the author names, in the place of one that may be there.
///
/// # Errors
/// The system refuses it.
pub fn write(file: &Path, text: &str) -> Result<(), Error> {
    File::create(file)
        .and_then(|mut out| out.write_all(text.as_bytes()))
        .map_err(Error::io("could not write", file))
}

/// Saves bytes at `path` below `root`, where nothing may stand.
///
/// # Errors
/// Something is in the way, or the system refuses it.
pub fn save(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let root = root
        .canonicalize()
        .map_err(Error::io("could not read", root))?;
    free(&root, path)?;
    let to = root.join(path);
    folders(&to, &mut Done::default())?;
    File::create_new(&to)
        .and_then(|mut out| out.write_all(bytes))
        .map_err(Error::io("could not write", &to))
}

/// Copies a file to `path` below `root`, where nothing may stand.
///
/// # Errors
/// Something is in the way, or the system refuses it.
pub fn copy(from: &Path, root: &Path, path: &str) -> Result<(), Error> {
    let root = root
        .canonicalize()
        .map_err(Error::io("could not read", root))?;
    free(&root, path)?;
    let to = root.join(path);
    folders(&to, &mut Done::default())?;
    fs::copy(from, &to).map_err(Error::io("could not copy", from))?;
    Ok(())
}

/// Refuses where something stands at `path` already, or a symlink on the way leads out of `root`.
fn free(root: &Path, path: &str) -> Result<(), Error> {
    let target = root.join(path);
    if fs::symlink_metadata(&target).is_ok() {
        return Err(Error::refused(
            format!("{path} is there already, and nothing was changed"),
            "choose another name, or remove it first",
        ));
    }
    let there = target.ancestors().skip(1).find(|folder| folder.exists());
    match there {
        Some(folder) => inside(root, folder, path).map(|_| ()),
        None => Ok(()),
    }
}

/// The true path of something, which lies in `root`.
fn inside(root: &Path, found: &Path, path: &str) -> Result<PathBuf, Error> {
    let real = found
        .canonicalize()
        .map_err(Error::io("could not read", found))?;
    match real.starts_with(root) {
        true => Ok(real),
        false => Err(Error::refused(
            format!(
                "{path} leads out of the site, by a symlink to {}",
                real.display()
            ),
            "change that file where it is",
        )),
    }
}

/// What was done so far, for undoing it.
#[derive(Default)]
struct Done {
    /// New texts that wait for their renames.
    staged: Vec<PathBuf>,
    /// Files with the bytes that they had before.
    rewritten: Vec<(PathBuf, Vec<u8>)>,
    /// Files that were not there before.
    created: Vec<PathBuf>,
    /// From where, to where.
    moved: Vec<(PathBuf, PathBuf)>,
    /// Folders that were not there before, outer ones first.
    folders: Vec<PathBuf>,
}

impl Done {
    /// What cannot be undone stays as it is: there is nobody left to tell.
    fn undo(&self) {
        for (from, to) in self.moved.iter().rev() {
            let _ = fs::rename(to, from);
        }
        for file in self.created.iter().chain(&self.staged) {
            let _ = fs::remove_file(file);
        }
        for (file, bytes) in &self.rewritten {
            let _ = stage(file, bytes).and_then(|staged| fs::rename(staged, file));
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn steps(root: &Path, plan: &Plan, done: &mut Done) -> Result<(), Error> {
    let mut waiting: Vec<(PathBuf, PathBuf, Vec<u8>)> = Vec::new();
    for path in plan.edited() {
        let file = inside(root, &root.join(path), path)?;
        // By a symlink, two paths are one file: its changes are the same, and are made once.
        if waiting.iter().any(|(_, other, _)| *other == file) {
            continue;
        }
        let bytes = fs::File::open(&file)
            .and_then(super::read_all)
            .map_err(Error::io("could not read", &file))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            Error::refused(
                format!("{path} is not UTF-8, and was left as it is"),
                "save it again as UTF-8",
            )
        })?;
        let text = plan.edited_text(path, text);
        let staged = stage(&file, text.as_bytes()).map_err(Error::io("could not write", &file))?;
        done.staged.push(staged.clone());
        waiting.push((staged, file, bytes));
    }
    for (path, text) in &plan.created {
        let file = root.join(path);
        folders(&file, done)?;
        create(&file, text, done).map_err(Error::io("could not write", &file))?;
    }
    for (staged, file, bytes) in waiting {
        fs::rename(&staged, &file).map_err(Error::io("could not write", &file))?;
        done.rewritten.push((file, bytes));
    }
    for (from, to) in &plan.moved {
        let (from, to) = (root.join(from), root.join(to));
        folders(&to, done)?;
        fs::rename(&from, &to).map_err(Error::io("could not move", &from))?;
        done.moved.push((from, to));
    }
    Ok(())
}

/// New bytes for a file, in a hidden file beside it that has its permissions.
fn stage(file: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let staged = file.with_file_name(format!(".{name}.gen-new"));
    let write = || {
        let permissions = fs::metadata(file)?.permissions();
        let mut out = File::create(&staged)?;
        out.write_all(bytes)?;
        fs::set_permissions(&staged, permissions)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&staged);
    })?;
    Ok(staged)
}

fn create(file: &Path, text: &str, done: &mut Done) -> io::Result<()> {
    let mut out = File::create_new(file)?;
    done.created.push(file.to_path_buf());
    out.write_all(text.as_bytes())
}

/// Makes the folders that a file needs.
fn folders(file: &Path, done: &mut Done) -> Result<(), Error> {
    let missing: Vec<&Path> = file
        .ancestors()
        .skip(1)
        .take_while(|folder| !folder.exists())
        .collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(Error::io("could not write", folder))?;
        done.folders.push(folder.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests {
    use super::*;
    use crate::edit::Edit;

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("a")).unwrap();
        fs::write(site.path().join("a/x.md"), "one").unwrap();
        site
    }

    #[test]
    fn all_of_a_plan_is_done() {
        let site = site();
        let plan = Plan {
            created: vec![("b/c/new.md".into(), "new".into())],
            edits: vec![Edit::new("a/x.md", 0..3, "two")],
            moved: vec![("a/x.md".into(), "d/y.md".into())],
        };
        carry_out(site.path(), &plan).unwrap();
        let read = |path| fs::read_to_string(site.path().join(path)).unwrap();
        assert_eq!(
            (read("b/c/new.md"), read("d/y.md")),
            ("new".into(), "two".into())
        );
        assert_eq!(fs::read_dir(site.path().join("a")).unwrap().count(), 0);
    }

    #[test]
    fn a_plan_that_fails_leaves_all_as_it_was() {
        let site = site();
        let plan = Plan {
            created: vec![("b/c/new.md".into(), "new".into())],
            edits: vec![Edit::new("a/x.md", 0..3, "two")],
            moved: vec![
                ("a/x.md".into(), "d/y.md".into()),
                ("a/nothing.md".into(), "d/z.md".into()),
            ],
        };
        assert!(carry_out(site.path(), &plan).is_err());
        let read = |path| fs::read_to_string(site.path().join(path)).ok();
        assert_eq!(read("a/x.md").as_deref(), Some("one"));
        let left: Vec<_> = fs::read_dir(site.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn nothing_is_written_over_a_file_or_out_of_the_site() {
        let (site, other) = (site(), tempfile::tempdir().unwrap());
        let create = |path: &str| Plan {
            created: vec![(path.into(), String::new())],
            ..Plan::default()
        };
        assert!(carry_out(site.path(), &create("a/x.md")).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(other.path(), site.path().join("out")).unwrap();
            assert!(carry_out(site.path(), &create("out/x.md")).is_err());
        }
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
    }
}
