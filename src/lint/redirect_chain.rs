//! A redirect leads to another redirect, or in a circle.
//!
//! Each step makes readers wait, after a few of them browsers and search engines give up, and a circle ends nowhere. An
//! alias always leads straight to its page: a build refuses one that is a page's address, or another page's alias. But a
//! host's own file of redirects, `content/_redirects`, can send readers to an alias or to one of its own rules, and
//! `canonical` can name a former address. Write the address at the end of the chain.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::link::former;
use crate::parse::redirects::{self, Redirect};

pub(super) const LINT: Lint = Lint {
    code: "redirect-chain",
    group: Group::Site,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("redirect_chain.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let mut leads: BTreeMap<String, String> = BTreeMap::new();
    let base = &survey.config.base_url;
    for page in survey.site.pages.iter() {
        for alias in page
            .front
            .aliases
            .0
            .iter()
            .filter_map(|a| former::address(a).ok())
        {
            let from = plain(&base.href(&alias)).to_owned();
            leads.insert(from, base.href(&page.permalink));
        }
    }
    for page in survey.site.pages.iter() {
        let Some(canonical) = &page.front.canonical else {
            continue;
        };
        if let Some(end) = own_path(survey, canonical).and_then(|path| leads.get(plain(path))) {
            let message = format!("`canonical` is a former address; it is {end} now");
            found.push(
                Diagnostic::warning(LINT.code, &page.path(), message)
                    .at_item("canonical", canonical)
                    .help("name the address of the original as it is now"),
            );
        }
    }
    let texts = survey.texts.iter();
    for (path, text) in texts.filter(|(path, _)| path == redirects::FILE) {
        let (mut rules, _) = redirects::read(text);
        // Those with placeholders are left to the host.
        rules.retain(|rule| rule.is_exact() && rule.leads_on());
        for rule in &rules {
            let to = own_path(survey, &rule.to).unwrap_or(&rule.to);
            leads.insert(plain(&rule.from).to_owned(), to.to_owned());
        }
        found.extend(rules.iter().filter_map(|rule| told(path, rule, &leads)));
    }
}

fn told(path: &str, rule: &Redirect, leads: &BTreeMap<String, String>) -> Option<Diagnostic> {
    let mut seen = BTreeSet::from([plain(&rule.from)]);
    let mut way = vec![rule.from.as_str()];
    let mut next = leads.get(plain(&rule.from))?.as_str();
    let finding = loop {
        way.push(next);
        if !seen.insert(plain(next)) {
            let message = format!("this redirect leads in a circle: {}", way.join(" → "));
            break Diagnostic::warning(LINT.code, path, message)
                .help("take one of these redirects out");
        }
        match leads.get(plain(next)) {
            Some(further) => next = further,
            None if way.len() == 2 => return None,
            None => {
                let message = format!("this redirect leads to another: {}", way.join(" → "));
                break Diagnostic::warning(LINT.code, path, message)
                    .help(format!("write `{next}` in place of `{}`", rule.to));
            }
        }
    };
    Some(finding.at(rule.to_at.clone()))
}

/// The path of an address of this site.
fn own_path<'u>(survey: &Survey<'_>, url: &'u str) -> Option<&'u str> {
    let origin = survey
        .config
        .base_url
        .absolute(&crate::model::url::Permalink::root());
    let origin = origin.trim_end_matches(
        &survey
            .config
            .base_url
            .href(&crate::model::url::Permalink::root()),
    );
    let path = url.strip_prefix(origin).unwrap_or(url);
    path.starts_with('/').then_some(path)
}

/// What two spellings of an address share: `/a`, `/a/` and `/a/index.html` are one.
fn plain(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.strip_suffix("index.html")
        .unwrap_or(path)
        .trim_end_matches('/')
}
