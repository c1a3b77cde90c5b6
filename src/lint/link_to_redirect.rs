//! A link leads to a former address, from which readers are sent on.
//!
//! It works, but each reader waits for two pages in place of one, an anchor is lost on the way, and search engines
//! count such a link for less. Link to the file of the article as it is now; `gen check --fix` does that.

use super::{Check, Group, Lint, Survey};
use crate::config;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::link::former::Former;
use crate::model::page::{Page, PageId, id_of_fragment};
use crate::model::site::Target;
use crate::model::url::{Permalink, link_path, relative};

pub(super) const LINT: Lint = Lint {
    code: "link-to-redirect",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("link_to_redirect.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    let former = Former::new(&site.pages);
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            let Some((id, suffix)) = moved(&former, target) else {
                continue;
            };
            let now = site.page(id);
            let file = link_path(&relative(page.folder(), &now.source));
            let finding = finding(&page.path(), &link.dest, now).at(link.span.clone());
            let anchor = id_of_fragment(suffix.split_once('#').map_or("", |(_, anchor)| anchor));
            found.push(match anchor.is_empty() || now.has_anchor(anchor) {
                true => mended(finding, &link.dest, &file),
                false => finding.help(format!("link to `{file}`, which has no `#{anchor}`")),
            });
        }
    }
    for ((_, target), entry) in site.menu.iter().zip(&survey.config.menu) {
        if let Some((id, _)) = moved(&former, target) {
            let now = site.page(id);
            let finding = finding(config::FILE, &entry.url, now).at_item("menu", &entry.url);
            found.push(mended(finding, &entry.url, &now.source));
        }
    }
}

/// The page that is now elsewhere, and what follows its address in the link.
fn moved<'t>(former: &Former, target: &'t Target) -> Option<(PageId, &'t str)> {
    let Target::Path { permalink, suffix } = target else {
        return None;
    };
    let path = permalink.as_str();
    let page = Permalink::page(path.strip_suffix("index.html").unwrap_or(path));
    let id = former.at(permalink).or_else(|| former.at(&page))?;
    Some((id, suffix))
}

fn finding(path: &str, dest: &str, now: &Page) -> Diagnostic {
    let message = format!(
        "`{dest}` is a former address; readers are sent on to {}",
        now.permalink
    );
    Diagnostic::warning(LINT.code, path, message)
}

fn mended(finding: Diagnostic, dest: &str, file: &str) -> Diagnostic {
    let path = &dest[..dest.find(['?', '#']).unwrap_or(dest.len())];
    finding
        .help(format!("link to the file, `{file}`"))
        .swap(path, file)
}
