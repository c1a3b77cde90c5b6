//! Former addresses (`aliases`) as small pages that lead to the present one, on any static host. They name it as canonical
//! and are not `noindex`: search engines were seen to take that for the present page, too. No sitemap lists them.

use std::collections::BTreeSet;

use super::{Job, Planner, Rendered, Subject, View, context, hosting};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::link::former::address;
use crate::model::page::PageId;
use crate::model::url::Permalink;
use crate::parse::redirects;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for id in planner.site.ids() {
        let page = planner.site.page(id);
        for (number, alias) in page.front.aliases.0.iter().enumerate() {
            // An article that moved back is where it was first: that address stays the id of its entry in feeds.
            if let Ok(permalink) = address(alias)
                && permalink != page.permalink
            {
                let owner = format!("{} (alias)", page.path());
                jobs.push(Job::new(permalink, owner, Subject::Alias(id, number)));
            }
        }
    }
}

/// The page at the root, where no language stands there: it leads on to the first. And the pages of the author's rules.
pub(super) fn plan_once(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let all = planner.config.languages.all();
    if all.iter().all(|language| !language.address.is_empty()) {
        jobs.push(Job::new(
            Permalink::root(),
            "the site's root",
            Subject::Root,
        ));
    }
    hosting::pages(planner, jobs);
}

/// Takes out the list of a folder that nobody wrote a page for where an article or an alias has its address: these are
/// what somebody wrote.
pub(super) fn win_over_unwritten_sections(planners: &[Planner<'_>], jobs: &mut Vec<Job>) {
    let is_written = |job: &&Job| matches!(job.subject, Subject::Alias(..) | Subject::Article(_));
    let written = jobs.iter().filter(is_written);
    let written: BTreeSet<Permalink> = written.map(|job| job.permalink.clone()).collect();
    jobs.retain(|job| match job.subject {
        Subject::Section(id) => {
            planners[job.edition].site.sections[id].page.is_some()
                || !written.contains(&job.permalink)
        }
        _ => true,
    });
}

/// What is wrong with the aliases of all pages.
pub(super) fn check(planner: &Planner<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for page in planner.site.pages.iter() {
        for alias in &page.front.aliases.0 {
            if let Err(why) = address(alias) {
                diagnostics.push(
                    Diagnostic::error("alias", &page.path(), format!("`{alias}`: {why}"))
                        .at_item("aliases", alias)
                        .help("write the path that the article had before, from the site's root"),
                );
            }
        }
    }
    diagnostics
}

/// The page at a former address of a page.
pub(super) fn alias(view: &View<'_>, id: PageId) -> Rendered {
    let (base, to) = (&view.config.base_url, &view.site.page(id).permalink);
    let title = context::title(view, id);
    leading_on(view, &base.absolute(to), &base.href(to), title)
}

/// The page at the root of a site without a language there.
pub(super) fn root(view: &View<'_>) -> Rendered {
    let (base, home) = (&view.config.base_url, view.config.home());
    leading_on(
        view,
        &base.absolute(&home),
        &base.href(&home),
        &view.config.title,
    )
}

/// The page at the address that a rule of the author's leads away from.
pub(super) fn rule(view: &View<'_>, number: usize) -> Rendered {
    let (rules, _) = redirects::read(&view.site.everything().host_files.redirects);
    let to = rules.get(number).map_or("/", |rule| &rule.to);
    leading_on(view, &view.config.base_url.absolute_href(to), to, to)
}

fn leading_on(view: &View<'_>, full: &str, href: &str, title: &str) -> Rendered {
    let [full, href, title] = [full, href, title].map(escape::html);
    let language = &view.config.language;
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{full}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n</head>\n\
         <body><p><a href=\"{href}\">{title}</a></p></body>\n</html>\n"
    )
    .into()
}
