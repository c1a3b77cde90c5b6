//! A link to an article is written as an address, `../let-go/`, and not as the path of its file.
//!
//! It leads there as long as exactly one page fits, as links of Hugo and Jekyll do. But editors cannot follow it, and it
//! leads to nothing, or to another page, when a file moves. `gen check --fix` writes the file in its place, and so it does for
//! files as Zola and Pelican name them, `@/letting-go.md` and `{filename}letting-go.md`.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::escape::url_decode;
use crate::model::page::LinkForm;
use crate::model::site::Target;
use crate::model::source;
use crate::model::url::{link_path, relative};

pub(super) const LINT: Lint = Lint {
    code: "link-by-address",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("link_by_address.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            let written = &link.dest[..link.dest.find(['?', '#']).unwrap_or(link.dest.len())];
            // `@/a.md` of Zola and `{filename}a.md` of Pelican are no paths that others follow.
            let is_marked = written.starts_with("@/") || written.starts_with('{');
            let is_file = source::is_article(&url_decode(written)) && !is_marked;
            let is_rooted = written.starts_with('/') || written.contains("://");
            let is_link = matches!(link.form, LinkForm::Markdown | LinkForm::Attribute);
            if let Target::Page { id, .. } = target
                && is_link
                && !written.is_empty()
                && !is_file
                && !is_rooted
            {
                let file = &site.page(*id).source;
                let path = link_path(&relative(page.folder(), file));
                let message = match is_marked {
                    true => format!("`{written}` is how another program names a file"),
                    false => format!("`{written}` is an address, and not a file"),
                };
                found.push(
                    Diagnostic::warning(LINT.code, &page.path(), message)
                        .at(link.span.clone())
                        .help(format!("write the file, `{path}`"))
                        .swap(written, path),
                );
            }
        }
    }
}
