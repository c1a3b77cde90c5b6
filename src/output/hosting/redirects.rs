//! What leads on from an address: the author's rules, then former addresses of pages; and `_redirects`, for hosts that read
//! it.

use crate::config::{Config, Host};
use crate::link::former;
use crate::model::site::Site;
use crate::output::{Job, Planner, Subject};
use crate::parse::redirects::{Redirect, read};

/// Whether there is any.
pub(super) fn any(site: &Site) -> bool {
    let mut pages = site.pages.iter();
    !site.host_files.redirects.is_empty() || pages.any(|page| !page.front.aliases.0.is_empty())
}

/// All that the host can do, in the order in which it looks for the first that holds.
pub(super) fn all(site: &Site, config: &Config) -> Vec<Redirect> {
    let (mut rules, _) = read(&site.host_files.redirects);
    if let Some(host) = config.hosting.kind {
        rules.retain(|rule| cannot(host, rule).is_none());
    }
    for page in site.pages.iter() {
        let aliases = page.front.aliases.0.iter();
        for alias in aliases.filter_map(|alias| former::address(alias).ok()) {
            rules.push(Redirect {
                from: config.base_url.href(&alias),
                query: Vec::new(),
                to: config.base_url.href(&page.permalink),
                status: 301,
                forced: false,
                conditions: Vec::new(),
                at: 0..0,
                to_at: 0..0,
            });
        }
    }
    rules
}

/// What a host cannot do of a rule; in words that follow its name.
pub(super) fn cannot(host: Host, rule: &Redirect) -> Option<&'static str> {
    use Host::{Apache, Cloudflare, Codeberg, Github, Gitlab, Netlify, Nginx, S3};
    if host == Netlify {
        return None;
    }
    let elsewhere = rule.to.contains("://");
    let has_names = rule.from.split('/').any(|part| part.starts_with(':'));
    match host {
        _ if !rule.query.is_empty() => Some("looks at no query"),
        _ if !rule.conditions.is_empty() => Some("knows no conditions"),
        _ if !rule.from.starts_with('/') => Some("looks at no other host"),
        Github | S3 if !rule.is_exact() || !rule.leads_on() => {
            Some("has no redirects; a page at a former address can only stand for one address")
        }
        Codeberg if has_names => Some("knows no `:name`"),
        Cloudflare | Gitlab | Codeberg | Apache | Nginx if rule.status == 200 && elsewhere => {
            Some("shows nothing of another host")
        }
        Apache | Nginx if rule.status == 200 => Some("gets no rules to show one page for another"),
        Gitlab | Codeberg if ![200, 301, 302].contains(&rule.status) => {
            Some("knows the statuses 200, 301 and 302")
        }
        Cloudflare if rule.status >= 400 => Some("answers no error by a rule"),
        _ => None,
    }
}

/// The author's rules that become pages at the addresses that they lead away from, where the host has no redirects.
pub(in crate::output) fn pages(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let host = planner.config.hosting.kind;
    let Some(host) = host.filter(|host| !host.redirects()) else {
        return;
    };
    let base = &planner.config.base_url;
    let (rules, _) = read(&planner.site.host_files.redirects);
    for (number, rule) in rules.iter().enumerate() {
        if cannot(host, rule).is_some() {
            continue;
        }
        let within = base.within(&base.absolute_href(&rule.from));
        if let Some(Ok(permalink)) = within.map(|path| former::address(&path)) {
            let known = jobs.iter().any(|job| job.permalink == permalink);
            if !known {
                jobs.push(Job::new(
                    permalink,
                    crate::parse::redirects::FILE,
                    Subject::Rule(number),
                ));
            }
        }
    }
}

/// `_redirects`.
pub(super) fn text(site: &Site, config: &Config) -> String {
    let mut out = String::new();
    for rule in all(site, config) {
        let mut line = |from: &str| {
            let forced = if rule.forced && config.hosting.kind == Some(Host::Netlify) {
                "!"
            } else {
                ""
            };
            let status = format!("{}{forced}", rule.status);
            let words = [from].into_iter();
            let words = words.chain(rule.query.iter().map(String::as_str));
            let words = words.chain([rule.to.as_str(), &status]);
            let words: Vec<&str> = words
                .chain(rule.conditions.iter().map(String::as_str))
                .collect();
            out.push_str(&words.join(" "));
            out.push('\n');
        };
        line(&rule.from);
        // The others take both spellings for one.
        if config.hosting.kind == Some(Host::Cloudflare)
            && rule.at.is_empty()
            && let Some(bare) = rule.from.strip_suffix('/')
        {
            line(bare);
        }
    }
    out
}
