//! A link or a picture of the own site is written with its whole address: `https://your-site.org/letting-go/let-go/`.
//!
//! It is checked and counted like any other, but it is long to read, editors cannot follow it to the file, and it stays as
//! it is when the site gets another name. Write the file's path, as `../letting-go/let-go.md`; `gen check --fix` does
//! that. Bare addresses and those in `<` and `>` are let pass: their readers are to see them.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::{LinkForm, Page};
use crate::model::site::Target;
use crate::model::url::{link_path, relative};

pub(super) const LINT: Lint = Lint {
    code: "own-address",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("own_address.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    let targets = site.targets.iter().zip(&site.pictures);
    for (page, (targets, pictures)) in site.pages.iter().zip(targets) {
        let links = page.links.iter().zip(targets);
        let links = links
            .filter(|(link, _)| matches!(link.form, LinkForm::Markdown | LinkForm::Attribute))
            .map(|(link, target)| (&link.dest, &link.span, target));
        let pictures = page.images.iter().zip(pictures);
        let pictures = pictures.map(|(picture, to)| (&picture.src, &picture.span, &to.target));
        for (dest, span, target) in links.chain(pictures) {
            let written = &dest[..dest.find(['?', '#']).unwrap_or(dest.len())];
            if let Some(path) = path(survey, page, written, target) {
                let message = format!("`{written}` is an address of this site");
                found.push(
                    Diagnostic::warning(LINT.code, &page.path(), message)
                        .at(span.clone())
                        .help(format!("write the path, `{path}`"))
                        .swap(written, path),
                );
            }
        }
    }
}

/// What to write in the place of a whole address: the path of a file where one stands behind it, else the path from the
/// site's root. None for a path, and for what leads nowhere.
fn path(survey: &Survey<'_>, page: &Page, written: &str, target: &Target) -> Option<String> {
    let own = survey.config.base_url.within(written)?;
    let site = survey.site;
    let file = match target {
        Target::Page { id, .. } => &site.page(*id).source,
        Target::Path { permalink, .. } => {
            match site.assets.iter().position(|asset| asset == permalink) {
                Some(at) => &survey.assets.get(at)?.0,
                None => return Some(own),
            }
        }
        Target::Other(other) => &other.source,
        Target::Hidden(_) | Target::Nowhere | Target::Elsewhere(_) => return None,
    };
    Some(link_path(&relative(page.folder(), file)))
}
