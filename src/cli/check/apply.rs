//! `gen check --suggest --apply`: writes the links that are suggested, and shows what changes; with `--dry-run` it only
//! shows it. `--refuse` writes down what shall be suggested no more.

use std::path::Path;

use gen_site::check::Checked;
use gen_site::edit::{Edit, Plan};
use gen_site::error::Error;
use gen_site::scan;
use gen_site::store::author;
use gen_site::suggest::{self, refused};

use super::fix;
use crate::cli::{count, say_aside};

/// Takes the suggestions out of `checked`, shows them as changes, and makes them.
pub(super) fn run(root: &Path, checked: &mut Checked, only_show: bool) -> Result<(), Error> {
    let suggested = checked
        .diagnostics
        .extract_if(.., |found| found.code == suggest::CODE);
    let mut edits: Vec<Edit> = suggested
        .filter_map(|found| suggest::edit(&found))
        .collect();
    edits.sort_unstable();
    let plan = Plan {
        edits,
        ..Plan::default()
    };
    fix::print_changes(root, &plan)?;
    let links = count(plan.edits.len(), "link", "links");
    let files = count(plan.edited().len(), "file", "files");
    match (plan.edits.is_empty(), only_show) {
        (true, _) => say_aside("nothing to suggest."),
        (false, true) => say_aside(&format!(
            "gen check --suggest --apply would write {links} into {files}; nothing was written."
        )),
        (false, false) => {
            author::carry_out(root, &plan)?;
            say_aside(&format!(
                "wrote {links} into {files}; look at each: the diff stands above."
            ));
        }
    }
    Ok(())
}

/// Adds lines to the file of what is suggested no more; one that it has already is not added again.
pub(super) fn refuse(root: &Path, lines: &[String]) -> Result<(), Error> {
    let path = refused::FILE;
    let bytes = match root.join(path).is_file() {
        true => Some(scan::file(root, path)?),
        false => None,
    };
    let before = bytes.as_deref().map(String::from_utf8_lossy);
    let known = before.as_deref().unwrap_or(refused::HEAD);
    let mut more = String::new();
    if !known.ends_with('\n') && !known.is_empty() {
        more.push('\n');
    }
    let lines = lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    for line in lines.filter(|line| !line.is_empty()) {
        let is_known = |text: &str| text.lines().any(|known| known.trim() == line);
        if !is_known(known) && !is_known(&more) {
            more.push_str(&line);
            more.push('\n');
        }
    }
    if more.trim().is_empty() {
        return Ok(());
    }
    let plan = match &before {
        Some(text) => Plan {
            edits: vec![Edit::new(path, text.len()..text.len(), more)],
            ..Plan::default()
        },
        None => Plan {
            created: vec![(path.to_owned(), format!("{}{more}", refused::HEAD))],
            ..Plan::default()
        },
    };
    author::carry_out(root, &plan)
}
