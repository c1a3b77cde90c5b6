//! Gathers what leads on from an address: the author's rules, then former addresses of pages; and `_redirects`, for
//! hosts that read it.

use crate::config::{Config, Host};
use crate::link::former;
use crate::model::url::Permalink;
use crate::output::{InLanguage, Job, Planner, Subject};
use crate::parse::redirects::{Redirect, read};

/// Whether there is any.
pub(super) fn any(languages: &[InLanguage<'_>], config: &Config) -> bool {
    let mut pages = languages.iter().flat_map(|one| one.site.pages.iter());
    !languages[0].site.host_files.redirects.is_empty()
        || pages.any(|page| !page.front.aliases.0.is_empty())
        || !of_languages(config).is_empty()
}

/// All that the host can do, in the order in which it looks for the first that holds.
pub(super) fn all(languages: &[InLanguage<'_>], config: &Config) -> Vec<Redirect> {
    let (mut rules, _) = read(&languages[0].site.host_files.redirects);
    if let Some(host) = config.hosting.kind {
        rules.retain(|rule| cannot(host, rule).is_none());
    }
    for page in languages.iter().flat_map(|one| one.site.pages.iter()) {
        let aliases = page.front.aliases.0.iter();
        for alias in aliases.filter_map(|alias| former::address(alias).ok()) {
            let from = config.base_url.href(&alias);
            rules.push(rule(from, config.base_url.href(&page.permalink), 301));
        }
    }
    rules.extend(of_languages(config));
    rules
}

fn rule(from: String, to: String, status: u16) -> Redirect {
    Redirect {
        from,
        query: Vec::new(),
        to,
        status,
        forced: false,
        conditions: Vec::new(),
        at: 0..0,
        to_at: 0..0,
    }
}

/// What a host that knows readers' languages is told of them: where to lead those who ask for the root, if no language
/// stands there, and which page to show where there is nothing. Whoever asks for a language's own address gets it.
fn of_languages(config: &Config) -> Vec<Redirect> {
    if config.hosting.kind != Some(Host::Netlify) {
        return Vec::new();
    }
    let href = |permalink: &Permalink| config.base_url.href(permalink);
    let all = config.languages.all();
    let mut rules = Vec::new();
    if all.iter().all(|language| !language.address.is_empty()) {
        for language in &all[1..] {
            rules.push(Redirect {
                forced: true,
                conditions: vec![format!("Language={}", language.tag.to_ascii_lowercase())],
                ..rule(href(&Permalink::root()), href(&language.page("")), 302)
            });
        }
    }
    for language in config.not_found_elsewhere() {
        let below = format!("{}*", href(&language.page("")));
        rules.push(rule(below, href(&language.file("404.html")), 404));
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
pub(super) fn text(languages: &[InLanguage<'_>], config: &Config) -> String {
    let mut out = String::new();
    for rule in all(languages, config) {
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
