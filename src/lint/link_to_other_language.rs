//! A link leads to a page in another language, and the same page is there in this one: an address is written, which leads
//! where it says.
//!
//! The reader loses the language that they chose. Write the file's path, as `../letting-go/let-go.md`: it leads to the
//! translation where there is one, and to the original where not. `gen check --fix` does that. A link from a page to its own
//! translation is let pass.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::LinkForm;
use crate::model::site::Target;
use crate::model::url::{Permalink, link_path, relative};

pub(super) const LINT: Lint = Lint {
    code: "link-to-other-language",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("link_to_other_language.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    if !survey.config.languages.are_several() {
        return;
    }
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        if page.original.is_some() {
            continue;
        }
        for (link, target) in page.links.iter().zip(targets) {
            let to = match target {
                Target::Other(other) => &other.permalink,
                Target::Path { permalink, .. } => permalink,
                _ => continue,
            };
            let Some(own) = own(survey, to).filter(|own| **own != page.permalink) else {
                continue;
            };
            let written = &link.dest[..link.dest.find(['?', '#']).unwrap_or(link.dest.len())];
            let message = format!("`{written}` is in another language, and {own} is in this one");
            let finding = Diagnostic::warning(LINT.code, &page.path(), message);
            let finding = finding.at(link.span.clone());
            let mut pages = site.pages.iter();
            let file = pages.find(|page| page.permalink == *own);
            found.push(match file {
                Some(file) if link.form != LinkForm::Wiki => {
                    let path = link_path(&relative(page.folder(), &file.source));
                    let finding = finding.help(format!("write the path, `{path}`"));
                    finding.swap(written, path)
                }
                _ => finding.help(format!("write {own}")),
            });
        }
    }
}

/// The address in this language of what stands at one in another.
fn own<'a>(survey: &'a Survey<'_>, to: &Permalink) -> Option<&'a Permalink> {
    let number = survey.config.edition;
    let known = survey.site.counterparts.iter();
    let is_there = |language: usize, permalink: &Permalink| language != number && permalink == to;
    let mut known = known.filter(|one| {
        one.all
            .iter()
            .any(|other| is_there(other.language, &other.permalink))
    });
    let found = known.next()?;
    let own = found.all.iter().find(|one| one.language == number)?;
    own.is_translated.then_some(&found.permalink)
}
