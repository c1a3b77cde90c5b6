//! Links that could be written: words of articles that name an article with few ways in. Each can be taken or refused with
//! one click, by article that the link leads to or by article that it stands in.

use super::{Desk, NO_SITE, Page, count, file, named};
use crate::diagnostic::{Diagnostic, Suggested};
use crate::escape;
use crate::serve::OWN;
use crate::serve::query::parameter;
use crate::serve::state::Asked;
use crate::suggest::refused;

pub(super) const PAGE: Page = Page {
    name: "suggestions",
    title: "Suggestions",
    // Every page would have to wait for it.
    count: |_| None,
    body,
};

/// Suggestions that are shown, at most: what an author works through at one sitting.
const SHOWN: usize = 100;

/// The names of what can be asked in the address: links to an article, links out of one, all by the article that they
/// stand in, those of little worth, too.
const TO: &str = "to";
const FROM: &str = "from";
const BY: &str = "by";
const ALL: &str = "all";

/// The address of the suggestions for an article, by its path.
pub(super) fn address(key: &str, path: &str) -> String {
    let (own, name) = (OWN, PAGE.name);
    format!("{own}{name}?{key}={}", escape::url_value(path))
}

/// Which suggestions a page asks for.
pub(super) fn asked(query: &str) -> Asked {
    let to = parameter(query, TO);
    let to = to.strip_prefix("content/").unwrap_or(&to);
    Asked {
        to: (!to.is_empty()).then(|| to.to_owned()),
        all: !parameter(query, ALL).is_empty(),
    }
}

/// A suggestion, with what it was made of.
struct Row<'a> {
    found: &'a Diagnostic,
    suggested: &'a Suggested,
}

fn body(desk: &Desk<'_>) -> String {
    if desk.site.is_none() {
        return NO_SITE.to_owned();
    }
    let (to, from) = (parameter(desk.query, TO), parameter(desk.query, FROM));
    let by_from = parameter(desk.query, BY) == FROM;
    let rows = desk.suggested.found.iter();
    let rows = rows.filter_map(|found| {
        let suggested = found.suggested.as_deref()?;
        Some(Row { found, suggested })
    });
    let rows: Vec<Row<'_>> = rows
        .filter(|row| from.is_empty() || row.found.path == from)
        .collect();
    let lead = match (to.as_str(), from.as_str()) {
        ("", "") => "Words that could link to an article that few others link to.".to_owned(),
        ("", from) => format!("Words in {} that could be links.", one(desk, from)),
        (to, _) => format!("Words that could link to {}.", one(desk, to)),
    };
    let ways = match to.is_empty() && from.is_empty() {
        true => ways(by_from),
        false => format!(
            "<p><a href=\"{}{}\">All suggestions</a></p>",
            OWN, PAGE.name
        ),
    };
    let lead = format!(
        "<p class=\"lead\">{lead} The best stand first. <b>Take</b> writes the link into the file; what you refuse is \
         remembered in <code>{}</code>, and suggested no more.</p>{ways}",
        refused::FILE
    );
    let rest = rest(desk);
    if rows.is_empty() {
        return format!("{lead}<p class=\"good\">Nothing is suggested.</p>{rest}");
    }
    let more = match rows.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(
            "<p class=\"note\">{} more: they come up as you take or refuse these.</p>",
            count(more, "suggestion", "suggestions")
        ),
    };
    let rows = &rows[..rows.len().min(SHOWN)];
    format!(
        "{lead}{}{more}{rest}",
        groups(desk, rows, by_from || !from.is_empty())
    )
}

/// How many are left out, and the way to them.
fn rest(desk: &Desk<'_>) -> String {
    let number = desk.suggested.left_out;
    if number == 0 {
        return String::new();
    }
    let query = match desk.query {
        "" => format!("{ALL}=yes"),
        query => format!("{query}&{ALL}=yes"),
    };
    format!(
        "<p class=\"note\"><a href=\"{}{}?{}\">Show {number} more of little worth, too</a></p>",
        OWN,
        PAGE.name,
        escape::html(&query)
    )
}

