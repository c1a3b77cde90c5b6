//! No other text links to an article.
//!
//! Lists and up next lead there, but nobody says on the way why one should read it. A link in a sentence is read at the
//! moment when it is wanted, and its words tell readers and search engines what the article is about. Add one to an
//! article about the same; the message names those that are nearest. A guide's hub and its steps are let pass: the
//! guide leads to them. A site of fewer than five articles is let pass, too.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::model::site::{Site, Target};

pub(super) const LINT: Lint = Lint {
    code: "no-way-in",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("no_way_in.rs"),
};

/// A site of fewer articles has not much to link to.
pub(super) const FEW: usize = 5;

/// Articles that are named as places for a link.
const NAMED: usize = 2;

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    if site.articles.len() < FEW {
        return;
    }
    let in_menu = |id: PageId| {
        let targets = site.menu.iter().map(|(_, target)| target);
        targets
            .into_iter()
            .any(|target| matches!(target, Target::Page { id: there, .. } if *there == id))
    };
    let listing = listing(site);
    for id in site.articles_by_file() {
        let by_guide = site.page(id).is_hub()
            || site.step_of(id).is_some()
            || site.guides.iter().any(|guide| guide.after == Some(id));
        if by_guide || !site.backlinks[id.index()].is_empty() || in_menu(id) {
            continue;
        }
        let near: Vec<String> = listing[id.index()]
            .iter()
            .take(NAMED)
            .map(|(_, near)| site.page(*near).path())
            .collect();
        let help = match near.is_empty() {
            true => "link to it from an article about the same".to_owned(),
            false => format!(
                "link to it from an article about the same: {}",
                near.join(" or ")
            ),
        };
        let message = "no other article's text links to this one";
        found.push(
            Diagnostic::warning(LINT.code, &site.page(id).path(), message)
                .at_key("title")
                .help(help),
        );
    }
}

/// By page: the articles whose up-next lists show it, nearest first.
fn listing(site: &Site) -> Vec<Vec<(f32, PageId)>> {
    let mut listing = vec![Vec::new(); site.pages.len()];
    for (from, entries) in site.ids().zip(&site.up_next) {
        for entry in entries.iter().filter(|entry| !entry.lifted) {
            listing[entry.page.index()].push((entry.score, from));
        }
    }
    for list in &mut listing {
        list.sort_by(|a: &(f32, PageId), b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    listing
}
