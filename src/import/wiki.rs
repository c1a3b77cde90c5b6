//! Wiki links, as links of Markdown.

use super::doc::Doc;
use super::index::{Found, Index};
use super::{tag, written};
use crate::model::heading_ids::HeadingIds;

/// The text of a note, whose wiki links are links.
pub(super) fn converted(doc: &Doc, body: &str, index: &Index) -> String {
    let code = tag::code(body);
    let mut out = String::with_capacity(body.len());
    let mut done = 0;
    for (at, _) in body.match_indices("[[") {
        let Some(end) = body[at..]
            .find("]]")
            .map(|end| at + end)
            .filter(|end| end - at < 400)
        else {
            continue;
        };
        if at < done || tag::is_code(&code, at) || body[at..end].contains('\n') {
            continue;
        }
        let is_embed = body[..at].ends_with('!');
        let inner = &body[at + 2..end];
        let (target, words) = inner
            .split_once('|')
            .map_or((inner, None), |(target, words)| {
                (target.trim_end_matches('\\'), Some(words.trim()))
            });
        let (name, heading) = target
            .split_once('#')
            .map_or((target, None), |(name, heading)| {
                (name.trim(), Some(heading))
            });
        let heading = heading.filter(|heading| !heading.starts_with('^'));
        let anchor = heading.map(|heading| {
            format!(
                "#{}",
                HeadingIds::Github.of(heading.rsplit('#').next().unwrap_or_default())
            )
        });
        let anchor = anchor.unwrap_or_default();
        let is_size = |words: &str| words.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let own = target.replace('#', " › ");
        let shown = words
            .filter(|words| !(is_embed && is_size(words)))
            .unwrap_or(if name.is_empty() {
                heading.unwrap_or_default()
            } else {
                &own
            });
        let shown = written::bracketed(shown);
        let dest = written::destination(&name.replace('%', "%25").replace('?', "%3F"));
        let found = index.find(doc, &dest);
        let start = if is_embed { at - 1 } else { at };
        out.push_str(&body[done..start]);
        let mark = if is_embed && matches!(found, Found::File(_)) {
            "!"
        } else {
            ""
        };
        out.push_str(&format!("{mark}[{shown}]({dest}{anchor})"));
        done = end + 2;
    }
    out.push_str(&body[done..]);
    out
}

/// The text of a site whose program knows no wiki links, so that what looks like one stays as it is.
pub(super) fn escaped(body: &str) -> String {
    if !body.contains("[[") {
        return body.to_owned();
    }
    let code = tag::code(body);
    let mut out = String::with_capacity(body.len() + 8);
    let mut done = 0;
    for (at, _) in body.match_indices("[[") {
        let end = body[at..].find("]]").map(|end| at + end + 2);
        let is_link = end
            .is_none_or(|end| body[end..].starts_with(['(', '[']) || body[at..end].contains('\n'));
        if at < done || is_link || tag::is_code(&code, at) || body[..at].ends_with('\\') {
            continue;
        }
        out.push_str(&body[done..at]);
        out.push('\\');
        done = at;
    }
    out.push_str(&body[done..]);
    out
}
