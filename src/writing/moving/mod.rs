//! A file or a folder of `content/` gets another path. Everything that leads to it is mended, and what it links to
//! itself; its old address becomes an alias. What a text means is asked before and after the move: only what would
//! mean something else is written anew, in the style that it was written in.

pub mod front;
mod lists;
mod mend;
mod notes;
mod refusal;
mod renames;
mod site_toml;
mod spelling;
mod world;

use std::collections::BTreeMap;

use crate::config::{self, Config, Languages};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Plan};
use crate::error::Error;
use crate::model::page::{Kind, Page};
use crate::model::url::Permalink;
use crate::parse;
use refusal::{check_addresses, check_lists, check_places, check_symlinks};
use renames::{Folder, moved_paths, renamed, renames};
use world::{Meaning, World};

/// What is known of the site.
pub struct Site<'a> {
    /// Its configuration.
    pub config: &'a Config,
    /// How its files are parsed.
    pub parsing: parse::Options<'a>,
    /// The files of replies, sorted.
    pub replies: &'a [String],
    /// The files that are copied, sorted.
    pub assets: &'a [String],
    /// Markdown files that could not be read.
    pub broken: &'a [String],
    /// The files that are symlinks or lie in linked folders, and the files that they are.
    pub symlinks: &'a BTreeMap<String, String>,
    /// What is wrong with single files: those cannot be changed safely.
    pub diagnostics: &'a [Diagnostic],
}

/// A move, decided.
pub struct Move {
    /// What is to be done.
    pub plan: Plan,
    /// Links and references that lead elsewhere now, by file.
    pub mended: BTreeMap<String, usize>,
    /// The addresses that change: from where, to where.
    pub addresses: Vec<(Permalink, Permalink)>,
    /// What the author should know.
    pub notes: Vec<String>,
}

/// The text of a file, relative to the site's root.
pub type Read<'r> = &'r dyn Fn(&str) -> Result<String, Error>;

/// Moves `from` to `to`, both paths of a file or both of a folder in `content/`. `pages` are all there are, by file;
/// afterwards they are as they will be.
///
/// # Errors
/// It cannot be done, or not all of it safely; `read` fails.
pub fn moving(
    site: &Site<'_>,
    pages: &mut [Page],
    from: &str,
    to: &str,
    read: Read<'_>,
) -> Result<Move, Error> {
    check_places(from, to, site.config)?;
    let renames = renames(site, pages, from, to)?;
    check_symlinks(site, &renames)?;
    let languages = &site.config.languages;
    let language = |source: &str| languages.place(source).language;
    let before = worlds(site, pages, site.assets);
    let meanings: Vec<Vec<Meaning>> = pages
        .iter()
        .map(|page| mend::meanings(&before[language(&page.source)], page))
        .collect();
    let menu = site_toml::meanings(&before[0], site.config);
    drop(before);

    let old: Vec<(String, Permalink)> = pages
        .iter()
        .map(|page| (page.source.clone(), page.permalink.clone()))
        .collect();
    for page in pages.iter_mut() {
        if let Some(new) = renames.get(&page.source) {
            rename(page, new, languages)?;
        }
    }
    check_addresses(pages, &old, to)?;
    let mut assets: Vec<String> = site
        .assets
        .iter()
        .map(|path| renamed(&renames, path))
        .collect();
    assets.sort();
    let after = worlds(site, pages, &assets);
    check_lists(&after[0], pages, &old)?;
    let folder = Folder { from, to };

    let mut decided = Move {
        plan: Plan {
            moved: moved_paths(site, pages, &old, from, to),
            ..Plan::default()
        },
        mended: BTreeMap::new(),
        addresses: Vec::new(),
        notes: notes::notes(site, pages, &old, &folder),
    };
    for (number, page) in pages.iter().enumerate() {
        let (source, address) = &old[number];
        let wanted: Vec<Meaning> = meanings[number]
            .iter()
            .map(|meaning| meaning.moved(&renames, &folder))
            .collect();
        let alias = (*address != page.permalink).then_some(address);
        if let Some(address) = alias {
            decided
                .addresses
                .push((address.clone(), page.permalink.clone()));
        }
        let mender = mend::Mender {
            site,
            world: &after[language(source)],
            page,
            old_source: source,
            alias: alias.filter(|address| is_free(&after[0], address, page)),
        };
        let path = format!("content/{source}");
        if site.symlinks.contains_key(source) {
            if mender.is_changed(&wanted) {
                decided.notes.push(format!(
                    "{path} is a symlink, and is left alone: something in it leads elsewhere now"
                ));
            }
            continue;
        }
        let Some(change) = mender.change(&wanted, read)? else {
            continue;
        };
        if change.mended > 0 {
            decided.mended.insert(path.clone(), change.mended);
        }
        decided
            .plan
            .edits
            .push(smallest(&path, &change.before, &change.after));
    }
    let wanted: Vec<Meaning> = menu
        .iter()
        .map(|meaning| meaning.moved(&renames, &folder))
        .collect();
    if let Some(change) = site_toml::change(site, &after[0], &wanted, read)? {
        decided
            .mended
            .insert(config::FILE.to_owned(), change.mended);
        decided
            .plan
            .edits
            .push(smallest(config::FILE, &change.before, &change.after));
    }
    decided.plan.edits.extend(lists::changes(&renames, read));
    decided.plan.edits.sort();
    Ok(decided)
}

/// The site as the pages of each of its languages see it.
fn worlds<'a>(site: &Site<'a>, pages: &'a [Page], assets: &'a [String]) -> Vec<World<'a>> {
    let count = site.config.languages.all().len();
    let world = |language| World::new(pages, assets, site.config, language);
    (0..count).map(world).collect()
}

/// The page at its new path. A day in its old name that is lost stays its date.
fn rename(page: &mut Page, new: &str, languages: &Languages) -> Result<(), Error> {
    if page.front.date.is_none()
        && let Some((date, _)) = front::day_in(&page.source)
        && front::day_in(new).is_none()
    {
        page.front.date = Some(date);
    }
    let Some((kind, permalink)) = parse::place(new, &page.front, languages) else {
        return Err(Error::refused(
            format!("no address can be made of content/{new}"),
            "use letters, digits and hyphens",
        ));
    };
    // An article with its pictures beside it stays one.
    let stays = kind == Kind::Section && page.kind != Kind::Section;
    page.kind = if stays { page.kind } else { kind };
    (page.source, page.permalink) = (new.to_owned(), permalink);
    let bare = languages.place(new).bare;
    page.bare = (bare != new).then(|| bare.into());
    Ok(())
}

/// Whether an old address leads nowhere now, so that an alias may stand there.
fn is_free(after: &World<'_>, address: &Permalink, page: &Page) -> bool {
    let published = page.front.draft != Some(true);
    published
        && *address != Permalink::root()
        && after.at(address).is_none()
        && !after.has_folder(address)
}

/// The change from one text to the other, without what is the same at both ends.
fn smallest(path: &str, before: &str, after: &str) -> Edit {
    let start = before
        .char_indices()
        .zip(after.chars())
        .find(|((_, a), b)| a != b)
        .map_or(before.len().min(after.len()), |((at, _), _)| at);
    let (old, new) = (&before[start..], &after[start..]);
    let same: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Edit::new(path, start..before.len() - same, &new[..new.len() - same])
}
