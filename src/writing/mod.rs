//! What the commands do that help an author to write: new files, and moves of old ones. All of it is decided here,
//! from values; the files are changed by [`crate::store::author`].

mod archetype;
pub mod article;
pub mod author;
pub mod guide;
pub mod moving;
pub mod theme;
pub mod translation;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::error::Error;
use crate::link::reference::{Found, Index};
use crate::model::date::{Day, WrittenDate};
use crate::model::page::{Kind, Page};
use crate::model::slug::{LONGEST, Slugs, fold, slugify};
use crate::model::source;
use crate::model::url::Permalink;

/// What is known of the site.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Its configuration.
    pub config: &'a Config,
    /// Every page, published or not, sorted by file.
    pub pages: &'a [Page],
    /// The paths of the files that are copied.
    pub assets: &'a [String],
    /// The day.
    pub today: Day,
}

/// Tags that are shown to choose from.
const TAGS_SHOWN: usize = 10;

impl<'a> Ground<'a> {
    /// The page that an author means by a file's name, a slug or a path in `content/`.
    ///
    /// # Errors
    /// There is none, or there are several; `what` is what it should be, such as "guide".
    pub fn find(&self, written: &str, what: &str) -> Result<&'a Page, Error> {
        let name = written.strip_prefix("content/").unwrap_or(written);
        let languages = &self.config.languages;
        let placed = languages.place(name);
        // In the language that the path says, else in the first that has it.
        for number in std::iter::once(placed.language).chain(0..languages.all().len()) {
            let is_own = |page: &Page| languages.place(&page.source).language == number;
            let index = Index::among(self.pages, &[], &is_own);
            let name = if number == placed.language {
                &*placed.bare
            } else {
                name
            };
            if let Found::Page(id) = index.find(name, "") {
                return Ok(&self.pages[id.index()]);
            }
        }
        let is_own = |page: &Page| languages.place(&page.source).language == placed.language;
        let index = Index::among(self.pages, &[], &is_own);
        let none = format!("there is no {what} `{written}`");
        Err(match index.find(name, "") {
            Found::Page(id) => return Ok(&self.pages[id.index()]),
            Found::Ambiguous(files) => Error::refused(
                format!("`{written}` could be several files"),
                format!("write its path: {}", files.join(" or ")),
            ),
            Found::Moved(now) => Error::refused(
                format!("{none} any more"),
                format!("its alias says that it is `{now}` now"),
            ),
            Found::Missing(Some(near)) => Error::refused(none, format!("did you mean `{near}`?")),
            Found::Missing(None) | Found::Hidden(_) => {
                Error::refused(none, "write the path of its file in content/")
            }
        })
    }

    /// The folders with articles in them, sorted.
    pub fn sections(&self) -> Vec<&'a str> {
        let mut folders: Vec<&str> = self
            .pages
            .iter()
            .filter(|page| matches!(page.kind, Kind::Article | Kind::Section))
            .map(Page::folder)
            .filter(|folder| !folder.is_empty())
            .collect();
        folders.sort_unstable();
        folders.dedup();
        folders
    }

    /// Who has an address already, in words; none where it is free.
    pub fn taken(&self, address: &Permalink) -> Option<String> {
        let wanted = address.folded();
        let is = |path: &str| Permalink::page(path).folded() == wanted;
        for page in self.pages {
            if page.permalink.folded() == wanted {
                return Some(format!("{} has the address {address}", page.path()));
            }
            if page.front.aliases.0.iter().any(|alias| is(alias)) {
                let path = page.path();
                return Some(format!("{address} is a former address of {path}"));
            }
        }
        let folders = self.pages.iter().flat_map(|page| {
            let folder = page.folder();
            let ends = folder.match_indices('/').map(|(end, _)| end);
            ends.chain([folder.len()]).map(move |end| &folder[..end])
        });
        for folder in folders.filter(|folder| !folder.is_empty()) {
            if list_address(folder).folded() == wanted {
                return Some(format!(
                    "the folder content/{folder}/ has the address {address}"
                ));
            }
        }
        is_gens_own(address).then(|| format!("gen itself makes {address}"))
    }

    /// Another file that references could mean by the name of this one.
    pub fn namesake(&self, source: &str) -> Option<&'a str> {
        let languages = &self.config.languages;
        let placed = languages.place(source);
        let name = name_of(&placed.bare);
        let is_own = |page: &Page| languages.place(&page.source).language == placed.language;
        let index = Index::among(self.pages, &[], &is_own);
        let Found::Page(id) = index.find(&name, "") else {
            return None;
        };
        let other = self.pages[id.index()].source.as_str();
        (other != source).then_some(other)
    }

    /// The tags that stand on most articles, as they are written there most often.
    fn most_used_tags(&self) -> Vec<&'a str> {
        let mut by_tag: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for tag in self.pages.iter().flat_map(|page| &page.front.tags.0) {
            *by_tag.entry(fold(tag)).or_default().entry(tag).or_default() += 1;
        }
        let mut tags: Vec<(usize, &str)> = by_tag
            .values()
            .filter_map(|spellings| {
                let most = spellings
                    .iter()
                    .max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name)))?;
                Some((spellings.values().sum(), *most.0))
            })
            .collect();
        tags.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        tags.truncate(TAGS_SHOWN);
        tags.into_iter().map(|(_, tag)| tag).collect()
    }

    /// Who writes here: those that `site.toml` names, or all that have a file.
    fn writers(&self) -> Vec<&'a str> {
        if !self.config.authors.is_empty() {
            return self.config.authors.iter().map(String::as_str).collect();
        }
        let authors = self.pages.iter().filter(|page| page.kind == Kind::Author);
        authors.map(Page::stem).collect()
    }
}

