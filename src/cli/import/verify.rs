//! `gen import --verify`: which addresses of the old site have no answer in the new one.

use std::path::Path;

use gen_site::diagnostic::Diagnostic;
use gen_site::error::Error;
use gen_site::{Options, addresses, scan};

use crate::cli::messages::{self, Stream};
use crate::cli::{Outcome, count, now, old_site, say};

/// Looks for each old address in the site at `root`.
pub(super) fn run(root: &Path, old: &Path) -> Result<Outcome, Error> {
    let options = Options {
        root: root.to_path_buf(),
        base_url: None,
        drafts: false,
        future: true,
        today: now(),
    };
    let new = match addresses::addresses(&options)? {
        Ok(new) => new,
        Err(mistakes) => {
            let mistakes: Vec<&Diagnostic> = mistakes.iter().collect();
            messages::tell(&mistakes, false, Stream::Aside);
            return Ok(Outcome::SiteHasErrors);
        }
    };
    let files = scan::built_site(old)?;
    let mut wanted: Vec<String> = match old.is_dir() {
        true => {
            let pages = files.iter().filter(|file| old_site::is_page(&file.path));
            pages.map(|file| old_site::address(&file.path)).collect()
        }
        false => {
            let beside = old.parent().unwrap_or(Path::new("."));
            let urls = files
                .first()
                .map(|file| old_site::named(file, beside))
                .transpose()?;
            let path = |url: String| match new.base_url.within(&url) {
                Some(path) => old_site::path(&path),
                None => old_site::path(&url),
            };
            urls.into_iter().flatten().map(path).collect()
        }
    };
    wanted.sort();
    wanted.dedup();
    let lost: Vec<&String> = wanted.iter().filter(|path| !new.answer(path)).collect();
    for path in &lost {
        say(path);
    }
    let all = count(wanted.len(), "old address", "old addresses");
    Ok(match lost.len() {
        0 => {
            say(&format!("{all}: each has an answer."));
            Outcome::Clean
        }
        number => {
            say(&format!(
                "{all}: {number} without an answer, listed above. Name each in `aliases` of the page that it was, or write a rule into content/_redirects."
            ));
            Outcome::SiteHasErrors
        }
    })
}
