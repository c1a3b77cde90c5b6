//! What an audit found: as text for a terminal, for programs, and as one page of HTML.

use super::{Audit, Finding};
use crate::escape;
use crate::model::wording::count;
use crate::output::json::{self, Value, json};

/// Findings of a kind, pages of a finding and lists that are shown as text, at most.
const FEW: usize = 10;
const FEW_PLACES: usize = 3;
const FEW_NEXT: usize = 3;
/// Counts up where a key goes or means something else.
const VERSION: u32 = 1;

/// The kinds in the order in which they are told, with what they are called and what to do.
const KINDS: [(&str, &str, &str); 9] = [
    (
        "dead-link",
        "Dead links",
        "Nothing has this address. Mend the link, or redirect the address.",
    ),
    (
        "dead-anchor",
        "Dead anchors",
        "The page is there, and has nothing of this name.",
    ),
    (
        "missing-file",
        "Missing files",
        "Pages show or load a file that is not there.",
    ),
    (
        "orphan",
        "Orphans",
        "No other page leads here. Link to it where readers want it.",
    ),
    (
        "missing-title",
        "Pages without a title",
        "Browsers and search engines show it.",
    ),
    (
        "missing-description",
        "Pages without a description",
        "Search engines show it below the title.",
    ),
    (
        "duplicate-title",
        "Titles of several pages",
        "Readers cannot tell these apart.",
    ),
    (
        "duplicate-description",
        "Descriptions of several pages",
        "Each page is about something else.",
    ),
    (
        "near-duplicate",
        "Texts that stand there twice",
        "Make one of both, and redirect the other.",
    ),
];

fn of<'a>(audit: &'a Audit, kind: &str) -> Vec<&'a Finding> {
    audit
        .findings
        .iter()
        .filter(|finding| finding.kind == kind)
        .collect()
}

/// How many a kind has: pages, where nothing else is to be said of them.
fn number(found: &[&Finding]) -> usize {
    let of = |one: &&Finding| match one.what.is_empty() {
        true => one.places.len(),
        false => 1,
    };
    found.iter().map(of).sum()
}

fn summary(audit: &Audit) -> String {
    format!(
        "{}, {} of them articles",
        count(audit.pages, "page", "pages"),
        audit.articles
    )
}

/// A finding on one line, with so many of its pages.
fn line(finding: &Finding, places: usize) -> String {
    let mut shown = finding
        .places
        .iter()
        .take(places)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if finding.places.len() > places {
        shown.push_str(&format!(" and {} more", finding.places.len() - places));
    }
    match finding.what.is_empty() {
        true => shown,
        false => format!("{}  ({shown})", finding.what),
    }
}

/// For a terminal; `all` of it, or some of each kind.
pub fn text(audit: &Audit, all: bool) -> String {
    let (few, places) = match all {
        true => (usize::MAX, usize::MAX),
        false => (FEW, FEW_PLACES),
    };
    let mut out = String::new();
    for (kind, title, help) in KINDS {
        let found = of(audit, kind);
        if found.is_empty() {
            continue;
        }
        out.push_str(&format!("{title}: {}\n{help}\n", number(&found)));
        for finding in found.iter().take(few) {
            let places = if finding.what.is_empty() { few } else { places };
            out.push_str(&format!("  {}\n", line(finding, places)));
        }
        if found.len() > few {
            out.push_str(&format!("  and {} more\n", found.len() - few));
        }
        out.push('\n');
    }
    if !audit.up_next.is_empty() {
        out.push_str("What readers of an article could be offered next\n");
        for list in audit.up_next.iter().take(few) {
            out.push_str(&format!("  {}  ({})\n", list.title, list.address));
            for next in list
                .next
                .iter()
                .take(if all { usize::MAX } else { FEW_NEXT })
            {
                out.push_str(&format!("    → {}: {}\n", next.title, next.reason));
            }
        }
        if audit.up_next.len() > few {
            out.push_str(&format!("  and {} more\n", audit.up_next.len() - few));
        }
        out.push('\n');
    }
    out.push_str(&format!("{}.", summary(audit)));
    let kinds: Vec<String> = KINDS
        .iter()
        .map(|(kind, title, _)| (number(&of(audit, kind)), title.to_lowercase()))
        .filter(|(number, _)| *number > 0)
        .map(|(number, title)| format!("{title}: {number}"))
        .collect();
    out.push_str(&match kinds.is_empty() {
        true => " Nothing is wrong with them.\n".to_owned(),
        false => format!(" {}.\n", kinds.join("; ")),
    });
    out
}

