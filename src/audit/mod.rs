//! Looks at a built site of any generator, as HTML: dead links and anchors, pages that nobody leads to, descriptions that
//! are missing, texts that stand there twice, and what would be up next. Makes model pages of the HTML, so that ranking
//! and comparing are those of a site of ours. Reads no file: its caller hands the pages over.

mod links;
mod model;
mod page;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Today;
use crate::error::Error;
use crate::model::url::BaseUrl;
use links::Places;
use page::HtmlPage;
pub use report::{html, json, text};

/// A page of a built site.
#[derive(Debug)]
pub struct Document {
    /// From the site's root: `/a/b/`, `/a/b.html`.
    pub address: String,
    page: HtmlPage,
}

impl Document {
    /// Reads a page of HTML: so much of it as a page can have.
    pub fn read(address: String, html: &[u8]) -> Document {
        Document {
            page: HtmlPage::read(html, &address),
            address,
        }
    }
}

/// A built site.
#[derive(Debug, Default)]
pub struct Built {
    /// Its pages, sorted by address.
    pub documents: Vec<Document>,
    /// The paths of all its files, without a slash at their beginnings.
    pub files: BTreeSet<String>,
    /// All of it is here, not only some pages.
    pub is_whole: bool,
    /// Where it stands; none for where its pages say.
    pub base_url: Option<String>,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its kind, as `gen check` names it where that knows it, too.
    pub kind: &'static str,
    /// What it is about: an address, a title.
    pub what: String,
    /// The addresses of the pages that have it.
    pub places: Vec<String>,
}

/// What to read after an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The article's address.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The articles to read next, the nearest first.
    pub next: Vec<Next>,
}

/// An article to read next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Why it stands here.
    pub reason: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Audit {
    /// Where the site stands, as far as that is known.
    pub base_url: Option<String>,
    /// Pages that were read.
    pub pages: usize,
    /// Of these, articles.
    pub articles: usize,
    /// By kind.
    pub findings: Vec<Finding>,
    /// One for each article.
    pub up_next: Vec<List>,
}

/// Looks at a site.
///
/// # Errors
/// There is no page in it.
pub fn audit(built: &Built, today: Today) -> Result<Audit, Error> {
    if built.documents.is_empty() {
        return Err(Error::refused(
            "there is no page of HTML here",
            "name the folder that your generator writes, such as public/ or _site/, or a file with a URL in each line",
        ));
    }
    let pages: Vec<&HtmlPage> = built.documents.iter().map(|one| &one.page).collect();
    let written = built
        .base_url
        .clone()
        .or_else(|| own_address(built, &pages));
    let base = written.as_deref().and_then(|url| BaseUrl::parse(url).ok());
    let mut findings = Vec::new();
    let places = Places::new(
        &built.documents,
        &pages,
        &built.files,
        base.as_ref(),
        built.is_whole,
    );
    places.check(&mut findings);
    words(built, &pages, &mut findings);
    let mut up_next = Vec::new();
    // As in a site of ours, no list holds pages of two languages.
    for (language, own) in by_language(&pages) {
        let seen = model::read(built, &pages, &own, language, base.as_ref(), today)?;
        findings.extend(seen.same_texts);
        up_next.extend(seen.up_next);
    }
    up_next.sort_by(|a: &List, b| a.address.cmp(&b.address));
    Ok(Audit {
        base_url: base.map(|base| base.to_string()),
        pages: pages.iter().filter(|page| !page.is_redirect).count(),
        articles: up_next.len(),
        findings,
        up_next,
    })
}

/// The pages of each language, by their numbers; those that do not say theirs are in the one that most are in.
fn by_language<'p>(pages: &[&'p HtmlPage]) -> BTreeMap<&'p str, Vec<usize>> {
    let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let primary = page.language.split('-').next().unwrap_or_default();
        all.entry(primary).or_default().push(number);
    }
    let unsaid = all.remove("").unwrap_or_default();
    let most = all.iter().max_by_key(|(_, own)| own.len());
    let most = most.map_or("", |(language, _)| language);
    let of_most = all.entry(most).or_default();
    of_most.extend(unsaid);
    of_most.sort_unstable();
    all
}

/// Where the site stands, as the page says whose full address ends in its own.
fn own_address(built: &Built, pages: &[&HtmlPage]) -> Option<String> {
    let bases = built.documents.iter().zip(pages).filter_map(|(one, page)| {
        let without = one.address.trim_end_matches('/').trim_end_matches(".html");
        let canonical = page
            .canonical
            .trim_end_matches('/')
            .trim_end_matches(".html");
        let base = canonical.strip_suffix(without)?;
        base.contains("://").then(|| format!("{base}/"))
    });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for base in bases {
        *counts.entry(base).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(base, _)| base)
}

/// Whether an address is of a later page of a list: `/tags/x/page/2/`, `/blog/p3/`.
fn is_later_page(address: &str) -> bool {
    let parts = address.trim_end_matches('/').trim_end_matches(".html");
    let mut parts = parts.rsplit('/');
    let (last, above) = (parts.next().unwrap_or_default(), parts.next());
    let number = last.strip_prefix("page").or(last.strip_prefix('p'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    number.is_some_and(|rest| is_number(rest.trim_start_matches('-')))
        || above == Some("page") && is_number(last)
}

/// Titles and descriptions that are missing, or stand on several pages.
fn words(built: &Built, pages: &[&HtmlPage], findings: &mut Vec<Finding>) {
    let shown = || {
        let all = built.documents.iter().zip(pages);
        all.filter(|(one, page)| {
            let is_shown = !page.is_redirect && !page.is_hidden && !is_later_page(&one.address);
            is_shown && !page.is_copy(&one.address)
        })
    };
    let kinds = [
        ("missing-title", "duplicate-title"),
        ("missing-description", "duplicate-description"),
    ];
    for (missing, double) in kinds {
        let mut by_text: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (one, page) in shown() {
            let text = match missing {
                "missing-title" => &page.title,
                _ => &page.description,
            };
            let places = by_text.entry(text).or_default();
            places.push(one.address.clone());
        }
        if let Some(places) = by_text.remove("") {
            findings.push(Finding {
                kind: missing,
                what: String::new(),
                places,
            });
        }
        let several = by_text.into_iter().filter(|(_, places)| places.len() > 1);
        findings.extend(several.map(|(what, places)| Finding {
            kind: double,
            what: what.to_owned(),
            places,
        }));
    }
}
