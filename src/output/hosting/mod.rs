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

use borsh::BorshSerialize;

use super::{Job, Planner, Rendered, Subject, View};
use crate::config::{Config, Host};
use crate::model::url::Permalink;
pub(super) use check::check;
pub(super) use redirects::pages;

/// A file that a host reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum HostFile {
    /// Netlify's, and of those who do alike.
    Redirects,
    /// Netlify's, and of those who do alike.
    Headers,
    /// All for Vercel.
    Vercel,
    /// For nginx, what stands outside of its server.
    NginxHttp,
    /// For nginx, what stands in its server.
    NginxServer,
    /// All for Apache.
    Apache,
}

impl HostFile {
    fn name(self) -> &'static str {
        match self {
            HostFile::Redirects => "_redirects",
            HostFile::Headers => "_headers",
            HostFile::Vercel => "vercel.json",
            HostFile::NginxHttp => "_nginx/http.conf",
            HostFile::NginxServer => "_nginx/server.conf",
            HostFile::Apache => ".htaccess",
        }
    }
}

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for file in files(planner.config) {
        if file != HostFile::Redirects || redirects::any(planner.editions, planner.config) {
            let name = file.name();
            jobs.push(Job::new(Permalink::file(name), name, Subject::Host(file)));
        }
    }
}

/// The files that are written for the host.
fn files(config: &Config) -> Vec<HostFile> {
    let mut files = match config.hosting.kind {
        Some(Host::Netlify | Host::Cloudflare) => vec![HostFile::Redirects, HostFile::Headers],
        Some(Host::Gitlab | Host::Codeberg) => vec![HostFile::Redirects],
        Some(Host::Vercel) => return vec![HostFile::Vercel],
        Some(Host::Nginx) => return vec![HostFile::NginxHttp, HostFile::NginxServer],
        Some(Host::Apache) => return vec![HostFile::Apache],
        Some(Host::Github | Host::S3) | None => Vec::new(),
    };
    if writes_headers(config) && !files.contains(&HostFile::Headers) {
        files.push(HostFile::Headers);
    }
    files
}

/// Whether `_headers` is there for readers of the file, whoever the host is: `gen publish` is one of them.
fn writes_headers(config: &Config) -> bool {
    config.headers.file || config.publish.takes_headers()
}

/// Whether a file of `content/` is not copied because one that is written holds what it says.
pub(super) fn takes_up(config: &Config, permalink: &Permalink) -> bool {
    let is = |file: HostFile| permalink.as_str().trim_start_matches('/') == file.name();
    let is_written = config.hosting.kind.is_some();
    is_written && is(HostFile::Redirects)
        || (is_written || writes_headers(config)) && is(HostFile::Headers)
}

/// Takes out the pages at former addresses where the host redirects from there: it would show them in place of that.
pub(super) fn drop_pages(config: &Config, jobs: &mut Vec<Job>) {
    if config.hosting.kind.is_some_and(Host::redirects) {
        jobs.retain(|job| !matches!(job.subject, Subject::Alias(..)));
    }
}

pub(super) fn render(view: &View<'_>, file: HostFile) -> Rendered {
    let all = view.site.everywhere();
    let text = match file {
        HostFile::Redirects => redirects::text(all, view.config),
        HostFile::Headers => headers::text(view, all),
        HostFile::Vercel => vercel::text(view, all),
        HostFile::NginxHttp => nginx::http(view, all),
        HostFile::NginxServer => nginx::server(view, all),
        HostFile::Apache => apache::text(view, all),
    };
    text.into()
}
