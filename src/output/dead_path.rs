//! Links and menu entries that lead into the site, to what nobody publishes. What leads to a page was found before;
//! this is asked once it is known what all outputs publish.

use std::cell::OnceCell;

use super::{Job, Planner};
use crate::config;
use crate::diagnostic::{Diagnostic, Names};
use crate::model::site::Target;
use crate::model::url::Permalink;

/// Tells them all; the jobs are sorted by address.
pub(super) fn check(planner: &Planner<'_>, jobs: &[Job], diagnostics: &mut Vec<Diagnostic>) {
    let site = planner.site;
    let known = OnceCell::new();
    let names = || known.get_or_init(|| Names::new(jobs.iter().map(|job| job.permalink.as_str())));
    let pages = site.pages.iter().zip(&site.targets);
    // What stands in for a translation is told of as the original.
    for (page, targets) in pages.filter(|(page, _)| page.original.is_none()) {
        for (link, target) in page.links.iter().zip(targets) {
            if let Target::Path { permalink, .. } = target
                && !is_published(jobs, permalink)
            {
                diagnostics.push(
                    Diagnostic::error(
                        "dead-link",
                        &page.path(),
                        format!("the site publishes no {permalink}"),
                    )
                    .at(link.span.clone())
                    .help(help(names(), permalink)),
                );
            }
        }
    }
    if planner.config.borrows_its_menu() {
        return;
    }
    let key = planner.config.menu_key();
    for ((_, target), entry) in site.menu.iter().zip(&planner.config.menu) {
        if let Target::Path { permalink, .. } = target
            && !is_published(jobs, permalink)
        {
            diagnostics.push(
                Diagnostic::error(
                    "dead-link",
                    config::FILE,
                    format!("the menu leads to {permalink}, which the site does not publish"),
                )
                .at_item(&key, &entry.url)
                .help(help(names(), permalink)),
            );
        }
    }
}

/// Whether a job writes what is read at this address.
fn is_published(jobs: &[Job], permalink: &Permalink) -> bool {
    published(jobs, permalink).is_some()
}

/// The job that writes what is read at an address, with or without `index.html`.
pub(super) fn published<'j>(jobs: &'j [Job], permalink: &Permalink) -> Option<&'j Job> {
    let known = |permalink: &Permalink| {
        let at = jobs.binary_search_by(|job| job.permalink.as_str().cmp(permalink.as_str()));
        at.ok().map(|at| &jobs[at])
    };
    let page = Permalink::page(permalink.as_str());
    let index = permalink
        .as_str()
        .strip_suffix("index.html")
        .map(Permalink::page);
    known(permalink)
        .or_else(|| known(&page))
        .or_else(|| known(&index?))
}

/// What to write instead.
pub(super) fn help(names: &Names, permalink: &Permalink) -> String {
    let near = names.nearest(permalink.as_str().trim_end_matches('/'));
    near.map_or(
        "write the path of something that the site publishes, or of an article's file".to_owned(),
        |near| format!("did you mean `{near}`?"),
    )
}
