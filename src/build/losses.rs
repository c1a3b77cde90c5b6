//! Asks, before anything is lost: whether there is anything to publish, whether most of what is published
//! goes, whether somebody wrote into a published file.

use super::{Found, Stop};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::store::Store;

/// Fewer files are removed without a word.
const FEW: usize = 3;

/// Stops where there is nothing to publish and there was something: folders are not there by mistake.
pub(super) fn of_all(found: &Found, store: &Store) -> Result<(), Stop> {
    let before = store.articles_before();
    if !found.content.articles.is_empty() || before == 0 {
        return Ok(());
    }
    let message = format!(
        "there is no article in content/; the last build published {before}, and they stay"
    );
    let error = Diagnostic::error("no-articles", "content", message).help(
        "put the files back; if nothing is to be left of the site, remove the output folder and build again",
    );
    let mut mistakes = found.diagnostics.clone();
    mistakes.push(error);
    Err(Stop::Mistakes(mistakes))
}

/// What is said before something is lost: most of the site, or what somebody wrote into a published file.
pub(super) fn of_some(store: &Store) -> Vec<Diagnostic> {
    let losses = store.losses();
    let mut told = Vec::new();
    if losses.removed >= FEW && losses.removed * 2 > losses.before {
        let message = format!(
            "this build removes {} of {} published files",
            losses.removed, losses.before
        );
        told.push(Diagnostic::warning("removes-most", config::FILE, message).help(
            "if that is not meant, look for what is missing in content/, and at base_url and --output; with --strict, nothing is removed",
        ));
    }
    if let Some(first) = losses.edited.first() {
        let message = match losses.edited.len() {
            1 => "this published file was changed by hand; gen writes it anew".to_owned(),
            several => format!(
                "this and {} other published files were changed by hand; gen writes them anew",
                several - 1
            ),
        };
        told.push(Diagnostic::note("edited-output", first, message).help(
            "change what it is made of, in content/ or in a theme: what is in the output folder does not last",
        ));
    }
    told
}
