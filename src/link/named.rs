//! Finds the article that an author names on the command line: by its file, its name or its address, as links do.

use super::reference::{Found, Index};
use crate::error::Error;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::model::slug::slugify;
use crate::model::source;
use crate::model::url::BaseUrl;

/// Returns the published article that `written` names.
///
/// # Errors
/// There is none, or several could be meant: the message says which is nearest.
pub fn article(site: &Site, base_url: &BaseUrl, written: &str) -> Result<PageId, Error> {
    let own = base_url.within(written);
    let name = own.as_deref().unwrap_or(written);
    let name = &name[..name.find(['?', '#']).unwrap_or(name.len())];
    let name = name.trim_start_matches("./");
    let name = name.strip_prefix("content/").unwrap_or(name);
    let index = Index::new(&site.pages, &[]);
    let none = format!("there is no article `{written}`");
    let name_one = "name its file in content/; gen list names them all";
    Err(match index.find(name, "") {
        Found::Page(id) if site.page(id).is_article() => return Ok(id),
        Found::Page(_) => Error::refused(
            format!("`{written}` is a page, not an article"),
            "name an article; gen list names them all",
        ),
        Found::Ambiguous(files) => Error::refused(
            format!("`{written}` could be several articles"),
            format!("write its path: {}", files.join(" or ")),
        ),
        Found::Moved(now) => {
            Error::refused(format!("{none} any more"), format!("it is `{now}` now"))
        }
        Found::Missing(near) => {
            match (left_out(site, name), of_html(&index, site, name).or(near)) {
                (Some(left_out), _) => left_out,
                (None, Some(near)) => Error::refused(none, format!("did you mean `{near}`?")),
                (None, None) => Error::refused(none, name_one),
            }
        }
        Found::Hidden(_) => Error::refused(none, name_one),
    })
}

/// The file of the page whose address somebody wrote with an ending.
fn of_html<'s>(index: &Index<'_>, site: &'s Site, name: &str) -> Option<&'s str> {
    let stem = name
        .strip_suffix(".html")
        .or_else(|| name.strip_suffix(".htm"))?;
    match index.find(stem, "") {
        Found::Page(id) => Some(&site.page(id).source),
        _ => None,
    }
}

/// Why the article of this name is not published, and which flag publishes it; none where no such article was left out.
fn left_out(site: &Site, name: &str) -> Option<Error> {
    let last = |path: &str| {
        let path = source::without_ending(path.trim_end_matches('/'));
        slugify(path.rsplit('/').next().unwrap_or_default())
    };
    let wanted = last(name);
    let find = |files: &'_ [String]| {
        let is_named = |file: &&String| {
            *file == name || !wanted.is_empty() && !name.contains('/') && last(file) == wanted
        };
        files.iter().find(is_named).cloned()
    };
    let skipped = &site.skipped;
    let draft = find(&skipped.drafts).map(|file| (file, "a draft", "--drafts shows it"));
    let scheduled = || {
        let file = find(&skipped.scheduled)?;
        Some((file, "not published yet", "--future shows it"))
    };
    let expired = || {
        let file = find(&skipped.expired)?;
        Some((file, "expired", "--date shows it as on an earlier day"))
    };
    let (file, state, help) = draft.or_else(scheduled).or_else(expired)?;
    Some(Error::refused(format!("`{file}` is {state}"), help))
}
