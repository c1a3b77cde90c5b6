//! `gen check --suggest --apply`: writes the links that are suggested, and shows what changes; with `--dry-run` it only
//! shows it.

use std::path::Path;

use gen_site::check::Checked;
use gen_site::edit::{Edit, Plan};
use gen_site::error::Error;
use gen_site::store::author;
use gen_site::suggest;

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
