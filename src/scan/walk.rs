//! Walks over a folder of the site, symlinks included, as long as these stay within the site.

use std::path::{MAIN_SEPARATOR, Path};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::file::SourceFile;
use super::litter::is_litter;
use super::stamp::Stamp;
use crate::diagnostic::Diagnostic;
use crate::error::Error;

/// What systems answer where symlinks lead only to symlinks, by their own names. The standard library's
/// `FilesystemLoop` is not stable yet.
const TOO_MANY_LINKS: [i32; 3] = [ELOOP_LINUX, ELOOP_BSD, ERROR_CANT_RESOLVE_FILENAME];
const ELOOP_LINUX: i32 = 40;
/// Of macOS, too.
const ELOOP_BSD: i32 = 62;
/// Of Windows.
const ERROR_CANT_RESOLVE_FILENAME: i32 = 1921;

/// A folder of the site to walk over.
pub(super) struct Walk<'w> {
    /// The site's root.
    pub(super) root: &'w Path,
    /// The folder, from the root.
    pub(super) name: &'w str,
    /// The folder that its symlinks may not leave, from the root: it or one around it.
    pub(super) top: &'w str,
    /// Folders in it that are no part of it.
    pub(super) apart: &'w [String],
}

impl Walk<'_> {
    /// The files, sorted by path, but for hidden ones and litter.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn files(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<SourceFile>, Error> {
        let name = self.name;
        let folder = self.root.join(name);
        let top = self.root.join(self.top);
        let top = top
            .canonicalize()
            .map_err(Error::io("could not read", &top))?;
        // `content` may be a symlink to the site's own folder, so that a folder of Markdown is a site as it lies.
        let is_all = self.root.canonicalize().is_ok_and(|root| root == top);
        let is_beside = |name: &str| {
            ["content", "themes", "static", "data", crate::config::FILE].contains(&name)
        };
        let mut found = Vec::new();
        let mut walk = WalkDir::new(&folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(next) = walk.next() {
            let entry = match next {
                Ok(entry) => entry,
                // A symlink of this name leads in a circle, of course.
                Err(error) if is_all && error.path() == Some(&folder.join("content")) => continue,
                Err(error) => {
                    diagnostics.push(walk_error(&folder, name, &error)?);
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            let mut leave_out = || {
                if is_folder {
                    walk.skip_current_dir();
                }
            };
            let file_name = entry.file_name().to_string_lossy();
            let is_settings = is_all && entry.depth() == 1 && is_beside(&file_name);
            if is_settings || entry.depth() > 0 && is_litter(&file_name) {
                leave_out();
                continue;
            }
            let Some(path) = relative(&folder, entry.path()) else {
                let shown = entry.path().strip_prefix(&folder);
                let shown = shown.unwrap_or(entry.path()).display();
                diagnostics.push(no_utf8(&format!("{name}/{shown}")));
                leave_out();
                continue;
            };
            if entry.path_is_symlink() && !leads_inside(&top, entry.path()) {
                diagnostics.push(leads_out(name, &path));
                leave_out();
            } else if self.apart.contains(&path) {
                leave_out();
            } else if entry.file_type().is_file() {
                found.push((path, entry));
            }
        }
        let (folder, name): (Arc<Path>, Arc<str>) = (folder.into(), name.into());
        let mut files: Vec<SourceFile> = found
            .into_par_iter()
            .map(|(path, entry)| SourceFile::new(&folder, &name, path, Stamp::of_entry(&entry)))
            .collect();
        // The walk sorts within folders; by whole path the order is the same on every file system.
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

/// The files of a folder in one of the site's folders, of all of it where `name` is empty. None where it is not there.
///
/// # Errors
/// The folder cannot be read.
pub(super) fn below(
    root: &Path,
    top: &str,
    name: &str,
) -> Result<(Vec<SourceFile>, Vec<Diagnostic>), Error> {
    let shown = match name {
        "" => top.to_owned(),
        name => format!("{top}/{name}"),
    };
    if !root.join(&shown).is_dir() {
        return Ok((Vec::new(), Vec::new()));
    }
    if let Some(error) = folder_out(root, top) {
        return Ok((Vec::new(), vec![error]));
    }
    let mut diagnostics = Vec::new();
    let walk = Walk {
        root,
        name: &shown,
        top,
        apart: &[],
    };
    let files = walk.files(&mut diagnostics)?;
    // Nothing can ask for a file by a name that is not UTF-8.
    diagnostics.retain(|told| told.code != "file-name");
    Ok((files, diagnostics))
}

/// What is said of a folder of the site that is a symlink to somewhere outside of it.
pub(super) fn folder_out(root: &Path, name: &str) -> Option<Diagnostic> {
    let folder = root.join(name);
    let out = folder.is_symlink() && !leads_inside(&root.canonicalize().ok()?, &folder);
    out.then(|| {
        Diagnostic::error(
            "symlink",
            name,
            format!("{name}/ is a symlink that leads out of the site"),
        )
        .help("put the folder itself there, so that the site is whole wherever it is built")
    })
}

fn leads_out(folder: &str, path: &str) -> Diagnostic {
    let top = folder.split('/').next().unwrap_or_default();
    let message = format!("this symlink leads out of {top}/");
    Diagnostic::error("symlink", &format!("{folder}/{path}"), message).help(format!(
        "copy the file into {top}/, so that the site is whole wherever it is built"
    ))
}

fn no_utf8(path: &str) -> Diagnostic {
    Diagnostic::error("file-name", path, "this file's name is not UTF-8")
        .help("rename it; its name becomes part of an address")
}

fn leads_inside(real: &Path, link: &Path) -> bool {
    link.canonicalize()
        .is_ok_and(|target| target.starts_with(real))
}

/// The path of a file from a folder that it is in, with `/`.
pub(super) fn relative(folder: &Path, path: &Path) -> Option<String> {
    let within = path.strip_prefix(folder).ok()?.to_str()?;
    Some(match MAIN_SEPARATOR {
        '/' => within.to_owned(),
        other => within.replace(other, "/"),
    })
}

/// A loop and a symlink to nothing are the author's; anything else is the machine's.
fn walk_error(folder: &Path, name: &str, error: &walkdir::Error) -> Result<Diagnostic, Error> {
    let path = error.path().unwrap_or(folder);
    let shown = format!(
        "{name}/{}",
        path.strip_prefix(folder).unwrap_or(path).to_string_lossy()
    );
    let told =
        |message: &str, help: &str| Ok(Diagnostic::error("symlink", &shown, message).help(help));
    let system = error.io_error();
    let code = system.and_then(std::io::Error::raw_os_error);
    if code.is_some_and(|code| TOO_MANY_LINKS.contains(&code)) && path.is_symlink() {
        return told(
            "this symlink leads in a circle, to itself at last",
            "remove it, or let it lead to a file or a folder",
        );
    }
    if error.loop_ancestor().is_some() {
        return told(
            "this symlink leads in a circle",
            "remove it; the folder that it leads to is in the site already",
        );
    }
    let is_missing = |system: &std::io::Error| system.kind() == std::io::ErrorKind::NotFound;
    if system.is_some_and(is_missing) && path.is_symlink() {
        return told(
            "this symlink leads to nothing",
            "remove it, or make what it leads to",
        );
    }
    let source = match system {
        Some(system) => std::io::Error::new(system.kind(), system.to_string()),
        None => std::io::Error::other(error.to_string()),
    };
    Err(Error::Io {
        action: "could not read",
        path: path.to_path_buf(),
        source,
    })
}
