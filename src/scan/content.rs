//! The files of `content/`, of the folders that are published as they are, and of `data/`.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::file::SourceFile;
use super::foreign;
use super::stamp::Stamp;
use super::theme::theme;
use super::walk::{Walk, below, folder_out, relative};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::nfc::nfc;
use crate::model::source;
use crate::parse::replies::ENDING as REPLIES;

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
    let mut content = sorted(published(root, "content", &apart, &mut diagnostics)?);
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

/// The files of a folder of which readers get all, but for the folders `apart` in it. A name that is nearly that of a file of
/// replies is an error: copied like any other file, it would be published with all that readers wrote, hidden or not.
fn published(
    root: &Path,
    name: &str,
    apart: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<SourceFile>, Error> {
    let walk = Walk {
        root,
        name,
        top: name,
        apart,
    };
    let mut files = walk.files(diagnostics)?;
    files.retain(|file| {
        let is_misnamed = file.path.ends_with(".replies.yaml");
        if is_misnamed {
            let message = format!("replies are read from files whose names end in `{REPLIES}`");
            let error = Diagnostic::error("file-name", &file.shown(), message);
            diagnostics.push(error.help("rename it: its ending is `.yml`"));
        }
        !is_misnamed
    });
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
        let files = published(root, name, &[], diagnostics)?;
        let composed = files.into_iter().map(SourceFile::composed);
        content.assets.extend(composed);
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

/// Tells the kinds of files apart.
fn sorted(files: Vec<SourceFile>) -> Content {
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

/// Whether a file of `content/` is for authors alone and in no output, such as `archetype.md`.
pub fn is_private(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name != "archetype" && source::without_ending(name) == "archetype"
}
