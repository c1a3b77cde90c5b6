//! `sitemap.xml` (sitemaps.org 0.9): every page that search engines may list; over 50,000 of them, an index
//! of several files. `lastmod` is the author's date, never a file's.

use super::languages::alternates;
use super::{InLanguage, Job, Planner, Rendered, Subject, View};
use crate::config::Config;
use crate::escape;
use crate::model::date::Date;
use crate::model::page::{Kind, Page, PageId};
use crate::model::site::{Counterpart, Site, Taxonomy, Term};
use crate::model::url::{BaseUrl, Permalink};

/// Addresses in one file, by the protocol.
const LIMIT: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Where the sitemap is.
pub(super) fn address() -> Permalink {
    Permalink::file("sitemap.xml")
}

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    jobs.push(Job {
        number: 0,
        ..Job::new(address(), "the sitemap", Subject::Sitemap)
    });
    let parts = entries(planner.editions).len().div_ceil(LIMIT);
    if parts > 1 {
        for number in 1..=parts {
            let part = Permalink::file(&format!("sitemap-{number}.xml"));
            jobs.push(Job {
                number,
                ..Job::new(part, "the sitemap", Subject::Sitemap)
            });
        }
    }
}

/// A page that stands in it.
struct Entry<'a> {
    permalink: Permalink,
    /// Of the last change.
    date: Option<Date>,
    /// The same page in the site's languages, where there are several.
    counterparts: &'a [Counterpart],
}

/// The pages that stand in it, in all languages, by their addresses.
fn entries<'a>(languages: &'a [InLanguage<'a>]) -> Vec<Entry<'a>> {
    let of_one = |one: &'a InLanguage<'a>| {
        let site = one.site;
        of_site(site, one.config)
            .into_iter()
            .map(|(permalink, date)| {
                let known = site
                    .counterparts
                    .binary_search_by(|one| one.permalink.cmp(&permalink));
                Entry {
                    counterparts: known.map_or(&[], |at| &site.counterparts[at].all),
                    permalink,
                    date,
                }
            })
    };
    let mut entries: Vec<Entry<'a>> = languages.iter().flat_map(of_one).collect();
    entries.sort_by(|a, b| (&a.permalink, a.date).cmp(&(&b.permalink, b.date)));
    entries
}

/// Those of one language: address and date of the last change.
fn of_site(site: &Site, config: &Config) -> Vec<(Permalink, Option<Date>)> {
    let listed = |page: &Page| page.front.noindex != Some(true) && page.front.canonical.is_none();
    let page_listed = |id: Option<PageId>| id.is_none_or(|id| listed(site.page(id)));
    let mut entries: Vec<(Permalink, Option<Date>)> = Vec::new();
    if page_listed(site.home) {
        let newest = site.articles.first().and_then(|id| site.page(*id).date);
        entries.push((config.home(), newest));
    }
    let pages = site.pages.iter().filter(|page| listed(page));
    let pages =
        pages.filter(|page| matches!(page.kind, Kind::Article | Kind::Page | Kind::Section));
    entries.extend(pages.map(|page| (page.permalink.clone(), page.updated.or(page.date))));
    let without_page = site.sections.iter().filter(|s| s.page.is_none());
    entries.extend(without_page.map(|s| (s.permalink.clone(), None)));
    let is_shown = |term: &Term| term.taxonomy == Taxonomy::AUTHORS || !term.articles.is_empty();
    let terms = site
        .terms
        .iter()
        .filter(|term| is_shown(term) && page_listed(term.page));
    entries.extend(terms.map(|term| (term.permalink.clone(), None)));
    entries
}

pub(super) fn render(view: &View<'_>, job: &Job) -> Rendered {
    let base = &view.config.base_url;
    let languages = view.site.everywhere();
    let entries = entries(languages);
    if job.number == 0 && entries.len() > LIMIT {
        return index(base, entries.len().div_ceil(LIMIT)).into();
    }
    let mut out = String::from(HEAD);
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
    if languages.len() > 1 {
        out.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    out.push_str(">\n");
    let start = job.number.saturating_sub(1) * LIMIT;
    for one in entries.iter().skip(start).take(LIMIT) {
        entry(&mut out, view.config, one);
    }
    out.push_str("</urlset>\n");
    out.into()
}

/// The file that names the others.
fn index(base: &BaseUrl, parts: usize) -> String {
    let mut out = String::from(HEAD);
    out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for number in 1..=parts {
        let part = base.absolute(&Permalink::file(&format!("sitemap-{number}.xml")));
        out.push_str(&format!(
            "<sitemap><loc>{}</loc></sitemap>\n",
            escape::xml(&part)
        ));
    }
    out.push_str("</sitemapindex>\n");
    out
}

fn entry(out: &mut String, config: &Config, entry: &Entry<'_>) {
    let url = config.base_url.absolute(&entry.permalink);
    out.push_str(&format!("<url><loc>{}</loc>", escape::xml(&url)));
    if let Some(date) = entry.date {
        out.push_str(&format!("<lastmod>{}</lastmod>", date.machine()));
    }
    for alternate in alternates(config, entry.counterparts) {
        out.push_str(&format!(
            "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
            alternate.language,
            escape::xml(&alternate.url)
        ));
    }
    out.push_str("</url>\n");
}
