//! Finds the files of a site: content, sorted by path, as handles that `build()` reads through, and the
//! files of a theme. Leaves what is in them to parse.

mod foreign;
pub mod git;
mod litter;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io::Read;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use borsh::{BorshDeserialize, BorshSerialize};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

pub use litter::is_litter;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::nfc::nfc;
use crate::model::source;
use crate::parse::replies::ENDING as REPLIES;

/// A text file larger than this is a mistake: 16 MiB is ten novels.
const TEXT_LIMIT: u64 = 16 << 20;

/// A file larger than this is no example.
const LONGEST_EXAMPLE: u64 = 1 << 20;

/// What systems answer where symlinks lead only to symlinks, by their own names. The standard library's
/// `FilesystemLoop` is not stable yet.
const TOO_MANY_LINKS: [i32; 3] = [ELOOP_LINUX, ELOOP_BSD, ERROR_CANT_RESOLVE_FILENAME];
const ELOOP_LINUX: i32 = 40;
/// Of macOS, too.
const ELOOP_BSD: i32 = 62;
/// Of Windows.
const ERROR_CANT_RESOLVE_FILENAME: i32 = 1921;

/// How a file looks from outside: when it changes, this does, nearly always.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize,
)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970 by the file system's clock.
    pub modified: i64,
    /// When anything of it was last changed, in the same unit: no program can set this time back. Zero where the system
    /// does not tell.
    pub changed: i64,
    /// Its number in the file system: another file under the same name has another. Zero where the system does not tell.
    pub inode: u64,
}

impl Stamp {
    /// Of what cannot be looked at: nothing follows from it.
    pub const UNKNOWN: Stamp = Stamp {
        size: 0,
        modified: i64::MAX,
        changed: 0,
        inode: 0,
    };

    /// Of what the system says of an author's file.
    pub fn of(metadata: &Metadata) -> Stamp {
        let (changed, inode) = change(metadata);
        Stamp {
            changed,
            inode,
            ..Stamp::of_written(metadata)
        }
    }

    /// Of what the system says of a file that `gen` writes itself: without the time of change, which moving the file to
    /// its place would set.
    pub fn of_written(metadata: &Metadata) -> Stamp {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        Stamp {
            size: metadata.len(),
            modified: since
                .and_then(|since| i64::try_from(since.as_nanos()).ok())
                .unwrap_or(Stamp::UNKNOWN.modified),
            changed: 0,
            inode: 0,
        }
    }
}

/// The time of a file's last change in nanoseconds since 1970, and its inode.
#[cfg(unix)]
fn change(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = metadata.ctime().saturating_mul(1_000_000_000);
    (
        seconds.saturating_add(metadata.ctime_nsec()),
        metadata.ino(),
    )
}

#[cfg(not(unix))]
fn change(_: &Metadata) -> (i64, u64) {
    (0, 0)
}

/// A file that was found. Its bytes are not held.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the folder that was scanned, with `/`.
    pub path: String,
    /// That folder.
    folder: Arc<Path>,
    /// The same as messages name it, from the site's root.
    top: Arc<str>,
    /// As the system spells the path, where that is not in NFC and `path` is.
    spelled: Option<Box<str>>,
    /// As it looked.
    pub stamp: Stamp,
}

impl SourceFile {
    /// The file as messages name it, from the site's root.
    pub fn shown(&self) -> String {
        format!("{}/{}", self.top, self.path)
    }

    /// Where it is.
    pub fn absolute(&self) -> PathBuf {
        self.folder
            .join(self.spelled.as_deref().unwrap_or(&self.path))
    }

    /// The same, known by its path in NFC: what is published has one spelling on every system.
    fn composed(mut self) -> SourceFile {
        if let Cow::Owned(path) = nfc(&self.path)
            && path != self.path
        {
            self.spelled = Some(std::mem::replace(&mut self.path, path).into());
        }
        self
    }

