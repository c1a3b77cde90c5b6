//! What policies block: gen's own, of what articles load and run, and those of `content/_headers`, of what the theme's pages
//! need, too.

use std::collections::BTreeMap;

use super::written::Written;
use super::{Sources, allow, hash, needed_by, of_comments, origin, policy};
use crate::diagnostic::Diagnostic;
use crate::find;
use crate::model::page::{Load, LoadKind, Page};
use crate::model::site::Site;
use crate::model::url::Permalink;
use crate::output::path_pattern::covers;
use crate::output::theme::Asset;
use crate::output::{Job, Planner, icons};
use crate::parse::host_headers::{self, Block, Header};

const NAME: &str = "content-security-policy";

/// A policy, and what it is sent with.
struct Sent<'a> {
    written: Written,
    /// Its line in `content/_headers`, with the path that it is for; none for gen's own.
    of_author: Option<(&'a Block, &'a Header)>,
}

impl Sent<'_> {
    fn holds_at(&self, planner: &Planner<'_>, permalink: &Permalink) -> bool {
        let href = || planner.config.base_url.href(permalink);
        self.of_author
            .is_none_or(|(block, _)| covers(&block.path, &href()))
    }
}

/// Tells what the policies block.
pub(in crate::output) fn check(
    planner: &Planner<'_>,
    jobs: &[Job],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (blocks, _) = host_headers::read(&planner.site.host_files.headers);
    let headers = || {
        let lines = blocks
            .iter()
            .flat_map(|block| block.headers.iter().map(move |header| (block, header)));
        lines.filter(|(_, header)| header.name.eq_ignore_ascii_case(NAME))
    };
    let whole = format!("{}*", planner.config.base_url.href(&Permalink::root()));
    let is_replaced = headers().any(|(block, _)| covers(&block.path, &whole));
    let mut sent = Vec::new();
    if planner.config.headers.meta || (planner.config.headers.file && !is_replaced) {
        let sites: Vec<&Site> = planner.editions.iter().map(|one| one.site).collect();
        sent.push(Sent {
            written: Written::read(&policy(&sites, planner.config, planner.theme, false)),
            of_author: None,
        });
    }
    for line in headers() {
        sent.extend(Written::all(&line.1.value).into_iter().map(|written| Sent {
            written,
            of_author: Some(line),
        }));
    }
    let origin = origin(&planner.config.base_url.absolute(&Permalink::root())).unwrap_or_default();
    for sent in &sent {
        diagnostics.extend(of_pages(planner, jobs, sent, &origin));
        diagnostics.extend(of_articles(planner, sent, &origin));
    }
}

/// What an author's policy blocks of what the site's pages need to look and work as they should.
fn of_pages(
    planner: &Planner<'_>,
    jobs: &[Job],
    sent: &Sent<'_>,
    origin: &str,
) -> Option<Diagnostic> {
    let (_, header) = sent.of_author?;
    let is_page = |job: &&Job| job.permalink.output_file().ends_with(".html");
    let mut pages = jobs.iter().filter(is_page);
    if !pages.any(|job| sent.holds_at(planner, &job.permalink)) {
        return None;
    }
    let mut needs = of_theme(planner);
    of_comments(planner.config, &mut needs);
    for edition in planner.editions {
        let site = edition.site;
        let here = |id: &_| sent.holds_at(planner, &site.page(*id).permalink);
        for id in site.ids().filter(here) {
            needed_by(site, id, &mut needs);
        }
    }
    let mut lacking: Vec<String> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for (directive, sources) in &needs {
        let blocked: Vec<&str> = sources
            .iter()
            .map(String::as_str)
            .filter(|source| !sent.written.lets(directive, source, origin))
            .collect();
        if !blocked.is_empty() {
            lacking.push(format!("{} by `{directive}`", shown(&blocked)));
            lines.push(widened(&sent.written, directive, &blocked));
        }
    }
    if lacking.is_empty() {
        return None;
    }
    let message = format!(
        "this policy blocks what the site's pages need: {}",
        lacking.join(", ")
    );
    let set = match planner.config.headers.file {
        true => "",
        false => " and set `headers.file = true` in site.toml",
    };
    let help = format!(
        "write in it:\n{}\nor take the line out{set}: gen writes a policy that fits",
        lines.join("; ")
    );
    let warning = Diagnostic::warning("blocked-by-policy", host_headers::FILE, message);
    Some(warning.at(header.at.clone()).help(help))
}

/// Sources for people: of scripts, how many there are.
fn shown(sources: &[&str]) -> String {
    let (scripts, others): (Vec<&str>, Vec<&str>) = sources
        .iter()
        .partition(|source| source.starts_with("'sha"));
    let scripts = match scripts.len() {
        0 => None,
        1 => Some("the script within them".to_owned()),
        count => Some(format!("the {count} scripts within them")),
    };
    let others = others.into_iter().map(str::to_owned);
    others.chain(scripts).collect::<Vec<String>>().join(" ")
}

