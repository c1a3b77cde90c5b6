//! Former addresses (`aliases`) as small pages that lead to the present one, on any static host. They name it as canonical
//! and are not `noindex`: search engines were seen to take that for the present page, too. No sitemap lists them.

use std::collections::BTreeSet;

use super::{Job, Output, Planner, Rendered, Subject, View, context, hosting};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::link::former::address;
use crate::model::site::Site;
use crate::model::url::Permalink;
use crate::parse::redirects;

pub(super) const OUTPUT: Output = Output {
    name: "redirect",
    plan,
    render,
};

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
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
    hosting::pages(planner, jobs);
}

/// Takes out the page of a folder that nobody wrote a page for where an alias has its address: the alias is what somebody
/// wrote.
pub(super) fn win_over_unwritten_sections(site: &Site, jobs: &mut Vec<Job>) {
    let is_alias = |job: &&Job| matches!(job.subject, Subject::Alias(..));
    let aliases = jobs.iter().filter(is_alias);
    let aliases: BTreeSet<Permalink> = aliases.map(|job| job.permalink.clone()).collect();
    jobs.retain(|job| match job.subject {
        Subject::Section(number) => {
            site.sections[number].page.is_some() || !aliases.contains(&job.permalink)
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

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let base = &view.config.base_url;
    let (full, href, title) = match job.subject {
        Subject::Alias(id, _) => {
            let to = &view.site.page(id).permalink;
            (
                base.absolute(to),
                base.href(to),
                context::title(view, id).to_owned(),
            )
        }
        Subject::Rule(number) => {
            let (rules, _) = redirects::read(&view.site.everything().host_files.redirects);
            let to = rules.get(number).map_or("/", |rule| &rule.to);
            (base.absolute_href(to), to.to_owned(), to.to_owned())
        }
        _ => return Ok(String::new().into()),
    };
    let [full, href, title] = [full, href, title].map(|text| escape::html(&text));
    let language = &view.config.language;
    Ok(format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{full}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n</head>\n\
         <body><p><a href=\"{href}\">{title}</a></p></body>\n</html>\n"
    )
    .into())
}
