//! The content security policy: the site itself, the hashes of the theme's inline scripts, and the hosts of
//! the pictures and players that articles show. The only module that knows SHA-256 and Base64.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::Planner;
use super::theme::Theme;
use crate::config::{Comments, Config};
use crate::diagnostic::Diagnostic;
use crate::model::page::{Load, LoadKind, Page};
use crate::model::shortcode::Value as Argument;
use crate::model::site::{PictureTarget, Site, Target};
use crate::parse::media;

/// Where each kind of thing may come from. A kind that is not here may come from nowhere.
const OWN: [(&str, &str); 8] = [
    ("connect-src", "'self'"),
    ("font-src", "'self'"),
    ("form-action", "'self'"),
    ("img-src", "'self'"),
    ("manifest-src", "'self'"),
    ("media-src", "'self'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
];

type Sources = BTreeMap<String, BTreeSet<String>>;

/// What all pages may load.
fn sources(sites: &[&Site], config: &Config, theme: &Theme) -> Sources {
    let mut sources = Sources::new();
    for (directive, own) in OWN {
        allow(&mut sources, directive, own);
    }
    allow(&mut sources, "img-src", "data:");
    for text in theme.inline.values() {
        allow(&mut sources, "script-src", &hash(text));
    }
    sites
        .iter()
        .for_each(|site| of_articles(site, &mut sources));
    of_comments(config, &mut sources);
    for (directive, more) in &config.headers.sources {
        more.iter()
            .for_each(|source| allow(&mut sources, directive, source));
    }
    sources
}

/// The policy of all pages of these languages. As a header it can say too who may frame the site.
pub(super) fn policy(sites: &[&Site], config: &Config, theme: &Theme, as_header: bool) -> String {
    let mut sources = sources(sites, config, theme);
    match as_header {
        true => allow(&mut sources, "frame-ancestors", "'self'"),
        // Browsers pass over it in a page.
        false => drop(sources.remove("frame-ancestors")),
    }
    let mut policy = "default-src 'none'; base-uri 'none'".to_owned();
    for (directive, sources) in &sources {
        policy.push_str("; ");
        policy.push_str(directive);
        for source in sources {
            policy.push(' ');
            policy.push_str(source);
        }
    }
    policy
}

/// How a policy names an inline script (Content Security Policy Level 3, section 2.3.1).
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn allow(sources: &mut Sources, directive: &str, source: &str) {
    sources
        .entry(directive.to_owned())
        .or_default()
        .insert(source.to_owned());
}

/// The hosts of what articles show from elsewhere.
fn of_articles(site: &Site, sources: &mut Sources) {
    let pictures = site.pictures.iter().flatten();
    for picture in pictures.chain(site.heroes.iter().flatten().map(|hero| &**hero)) {
        let PictureTarget { target, .. } = picture;
        if let Target::Elsewhere(url) = target {
            allow_host(sources, "img-src", url);
        }
    }
    for page in site.pages.iter() {
        if let Some(url) = &page.front.picture {
            allow_host(sources, "img-src", url);
        }
        let args = page.shortcodes.iter().flat_map(|shortcode| &shortcode.args);
        for arg in args {
            if let Argument::Elsewhere(url) = &arg.value
                && media(url).is_some()
            {
                allow_host(sources, "media-src", url);
            }
        }
        for embed in &page.embeds {
            let directive = match &*embed.media {
                "frame" => "frame-src",
                _ => "media-src",
            };
            allow_host(sources, directive, &embed.player);
        }
    }
}

/// Where replies are sent, or the host whose script takes them: that script may show a frame of its own.
fn of_comments(config: &Config, sources: &mut Sources) {
    match &config.comments {
        Some(Comments::Form { action, .. }) => allow_host(sources, "form-action", action),
        Some(Comments::Embed { src, .. }) => {
            for directive in ["script-src", "style-src", "frame-src", "connect-src"] {
                allow_host(sources, directive, src);
            }
        }
        Some(Comments::Mail { .. }) | None => {}
    }
}

/// Allows the scheme and host of a full URL.
fn allow_host(sources: &mut Sources, directive: &str, url: &str) {
    if let Some(origin) = origin(url) {
        allow(sources, directive, &origin);
    }
}

/// The scheme and the host of a full URL; none where it has no host that a policy can name.
fn origin(url: &str) -> Option<String> {
    let (scheme @ ("http" | "https"), rest) = url.split_once("://")? else {
        return None;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b".-:".contains(&b);
    let is_host = !host.is_empty() && host.bytes().all(is_plain);
    is_host.then(|| format!("{scheme}://{host}"))
}

/// Something that the policy blocks.
struct Blocked<'a> {
    page: &'a Page,
    load: &'a Load,
    /// A source can be named that lets it pass.
    is_nameable: bool,
}

/// What the policy blocks, where there is one.
pub(super) fn check(planner: &Planner<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if planner.config.headers.file || planner.config.headers.meta {
        let blocked = blocked(planner);
        diagnostics.extend(blocked);
    }
}

/// What the policy blocks of what articles load and run, with the line of `site.toml` that lets it pass.
fn blocked(planner: &Planner<'_>) -> Vec<Diagnostic> {
    let (config, theme) = (planner.config, planner.theme);
    let sites: Vec<&Site> = planner.editions.iter().map(|one| one.site).collect();
    let pages = || sites.iter().flat_map(|site| site.own_pages());
    if pages().all(|page| page.loads.is_empty()) {
        return Vec::new();
    }
    let known = sources(&sites, config, theme);
    let mut found = Vec::new();
    let mut wanted = config.headers.sources.clone();
    for page in pages() {
        for load in &page.loads {
            let needed = needed(&load.what);
            let allowed = known.get(&load.directive);
            let is_allowed = |source: &str| {
                allowed.is_some_and(|known| known.iter().any(|known| allows(known, source)))
            };
            if needed.as_deref().is_some_and(is_allowed) {
                continue;
            }
            if let Some(source) = &needed {
                let list = wanted.entry(load.directive.clone()).or_default();
                if !list.contains(source) {
                    list.push(source.clone());
                }
            }
            found.push(Blocked {
                page,
                load,
                is_nameable: needed.is_some(),
            });
        }
    }
    let tell = |blocked: Blocked<'_>| {
        let Blocked {
            page,
            load,
            is_nameable,
        } = blocked;
        let message = format!(
            "the site's policy blocks {} (`{}`)",
            words(&load.what),
            load.directive
        );
        let help = match (is_nameable, wanted.get(&load.directive)) {
            (true, Some(list)) => format!(
                "to let it pass, write in site.toml, below [headers.sources]:\n{} = {list:?}",
                load.directive
            ),
            _ if load.what == LoadKind::ScriptInLine => {
                "write the script on lines of its own: within a line, Markdown changes its text, \
                 so that no policy can name it"
                    .to_owned()
            }
            _ => "write it in a script, by addEventListener".to_owned(),
        };
        Diagnostic::warning("blocked-by-policy", &page.path(), message)
            .at(load.span.clone())
            .help(help)
    };
    found.into_iter().map(tell).collect()
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

/// Whether a source of a policy lets another pass: the same, a scheme, or a host with a star (Content Security Policy Level
/// 3, section 6.7.2).
fn allows(known: &str, source: &str) -> bool {
    let Some((scheme, host)) = source.split_once("://") else {
        return known == source;
    };
    let (known_scheme, known_host) = match known.split_once("://") {
        Some((scheme, host)) => (Some(scheme), host),
        None => (None, known),
    };
    let host_is = match known_host.strip_prefix("*.") {
        Some(domain) => host
            .strip_suffix(domain)
            .is_some_and(|sub| sub.ends_with('.')),
        None => known_host.split('/').next() == Some(host),
    };
    let scheme_is = known_scheme.is_none_or(|known| known == scheme);
    known == "*" || known.strip_suffix(':') == Some(scheme) || host_is && scheme_is
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification, section 8.3 (also in RFC 6234 by its bytes).
    #[test]
    fn scripts_are_named_by_their_hash() {
        assert_eq!(
            hash("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn sources_let_pass_what_they_name() {
        for (known, source, is_allowed) in [
            ("https://a.org", "https://a.org", true),
            ("https://a.org", "http://a.org", false),
            ("a.org", "https://a.org", true),
            ("https://*.a.org", "https://b.a.org", true),
            ("*.a.org", "https://a.org", false),
            ("*.a.org", "https://ba.org", false),
            ("https:", "https://a.org", true),
            ("*", "https://a.org", true),
            ("*", "'unsafe-inline'", false),
            ("'self'", "'self'", true),
            ("'self'", "https://a.org", false),
        ] {
            assert_eq!(allows(known, source), is_allowed, "{known} {source}");
        }
    }

    #[test]
    fn only_hosts_are_allowed() {
        let mut sources = Sources::new();
        for url in [
            "https://a.org/b.jpg",
            "/c.jpg",
            "https://x y/",
            "javascript:0",
            "https://;/",
        ] {
            allow_host(&mut sources, "img-src", url);
        }
        let all: Vec<&String> = sources.values().flatten().collect();
        assert_eq!(all, ["https://a.org"]);
    }
}
