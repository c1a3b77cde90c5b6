//! Fills each file's front matter from the `defaults` of the folders around it, the nearest first.

use std::collections::BTreeMap;

use crate::config::Languages;
use crate::model::date::Date;
use crate::model::front_matter::FrontMatter;
use crate::model::page::{Kind, Page};
use crate::parse::address_pattern::{self, Facts};

/// Applies them to every page. An `index.md` gets its folder's own defaults too.
pub fn fill_all_defaults(pages: &mut [Page], languages: &Languages) {
    let by_folder = by_folder(pages.iter(), languages);
    if by_folder.is_empty() {
        return;
    }
    for page in pages {
        fill(page, &by_folder, languages);
    }
}

/// Applies the defaults that stand in `pages` to one that is not among them.
pub fn fill_defaults<'p>(
    page: &mut Page,
    pages: impl IntoIterator<Item = &'p Page>,
    languages: &Languages,
) {
    fill(page, &by_folder(pages, languages), languages);
}

/// The defaults of folders, by language and folder.
type ByFolder = BTreeMap<(usize, String), FrontMatter>;

fn by_folder<'p>(pages: impl IntoIterator<Item = &'p Page>, languages: &Languages) -> ByFolder {
    pages
        .into_iter()
        .filter(|page| page.front.defaults.is_some() && page.stem() == "index")
        .filter_map(|page| {
            Some((
                (
                    languages.place(&page.source).language,
                    page.bare_folder().to_owned(),
                ),
                page.front.defaults.as_deref()?.clone(),
            ))
        })
        .collect()
}

/// Where a folder says nothing in a page's language, what it says in the first one holds.
fn fill(page: &mut Page, by_folder: &ByFolder, languages: &Languages) {
    let own = languages.place(&page.source).language;
    let mut folder = page.bare_folder().to_owned();
    let has_address = page.front.address.is_some();
    loop {
        let languages_of_it = [own, 0];
        for language in languages_of_it.into_iter().take(1 + own.min(1)) {
            if let Some(defaults) = by_folder.get(&(language, folder.clone())) {
                page.front = std::mem::take(&mut page.front).or(defaults);
            }
        }
        if folder.is_empty() {
            break;
        }
        folder.truncate(folder.rfind('/').unwrap_or(0));
    }
    if let (false, Kind::Article, Some(pattern)) = (has_address, page.kind, &page.front.address) {
        let language = &languages.all()[own];
        let facts = Facts {
            date: page.date.map(Date::day),
            usual: &language.without(&page.permalink),
            source: page.bare(),
            title: Some(&page.title),
            slugs: language.slugs,
        };
        // A pattern that is wrong is told where it stands; a file without a date keeps its usual address.
        if let Ok(address) = address_pattern::filled(pattern, &facts) {
            page.permalink = language.within(address);
        }
    }
}
