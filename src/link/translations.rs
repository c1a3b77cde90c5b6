//! Translations: which pages say the same in other languages, what stands in for those that are not there, and where each
//! address has its counterparts.

use std::collections::{BTreeMap, BTreeSet};

use super::Prepared;
use super::reference::{Entry, Found, Index, Ties};
use crate::config::{Config, Missing};
use crate::diagnostic::Diagnostic;
use crate::model::page::{Body, Kind, Original, Page, PageId};
use crate::model::site::{Counterpart, Counterparts, Site, Taxonomy};
use crate::model::slug::fold;
use crate::model::source::tie;
use crate::model::terms::{Terms, Vocabulary};
use crate::model::url::Permalink;

/// The same by their files, while there are no ids yet.
pub(super) type Files = BTreeMap<String, String>;

/// Finds the ids of pages, which are sorted by file.
pub(super) fn ids(files: &Files, pages: &[Page]) -> Ties {
    let id = |source: &str| {
        let at = pages.binary_search_by(|page| page.source.as_str().cmp(source));
        Some(PageId::new(at.ok()?))
    };
    let known = files.iter();
    known
        .filter_map(|(key, source)| Some((key.clone(), id(source)?)))
        .collect()
}

/// Finds what each page is a translation of. `languages` are the published and unpublished pages of each.
pub(super) fn ties(languages: &[Prepared], diagnostics: &mut Vec<Diagnostic>) -> Vec<Files> {
    let mut indexes: Option<Vec<Index<'_>>> = None;
    let mut original = |own: usize, page: &Page, written: &str| {
        let indexes = indexes.get_or_insert_with(|| {
            let mut all = Vec::with_capacity(languages.len());
            for one in languages {
                all.push(Index::new(&one.pages, &one.unpublished));
            }
            all
        });
        let path = page.path();
        let wrong = |message: String, help: String| {
            let error = Diagnostic::error("unknown-reference", &path, message);
            Box::new(error.at_item("translation_of", written).help(help))
        };
        for (_, index) in indexes.iter().enumerate().filter(|(n, _)| *n != own) {
            match index.find(written, page.bare_folder()) {
                Found::Page(id) => return Ok(tie(index.bare(Entry::Published(id)))),
                Found::Hidden(hidden) => return Ok(tie(hidden.bare())),
                Found::Ambiguous(files) => {
                    return Err(wrong(
                        format!("`{written}` could be several files"),
                        format!("write its path: {}", files.join(" or ")),
                    ));
                }
                Found::Moved(_) | Found::Missing(_) => {}
            }
        }
        let near = indexes.iter().find_map(|index| index.nearest(written));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the original's file as links name it".to_owned(),
        };
        Err(wrong(format!("no other language has `{written}`"), help))
    };
    let mut all = Vec::with_capacity(languages.len());
    for (own, language) in languages.iter().enumerate() {
        let mut ties = Files::new();
        for page in &language.pages {
            let key = match page.front.translation_of.as_deref() {
                None => tie(page.bare()),
                Some(written) => match original(own, page, written) {
                    Ok(key) => key,
                    Err(error) => {
                        diagnostics.push(*error);
                        tie(page.bare())
                    }
                },
            };
            let other = ties.insert(key, page.source.clone());
            let other = other.and_then(|file| language.pages.iter().find(|p| p.source == file));
            let Some(other) = other else { continue };
            // Two files of one path have one address, too: that is told of them.
            if page.front.translation_of.is_some() || other.front.translation_of.is_some() {
                let message = format!("{} is a translation of the same page", other.path());
                let error = Diagnostic::error("same-translation", &page.path(), message);
                diagnostics.push(
                    error.at_key("translation_of").help(
                        "a page has one translation into a language: take one of the two away",
                    ),
                );
            }
        }
        all.push(ties);
    }
    all
}

