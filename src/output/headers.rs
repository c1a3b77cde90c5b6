//! `_headers`, the file in which Netlify, Cloudflare Pages and others read what to send beside a page. Only
//! where `site.toml` asks for it, and not where the site has one of its own.

use super::policy::policy;
use super::{Job, Output, Planner, Rendered, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "headers",
    plan,
    render,
};

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let permalink = Permalink::file("_headers");
    let own = planner.site.assets.binary_search(&permalink).is_ok();
    if planner.config.headers.file && !own {
        jobs.push(Job::new(permalink, "_headers", Subject::Site));
    }
}

fn render(view: &View<'_>, _: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let policy = policy(view.site.everything(), view.config, view.theme, true);
    let base = view.config.base_url.path();
    // What is in the theme's assets/ has a fingerprint in its name, and so never changes.
    Ok(format!(
        "{base}*\n  \
           Content-Security-Policy: {policy}\n  \
           Referrer-Policy: strict-origin-when-cross-origin\n  \
           X-Content-Type-Options: nosniff\n\
         {base}assets/*\n  \
           Cache-Control: public, max-age=31536000, immutable\n"
    )
    .into())
}
