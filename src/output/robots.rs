//! `robots.txt`, unless the site has one of its own.

use super::{Job, Planner, Rendered, Subject, View, sitemap};
use crate::model::url::Permalink;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let permalink = Permalink::file("robots.txt");
    if planner.site.assets.binary_search(&permalink).is_err() {
        jobs.push(Job::new(permalink, "robots.txt", Subject::Robots));
    }
}

pub(super) fn render(view: &View<'_>) -> Rendered {
    let sitemap = view.config.base_url.absolute(&sitemap::address());
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into()
}