/// The pages that stand in for translations which are not there, and the authors of other languages whom articles name.
pub(super) fn stand_ins(own: &[Page], ties: &Files, first: &[Page], config: &Config) -> Vec<Page> {
    let mut more = authors(own, ties, first, config);
    if config.own_language().missing == Missing::LeaveOut {
        return more;
    }
    let folders: BTreeSet<&str> = own
        .iter()
        .filter(|page| matches!(page.kind, Kind::Article | Kind::Section))
        .flat_map(|page| {
            let folder = page.bare_folder();
            let above = folder.match_indices('/');
            let above = above.map(move |(end, _)| &folder[..end]);
            above.chain([folder])
        })
        .collect();
    for page in first {
        // The list of a folder with articles stands at its address.
        let is_list = page.kind == Kind::Section && folders.contains(page.bare_folder());
        let is_read = page.is_hub() || matches!(page.kind, Kind::Article | Kind::Page);
        if is_read && !is_list && page.kind != Kind::Home && !ties.contains_key(&tie(page.bare())) {
            more.push(stand_in(page, config));
        }
    }
    more
}

/// A page as it is shown in another language: a page in no list.
fn stand_in(page: &Page, config: &Config) -> Page {
    let mut shown = Page {
        kind: Kind::Page,
        original: Some(original(page, config)),
        permalink: address(page, config),
        terms: Terms::default(),
        vocabulary: Vocabulary::default(),
        replies: Vec::new(),
        ..page.clone()
    };
    let canonical = || config.base_url.absolute(&page.permalink);
    shown.front.canonical.get_or_insert_with(canonical);
    shown.front.steps = Default::default();
    shown.front.aliases = Default::default();
    shown.front.template = None;
    shown.front.after = None;
    shown.front.up_next = None;
    shown.front.lead = None;
    shown
}

/// Where a page of the first language stands in another.
fn address(page: &Page, config: &Config) -> Permalink {
    let bare = config.languages.all()[0].without(&page.permalink);
    config.own_language().within(bare)
}

fn original(page: &Page, config: &Config) -> Box<Original> {
    Box::new(Original {
        language: config.languages.all()[0].tag.clone(),
        permalink: page.permalink.clone(),
    })
}

/// Who writes is the same in every language: name and picture are taken from the original, what is said of them is not.
fn authors(own: &[Page], ties: &Files, first: &[Page], config: &Config) -> Vec<Page> {
    let articles = own.iter().filter(|page| page.is_article());
    let named: BTreeSet<String> = articles
        .flat_map(|page| match page.front.authors.0.as_slice() {
            [] => config.authors.as_slice(),
            own => own,
        })
        .map(|name| fold(name))
        .collect();
    let is_named = |page: &&Page| {
        let slug = page.permalink.as_str().trim_matches('/').rsplit('/').next();
        let names = [page.title.as_str(), page.stem(), slug.unwrap_or_default()];
        names.iter().any(|name| named.contains(&fold(name)))
    };
    let authors = first.iter().filter(|page| page.kind == Kind::Author);
    let authors = authors.filter(|page| !ties.contains_key(&tie(page.bare())));
    let author = |page: &Page| {
        let mut shown = Page {
            original: Some(original(page, config)),
            permalink: address(page, config),
            deck: None,
            summary: String::new(),
            words: 0,
            ids: Default::default(),
            links: Box::default(),
            images: Box::default(),
            callouts: Box::default(),
            embeds: Box::default(),
            code: Box::default(),
            body: Some(Box::new(Body::default())),
            terms: Terms::default(),
            vocabulary: Vocabulary::default(),
            ..page.clone()
        };
        shown.front.bio = None;
        shown.front.role = None;
        shown.front.description = None;
        shown.front.aliases = Default::default();
        shown
    };
    authors.filter(is_named).map(author).collect()
}

