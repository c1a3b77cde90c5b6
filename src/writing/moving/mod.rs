//! A file or a folder of `content/` gets another path. Everything that leads to it is mended, and what it links to
//! itself; its old address becomes an alias. What a text means is asked before and after the move: only what would
//! mean something else is written anew, in the style that it was written in.

mod front;
mod mend;
mod spelling;
mod world;

use std::collections::BTreeMap;

use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Plan};
use crate::error::Error;
use crate::model::page::{Kind, Page};
use crate::model::slug::slugify;
use crate::model::url::Permalink;
use crate::parse::{self, replies};
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
    check_places(from, to)?;
    let renames = renames(site, pages, from, to)?;
    let before = World::new(pages, site.assets);
    let meanings: Vec<Vec<Meaning>> = pages
        .iter()
        .map(|page| mend::meanings(&before, page))
        .collect();
    let menu = mend::menu_meanings(&before, site.config);
    drop(before);

    let old: Vec<(String, Permalink)> = pages
        .iter()
        .map(|page| (page.source.clone(), page.permalink.clone()))
        .collect();
    for page in pages.iter_mut() {
        if let Some(new) = renames.get(&page.source) {
            rename(page, new)?;
        }
    }
    check_addresses(pages, &old, to)?;
    let mut assets: Vec<String> = site
        .assets
        .iter()
        .map(|path| renamed(&renames, path))
        .collect();
    assets.sort();
    let after = World::new(pages, &assets);
    check_lists(&after, pages, &old)?;
    let folder = Folder { from, to };

    let mut decided = Move {
        plan: Plan {
            moved: moved_paths(site, from, to),
            ..Plan::default()
        },
        mended: BTreeMap::new(),
        addresses: Vec::new(),
        notes: notes(site, pages, &old, &folder),
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
            world: &after,
            page,
            old_source: source,
            alias: alias.filter(|address| is_free(&after, address, page)),
        };
        let Some(change) = mender.change(&wanted, read)? else {
            continue;
        };
        let path = format!("content/{source}");
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
    if let Some(change) = mend::site_toml(site, &after, &wanted, read)? {
        decided
            .mended
            .insert(config::FILE.to_owned(), change.mended);
        decided
            .plan
            .edits
            .push(smallest(config::FILE, &change.before, &change.after));
    }
    decided.plan.edits.sort();
    Ok(decided)
}

/// A folder that moves, for the addresses of folders.
struct Folder<'a> {
    from: &'a str,
    to: &'a str,
}

/// The paths that change, of files in `content/`: all below a folder, or one and its replies.
fn renames(
    site: &Site<'_>,
    pages: &[Page],
    from: &str,
    to: &str,
) -> Result<BTreeMap<String, String>, Error> {
    let sources = pages.iter().map(|page| &page.source);
    let all: Vec<&String> = sources
        .chain(site.replies)
        .chain(site.assets)
        .chain(site.broken)
        .collect();
    let below = format!("{from}/");
    let mut renames: BTreeMap<String, String> = all
        .iter()
        .filter_map(|path| {
            Some((
                path.to_string(),
                format!("{to}/{}", path.strip_prefix(&below)?),
            ))
        })
        .collect();
    if all.iter().any(|path| *path == from) {
        renames.insert(from.to_owned(), to.to_owned());
        if let Some((old, new)) = replies_of(site, from, to) {
            renames.insert(old, new);
        }
    }
    let unreadable = site.broken.iter().find(|path| renames.contains_key(*path));
    if let Some(broken) = unreadable {
        return Err(Error::Refused(format!(
            "content/{broken} cannot be read, so its links cannot be mended\nhelp: gen build says what is wrong with it; mend that first"
        )));
    }
    Ok(renames)
}

/// The replies to an article, before and after.
fn replies_of(site: &Site<'_>, from: &str, to: &str) -> Option<(String, String)> {
    let file = |path: &str| Some(format!("{}{}", path.strip_suffix(".md")?, replies::ENDING));
    let (old, new) = (file(from)?, file(to)?);
    site.replies.contains(&old).then_some((old, new))
}

fn moved_paths(site: &Site<'_>, from: &str, to: &str) -> Vec<(String, String)> {
    let mut moved = vec![(from.to_owned(), to.to_owned())];
    moved.extend(replies_of(site, from, to));
    moved
        .into_iter()
        .map(|(from, to)| (format!("content/{from}"), format!("content/{to}")))
        .collect()
}

fn renamed(renames: &BTreeMap<String, String>, path: &str) -> String {
    renames
        .get(path)
        .cloned()
        .unwrap_or_else(|| path.to_owned())
}