    /// All its bytes.
    ///
    /// # Errors
    /// The system's refusal, or a file over 16 MiB.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        let mut bytes =
            Vec::with_capacity(usize::try_from(self.stamp.size).unwrap_or(0).min(1 << 20));
        self.read_into(&mut bytes, TEXT_LIMIT + 1)?;
        Ok(bytes)
    }

    /// All its bytes, however many these are.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn read_whole(&self) -> Result<Vec<u8>, Error> {
        self.read_head(u64::MAX)
    }

    /// Its first bytes, at most `limit`: enough to see how large a picture is.
    pub fn read_head(&self, limit: u64) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.read_into(&mut bytes, limit)?;
        Ok(bytes)
    }

    fn read_into(&self, bytes: &mut Vec<u8>, limit: u64) -> Result<(), Error> {
        let path = self.absolute();
        let read = |file: std::fs::File| file.take(limit).read_to_end(bytes);
        let read = std::fs::File::open(&path).and_then(read);
        read.map_err(Error::io("could not read", &path))?;
        Ok(())
    }

    /// Opens it, to be read piece by piece.
    ///
    /// # Errors
    /// The system's refusal.
    pub fn open(&self) -> Result<impl std::io::BufRead + use<>, Error> {
        let path = self.absolute();
        let file = std::fs::File::open(&path).map_err(Error::io("could not read", &path))?;
        Ok(std::io::BufReader::new(file))
    }

    /// Whether it is over the limit for text.
    pub fn too_large(&self) -> bool {
        self.stamp.size > TEXT_LIMIT
    }
}

/// The one at a path, of files that are sorted by path.
pub fn find<'f>(files: &'f [SourceFile], path: &str) -> Option<&'f SourceFile> {
    let at = files.binary_search_by(|file| file.path.as_str().cmp(path));
    at.ok().map(|at| &files[at])
}

/// What `content/` holds.
#[derive(Debug, Default)]
pub struct Content {
    /// The Markdown files, sorted by path.
    pub articles: Vec<SourceFile>,
    /// The files of replies, sorted by path.
    pub replies: Vec<SourceFile>,
    /// Everything that is copied as it is, sorted by path.
    pub assets: Vec<SourceFile>,
    /// Files that are left out of the output, and how they look, sorted by path.
    pub left_out: Vec<(String, Stamp)>,
    /// The files of `data/`, which templates read, sorted by path.
    pub data: Vec<SourceFile>,
}

/// The folder beside `content/` that only templates read.
const DATA: &str = "data";

/// Walks `content/` below `root`, and the folders `statics`, whose files are published below the site's root as they are.
///
/// Hidden files (but `.well-known`), what editors and systems leave behind, and `archetype.md` are left out. A symlink
/// that leads out of `content/` or in a circle, a name that is not UTF-8, one that is nearly that of a file of replies, and
/// a file that nobody can mean to publish are diagnostics.
///
/// # Errors
/// `content/` is missing or cannot be read.
pub fn content(root: &Path, statics: &[String]) -> Result<(Content, Vec<Diagnostic>), Error> {
    let folder = root.join("content");
    if !folder.is_dir() {
        return Err(Error::refused(
            format!("there is no folder {}", folder.display()),
            "a site is a folder with site.toml and content/",
        ));
    }
    let folders = ["content", "themes", DATA, ".gen"].into_iter();
    let mut diagnostics: Vec<Diagnostic> =
        folders.filter_map(|name| folder_out(root, name)).collect();
    if diagnostics.iter().any(|error| error.path == "content") {
        return Ok((Content::default(), diagnostics));
    }
    let within = |folder: &String| folder.strip_prefix("content/").map(str::to_owned);
    let apart: Vec<String> = statics.iter().filter_map(within).collect();
    let files = walk(root, "content", &apart, &mut diagnostics)?;
    let mut content = sorted(folder.into(), files);
    add_statics(root, statics, &mut content, &mut diagnostics)?;
    let foreign: Vec<Option<Diagnostic>> = content
        .assets
        .par_iter()
        .map(foreign::check)
        .collect::<Result<_, Error>>()?;
    diagnostics.extend(foreign.into_iter().flatten());
    let (data, wrong) = below(root, DATA, "")?;
    diagnostics.extend(wrong.into_iter().filter(|error| error.path != DATA));
    Ok((Content { data, ..content }, diagnostics))
}

