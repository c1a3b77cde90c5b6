//! Jobs that cannot be written: one file for two of them, names that differ only by case, a file where another needs a
//! folder, or a name that no file system takes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Job, Planner, Subject};
use crate::config;
use crate::diagnostic::Diagnostic;

/// The longest name of a file or a folder, in bytes: that of every file system in use.
const LONGEST_NAME: usize = 255;

/// Finds them all among the jobs, which are sorted by address.
pub(super) fn check(planners: &[Planner<'_>], jobs: &[Job], diagnostics: &mut Vec<Diagnostic>) {
    let mut by_file: BTreeMap<String, &Job> = BTreeMap::new();
    for job in jobs {
        let Some(other) = by_file.insert(job.permalink.folded(), job) else {
            continue;
        };
        diagnostics.push(mistake(planners, job, other, same_file(other, job)));
    }
    let mut too_long: BTreeSet<&str> = BTreeSet::new();
    for job in jobs {
        let file = job.permalink.output_file();
        let Some(name) = file.split('/').find(|name| name.len() > LONGEST_NAME) else {
            continue;
        };
        let owner = job.owner.trim_end_matches(" (alias)");
        let owner = owner.strip_prefix("the picture ").unwrap_or(owner);
        if too_long.insert(owner) {
            let path = match owner.starts_with("content/") {
                true => owner,
                false => config::FILE,
            };
            let beginning: String = name.chars().take(40).collect();
            let message = format!(
                "`{beginning}…` is {} bytes long, and no file's name can be longer than {LONGEST_NAME} ({owner})",
                name.len()
            );
            diagnostics.push(
                Diagnostic::error("slug", path, message)
                    .help("give it a shorter name, or write a short `slug:` in its front matter"),
            );
        }
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
                diagnostics.push(mistake(planners, file, job, message));
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
fn mistake(planners: &[Planner<'_>], job: &Job, other: &Job, message: String) -> Diagnostic {
    for alias in [job, other] {
        if let Subject::Alias(id, number) = alias.subject {
            let page = planners[alias.edition].site.page(id);
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