/// Says of every address of a site where its counterparts in the other languages are. `sites` are all languages, in
/// their order, each with what its pages are translations of.
pub(super) fn counterparts(sites: &mut [(&mut Site, Ties, &Config)]) {
    let mut groups: BTreeMap<String, Vec<Counterpart>> = BTreeMap::new();
    for (language, (site, ties, config)) in sites.iter().enumerate() {
        let mut add = |key: String, permalink: &Permalink, page: Option<&Page>| {
            let may_list =
                |page: &Page| page.front.noindex != Some(true) && page.front.canonical.is_none();
            groups.entry(key).or_default().push(Counterpart {
                language,
                permalink: permalink.clone(),
                is_translated: page.is_none_or(|page| page.original.is_none()),
                is_listed: page.is_none_or(may_list),
            });
        };
        for (key, id) in ties {
            let page = site.page(*id);
            let is_own = matches!(page.kind, Kind::Article | Kind::Page | Kind::Section);
            if is_own || page.is_hub() {
                add(key.clone(), &page.permalink, Some(page));
            }
        }
        let unwritten = site
            .sections
            .iter()
            .filter(|section| section.page.is_none());
        for section in unwritten {
            let key = format!("{}/index", section.folder);
            add(key, &section.permalink, None);
        }
        // No file's path begins so.
        let page = |id: Option<PageId>| id.map(|id| site.page(id));
        add("/".to_owned(), &config.home(), page(site.home));
        let taxonomies = site.taxonomies.iter();
        let taxonomies = taxonomies.filter(|taxonomy| !taxonomy.terms.is_empty());
        let lists = taxonomies.map(|taxonomy| taxonomy.key.as_str());
        let lists = lists.chain((!site.years.rows().is_empty()).then_some("archive"));
        for path in lists.chain(config.search.then_some("search")) {
            let words = site.indexes.get(path).copied();
            add(format!("/{path}"), &config.page_at(path), page(words));
        }
        for (id, taxonomy) in site.taxonomies.entries() {
            for (_, term) in site.terms_of(id).entries() {
                let slug = || format!("{}/{}", taxonomy.key, term.slug);
                // Who writes is the same in every language, whoever is told of it.
                let (key, own) = match id == Taxonomy::AUTHORS {
                    true => (
                        slug(),
                        page(term.page).filter(|page| page.original.is_none()),
                    ),
                    false => {
                        let key = term.page.map(|id| key_of(ties, id));
                        (key.unwrap_or_else(slug), page(term.page))
                    }
                };
                add(format!("/{key}"), &term.permalink, own);
            }
        }
        for year in site.years.iter() {
            let path = format!("archive/{}", year.year);
            add(format!("/{path}"), &config.page_at(&path), None);
        }
    }
    // Where a language has no such list, all of them are the nearest thing.
    let lists: BTreeMap<String, Vec<Counterpart>> = groups
        .iter()
        .filter(|(key, _)| key.len() > 1 && key.rfind('/') == Some(0))
        .map(|(key, group)| (key.clone(), group.clone()))
        .collect();
    for (key, group) in &mut groups {
        let list = key.rfind('/').and_then(|end| lists.get(&key[..end]));
        for other in list.map_or(&[][..], Vec::as_slice) {
            if !group.iter().any(|known| known.language == other.language) {
                group.push(Counterpart {
                    is_translated: false,
                    is_listed: false,
                    ..other.clone()
                });
            }
        }
        group.sort_by_key(|one| one.language);
        group.dedup_by_key(|one| one.language);
    }
    let homes = groups.get("/").map_or(&[][..], Vec::as_slice);
    // Where nothing is, nothing is translated: the others' home pages are the way on.
    let nowhere = homes.iter().map(|home| Counterpart {
        is_translated: false,
        is_listed: false,
        ..home.clone()
    });
    let nowhere: Vec<Counterpart> = nowhere.collect();
    for (language, (site, _, config)) in sites.iter_mut().enumerate() {
        let own = groups.iter().filter_map(|(key, group)| {
            let own = group.iter().find(|one| one.language == language)?;
            // What stands in for a tag is the list of tags, which has counterparts of its own.
            let is_list = !own.is_translated && key.starts_with('/');
            (!is_list).then(|| Counterparts {
                permalink: own.permalink.clone(),
                all: group.clone(),
            })
        });
        let not_found = Counterparts {
            permalink: config.not_found(),
            all: nowhere.clone(),
        };
        let mut own: Vec<Counterparts> = own.chain([not_found]).collect();
        own.sort_by(|a, b| a.permalink.cmp(&b.permalink));
        own.dedup_by(|a, b| a.permalink == b.permalink);
        site.counterparts = own;
    }
}

fn key_of(ties: &Ties, id: PageId) -> String {
    let mut ties = ties.iter();
    ties.find(|(_, known)| **known == id)
        .map_or(String::new(), |(key, _)| key.clone())
}
