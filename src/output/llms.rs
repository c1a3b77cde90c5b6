//! `llms.txt` (llmstxt.org): one screen for programs that read, of what the site is about and where to begin. With the
//! Markdown copies, unless the site has one of its own.

use super::markdown_copy::{destination, href, words};
use super::{Job, Planner, Rendered, Subject, View, context, sitemap};
use crate::model::page::PageId;

const FILE: &str = "llms.txt";

/// Guides, sections and articles: so many of each fit on one screen.
const MOST: usize = 8;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let permalink = planner.config.file_at(FILE);
    if planner.config.markdown_copies && planner.site.assets.binary_search(&permalink).is_err() {
        jobs.push(Job::new(permalink, FILE, Subject::Llms));
    }
}

pub(super) fn render(view: &View<'_>) -> Rendered {
    let (site, base) = (view.site, &view.config.base_url);
    let mut out = format!("# {}\n", view.config.title);
    if !view.config.description.is_empty() {
        out.push_str(&format!("\n> {}\n", view.config.description));
    }
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n## {title}\n\n{}", lines.concat()));
        }
    };
    let guides = site.guides().iter().take(MOST);
    list(
        view.theme.string("guides"),
        guides.map(|guide| line(view, guide.hub)).collect(),
    );
    let sections = site.top_sections().iter().take(MOST);
    let sections = sections.map(|id| site.section(*id));
    let sections = sections.map(|section| {
        let url = base.absolute(&section.permalink);
        format!("- [{}]({})\n", words(&section.title), destination(&url))
    });
    list(view.theme.string("sections"), sections.collect());
    let newest = site
        .articles()
        .iter()
        .filter(|id| site.page(**id).front.noindex != Some(true));
    list(
        view.theme.string("all_articles"),
        newest.take(MOST).map(|id| line(view, *id)).collect(),
    );
    let all = base.absolute(&sitemap::address());
    list(
        "Optional",
        vec![format!("- [{}]({all})\n", view.theme.string("archive"))],
    );
    out.into()
}

fn line(view: &View<'_>, id: PageId) -> String {
    let page = view.site.page(id);
    let url = href(view, id).unwrap_or_else(|| view.config.base_url.absolute(&page.permalink));
    let about = match page.description() {
        "" => String::new(),
        text => format!(": {text}"),
    };
    format!(
        "- [{}]({}){about}\n",
        words(context::title(view, id)),
        destination(&url)
    )
}
