//! The files in which hosts read what they should answer: redirects from former addresses, and headers. Which files those
//! are, `hosting.kind` in `site.toml` says; what the author has in `content/_redirects` and `content/_headers` goes with
//! them.

mod apache;
mod check;
mod headers;
mod lifetimes;
mod nginx;
mod pattern;
mod redirects;
mod vercel;

use super::{Job, Output, Planner, Rendered, Subject, View};
use crate::config::{Config, Host};
use crate::diagnostic::Diagnostic;
use crate::model::site::Site;
use crate::model::url::Permalink;
pub(super) use check::check;
pub(super) use redirects::pages;

pub(super) const OUTPUT: Output = Output {
    name: "hosting",
    plan,
    render,
};

const REDIRECTS: &str = "_redirects";
const HEADERS: &str = "_headers";
const VERCEL: &str = "vercel.json";
const NGINX_HTTP: &str = "_nginx/http.conf";
const NGINX_SERVER: &str = "_nginx/server.conf";
const APACHE: &str = ".htaccess";

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for file in files(planner.config) {
        if file != REDIRECTS || redirects::any(planner.site) {
            jobs.push(Job::new(Permalink::file(file), file, Subject::Site));
        }
    }
}

/// The files that are written for the host.
fn files(config: &Config) -> Vec<&'static str> {
    let mut files = match config.hosting.kind {
        Some(Host::Netlify | Host::Cloudflare) => vec![REDIRECTS, HEADERS],
        Some(Host::Gitlab | Host::Codeberg) => vec![REDIRECTS],
        Some(Host::Vercel) => return vec![VERCEL],
        Some(Host::Nginx) => return vec![NGINX_HTTP, NGINX_SERVER],
        Some(Host::Apache) => return vec![APACHE],
        Some(Host::Github | Host::S3) | None => Vec::new(),
    };
    if config.headers.file && !files.contains(&HEADERS) {
        files.push(HEADERS);
    }
    files
}

/// Whether a file of `content/` is not copied because one that is written holds what it says.
pub(super) fn takes_up(config: &Config, permalink: &Permalink) -> bool {
    match permalink.as_str().trim_start_matches('/') {
        REDIRECTS => config.hosting.kind.is_some(),
        HEADERS => config.hosting.kind.is_some() || config.headers.file,
        _ => false,
    }
}

/// Takes out the pages at former addresses where the host redirects from there: it would show them in place of that.
pub(super) fn drop_pages(config: &Config, jobs: &mut Vec<Job>) {
    if config.hosting.kind.is_some_and(Host::redirects) {
        jobs.retain(|job| !matches!(job.subject, Subject::Alias(..)));
    }
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let site: &Site = view.site.everything();
    let text = match job.owner.as_str() {
        REDIRECTS => redirects::text(site, view.config),
        HEADERS => headers::text(view, site),
        VERCEL => vercel::text(view, site),
        NGINX_HTTP => nginx::http(view, site),
        NGINX_SERVER => nginx::server(view, site),
        _ => apache::text(view, site),
    };
    Ok(text.into())
}