/// Refuses what cannot be moved, or not there.
fn check_places(from: &str, to: &str) -> Result<(), Error> {
    let refuse = |why: String, help: &str| Err(Error::Refused(format!("{why}\nhelp: {help}")));
    let special = |path: &str| {
        let first = path.split('/').next().unwrap_or_default();
        ["authors", "tags"].into_iter().find(|name| *name == first)
    };
    if let Some(name) = special(from).or(special(to)) {
        return refuse(
            format!("what lies in content/{name}/ is named by its file, and stays there"),
            "change the name by hand, there and in the articles that mention it",
        );
    }
    if to == from {
        return refuse(
            format!("content/{from} is there already"),
            "give it another path",
        );
    }
    if to.starts_with(&format!("{from}/")) {
        return refuse(
            format!("content/{from} cannot be moved into itself"),
            "choose a place outside of it",
        );
    }
    if to.split('/').any(|part| part.starts_with('.')) {
        return refuse(
            format!("content/{to} would be hidden: gen leaves it out"),
            "begin no name with a dot",
        );
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let (old, new) = (name(from), name(to));
    if new == "archetype.md"
        || ((old == "index.md") != (new == "index.md") && from.ends_with(".md"))
    {
        return refuse(
            format!("{new} is another kind of page than {old}"),
            "a folder's own page is index.md, and no other file is; make the change by hand",
        );
    }
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    if ending(&old) != ending(&new) && (old.ends_with(".md") || new.ends_with(".md")) {
        return refuse(
            format!("{old} cannot become {new}: the endings differ"),
            "keep the ending .md for articles and pages",
        );
    }
    Ok(())
}

/// The page at its new path. A day in its old name that is lost stays its date.
fn rename(page: &mut Page, new: &str) -> Result<(), Error> {
    if page.front.date.is_none()
        && let Some((date, _)) = front::day_in(&page.source)
        && front::day_in(new).is_none()
    {
        page.front.date = Some(date);
    }
    let Some((kind, permalink)) = parse::place(new, &page.front.clone().into()) else {
        return Err(Error::Refused(format!(
            "no address can be made of content/{new}\nhelp: use letters, digits and hyphens"
        )));
    };
    (page.source, page.kind, page.permalink) = (new.to_owned(), kind, permalink);
    Ok(())
}

/// Refuses a move after which two things would have one address.
fn check_addresses(pages: &[Page], old: &[(String, Permalink)], to: &str) -> Result<(), Error> {
    let taken = |address: &Permalink, owner: &str| {
        Err(Error::Refused(format!(
            "{owner} has the address {address} already\nhelp: choose another path"
        )))
    };
    let is_moved = |number: usize| old[number].0 != pages[number].source;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for (number, page) in pages
        .iter()
        .enumerate()
        .filter(|(number, _)| !is_moved(*number))
    {
        known.insert(page.permalink.folded(), old[number].0.clone());
        for alias in &page.front.aliases.0 {
            known
                .entry(Permalink::page(alias).folded())
                .or_insert(old[number].0.clone());
        }
    }
    for (_, page) in pages
        .iter()
        .enumerate()
        .filter(|(number, _)| is_moved(*number))
    {
        if let Some(owner) = known.get(&page.permalink.folded()) {
            return taken(&page.permalink, &format!("content/{owner}"));
        }
    }
    if !to.ends_with(".md") {
        let parts: Vec<String> = to.split('/').map(slugify).collect();
        let address = Permalink::page(&parts.join("/"));
        if let Some(owner) = known
            .get(&address.folded())
            .filter(|owner| !owner.ends_with("index.md"))
        {
            return taken(&address, &format!("content/{owner}"));
        }
    }
    Ok(())
}

/// Refuses a page where a folder has its list, or gen a page of its own.
fn check_lists(
    after: &World<'_>,
    pages: &[Page],
    old: &[(String, Permalink)],
) -> Result<(), Error> {
    for (page, (source, _)) in pages.iter().zip(old) {
        let address = &page.permalink;
        let is_list = after.has_folder(address) && page.stem() != "index";
        if page.source != *source && (is_list || super::is_gens_own(address)) {
            return Err(Error::Refused(format!(
                "there is something else at {address} already: a list of articles\nhelp: choose another path"
            )));
        }
    }
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

fn notes(
    site: &Site<'_>,
    pages: &[Page],
    old: &[(String, Permalink)],
    moved: &Folder<'_>,
) -> Vec<String> {
    let mut notes = Vec::new();
    if let [first, rest @ ..] = site.broken {
        let more = match rest.len() {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        notes.push(format!(
            "content/{first}{more} cannot be read: links in it were not looked at"
        ));
    }
    for (number, page) in pages.iter().enumerate() {
        let (source, _) = &old[number];
        let was_page = !source.contains('/');
        if page.source != *source && page.kind == Kind::Page && !was_page {
            notes.push(format!(
                "content/{} is at the root and has no date: it is a page now, and stands in no list",
                page.source
            ));
        }
    }
    let hub = format!("{}/index.md", moved.to);
    let below = format!("{}/", moved.to);
    let has = |is: &dyn Fn(&Page) -> bool| pages.iter().any(is);
    if has(&|page| page.source.starts_with(&below)) && !has(&|page| page.source == hub) {
        notes.push(format!(
            "nothing leads on from {}, the folder's old list: only files have aliases, and it has no index.md",
            world::address_of(moved.from)
        ));
    }
    notes
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
