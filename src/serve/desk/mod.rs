//! The author's desk at `/_gen/`: what a writer wants to know of the site, one page a file. Never in the built site.

mod messages;

use hyper::{HeaderMap, StatusCode, header};

use super::answer::{self, Answer};
use super::state::{Shown, State};
use super::{http, inject, messages as shown_messages};
use crate::escape;
use crate::fingerprint::Fingerprint;
use crate::output::json::json;

/// A page of the desk.
struct Page {
    /// Its address, below `/_gen/`.
    name: &'static str,
    /// Its heading.
    title: &'static str,
    /// How many things there are on it that want a look, for the menu.
    count: fn(&Desk<'_>) -> Option<usize>,
    /// Makes what stands below the heading.
    body: fn(&Desk<'_>) -> String,
}

/// What the pages are made of.
struct Desk<'a> {
    shown: &'a Shown,
}

/// All pages, as they stand in the menu. To add one, add a file and its line here.
const PAGES: &[Page] = &[messages::PAGE];

const SCRIPT: &str = include_str!("../live.js");
const BAR_STYLE: &str = include_str!("../live.css");
const STYLE: &str = include_str!("desk.css");

/// The answer to a request below `/_gen/`.
pub(super) fn respond(state: &State, request: &HeaderMap, name: &str) -> Answer {
    let (kind, body) = match name {
        "live.js" => ("text/javascript; charset=utf-8", script()),
        "desk.css" => (
            "text/css; charset=utf-8",
            [shown_messages::STYLE, STYLE].concat(),
        ),
        name => match page(state, name) {
            Some((html, etag)) => {
                let kind = "text/html; charset=utf-8";
                let mut answer = answer::text(request, kind, html.into_bytes(), &etag);
                answer::set(&mut answer, header::X_FRAME_OPTIONS, "DENY");
                return answer;
            }
            None => {
                let text = format!("the desk has no page {}{name}", http::OWN);
                return answer::words(StatusCode::NOT_FOUND, &text);
            }
        },
    };
    let etag = Fingerprint::of(body.as_bytes()).short();
    answer::text(request, kind, body.into_bytes(), &etag)
}

/// How a page of the desk is tagged now.
pub(super) fn etag(state: &State, name: &str) -> Option<String> {
    Some(page(state, name)?.1)
}

/// The script of the served pages, with its style in it.
fn script() -> String {
    let style = [shown_messages::STYLE, BAR_STYLE].concat();
    let quoted = crate::output::json::compact(&style);
    SCRIPT.replacen("\"/*style*/\"", &quoted, 1)
}

/// A page of the desk, and its tag.
fn page(state: &State, name: &str) -> Option<(String, String)> {
    let page = PAGES.iter().find(|page| page.name == name)?;
    let shown = state.shown();
    let desk = Desk { shown: &shown };
    let title = shown.site.as_ref().map_or("gen".to_owned(), |site| {
        site.read().loaded.config.title.clone()
    });
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{heading} – the desk</title>\
         <link rel=\"stylesheet\" href=\"/_gen/desk.css\"></head><body>\
         <header><a class=\"site\" href=\"/\">{title}</a><nav aria-label=\"Desk\"><ul>{menu}</ul></nav></header>\
         <main><h1>{heading}</h1>{body}</main></body></html>",
        heading = page.title,
        title = escape::html(&title),
        menu = menu(&desk, page),
        body = (page.body)(&desk),
    );
    let etag = Fingerprint::of(html.as_bytes()).short();
    let told = json!({ "file": format!("{}{name}", http::OWN), "etag": etag, "desk": true });
    Some((inject::with_script(&html, &told), etag))
}

fn menu(desk: &Desk<'_>, current: &Page) -> String {
    let entry = |page: &Page| {
        let here = match page.name == current.name {
            true => " aria-current=\"page\"",
            false => "",
        };
        let count =
            (page.count)(desk).map_or(String::new(), |count| format!(" <span>{count}</span>"));
        format!(
            "<li><a href=\"{}{}\"{here}>{}{count}</a></li>",
            http::OWN,
            page.name,
            page.title
        )
    };
    PAGES.iter().map(entry).collect()
}
