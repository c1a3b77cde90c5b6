//! The key by which search engines know that who tells them of changed pages owns the site (indexnow.org): a file at its
//! root. `gen publish` tells them.

use super::{Job, Planner, Rendered, Subject, View};
use crate::config::publish::key;
use crate::model::url::Permalink;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    if planner.config.publish.index_now.is_some() {
        let file = format!("{}.txt", key(&planner.config.base_url));
        let job = Job::new(
            Permalink::file(&file),
            "publish.index_now",
            Subject::IndexNow,
        );
        jobs.push(job);
    }
}

pub(super) fn render(view: &View<'_>) -> Rendered {
    key(&view.config.base_url).into()
}
