//! `robots.txt`, unless the site has one of its own.

use super::{Job, Output, Planner, Rendered, Subject, View, sitemap};
use crate::diagnostic::Diagnostic;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "robots",
    plan,
    render,
};

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let permalink = Permalink::file("robots.txt");
    if planner.site.assets.binary_search(&permalink).is_err() {
        jobs.push(Job::new(permalink, "robots.txt", Subject::Site));
    }
}

fn render(view: &View<'_>, _: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let sitemap = view.config.base_url.absolute(&sitemap::address());
    Ok(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into())
}
