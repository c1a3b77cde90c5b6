//! `gen check --fix`: mends what is sure, and checks again; `--dry-run` only shows it.

use std::collections::BTreeSet;
use std::path::Path;

use gen_site::check::{Checked, Mending};
use gen_site::edit::Plan;
use gen_site::error::Error;
use gen_site::store::author;
use gen_site::{edit, scan};

use crate::cli::{count, print, say_aside};

/// A change can stand in another's way, so that it is made after it; so often at most.
const ROUNDS: usize = 10;

/// Files that are named, at most.
const NAMED: usize = 5;

/// Mends what `check` finds until nothing is left that can be mended; returns what was found at last.
pub(super) fn run(
    root: &Path,
    check: &mut dyn FnMut() -> Result<Checked, Error>,
) -> Result<Checked, Error> {
    let mut things = 0;
    let mut files: BTreeSet<String> = BTreeSet::new();
    let mut checked = check()?;
    for _ in 0..ROUNDS {
        let mending = Mending::of(&checked.all());
        if mending.things == 0 {
            break;
        }
        author::carry_out(root, &mending.plan)?;
        things += mending.things;
        files.extend(mending.plan.edited().into_iter().map(str::to_owned));
        checked = check()?;
    }
    match things {
        0 => say_aside("nothing that gen can mend.\n"),
        _ => say_aside(&format!(
            "mended {} in {}\n",
            count(things, "thing", "things"),
            names(&files)
        )),
    }
    Ok(checked)
}

/// Shows what would change.
pub(super) fn show(root: &Path, checked: &Checked) -> Result<(), Error> {
    let mending = Mending::of(&checked.all());
    let files = mending.plan.edited();
    print_changes(root, &mending.plan)?;
    match mending.things {
        0 => say_aside("nothing that gen can mend."),
        things => say_aside(&format!(
            "gen check --fix would mend {} in {}; nothing was written.",
            count(things, "thing", "things"),
            count(files.len(), "file", "files"),
        )),
    }
    Ok(())
}

/// Prints what a plan changes within files, as a diff.
pub(super) fn print_changes(root: &Path, plan: &Plan) -> Result<(), Error> {
    for path in plan.edited() {
        let bytes = scan::file(root, path)?;
        let before = String::from_utf8_lossy(&bytes);
        let after = plan.edited_text(path, &before);
        print(&edit::diff(path, &before, &after))?;
    }
    Ok(())
}

/// `2 files: a.md, b.md`.
fn names(files: &BTreeSet<String>) -> String {
    let number = count(files.len(), "file", "files");
    let mut names: Vec<&str> = files.iter().take(NAMED).map(String::as_str).collect();
    let more = format!("{} more", files.len().saturating_sub(NAMED));
    if files.len() > NAMED {
        names.push(&more);
    }
    format!("{number}: {}", names.join(", "))
}
