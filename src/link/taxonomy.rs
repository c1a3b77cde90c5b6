//! Finds the terms of taxonomies, such as tags and authors, in what articles say, with or without files of their own.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::nfc::bare;
use crate::model::page::{Kind, Page, PageId};
use crate::model::site::{Site, Taxonomy, Term};
use crate::model::slug::{LONGEST, Slugs, fold, slugify};
use crate::model::typography;
use crate::parse::title_from;

/// A term before it is known what it is.
#[derive(Default)]
struct Draft {
    /// How often each spelling is used.
    spellings: BTreeMap<String, usize>,
    /// The file with its words.
    page: Option<PageId>,
    /// The articles, newest first.
    articles: Vec<PageId>,
}

/// All terms of one taxonomy.
struct Drafts {
    by_slug: BTreeMap<String, Draft>,
    /// By what the spellings of a term share: its index in the order of slugs.
    numbers: BTreeMap<String, usize>,
}

/// Finds the terms of all taxonomies, and says of each page which it has.
pub(super) fn build(site: &mut Site, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let own = config.taxonomies.iter();
    let all = [("tags", ""), ("authors", "")].into_iter().chain(own);
    let all = all.map(|(key, title)| Taxonomy::new(key, title));
    site.taxonomies = all.collect::<Vec<Taxonomy>>().into();
    let pages = Arc::clone(&site.pages);
    let authors = |id: PageId| match pages[id.index()].front.authors.0.as_slice() {
        [] => config.authors.as_slice(),
        own => own,
    };
    let tags = |id: PageId| pages[id.index()].front.tags.0.as_slice();
    // Tags come last: a new one, which is usual, moves no other taxonomy's ids, and so no page that shows them.
    one(site, config, Taxonomy::AUTHORS, &authors, diagnostics);
    let own = site.taxonomies.ids().skip(Taxonomy::BUILT_IN);
    for (taxonomy, key) in own.zip(config.taxonomies.keys()) {
        let terms = |id: PageId| {
            let terms = pages[id.index()].front.terms.get(key);
            terms.map_or(&[][..], Vec::as_slice)
        };
        one(site, config, taxonomy, &terms, diagnostics);
    }
    one(site, config, Taxonomy::TAGS, &tags, diagnostics);
}

/// Finds the terms of one taxonomy; `written` tells what an article says of it.
fn one<'w>(
    site: &mut Site,
    config: &Config,
    taxonomy: Id<Taxonomy>,
    written: &(dyn Fn(PageId) -> &'w [String] + Sync),
    diagnostics: &mut Vec<Diagnostic>,
) {
    let key = site.taxonomies[taxonomy].key.clone();
    let drafts = gather(site, &key, config.slugs(), diagnostics, written);
    let first = site.terms.len();
    for (id, numbers) in drafts.of_articles(site, written) {
        let terms = numbers.into_iter().map(|number| Id::new(first + number));
        let all = &mut site.places[id.index()].terms;
        all.resize_with(site.taxonomies.len(), Vec::new);
        all[taxonomy.index()] = terms.collect();
    }
    for (slug, draft) in drafts.by_slug {
        site.terms.push(Term {
            taxonomy,
            name: shown(site, config, &draft, &slug),
            permalink: config.page_at(&format!("{key}/{slug}")),
            slug,
            page: draft.page,
            articles: draft.articles,
        });
    }
    site.taxonomies[taxonomy].terms = first..site.terms.len();
}

impl Drafts {
    /// The numbers of the terms that each article names, as written, each once.
    fn of_articles<'w>(
        &self,
        site: &Site,
        written: &(dyn Fn(PageId) -> &'w [String] + Sync),
    ) -> Vec<(PageId, Vec<usize>)> {
        // A name is folded once by each thread, however many articles have it.
        type Known<'n> = BTreeMap<&'n str, Option<usize>>;
        let numbers = |known: &mut Known<'w>, id: &PageId| {
            let find = |name: &str| self.numbers.get(&fold(name)).copied();
            let mut number = |name: &'w String| {
                let known = known.entry(name);
                *known.or_insert_with_key(|name| find(name))
            };
            let mut numbers: Vec<usize> = Vec::new();
            for number in written(*id).iter().filter_map(&mut number) {
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
            (*id, numbers)
        };
        let articles = site.articles.par_iter();
        articles.map_init(Known::new, numbers).collect()
    }
}

