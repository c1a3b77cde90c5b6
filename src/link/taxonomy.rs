//! Tags and authors: from what articles say, with or without files of their own.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::page::{Kind, PageId};
use crate::model::site::{Author, Site, Tag};
use crate::model::slug::{fold, slugify};
use crate::model::url::Permalink;
use crate::parse::title_from;

/// One tag or author before it is known what it is.
#[derive(Default)]
struct Term {
    /// How often each spelling is used.
    spellings: BTreeMap<String, usize>,
    /// The file with its words.
    page: Option<PageId>,
    /// The articles, newest first.
    articles: Vec<PageId>,
}

/// Finds tags and authors, and says of each page which it has.
pub(super) fn build(site: &mut Site, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let tags = gather(site, Kind::Tag, "tags", diagnostics, |site, id| site.page(id).front.tags.0.clone());
    for (slug, term) in tags {
        let name = shown(site, &term, &slug);
        let number = site.tags.len();
        for id in &term.articles {
            site.places[id.index()].tags.push(number);
        }
        let permalink = Permalink::page(&format!("tags/{slug}"));
        site.tags.push(Tag { slug, name, permalink, page: term.page, articles: term.articles });
    }
    let authors = gather(site, Kind::Author, "authors", diagnostics, |site, id| {
        let own = &site.page(id).front.authors.0;
        if own.is_empty() { config.authors.clone() } else { own.clone() }
    });
    for (slug, term) in authors {
        let name = shown(site, &term, &slug);
        let number = site.authors.len();
        for id in &term.articles {
            site.places[id.index()].authors.push(number);
        }
        let permalink = Permalink::page(&format!("authors/{slug}"));
        site.authors.push(Author { slug, name, permalink, page: term.page, articles: term.articles });
    }
    in_written_order(site, config);
}

/// The terms by slug. Those without an article and without a file are none.
fn gather(
    site: &Site,
    kind: Kind,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
    written: impl Fn(&Site, PageId) -> Vec<String>,
) -> BTreeMap<String, Term> {
    // By what all spellings share: `No Contact` and `no-contact` are one, `C` and `C++` are two.
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    let mut slugs: BTreeMap<String, String> = BTreeMap::new();
    for id in site.ids().filter(|id| site.page(*id).kind == kind) {
        let page = site.page(id);
        let slug = page.permalink.as_str().trim_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        // A file claims the tag that its title names, and the one that its name does.
        let names = match kind {
            Kind::Tag => [fold(&page.title), fold(page.stem())],
            _ => [fold(page.stem()), fold(page.stem())],
        };
        for key in names {
            slugs.insert(key.clone(), slug.clone());
            terms.entry(key).or_default().page = Some(id);
        }
    }
    for id in &site.articles {
        for name in written(site, *id) {
            let key = fold(&name);
            let slug = slugs.entry(key.clone()).or_insert_with(|| slugify(&name));
            if slug.is_empty() {
                diagnostics.push(
                    Diagnostic::error("slug", &site.page(*id).path(), format!("no address can be made of `{name}`"))
                        .at_item(folder, &name)
                        .help(format!("use letters or digits, or give it one by `slug:` in content/{folder}/")),
                );
                continue;
            }
            let term = terms.entry(key).or_default();
            *term.spellings.entry(name).or_insert(0) += 1;
            if term.articles.last() != Some(id) {
                term.articles.push(*id);
            }
        }
    }
    by_slug(site, terms, &slugs, folder, diagnostics)
}

/// Two terms with one slug are one where a file says so, else a mistake.
fn by_slug(
    site: &Site,
    terms: BTreeMap<String, Term>,
    slugs: &BTreeMap<String, String>,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Term> {
    let mut result: BTreeMap<String, Term> = BTreeMap::new();
    for (key, term) in terms {
        let Some(slug) = slugs.get(&key).filter(|slug| !slug.is_empty()) else { continue };
        let Some(other) = result.get_mut(slug) else {
            result.insert(slug.clone(), term);
            continue;
        };
        let same_file = other.page.is_some() && other.page == term.page;
        if !same_file && !other.spellings.is_empty() && !term.spellings.is_empty() {
            let name = |term: &Term| term.spellings.keys().next().cloned().unwrap_or_default();
            let (ours, theirs) = (name(&term), name(other));
            let place = term.articles.first().map(|id| site.page(*id).path()).unwrap_or_default();
            diagnostics.push(
                Diagnostic::error("slug-collision", &place, format!("`{theirs}` and `{ours}` would both have the address /{folder}/{slug}/"))
                    .at_item(folder, &ours)
                    .help(format!("spell them alike, or write content/{folder}/{}.md with `title: \"{ours}\"` and a `slug:` of its own", slugify(&spelled(&ours)))),
            );
        }
        other.page = other.page.or(term.page);
        for (name, count) in term.spellings {
            *other.spellings.entry(name).or_insert(0) += count;
        }
        other.articles.extend(term.articles);
        other.articles.sort_by_key(|id| site.articles.iter().position(|known| known == id));
        other.articles.dedup();
    }
    result
}

/// `C++` as a file's name: signs spelled out.
fn spelled(name: &str) -> String {
    name.replace('+', " plus").replace('#', " sharp").replace('&', " and ").replace('.', " dot ")
}

/// The name that readers see: the file's, or the spelling used most (of equals, the first by alphabet).
fn shown(site: &Site, term: &Term, slug: &str) -> String {
    if let Some(page) = term.page.map(|id| site.page(id)) {
        let written = match page.kind {
            Kind::Author => page.front.name.as_ref().or(page.front.title.as_ref()),
            _ => page.front.title.as_ref(),
        };
        if let Some(text) = written {
            return text.0.clone();
        }
    }
    let most = term.spellings.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(name.as_str())));
    most.map_or_else(|| title_from(slug), |(name, _)| name.clone())
}

/// Each page's tags and authors in the order in which its author wrote them.
fn in_written_order(site: &mut Site, config: &Config) {
    let tag_numbers: BTreeMap<String, usize> = numbers(site.tags.iter().map(|t| t.slug.as_str()));
    let author_numbers: BTreeMap<String, usize> = numbers(site.authors.iter().map(|a| a.slug.as_str()));
    for id in site.articles.clone() {
        let tags = site.page(id).front.tags.0.clone();
        let own = &site.page(id).front.authors.0;
        let authors = if own.is_empty() { config.authors.clone() } else { own.clone() };
        let places = &mut site.places[id.index()];
        let rank = |written: &[String], numbers: &BTreeMap<String, usize>, term: usize| {
            written.iter().position(|name| numbers.get(&slugify(name)) == Some(&term)).unwrap_or(usize::MAX)
        };
        places.tags.sort_by_key(|tag| (rank(&tags, &tag_numbers, *tag), *tag));
        places.authors.sort_by_key(|author| (rank(&authors, &author_numbers, *author), *author));
    }
}

fn numbers<'a>(slugs: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    slugs.enumerate().map(|(number, slug)| (slug.to_owned(), number)).collect()
}