/// For programs, as `docs/authors.md` describes it.
pub fn json(audit: &Audit) -> String {
    let findings: Vec<Value> = audit
        .findings
        .iter()
        .map(|one| json!({ "kind": one.kind, "what": one.what, "places": one.places }))
        .collect();
    let lists: Vec<Value> = audit
        .up_next
        .iter()
        .map(|list| {
            let next: Vec<Value> = list
                .next
                .iter()
                .map(|next| json!({ "address": next.address, "title": next.title, "reason": next.reason }))
                .collect();
            json!({ "address": list.address, "title": list.title, "next": next })
        })
        .collect();
    json::pretty(&json!({
        "version": VERSION,
        "base_url": audit.base_url,
        "pages": audit.pages,
        "articles": audit.articles,
        "findings": findings,
        "up_next": lists,
    }))
}

/// One page of HTML, whole in itself.
pub fn html(audit: &Audit) -> String {
    let base = audit
        .base_url
        .as_deref()
        .unwrap_or_default()
        .trim_end_matches('/');
    let link = |address: &str, words: &str| {
        let words = escape::html(words);
        match base {
            "" => words,
            base => {
                let href = format!("{base}{}", escape::url_path(address));
                format!("<a href=\"{}\">{words}</a>", escape::html(&href))
            }
        }
    };
    let title = match base {
        "" => "Audit of a site".to_owned(),
        base => format!("Audit of {base}"),
    };
    let title = escape::html(&title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>body{{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}}summary{{cursor:pointer}}li{{overflow-wrap:anywhere}}small{{color:#555}}@media(prefers-color-scheme:dark){{body{{background:#111;color:#eee}}a{{color:#8cf}}small{{color:#aaa}}}}</style>\n<h1>{title}</h1>\n<p>{}.</p>\n",
        summary(audit)
    );
    for (kind, title, help) in KINDS {
        let found = of(audit, kind);
        if found.is_empty() {
            continue;
        }
        out.push_str(&format!(
            "<h2>{title}: {}</h2>\n<p>{help}</p>\n<ul>\n",
            number(&found)
        ));
        for finding in found {
            let places: Vec<String> = finding
                .places
                .iter()
                .map(|place| link(place, place))
                .collect();
            let places = places.join(", ");
            let more = match finding.places.len() > FEW_PLACES {
                true => format!(
                    "<details><summary><small>{} pages</small></summary><small>{places}</small></details>",
                    finding.places.len()
                ),
                false => format!(" <small>{places}</small>"),
            };
            out.push_str(&format!("<li>{}{more}\n", escape::html(&finding.what)));
        }
        out.push_str("</ul>\n");
    }
    if !audit.up_next.is_empty() {
        out.push_str("<h2>What readers of an article could be offered next</h2>\n");
        for list in &audit.up_next {
            out.push_str(&format!(
                "<details><summary>{}</summary>\n<ol>\n",
                escape::html(&list.title)
            ));
            for next in &list.next {
                out.push_str(&format!(
                    "<li>{} <small>{}</small>\n",
                    link(&next.address, &next.title),
                    escape::html(&next.reason)
                ));
            }
            out.push_str("</ol>\n</details>\n");
        }
    }
    out.push_str("</html>\n");
    out
}