/// What the theme's pages load, whatever stands in them.
fn of_theme(planner: &Planner<'_>) -> Sources {
    let mut needs = Sources::new();
    let assets = || planner.theme.assets.iter();
    for (ending, directive) in [
        (".css", "style-src"),
        (".js", "script-src"),
        (".woff2", "font-src"),
    ] {
        if assets().any(|asset| asset.path.ends_with(ending)) {
            allow(&mut needs, directive, "'self'");
        }
    }
    for text in planner.theme.inline.values() {
        allow(&mut needs, "script-src", &hash(text));
    }
    let is_data =
        |asset: &Asset| asset.path.ends_with(".css") && find::is_within(&asset.bytes, b"url(data:");
    if assets().any(is_data) {
        allow(&mut needs, "img-src", "data:");
    }
    if !icons::links(planner.site, planner.config, planner.theme).is_empty() {
        allow(&mut needs, "img-src", "'self'");
    }
    if planner.config.search {
        for directive in ["connect-src", "form-action"] {
            allow(&mut needs, directive, "'self'");
        }
    }
    needs
}

/// A directive with more sources than the policy gives it.
fn widened(written: &Written, directive: &str, more: &[&str]) -> String {
    let known = written.sources(directive).unwrap_or_default().iter();
    let known = known
        .map(String::as_str)
        .filter(|source| !source.eq_ignore_ascii_case("'none'"));
    let sources: Vec<&str> = known.chain(more.iter().copied()).collect();
    format!("{directive} {}", sources.join(" "))
}

/// What a policy blocks of what articles load and run in raw HTML, with the line that lets it pass.
fn of_articles(planner: &Planner<'_>, sent: &Sent<'_>, origin: &str) -> Vec<Diagnostic> {
    let sites = planner.editions.iter().map(|one| one.site);
    let pages = sites.flat_map(|site| site.own_pages());
    let pages: Vec<_> = pages
        .filter(|page| !page.loads.is_empty() && sent.holds_at(planner, &page.permalink))
        .collect();
    // What is to be written lets all of them pass.
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut found = Vec::new();
    for page in pages {
        for load in &page.loads {
            let needed = needed(&load.what);
            let passes = |source: &String| sent.written.lets(&load.directive, source, origin);
            if needed.as_ref().is_some_and(passes) {
                continue;
            }
            if needed.is_none()
                && sent
                    .written
                    .lets(&load.directive, "'unsafe-inline'", origin)
            {
                continue;
            }
            if let Some(source) = needed {
                let list = wanted.entry(&load.directive).or_default();
                if !list.contains(&source) {
                    list.push(source);
                }
            }
            found.push((page, load));
        }
    }
    let tell = |(page, load): (&Page, &Load)| {
        let whose = match sent.of_author {
            Some(_) => "the policy of content/_headers",
            None => "the site's policy",
        };
        let message = format!(
            "{whose} blocks {} (`{}`)",
            words(&load.what),
            load.directive
        );
        let list = wanted.get(&*load.directive);
        let list = list.filter(|_| needed(&load.what).is_some());
        let help = help(planner, sent, load, list.map(Vec::as_slice));
        Diagnostic::warning("blocked-by-policy", &page.path(), message)
            .at(load.span.clone())
            .help(help)
    };
    found.into_iter().map(tell).collect()
}

/// What lets something pass: more sources in its directive, if there are any that do.
fn help(planner: &Planner<'_>, sent: &Sent<'_>, load: &Load, more: Option<&[String]>) -> String {
    let directive = &load.directive;
    match (more, sent.of_author) {
        (Some(more), None) => {
            let mut list = planner.config.headers.sources.get(directive).cloned();
            let list = list.get_or_insert_default();
            list.extend_from_slice(more);
            format!(
                "to let it pass, write in site.toml, below [headers.sources]:\n{directive} = {list:?}"
            )
        }
        (Some(more), Some((block, _))) => {
            let more: Vec<&str> = more.iter().map(String::as_str).collect();
            format!(
                "to let it pass, write in content/_headers, in the policy for {}:\n{}",
                block.path,
                widened(&sent.written, directive, &more)
            )
        }
        (None, _) if load.what == LoadKind::ScriptInLine => {
            "write the script on lines of its own: within a line, Markdown changes its text, \
             so that no policy can name it"
                .to_owned()
        }
        (None, _) => "write it in a script, by addEventListener".to_owned(),
    }
}

/// The source that a policy must name for something to be loaded; none where naming one does not help.
fn needed(what: &LoadKind) -> Option<String> {
    match what {
        LoadKind::Elsewhere(url) => origin(url),
        LoadKind::Own => Some("'self'".to_owned()),
        LoadKind::Script(text) => Some(hash(text)),
        LoadKind::Style => Some("'unsafe-inline'".to_owned()),
        LoadKind::Handler | LoadKind::ScriptInLine => None,
    }
}

fn words(what: &LoadKind) -> String {
    match what {
        LoadKind::Elsewhere(url) => origin(url).map_or("an address".to_owned(), |origin| {
            format!("what is loaded from {origin}")
        }),
        LoadKind::Own => "this".to_owned(),
        LoadKind::Script(_) | LoadKind::ScriptInLine => "this script".to_owned(),
        LoadKind::Style => "this style".to_owned(),
        LoadKind::Handler => "this attribute".to_owned(),
    }
}
