//! The content security policy: the site itself, the hashes of the theme's inline scripts, and the hosts of
//! the pictures and players that articles show. The only module that knows SHA-256 and Base64. What it and an author's own
//! policy block, `policy/check.rs` tells.

mod check;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::theme::Theme;
use crate::config::{Comments, Config};
use crate::model::page::PageId;
use crate::model::shortcode::Value as Argument;
use crate::model::site::{PictureTarget, Site, Target};
use crate::parse::media;
pub(super) use check::check;

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
    for site in sites {
        site.ids().for_each(|id| needed_by(site, id, &mut sources));
    }
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

/// The hosts of what a page shows from elsewhere.
fn needed_by(site: &Site, id: PageId, sources: &mut Sources) {
    let page = site.page(id);
    let pictures = site.pictures.get(id.index()).into_iter().flatten();
    let hero = site.heroes.get(id.index()).and_then(Option::as_deref);
    for PictureTarget { target, .. } in pictures.chain(hero) {
        if let Target::Elsewhere(url) = target {
            allow_host(sources, "img-src", url);
        }
    }
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
