//! A new author: the file in `content/authors/` with a name, a role, words and a portrait to fill in.

use super::article::New;
use super::{Ground, slug_for};
use crate::error::Error;
use crate::model::page::Kind;
use crate::model::slug::fold;
use crate::model::url::Permalink;
use crate::parse::scalar::scalar;

/// The new author's file.
///
/// # Errors
/// The author is there already, or nothing of the name can stand in an address.
pub fn author(ground: &Ground<'_>, name: &str) -> Result<New, Error> {
    let name = name.trim();
    let slug = slug_for(
        ground.config.slugs(),
        name,
        "write the name in letters: gen new author \"Ana Lima\"",
    )?;
    let address = Permalink::page(&format!("authors/{slug}"));
    let mut authors = ground.pages.iter().filter(|page| page.kind == Kind::Author);
    if let Some(same) = authors
        .find(|page| fold(&page.title) == fold(name) || page.permalink.folded() == address.folded())
    {
        return Err(Error::refused(
            format!("{} is there already: {}", same.path(), same.title),
            "change that file, or choose another name",
        ));
    }
    let text = format!(
        "---\nname: {}\n# What they do here, in two or three words.\nrole:\n# Who they are, in a sentence or two: it stands below their articles.\nbio:\n# A portrait: a file beside this one.\n# picture: {slug}.jpg\n---\n\n",
        scalar(name)
    );
    Ok(New {
        source: format!("authors/{slug}.md"),
        text,
        address,
    })
}
