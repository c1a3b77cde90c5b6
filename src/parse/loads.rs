//! Finds what a piece of raw HTML loads or runs that a content security policy may block. Whether it does is known once
//! all of the site is.

use super::raw_html::{Found, Kind, is_of_the_web, leads_into_site, scan_all, unescape};
use crate::model::page::{Load, LoadKind};
use crate::model::url::BaseUrl;

/// All of it, in order; places are those in the piece.
pub(super) fn of(html: &str, base_url: &BaseUrl) -> Vec<Load> {
    let loads = scan_all(html, &mut None).into_iter();
    loads
        .filter_map(|found| load(html, found, base_url))
        .collect()
}

fn load(html: &str, found: Found, base_url: &BaseUrl) -> Option<Load> {
    let text = &html[found.bytes.clone()];
    let (what, directive) = match found.kind {
        Kind::Script if text.is_empty() && found.bytes.end < html.len() => return None,
        Kind::Script if text.is_empty() => (LoadKind::ScriptInLine, "script-src"),
        Kind::Script => (LoadKind::Script(text.to_owned()), "script-src"),
        Kind::Style => (LoadKind::Style, "style-src"),
        Kind::Handler => (LoadKind::Handler, "script-src"),
        Kind::Id => return None,
        Kind::Href | Kind::Link | Kind::Source => (address(text, base_url)?, found.directive?),
    };
    let span = match what {
        // Its tag: the text stands in other pieces.
        LoadKind::ScriptInLine => 0..html.len(),
        _ => found.bytes,
    };
    Some(Load {
        what,
        directive: directive.to_owned(),
        span,
    })
}

fn address(written: &str, base_url: &BaseUrl) -> Option<LoadKind> {
    let url = unescape(written);
    let url = match url.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => url,
    };
    if leads_into_site(&url) || base_url.within(&url).is_some() {
        return Some(LoadKind::Own);
    }
    is_of_the_web(&url).then_some(LoadKind::Elsewhere(url))
}
