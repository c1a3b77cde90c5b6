//! An author of articles has no `bio`.
//!
//! Advice is believed for who gives it. A sentence or two below each article say what the author knows of the matter,
//! and search engines ask for it on pages about health and life. Write `content/authors/name.md` with `name:` and
//! `bio:`. Told once for each author, at the newest of the articles where there is no file.

use super::{Check, Group, Lint, Survey};
use crate::config;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::site::Term;

pub(super) const LINT: Lint = Lint {
    code: "missing-bio",
    group: Group::Site,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("missing_bio.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for author in survey.site.authors().rows() {
        let Some(newest) = author.articles.first() else {
            continue;
        };
        let Some(page) = author.page.map(|id| survey.site.page(id)) else {
            let article = survey.site.page(*newest);
            found.push(without_file(
                author,
                &article.path(),
                &article.front.authors.0,
            ));
            continue;
        };
        let bio = page.front.bio.as_ref().map_or("", |bio| &bio.0);
        if bio.is_empty() {
            found.push(
                Diagnostic::warning(LINT.code, &page.path(), "this author has no `bio`")
                    .at_key("name")
                    .help("add `bio:`, a sentence or two: what this author knows of what they write about"),
            );
        }
    }
}

/// Where the author is named: the article, or `site.toml` where that says who writes.
fn without_file(author: &Term, article: &str, written: &[String]) -> Diagnostic {
    let message = format!("the author {} has no file, and so no bio", author.name);
    let path = match written.is_empty() {
        true => config::FILE,
        false => article,
    };
    let finding = Diagnostic::warning(LINT.code, path, message).help(format!(
        "write content/authors/{}.md with `name: {}` and `bio: …`",
        author.slug, author.name
    ));
    let folded = crate::model::slug::fold(&author.name);
    let as_written = written
        .iter()
        .find(|name| crate::model::slug::fold(name) == folded);
    finding.at_item("authors", as_written.unwrap_or(&author.name))
}
