//! Tells what a file is and where it is published, by its path and its front matter: day, kind, address.

use std::collections::{BTreeMap, BTreeSet};

use super::address_pattern;
use crate::config::{Language, Languages, Taxonomies};
use crate::diagnostic::Diagnostic;
use crate::model::date::{Date, WrittenDate, Zone};
use crate::model::front_matter::FrontMatter;
use crate::model::page::Kind;
use crate::model::slug::{LONGEST, Slugs};
use crate::model::source;
use crate::model::url::Permalink;

/// What a file at `source` would be with this front matter, and its address, on a site in these languages; none where
/// none can be made of its name. The folders of the site's own taxonomies are folders of articles here.
pub fn place(
    source: &str,
    front: &FrontMatter,
    languages: &Languages,
) -> Option<(Kind, Permalink)> {
    let mut errors = Vec::new();
    let placed = languages.place(source);
    let source = &*placed.bare;
    let language = &languages.all()[placed.language];
    let (named_date, name) = name_parts(source, source, &mut errors);
    let written = front.date.or(named_date);
    let kind = kind_of(source, written.is_some(), &Taxonomies::default());
    let date = written.map(|date| Date::resolve(date, &Zone::utc()));
    let permalink = permalink(source, name, language, front, date, source, &mut errors);
    errors.is_empty().then_some((kind, permalink))
}

/// The day in a file's name, and the name without it and without `.md`.
pub(super) fn name_parts<'s>(
    source: &'s str,
    path: &str,
    errors: &mut Vec<Diagnostic>,
) -> (Option<WrittenDate>, &'s str) {
    let name = source.rsplit('/').next().unwrap_or_default();
    let stem = source::without_ending(name);
    let stem = if source::is_index(name) {
        "index"
    } else {
        stem
    };
    match WrittenDate::from_file_name(stem) {
        Some((date, rest)) => (Some(date), rest),
        None => {
            if let Some(day) = WrittenDate::like_a_day(stem) {
                errors.push(
                    Diagnostic::error("file-name", path, format!("this file's name begins with {day}, a day that no calendar has"))
                        .help("rename the file: a name begins with the day of publication, or with no day"),
                );
            }
            (None, stem)
        }
    }
}

/// `dated` says that its name or its front matter has a date.
pub(super) fn kind_of(source: &str, dated: bool, taxonomies: &Taxonomies) -> Kind {
    let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
    match (folder, source::is_index(name)) {
        ("", true) => Kind::Home,
        ("authors" | "tags", true) => Kind::Index,
        ("authors", _) => Kind::Author,
        ("tags", _) => Kind::Term,
        (folder, true) if taxonomies.has(folder) => Kind::Index,
        (folder, false) if taxonomies.has(folder) => Kind::Term,
        (_, true) => Kind::Section,
        ("", _) if !dated => Kind::Page,
        _ => Kind::Article,
    }
}

/// Every `index.md` that may be an article by itself: neither its folder nor one within holds another file, in whatever
/// language.
pub fn bundles<'f>(
    files: impl Iterator<Item = &'f str> + Clone,
    languages: &Languages,
) -> BTreeSet<String> {
    // The only file in a folder and the folders within it; none where there are several.
    let mut within: BTreeMap<String, Option<String>> = BTreeMap::new();
    for file in files.clone() {
        let bare = languages.place(file).bare;
        for (end, _) in bare.match_indices('/') {
            match within.get_mut(&bare[..end]) {
                Some(only) if only.as_deref() == Some(&*bare) => {}
                Some(only) => *only = None,
                None => drop(within.insert(bare[..end].to_owned(), Some(bare.to_string()))),
            }
        }
    }
    // `_index.md` is always its folder's own page.
    let is_alone = |file: &&str| {
        let bare = languages.place(file).bare;
        let parts = source::without_ending(&bare).rsplit_once('/');
        let folder = parts.and_then(|(folder, name)| (name == "index").then_some(folder));
        folder.is_some_and(|folder| within.get(folder).is_some_and(Option::is_some))
    };
    files.filter(is_alone).map(str::to_owned).collect()
}