/// The address of a folder's list.
fn list_address(folder: &str) -> Permalink {
    let parts: Vec<String> = folder.split('/').map(slugify).collect();
    Permalink::page(&parts.join("/"))
}

/// The folders that a file lies in, the outermost first.
fn folders_of(source: &str) -> impl Iterator<Item = &str> {
    source.match_indices('/').map(|(end, _)| &source[..end])
}

/// What stands at the address of a folder's list already, in words; none where the list can stand there.
fn in_place_of_list(pages: &[Page], folder: &str) -> Option<String> {
    let address = list_address(folder);
    let wanted = address.folded();
    let is_own = |page: &Page| page.folder() == folder && page.stem() == "index";
    let why = |owner: String| {
        format!("{owner}, and the list of the folder content/{folder}/ would stand there, too")
    };
    let page = pages
        .iter()
        .find(|page| page.permalink.folded() == wanted && !is_own(page));
    if let Some(page) = page {
        return Some(why(format!("{} has the address {address}", page.path())));
    }
    let mut others = pages.iter().flat_map(|page| folders_of(&page.source));
    let is_other = |other: &&str| *other != folder && list_address(other).folded() == wanted;
    if let Some(other) = others.find(is_other) {
        return Some(why(format!(
            "the folder content/{other}/ has the address {address}"
        )));
    }
    is_gens_own(&address).then(|| why(format!("gen itself makes {address}")))
}

/// Whether gen makes a page of its own there.
fn is_gens_own(address: &Permalink) -> bool {
    matches!(
        address.as_str(),
        "/archive/" | "/tags/" | "/authors/" | "/search/" | "/assets/"
    )
}

/// The last part of an address for a title.
///
/// # Errors
/// Nothing of the title can stand in an address; `instead` says what to write.
pub fn slug_for(slugs: Slugs, title: &str, instead: &str) -> Result<String, Error> {
    let mut slug = slugs.of(title);
    if slug.len() > LONGEST {
        let mut ends = (0..=LONGEST).rev();
        let end = ends.find(|end| slug.is_char_boundary(*end));
        let end = end.unwrap_or_default();
        let cut = slug[..end].rfind('-').unwrap_or(end);
        slug.truncate(cut);
    }
    match slug.is_empty() {
        false => Ok(slug),
        true => Err(Error::refused(
            format!("no file can be named by `{title}`: it has no letters and no digits"),
            instead,
        )),
    }
}

/// A file as references name it: without folder, ending and day.
fn name_of(source: &str) -> String {
    let name = source.rsplit('/').next().unwrap_or_default();
    let stem = source::without_ending(name);
    let stem = WrittenDate::from_file_name(stem).map_or(stem, |(_, rest)| rest);
    match (stem, source.rsplit_once("/index")) {
        ("index", Some((folder, _))) => slugify(folder.rsplit('/').next().unwrap_or_default()),
        _ => slugify(stem),
    }
}
