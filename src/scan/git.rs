//! When files were last changed, by git's history: asked once for all of them. Reads nothing else of the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What stands before a moment, and in no file's name.
const MARK: char = '\u{1}';

/// The history of a site's files.
#[derive(Debug, Default)]
pub struct History {
    /// When each was last committed, as git writes it, by its path in `content/`.
    pub changed: BTreeMap<String, String>,
    /// Only the newest commits are here, so that what is older seems to be as new as they are.
    pub is_shallow: bool,
}

/// The commit that the files of `content/` are at; none where there is no repository.
pub fn commit(root: &Path) -> Option<String> {
    ask(&content(root), &["rev-parse", "HEAD"]).ok()
}

/// The history of the files of `content/`.
///
/// # Errors
/// In words: there is no git, no repository, or no commit in it.
pub fn history(root: &Path) -> Result<History, String> {
    let folder = content(root);
    let log = [
        "-c",
        "core.quotePath=false",
        "log",
        "--format=%x01%aI",
        "--name-only",
        "--no-renames",
        "--diff-filter=d",
        "--relative",
        "--",
        ".",
    ];
    let told = ask(&folder, &log)?;
    let shallow = ask(&folder, &["rev-parse", "--is-shallow-repository"])?;
    let mut changed = BTreeMap::new();
    let mut moment = "";
    for line in told.lines() {
        match line.strip_prefix(MARK) {
            Some(next) => moment = next,
            // The newest commit stands first.
            None if !line.is_empty() => {
                changed
                    .entry(line.to_owned())
                    .or_insert_with(|| moment.to_owned());
            }
            None => {}
        }
    }
    Ok(History {
        changed,
        is_shallow: shallow.trim() == "true",
    })
}

/// It may be a symlink, which git does not follow.
fn content(root: &Path) -> PathBuf {
    let folder = root.join("content");
    folder.canonicalize().unwrap_or(folder)
}

fn ask(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut git = Command::new("git");
    // What a hook or another program has set is of its own repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(name);
    }
    let output = git.arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|_| "there is no program `git`".to_owned())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(match told.contains("not a git repository") {
        true => "the site is in no git repository".to_owned(),
        false => match told.lines().next() {
            Some(line) => line.trim_start_matches("fatal: ").to_owned(),
            None => "git gives no answer".to_owned(),
        },
    })
}
