//! `sitemap.xml` (sitemaps.org 0.9): every page that search engines may list; over 50,000 of them, an index
//! of several files. `lastmod` is the author's date, never a file's.

use super::{Job, Output, Planner, Rendered, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::date::Date;
use crate::model::page::{Kind, Page, PageId};
use crate::model::site::Site;
use crate::model::url::{BaseUrl, Permalink};

/// Addresses in one file, by the protocol.
const LIMIT: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

pub(super) const OUTPUT: Output = Output {
    name: "sitemap",
    plan,
    render,
};

/// Where the sitemap is.
pub(super) fn address() -> Permalink {
    Permalink::file("sitemap.xml")
}

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    jobs.push(Job {
        number: 0,
        ..Job::new(address(), "the sitemap", Subject::Site)
    });
    let parts = entries(planner.site).len().div_ceil(LIMIT);
    if parts > 1 {
        for number in 1..=parts {
            let part = Permalink::file(&format!("sitemap-{number}.xml"));
            jobs.push(Job {
                number,
                ..Job::new(part, "the sitemap", Subject::Site)
            });
        }
    }
}

/// The pages that stand in it: address and date of the last change.
fn entries(site: &Site) -> Vec<(Permalink, Option<Date>)> {
    let listed = |page: &Page| page.front.noindex != Some(true) && page.front.canonical.is_none();
    let page_listed = |id: Option<PageId>| id.is_none_or(|id| listed(site.page(id)));
    let mut entries: Vec<(Permalink, Option<Date>)> = Vec::new();
    if page_listed(site.home) {
        let newest = site.articles.first().and_then(|id| site.page(*id).date);
        entries.push((Permalink::root(), newest));
    }
    let pages = site.pages.iter().filter(|page| listed(page));
    let pages =
        pages.filter(|page| matches!(page.kind, Kind::Article | Kind::Page | Kind::Section));
    entries.extend(pages.map(|page| (page.permalink.clone(), page.updated.or(page.date))));
    let without_page = site.sections.iter().filter(|s| s.page.is_none());
    entries.extend(without_page.map(|s| (s.permalink.clone(), None)));
    let tags = site
        .tags
        .iter()
        .filter(|tag| !tag.articles.is_empty() && page_listed(tag.page));
    entries.extend(tags.map(|tag| (tag.permalink.clone(), None)));
    let authors = site
        .authors
        .iter()
        .filter(|author| page_listed(author.page));
    entries.extend(authors.map(|author| (author.permalink.clone(), None)));
    entries.sort();
    entries
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let base = &view.config.base_url;
    let entries = entries(view.site.everything());
    if job.number == 0 && entries.len() > LIMIT {
        return Ok(index(base, entries.len().div_ceil(LIMIT)).into());
    }
    let mut out = String::from(HEAD);
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let start = job.number.saturating_sub(1) * LIMIT;
    for (permalink, date) in entries.iter().skip(start).take(LIMIT) {
        entry(&mut out, &base.absolute(permalink), *date);
    }
    out.push_str("</urlset>\n");
    Ok(out.into())
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

fn entry(out: &mut String, url: &str, date: Option<Date>) {
    out.push_str(&format!("<url><loc>{}</loc>", escape::xml(url)));
    if let Some(date) = date {
        out.push_str(&format!("<lastmod>{}</lastmod>", date.machine()));
    }
    out.push_str("</url>\n");
}