/// Walks a folder of the site, but for the folders `apart` in it.
fn walk(
    root: &Path,
    name: &str,
    apart: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, DirEntry)>, Error> {
    let folder = root.join(name);
    let real = folder
        .canonicalize()
        .map_err(Error::io("could not read", &folder))?;
    let mut files = Vec::new();
    let mut walk = WalkDir::new(&folder)
        .follow_links(true)
        .min_depth(1)
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter();
    // `content` may be a symlink to the site's own folder, so that a folder of Markdown is a site as it lies.
    let is_all = root.canonicalize().is_ok_and(|root| root == real);
    let is_beside =
        |name: &str| ["content", "themes", "static", DATA, crate::config::FILE].contains(&name);
    while let Some(next) = walk.next() {
        let entry = match next {
            // A symlink of this name leads in a circle, of course.
            Err(error)
                if is_all
                    && error
                        .path()
                        .is_some_and(|path| path == folder.join("content")) =>
            {
                continue;
            }
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(walk_error(&folder, name, &error)?);
                continue;
            }
        };
        let is_settings =
            is_all && entry.depth() == 1 && is_beside(&entry.file_name().to_string_lossy());
        if is_settings || is_litter(&entry.file_name().to_string_lossy()) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        let Some(path) = relative(&folder, entry.path()) else {
            let shown = entry
                .path()
                .strip_prefix(&folder)
                .unwrap_or(entry.path())
                .to_string_lossy();
            diagnostics.push(
                Diagnostic::error(
                    "file-name",
                    &format!("{name}/{shown}"),
                    "this file's name is not UTF-8",
                )
                .help("rename it; its name becomes part of an address"),
            );
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        };
        if entry.path_is_symlink() && !leads_inside(&real, entry.path()) {
            diagnostics.push(leads_out(name, &path));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if apart.contains(&path) && entry.file_type().is_dir() {
            walk.skip_current_dir();
            continue;
        }
        if path.ends_with(".replies.yaml") {
            diagnostics.push(misnamed_replies(&path));
        } else if entry.file_type().is_file() {
            files.push((path, entry));
        }
    }
    Ok(files)
}