/// Of an `index.md` that may be an article by itself: that of a file of its folder's name beside the folder, unless it
/// says what only a folder's own page says. Of pages at the root none has a weight: then articles are to come.
pub fn kind_of_bundle(bare: &str, dated: bool, front: &FrontMatter) -> Kind {
    let folder = bare.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_of_folder =
        !front.steps.0.is_empty() || front.lead.is_some() || front.defaults.is_some();
    match dated || folder.contains('/') {
        _ if is_of_folder => Kind::Section,
        true => Kind::Article,
        false if front.weight.is_some() => Kind::Section,
        false => Kind::Page,
    }
}

/// The address; what cannot be one is told, and something near it taken. `source` is the path without the language.
pub(super) fn permalink(
    source: &str,
    name: &str,
    language: &Language,
    front: &FrontMatter,
    date: Option<Date>,
    path: &str,
    errors: &mut Vec<Diagnostic>,
) -> Permalink {
    let slugs = language.slugs;
    let usual = by_path(source, name, front, slugs, path, errors);
    let Some(pattern) = &front.address else {
        return language.page(usual.as_str());
    };
    let facts = address_pattern::Facts {
        date: date.map(Date::day),
        usual: &usual,
        source,
        title: front.title.as_ref().map(|title| title.0.as_str()),
        slugs,
    };
    let filled = address_pattern::filled(pattern, &facts);
    language.within(filled.unwrap_or_else(|wrong| {
        let told = Diagnostic::error("address", path, format!("`{pattern}` {}", wrong.why));
        errors.push(told.at_item("address", pattern).help(wrong.help));
        usual.clone()
    }))
}

/// The address that follows from the file's path and its `slug`.
fn by_path(
    source: &str,
    name: &str,
    front: &FrontMatter,
    slugs: Slugs,
    path: &str,
    errors: &mut Vec<Diagnostic>,
) -> Permalink {
    let folders: Vec<String> = source.rsplit_once('/').map_or(Vec::new(), |(f, _)| {
        f.split('/').map(|name| slugs.of(name)).collect()
    });
    let is_index = name == "index";
    let (mut parts, last) = match folders.split_last() {
        Some((last, above)) if is_index => (above.to_vec(), last.clone()),
        None if is_index => return Permalink::root(),
        _ => (folders.clone(), slugs.of(name)),
    };
    let last = match &front.slug {
        None => last,
        Some(slug) => {
            let written = Slugs::written(slug);
            let made: String = slugs.of(slug).chars().take(LONGEST).collect();
            let made = if made.is_empty() { last } else { made };
            if written.is_none() {
                errors.push(
                    Diagnostic::error(
                        "slug",
                        path,
                        format!("`{slug}` cannot be the last part of an address"),
                    )
                    .at_item("slug", slug)
                    .help(format!(
                        "use letters, digits and hyphens: slug: {}",
                        or_example(&made)
                    )),
                );
            }
            written.unwrap_or(made)
        }
    };
    if last.is_empty() && front.slug.is_none() {
        errors.push(
            Diagnostic::error("slug", path, "no address can be made of this file's name")
                .help("add a line such as `slug: my-article` to its front matter"),
        );
    }
    parts.push(last);
    Permalink::page(&parts.join("/"))
}

fn or_example(slug: &str) -> &str {
    if slug.is_empty() { "my-article" } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_from_the_path() {
        for (source, dated, kind) in [
            ("index.md", false, Kind::Home),
            ("about.md", false, Kind::Page),
            ("a.md", true, Kind::Article),
            ("a/index.md", false, Kind::Section),
            ("a/b.md", false, Kind::Article),
            ("authors/x.md", false, Kind::Author),
            ("tags/index.md", false, Kind::Index),
        ] {
            let own = Taxonomies::default();
            assert_eq!(kind_of(source, dated, &own), kind, "{source}");
        }
    }
}