/// The terms by slug. Those without an article and without a file are none.
fn gather<'w>(
    site: &Site,
    folder: &str,
    made: Slugs,
    diagnostics: &mut Vec<Diagnostic>,
    written: &(dyn Fn(PageId) -> &'w [String] + Sync),
) -> Drafts {
    // By what all spellings share: `No Contact` and `no-contact` are one, `C` and `C++` are two.
    let mut terms: BTreeMap<String, Draft> = BTreeMap::new();
    let mut slugs: BTreeMap<String, String> = BTreeMap::new();
    // A file claims what its title names; and, before any other's title, what its own name does.
    let names: [fn(&Page) -> &str; 2] = [|page| &page.title, Page::stem];
    for name in names {
        for id in site.ids() {
            let page = site.page(id);
            if !matches!(page.kind, Kind::Term | Kind::Author) || page.bare_folder() != folder {
                continue;
            }
            let slug = page
                .permalink
                .as_str()
                .trim_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default();
            let key = fold(name(page));
            slugs.insert(key.clone(), slug.to_owned());
            terms.entry(key).or_default().page = Some(id);
        }
    }
    // An empty entry is told where it is read.
    let named = uses(site, written).into_iter();
    for (name, articles) in named.filter(|(name, _)| !name.trim().is_empty()) {
        let key = fold(name);
        let slug = slugs.entry(key.clone()).or_insert_with(|| made.of(name));
        if slug.is_empty() || slug.len() > LONGEST {
            let why = match slug.is_empty() {
                true => format!("no address can be made of `{name}`"),
                false => "this name is too long for an address".to_owned(),
            };
            let help =
                format!("use letters or digits, or give it one by `slug:` in content/{folder}/");
            diagnostics.extend(articles.iter().map(|id| {
                Diagnostic::error("slug", &site.page(*id).path(), why.clone())
                    .at_item(folder, name)
                    .help(&help)
            }));
            continue;
        }
        let term = terms.entry(key).or_default();
        term.spellings.insert(name.to_owned(), articles.len());
        let is_first = term.articles.is_empty();
        term.articles.extend(articles);
        if !is_first {
            term.articles
                .sort_by_key(|id| (Reverse(site.page(*id).date), *id));
        }
        term.articles.dedup();
    }
    let by_slug = by_slug(site, terms, &slugs, folder, diagnostics);
    let places: BTreeMap<&str, usize> = by_slug
        .keys()
        .enumerate()
        .map(|(place, slug)| (slug.as_str(), place))
        .collect();
    let numbers = slugs
        .into_iter()
        .filter_map(|(key, slug)| Some((key, *places.get(slug.as_str())?)))
        .collect();
    Drafts { by_slug, numbers }
}

/// The articles that name each term, newest first.
fn uses<'w>(
    site: &Site,
    written: &(dyn Fn(PageId) -> &'w [String] + Sync),
) -> BTreeMap<&'w str, Vec<PageId>> {
    let mut uses: Vec<(&str, PageId)> = site
        .articles
        .par_iter()
        .flat_map_iter(|id| written(*id).iter().map(|name| (name.as_str(), *id)))
        .collect();
    // The sort leaves those of one name in their order.
    uses.par_sort_by_key(|(name, _)| *name);
    let of_one = uses.chunk_by(|a, b| a.0 == b.0);
    of_one
        .map(|uses| (uses[0].0, uses.iter().map(|(_, id)| *id).collect()))
        .collect()
}

/// Two terms with one slug are one where a file says so, else a mistake.
fn by_slug(
    site: &Site,
    terms: BTreeMap<String, Draft>,
    slugs: &BTreeMap<String, String>,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Draft> {
    let mut result: BTreeMap<String, Draft> = BTreeMap::new();
    for (key, term) in terms {
        let usable = |slug: &&String| !slug.is_empty() && slug.len() <= LONGEST;
        let Some(slug) = slugs.get(&key).filter(usable) else {
            continue;
        };
        let Some(other) = result.get_mut(slug) else {
            result.insert(slug.clone(), term);
            continue;
        };
        let same_file = other.page.is_some() && other.page == term.page;
        if !same_file && !other.spellings.is_empty() && !term.spellings.is_empty() {
            let name = |term: &Draft| term.spellings.keys().next().cloned().unwrap_or_default();
            let (ours, theirs) = (name(&term), name(other));
            let first = term.articles.first();
            let path = first.map_or(String::new(), |id| site.page(*id).path());
            let told = match bare(&ours) == bare(&theirs) {
                true => Diagnostic::note(
                    "slug-collision",
                    &path,
                    format!(
                        "`{ours}` and `{theirs}` are taken for one: they differ by accents, case or signs only"
                    ),
                ),
                false => Diagnostic::error(
                    "slug-collision",
                    &path,
                    format!(
                        "`{theirs}` and `{ours}` would both have the address /{folder}/{slug}/"
                    ),
                ),
            };
            let file = slugify(&spelled(&ours));
            diagnostics.push(told.at_item(folder, &ours).help(format!(
                "spell them alike, or write content/{folder}/{file}.md with `title: \"{ours}\"` and a `slug:` of its own"
            )));
        }
        other.page = other.page.or(term.page);
        for (name, count) in term.spellings {
            *other.spellings.entry(name).or_insert(0) += count;
        }
        other.articles.extend(term.articles);
        other
            .articles
            .sort_by_key(|id| (Reverse(site.page(*id).date), *id));
        other.articles.dedup();
    }
    result
}

/// `C++` as a file's name: signs spelled out.
fn spelled(name: &str) -> String {
    name.replace('+', " plus")
        .replace('#', " sharp")
        .replace('&', " and ")
        .replace('.', " dot ")
}

/// The name that readers see: the file's, or the spelling used most (of equals, the first by alphabet).
fn shown(site: &Site, config: &Config, term: &Draft, slug: &str) -> String {
    let set = |text: &str| typography::set(text, config.smart()).into_owned();
    if let Some(page) = term.page.map(|id| site.page(id)) {
        let written = match page.kind {
            Kind::Author => page.front.name.as_ref().or(page.front.title.as_ref()),
            _ => page.front.title.as_ref(),
        };
        if let Some(text) = written {
            return set(&text.0);
        }
    }
    let most = term
        .spellings
        .iter()
        .max_by_key(|(name, count)| (**count, Reverse(name.as_str())));
    most.map_or_else(|| title_from(slug), |(name, _)| set(name))
}