/// Adds the files of folders that are published as they are. Two files for one address are an error.
fn add_statics(
    root: &Path,
    statics: &[String],
    content: &mut Content,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Error> {
    for name in statics {
        let name = name.trim_end_matches('/');
        let folder = root.join(name);
        if !folder.is_dir() {
            let message = format!("there is no folder {name}/");
            let error = Diagnostic::error("config", crate::config::FILE, message);
            let help = "make it, or take it out of `static`";
            diagnostics.push(error.at_item("content", name).help(help));
            continue;
        }
        if let Some(error) = folder_out(root, name) {
            diagnostics.push(error);
            continue;
        }
        let files = walk(root, name, &[], diagnostics)?;
        let folder: Arc<Path> = folder.into();
        let top: Arc<str> = name.into();
        let look = |(path, entry): (String, DirEntry)| SourceFile {
            path,
            stamp: stamp(&entry),
            folder: Arc::clone(&folder),
            top: Arc::clone(&top),
            spelled: None,
        };
        content.assets.extend(
            files
                .into_par_iter()
                .map(look)
                .map(SourceFile::composed)
                .collect::<Vec<_>>(),
        );
    }
    if statics.is_empty() {
        return Ok(());
    }
    content.assets.sort_by(|a, b| a.path.cmp(&b.path));
    content.assets.dedup_by(|later, first| {
        let is_same = later.path == first.path;
        if is_same {
            let message = format!(
                "{} and this file would both be at /{}",
                first.shown(),
                later.path
            );
            diagnostics.push(
                Diagnostic::error("same-address", &later.shown(), message)
                    .help("take one of the two out, or give it another name"),
            );
        }
        is_same
    });
    Ok(())
}

/// What is said of a folder of the site that is a symlink to somewhere outside of it.
fn folder_out(root: &Path, name: &str) -> Option<Diagnostic> {
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

/// Looks at each file, on all threads, and tells the kinds apart.
fn sorted(folder: Arc<Path>, files: Vec<(String, DirEntry)>) -> Content {
    let top: Arc<str> = "content".into();
    let look = |(path, entry): (String, DirEntry)| SourceFile {
        path,
        stamp: stamp(&entry),
        folder: Arc::clone(&folder),
        top: Arc::clone(&top),
        spelled: None,
    };
    let mut files: Vec<SourceFile> = files.into_par_iter().map(look).collect();
    // The walk sorts within folders; by whole path the order is the same on every file system.
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut found = Content::default();
    for file in files {
        match file.path.as_str() {
            path if is_private(path) => found.left_out.push((file.path, file.stamp)),
            path if source::is_article(path) => found.articles.push(file),
            path if path.ends_with(REPLIES) => found.replies.push(file),
            _ => found.assets.push(file.composed()),
        }
    }
    found.assets.sort_by(|a, b| a.path.cmp(&b.path));
    // Each list grew as it was filled.
    found.articles.shrink_to_fit();
    found
}

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
    let one = |folder: &Path, path: String, stamp: Stamp| SourceFile {
        path,
        folder: folder.into(),
        top: "".into(),
        spelled: None,
        stamp,
    };
    if metadata.is_file() {
        let folder = source.parent().unwrap_or(source);
        let name = source
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        return Ok(vec![one(folder, name, Stamp::of(&metadata))]);
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
            files.push(one(source, path, stamp(&entry)));
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

/// The files of one theme, sorted by path; of all themes where `name` is empty, each with its folder. Empty where the folder
/// is not there. Symlinks that lead out of `themes/`, in a circle or to nothing are diagnostics.
///
/// # Errors
/// The folder cannot be read.
pub fn theme(root: &Path, name: &str) -> Result<(Vec<SourceFile>, Vec<Diagnostic>), Error> {
    below(root, "themes", name)
}

/// The files of a folder in one of the site's folders, of all of it where `name` is empty.
fn below(root: &Path, top: &str, name: &str) -> Result<(Vec<SourceFile>, Vec<Diagnostic>), Error> {
    let whole = root.join(top);
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    let (folder, shown) = match name {
        "" => (whole.clone(), top.to_owned()),
        name => (whole.join(name), format!("{top}/{name}")),
    };
    if !folder.is_dir() {
        return Ok((files, diagnostics));
    }
    if let Some(error) = folder_out(root, top) {
        return Ok((files, vec![error]));
    }
    let real = whole
        .canonicalize()
        .map_err(Error::io("could not read", &whole))?;
    let mut walk = WalkDir::new(&folder).follow_links(true).into_iter();
    while let Some(next) = walk.next() {
        let entry = match next {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(walk_error(&folder, &shown, &error)?);
                continue;
            }
        };
        let Some(path) = relative(&folder, entry.path()) else {
            continue;
        };
        if entry.depth() > 0 && is_litter(&entry.file_name().to_string_lossy()) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() && !leads_inside(&real, entry.path()) {
            diagnostics.push(leads_out(&shown, &path));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
        } else if entry.file_type().is_file() {
            let stamp = stamp(&entry);
            files.push(SourceFile {
                path,
                stamp,
                folder: folder.as_path().into(),
                top: shown.as_str().into(),
                spelled: None,
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((files, diagnostics))
}

/// Tells how every file of a site looks that a build may read: of `content` and of data, of the themes, and `site.toml`; in an
/// order that follows from their names.
pub fn sources(root: &Path, content: &Content, tell: &mut dyn FnMut(&str, &str, Stamp)) {
    let read = content.articles.iter().chain(&content.replies);
    for file in read.chain(&content.assets) {
        tell("content", &file.path, file.stamp);
    }
    for (path, stamp) in &content.left_out {
        tell("content", path, *stamp);
    }
    for file in &content.data {
        tell(DATA, &file.path, file.stamp);
    }
    match theme(root, "") {
        Ok((themes, _)) => themes
            .iter()
            .for_each(|file| tell("themes", &file.path, file.stamp)),
        // It may lie in a theme that nobody asks for; else it is told when that is read.
        Err(_) => tell("themes", "", Stamp::UNKNOWN),
    }
    if let Ok(metadata) = std::fs::metadata(root.join(crate::config::FILE)) {
        tell("", crate::config::FILE, Stamp::of(&metadata));
    }
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

/// The files that are symlinks or lie in linked folders, and the files of `content/` that they are.
pub fn symlinks<'f>(
    root: &Path,
    files: impl Iterator<Item = &'f SourceFile>,
) -> BTreeMap<String, String> {
    let Ok(content) = root.join("content").canonicalize() else {
        return BTreeMap::new();
    };
    let real = |file: &SourceFile| {
        let real = file.absolute().canonicalize().ok()?;
        let real = nfc(&relative(&content, &real)?).into_owned();
        (real != file.path).then(|| (file.path.clone(), real))
    };
    files.filter_map(real).collect()
}

/// A single file below the root, for configuration and for excerpts.
///
/// # Errors
/// The file cannot be read.
pub fn file(root: &Path, path: &str) -> Result<Vec<u8>, Error> {
    SourceFile {
        path: path.to_owned(),
        folder: root.into(),
        top: "".into(),
        spelled: None,
        stamp: Stamp::default(),
    }
    .read()
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
    let metadata = std::fs::metadata(root.join(path));
    metadata.map_or(Stamp::UNKNOWN, |metadata| Stamp::of(&metadata))
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

fn stamp(entry: &DirEntry) -> Stamp {
    let metadata = entry.metadata().ok();
    metadata.map_or(Stamp::UNKNOWN, |metadata| Stamp::of(&metadata))
}

fn relative(folder: &Path, path: &Path) -> Option<String> {
    let within = path.strip_prefix(folder).ok()?.to_str()?;
    Some(match MAIN_SEPARATOR {
        '/' => within.to_owned(),
        other => within.replace(other, "/"),
    })
}

/// Whether a file of `content/` is for authors alone and in no output, such as `archetype.md`.
pub fn is_private(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name != "archetype" && source::without_ending(name) == "archetype"
}

/// Copied like any other file, it would be published with all that readers wrote, hidden or not.
fn misnamed_replies(path: &str) -> Diagnostic {
    let message = format!("replies are read from files whose names end in `{REPLIES}`");
    Diagnostic::error("file-name", &format!("content/{path}"), message)
        .help("rename it: its ending is `.yml`")
}

fn leads_inside(real: &Path, link: &Path) -> bool {
    link.canonicalize()
        .is_ok_and(|target| target.starts_with(real))
}

/// A loop and a symlink to nothing are the author's; anything else is the machine's.
fn walk_error(folder: &Path, name: &str, error: &walkdir::Error) -> Result<Diagnostic, Error> {
    let path = error.path().unwrap_or(folder);
    let shown = format!(
        "{name}/{}",
        path.strip_prefix(folder).unwrap_or(path).to_string_lossy()
    );
    let circle = error
        .io_error()
        .and_then(std::io::Error::raw_os_error)
        .is_some_and(|code| TOO_MANY_LINKS.contains(&code));
    if circle && path.is_symlink() {
        return Ok(Diagnostic::error(
            "symlink",
            &shown,
            "this symlink leads in a circle, to itself at last",
        )
        .help("remove it, or let it lead to a file or a folder"));
    }
    if error.loop_ancestor().is_some() {
        return Ok(
            Diagnostic::error("symlink", &shown, "this symlink leads in a circle")
                .help("remove it; the folder that it leads to is in the site already"),
        );
    }
    let missing = error
        .io_error()
        .is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound);
    if missing && path.is_symlink() {
        return Ok(
            Diagnostic::error("symlink", &shown, "this symlink leads to nothing")
                .help("remove it, or make what it leads to"),
        );
    }
    let source = match error.io_error() {
        Some(system) => std::io::Error::new(system.kind(), system.to_string()),
        None => std::io::Error::other(error.to_string()),
    };
    Err(Error::Io {
        action: "could not read",
        path: path.to_path_buf(),
        source,
    })
}
