//! Checks that the authors whom replies name are authors of the site.

use std::collections::BTreeSet;

use super::status::Unpublished;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::page::Page;
use crate::model::reply::each;
use crate::model::site::Site;
use crate::model::source;
use crate::parse::replies::ENDING;

/// Tells each name that is none once for each file.
pub(super) fn check(site: &Site, unpublished: &[Unpublished], diagnostics: &mut Vec<Diagnostic>) {
    for page in site.pages.iter().filter(|page| !page.replies.is_empty()) {
        let mut unknown = BTreeSet::new();
        each(&page.replies, &mut |reply| {
            let author = reply.author.as_deref();
            unknown.extend(author.filter(|author| site.author_named(author).is_none()));
        });
        diagnostics.extend(
            unknown
                .into_iter()
                .map(|author| unknown_author(site, unpublished, page, author)),
        );
    }
}

fn unknown_author(
    site: &Site,
    unpublished: &[Unpublished],
    page: &Page,
    author: &str,
) -> Diagnostic {
    let path = format!("{}{ENDING}", source::without_ending(&page.path()));
    let file = format!("authors/{author}.md");
    if let Some(unpublished) = unpublished
        .iter()
        .find(|unpublished| unpublished.source == file)
    {
        let message = format!(
            "content/{} is {}: the reply is shown without an author's mark",
            unpublished.source,
            unpublished.status.words()
        );
        return Diagnostic::warning("unknown-author", &path, message)
            .at_item("author", author)
            .help(unpublished.help("shows it"));
    }
    let authors = site.authors().rows().iter();
    let names = authors.flat_map(|author| [author.slug.as_str(), author.name.as_str()]);
    let help = match nearest(author, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "`author` marks a reply by an author of the site: write content/{file}, or take `author` out"
        ),
    };
    Diagnostic::error(
        "unknown-author",
        &path,
        format!("the site has no author `{author}`"),
    )
    .at_item("author", author)
    .help(help)
}
