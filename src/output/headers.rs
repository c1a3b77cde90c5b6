//! `_headers`, the file in which Netlify, Cloudflare Pages and others read what to send beside a page. Only
//! where `site.toml` asks for it, and not where the site has one of its own.

use super::policy::{blocked, policy};
use super::{Job, Output, Planner, Rendered, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::model::url::Permalink;

/// Its name.
const FILE: &str = "_headers";

pub(super) const OUTPUT: Output = Output {
    name: "headers",
    plan,
    render,
};

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    if is_written(planner) {
        jobs.push(Job::new(Permalink::file(FILE), FILE, Subject::Site));
    }
}

/// Whether the file is asked for, and the site has none of its own.
fn is_written(planner: &Planner<'_>) -> bool {
    let own = planner.site.assets.binary_search(&Permalink::file(FILE));
    planner.config.headers.file && own.is_err()
}

/// What the policy blocks, where there is one.
pub(super) fn check(planner: &Planner<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if is_written(planner) || planner.config.headers.meta {
        let blocked = blocked(planner.site, planner.config, planner.theme);
        diagnostics.extend(blocked);
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