/// The two ways to look at all of them.
fn ways(by_from: bool) -> String {
    let way = |is_here: bool, query: &str, words: &str| {
        let here = if is_here {
            " aria-current=\"page\""
        } else {
            ""
        };
        let (own, name) = (OWN, PAGE.name);
        format!("<li><a href=\"{own}{name}{query}\"{here}>{words}</a></li>")
    };
    let query = format!("?{BY}={FROM}");
    format!(
        "<nav aria-label=\"Order\" class=\"ways\"><ul>{}{}</ul></nav>",
        way(!by_from, "", "By the article that gets the link"),
        way(by_from, &query, "By the article that the words are in")
    )
}

/// Suggestions by article, the article of the best one first.
fn groups(desk: &Desk<'_>, rows: &[Row<'_>], by_from: bool) -> String {
    let path = |row: &Row<'_>| match by_from {
        true => row.found.path.clone(),
        false => format!("content/{}", row.suggested.to),
    };
    let mut groups: Vec<(String, Vec<&Row<'_>>)> = Vec::new();
    for row in rows {
        let path = path(row);
        match groups.iter_mut().find(|(known, _)| *known == path) {
            Some((_, group)) => group.push(row),
            None => groups.push((path, vec![row])),
        }
    }
    let ordered: Vec<&Row<'_>> = groups
        .iter()
        .flat_map(|(_, group)| group.iter().copied())
        .collect();
    let mut at = 0;
    let mut out = String::new();
    for (path, group) in &groups {
        out.push_str(&format!(
            "<section class=\"gen-file\"><h2>{}</h2>",
            one(desk, path)
        ));
        for row in group {
            at += 1;
            // Where the eye and the keyboard go on when this one is done.
            let next = ordered.get(at).map(|next| super::id(next.found));
            out.push_str(&told(desk, row, by_from, &next.unwrap_or_default()));
        }
        out.push_str("</section>");
    }
    out
}

fn told(desk: &Desk<'_>, row: &Row<'_>, by_from: bool, next: &str) -> String {
    let (found, suggested) = (row.found, row.suggested);
    let id = super::id(found);
    let (other, words) = match by_from {
        true => (format!("content/{}", suggested.to), "to"),
        false => (found.path.clone(), "in"),
    };
    let mut sentence = String::new();
    let mut place = String::new();
    if let Some(excerpt) = &found.excerpt {
        let (text, marked) = (&excerpt.text, &excerpt.marked);
        let part = |range: std::ops::Range<usize>| escape::html(&text[range]);
        sentence = format!(
            "{}<mark>{}</mark>{}",
            part(0..marked.start),
            part(marked.clone()),
            part(marked.end..text.len())
        );
        let shown = format!("line {}", excerpt.line);
        let view = desk.view();
        place = view.opened(&found.path, excerpt.line, excerpt.column, &shown);
    }
    let button = |value: &str, words: &str| {
        format!(
            "<button name=\"do\" value=\"{value}\" aria-describedby=\"{id}-what\">{words}</button>"
        )
    };
    let buttons = [
        button("take", "Take"),
        button("not-this", "Not this"),
        button(
            "never",
            &format!("Never for “{}”", escape::html(&suggested.words)),
        ),
    ];
    let form = desk
        .view()
        .form(&[("id", &id), ("next", next)], &buttons.concat());
    format!(
        "<article class=\"suggestion\" id=\"{id}\" tabindex=\"-1\"><p class=\"what\" id=\"{id}-what\">{sentence}</p>\
         <div class=\"note\">{words} {} · {place} · worth {} of 100</div>{form}</article>",
        one(desk, &other),
        suggested.worth
    )
}

/// An article's title as a link to it, and its file; the file alone, where it is not shown.
fn one(desk: &Desk<'_>, path: &str) -> String {
    let shown = desk.site.and_then(|built| {
        let source = path.strip_prefix("content/")?;
        let edition = built.loaded.edition_of(source);
        let id = edition
            .site
            .ids()
            .find(|id| edition.site.page(*id).source == source)?;
        Some(named(desk, edition, id))
    });
    shown.unwrap_or_else(|| file(desk, path))
}
