//! Two jobs that cannot both be written: one file for both, names that differ only by case, or a file
//! where the other needs a folder.

use std::collections::{BTreeMap, BTreeSet};

use super::{Job, Subject};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::model::site::Site;

/// Finds them all among the jobs, which are sorted by address.
pub(super) fn check(site: &Site, jobs: &[Job], diagnostics: &mut Vec<Diagnostic>) {
    let mut by_file: BTreeMap<String, &Job> = BTreeMap::new();
    for job in jobs {
        let Some(other) = by_file.insert(job.permalink.folded(), job) else {
            continue;
        };
        diagnostics.push(mistake(site, job, other, same_file(other, job)));
    }
    // A file in the way of a hundred pages is one mistake.
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (path, job) in &by_file {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        for (folder, file) in folders.filter_map(|folder| by_file.get_key_value(folder)) {
            if told.insert(folder) {
                let message = format!(
                    "{} would be both a file, by {}, and a folder, by {} ({})",
                    file.permalink, file.owner, job.owner, job.permalink
                );
                diagnostics.push(mistake(site, file, job, message));
            }
        }
    }
}

fn same_file(other: &Job, job: &Job) -> String {
    let (file, other_file) = (job.permalink.output_file(), other.permalink.output_file());
    if file != other_file {
        return format!(
            "{} ({}) and {} ({}) differ only by case, which some servers cannot tell apart",
            other.permalink, other.owner, job.permalink, job.owner
        );
    }
    let name = if other.permalink == job.permalink {
        job.permalink.as_str()
    } else {
        &file
    };
    format!(
        "{name} would be written twice: by {} and by {}",
        other.owner, job.owner
    )
}

/// The error, at an alias if one of the two is one (it is the easiest to give up), else at a file.
fn mistake(site: &Site, job: &Job, other: &Job, message: String) -> Diagnostic {
    for alias in [job, other] {
        if let Subject::Alias(id, number) = alias.subject {
            let page = site.page(id);
            return Diagnostic::error("same-address", &page.path(), message)
                .at_item("aliases", &page.front.aliases.0[number])
                .help("remove it from `aliases`: an alias is an address that nothing else has");
        }
    }
    let path = [&job.owner, &other.owner]
        .into_iter()
        .find(|owner| owner.starts_with("content/"));
    Diagnostic::error(
        "same-address",
        path.map_or(config::FILE, String::as_str),
        message,
    )
    .help("give one of them another name, or another `slug:`")
}
