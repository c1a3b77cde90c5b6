//! Tells what is wrong with what an author tells the host, and what the host will not do of it.

use std::collections::BTreeMap;

use super::redirects::{cannot, text};
use crate::config::{self, Host};
use crate::diagnostic::{Diagnostic, Names};
use crate::escape;
use crate::model::url::Permalink;
use crate::output::path_pattern::{covers, overlaps};
use crate::output::{Job, Planner, Subject, dead_path};
use crate::parse::host_headers::{self, Block};
use crate::parse::redirects::{self, Redirect};

/// Tells it all; the jobs are sorted by address.
pub(in crate::output) fn check(
    planner: &Planner<'_>,
    jobs: &[Job],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let files = &planner.site.host_files;
    let (rules, errors) = redirects::read(&files.redirects);
    diagnostics.extend(errors);
    let (blocks, errors) = host_headers::read(&files.headers);
    diagnostics.extend(errors);
    unused(planner, jobs, &rules, diagnostics);
    dead(planner, jobs, &rules, diagnostics);
    twice(planner, &blocks, diagnostics);
    if let Some(host) = planner.config.hosting.kind {
        // A line each: some hosts want two for one address.
        let count = text(planner.editions, planner.config).lines().count();
        let most = host.most_redirects();
        if count > most {
            let message = format!(
                "{} reads {most} redirects, and the site has {count}",
                host.name()
            );
            let help = "take out the oldest `aliases`, or write one rule with a `*` for many in content/_redirects";
            diagnostics.push(
                Diagnostic::warning("unused-redirect", config::FILE, message)
                    .at_key("hosting")
                    .help(help),
            );
        }
    }
}

/// Rules that never hold.
fn unused(
    planner: &Planner<'_>,
    jobs: &[Job],
    rules: &[Redirect],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tell = |rule: &Redirect, message: String, help: &str| {
        let warning = Diagnostic::warning("unused-redirect", redirects::FILE, message);
        diagnostics.push(warning.at(rule.at.clone()).help(help));
    };
    for (number, rule) in rules.iter().enumerate() {
        let why = planner
            .config
            .hosting
            .kind
            .and_then(|host| Some((host, cannot(host, rule)?)));
        if let Some((host, why)) = why {
            let message = format!("this rule does nothing: {} {why}", host.name());
            tell(
                rule,
                message,
                "take the rule out, or write one that this host knows",
            );
            continue;
        }
        if !rule.conditions.is_empty() || !rule.query.is_empty() {
            continue;
        }
        if known.insert(plain(&rule.from), number).is_some() {
            tell(
                rule,
                format!("an earlier rule is for {}, too", rule.from),
                "hosts take the first that holds: take one of the two out",
            );
            continue;
        }
        let within = within(planner, &rule.from);
        let Some(permalink) = within.filter(|_| rule.is_exact() && rule.leads_on()) else {
            continue;
        };
        let is_other = |job: &&Job| !matches!(job.subject, Subject::Rule(_));
        if let Some(job) = dead_path::published(jobs, &permalink).filter(is_other) {
            let message = format!("{} is an address of the site, by {}", rule.from, job.owner);
            tell(
                rule,
                message,
                "either the rule or what stands there is never seen: take one of the two away",
            );
        }
    }
}

/// Rules that lead to what the site does not publish.
fn dead(
    planner: &Planner<'_>,
    jobs: &[Job],
    rules: &[Redirect],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names = || Names::new(jobs.iter().map(|job| job.permalink.as_str()));
    let host = planner.config.hosting.kind;
    let is_done = |rule: &&Redirect| host.is_none_or(|host| cannot(host, rule).is_none());
    for rule in rules
        .iter()
        .filter(is_done)
        .filter(|rule| !rule.to.contains("/:"))
    {
        let Some(permalink) = within(planner, &rule.to) else {
            continue;
        };
        let to = planner.config.base_url.href(&permalink);
        let leads_on = |other: &Redirect| match other.is_exact() {
            true => plain(&other.from) == plain(&to),
            false => covers(&other.from, &to) && other.from != rule.from,
        };
        if dead_path::published(jobs, &permalink).is_none() && !rules.iter().any(leads_on) {
            let message = format!("the site publishes no {permalink}");
            let error = Diagnostic::error("dead-link", redirects::FILE, message);
            diagnostics.push(
                error
                    .at(rule.to_at.clone())
                    .help(dead_path::help(&names(), &permalink)),
            );
        }
    }
}

/// The address within the site; none for what is not its own, such as a host's own functions.
fn within(planner: &Planner<'_>, url: &str) -> Option<Permalink> {
    let base = &planner.config.base_url;
    let path = base.within(&base.absolute_href(url))?;
    let path = escape::url_decode(path.split(['?', '#']).next().unwrap_or_default());
    let of_host = path.starts_with("/.") || path.starts_with("/cdn-cgi/");
    (!of_host).then(|| match path.ends_with('/') {
        true => Permalink::page(&path),
        false => Permalink::file(&path),
    })
}

/// Headers that hosts send twice, each with another value: the author's, and gen's own.
fn twice(planner: &Planner<'_>, blocks: &[Block], diagnostics: &mut Vec<Diagnostic>) {
    let joins = match planner.config.hosting.kind {
        Some(Host::Netlify) => true,
        Some(_) => false,
        None => planner.config.headers.file,
    };
    let whole = format!("{}*", planner.config.base_url.href(&Permalink::root()));
    let own = [
        "content-security-policy",
        "referrer-policy",
        "x-content-type-options",
    ];
    for block in blocks
        .iter()
        .filter(|_| joins && planner.config.headers.file)
    {
        for header in &block.headers {
            let name = header.name.to_ascii_lowercase();
            let taken_up = |other: &Block| {
                covers(&other.path, &whole)
                    && other
                        .headers
                        .iter()
                        .any(|h| h.name.eq_ignore_ascii_case(&name))
            };
            if own.contains(&name.as_str())
                && overlaps(&block.path, &whole)
                && !blocks.iter().any(taken_up)
            {
                let message = format!(
                    "{} is sent twice for {}: this one, and that of headers.file",
                    header.name, block.path
                );
                let help = format!(
                    "browsers join the two; write it for `{whole}`, too, and gen leaves its own out"
                );
                diagnostics.push(
                    Diagnostic::warning("header-twice", host_headers::FILE, message)
                        .at(header.at.clone())
                        .help(help),
                );
            }
        }
    }
}

/// What two spellings of an address share.
fn plain(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.strip_suffix("index.html")
        .unwrap_or(path)
        .trim_end_matches('/')
}
