//! An article's text links to no other article of the site.
//!
//! Who has a question that it raises and does not answer must search for the answer, or goes elsewhere. Link where the
//! question comes up, one or two times in an article. The list at its end does not count: it comes when the text is
//! over. A guide's hub and its steps are let pass, because the guide leads on, and so is a site of fewer than five
//! articles.

use super::no_way_in::FEW;
use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::model::site::{Site, Target};
use crate::model::url::{link_path, relative};

pub(super) const LINT: Lint = Lint {
    code: "no-way-out",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("no_way_out.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    if site.articles.len() < FEW {
        return;
    }
    for id in site.articles_by_file() {
        let page = site.page(id);
        let leads_on = page.is_hub() || site.step_of(id).is_some() || links_on(site, id);
        if leads_on || page.words == 0 {
            continue;
        }
        let nearest = site.up_next[id.index()].first();
        let help = nearest.map_or(
            "link to one where the text touches on it".to_owned(),
            |near| {
                let file = link_path(&relative(page.folder(), &site.page(near.page).source));
                format!("link to one where the text touches on it; the nearest is `[]({file})`")
            },
        );
        let message = "this article's text links to no other article";
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), message)
                .at_key("title")
                .help(help),
        );
    }
}

/// A link to an article that is not out yet will be one.
fn links_on(site: &Site, id: PageId) -> bool {
    site.targets[id.index()].iter().any(|target| match target {
        Target::Page { id: there, .. } => *there != id && site.page(*there).is_article(),
        Target::Hidden(_) => true,
        _ => false,
    })
}
