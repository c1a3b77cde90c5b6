//! The author's desk at `/_gen/`: what a writer wants to know of the site, one page a file. Never in the built site.

mod articles;
mod drafts;
mod graph;
mod links;
mod messages;

use hyper::header::HeaderName;
use hyper::{HeaderMap, StatusCode, header};

use super::answer::{self, Answer};
use super::state::{Shown, State};
use super::{http, inject, messages as told};
use crate::build::Edition;
use crate::build::check::{self, Wanted};
use crate::build::preview::Built;
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::fingerprint::Fingerprint;
use crate::model::page::PageId;
use crate::model::wording::count;
use crate::output::json::{self, json};

/// A page of the desk.
struct Page {
    /// Its address, below `/_gen/`.
    name: &'static str,
    /// Its heading.
    title: &'static str,
    /// How many things stand on it, for the menu; none where that says nothing.
    count: fn(&Desk<'_>) -> Option<usize>,
    /// Makes what stands below the heading.
    body: fn(&Desk<'_>) -> String,
}

/// What the pages are made of.
struct Desk<'a> {
    state: &'a State,
    shown: &'a Shown,
    /// All that is wrong, or could be better.
    messages: &'a [Diagnostic],
    /// The site as it was last published, once it was.
    site: Option<&'a Built>,
}

/// All pages, as they stand in the menu. To add one, add a file and its line here.
const PAGES: &[Page] = &[
    messages::PAGE,
    articles::PAGE,
    links::PAGE,
    drafts::PAGE,
    graph::PAGE,
];

const HTML: &str = "text/html; charset=utf-8";
const BAR: &str = include_str!("../live.js");
const BAR_STYLE: &str = include_str!("../live.css");
const STYLE: &str = include_str!("desk.css");
const SORT: &str = include_str!("sort.js");

/// The answer to a request below `/_gen/`. No other site may frame it or load anything of it.
pub(super) fn respond(state: &State, request: &HeaderMap, name: &str) -> Answer {
    let mut answer = found(state, request, name);
    answer::set(&mut answer, header::X_FRAME_OPTIONS, "DENY");
    let policy = "frame-ancestors 'none'";
    answer::set(&mut answer, header::CONTENT_SECURITY_POLICY, policy);
    let resource = HeaderName::from_static("cross-origin-resource-policy");
    answer::set(&mut answer, resource, "same-origin");
    answer
}

/// What stands at an address of the desk.
fn found(state: &State, request: &HeaderMap, name: &str) -> Answer {
    let (kind, body) = match name {
        "live.js" => ("text/javascript; charset=utf-8", bar()),
        "sort.js" => ("text/javascript; charset=utf-8", SORT.to_owned()),
        "desk.css" => ("text/css; charset=utf-8", [told::STYLE, STYLE].concat()),
        name => {
            let Some((html, etag)) = page(state, name) else {
                let text = format!("the desk has no page {}{name}", http::OWN);
                return answer::words(StatusCode::NOT_FOUND, &text);
            };
            return answer::text(request, HTML, html.into_bytes(), &etag);
        }
    };
    let etag = Fingerprint::of(body.as_bytes()).short();
    answer::text(request, kind, body.into_bytes(), &etag)
}

/// How a page of the desk is tagged now.
pub(super) fn etag(state: &State, name: &str) -> Option<String> {
    Some(page(state, name)?.1)
}

/// The script of the served pages, with its style in it.
fn bar() -> String {
    let style = json::compact(&[told::STYLE, BAR_STYLE].concat());
    BAR.replacen("\"/*style*/\"", &style, 1)
}

/// A page of the desk, and its tag.
fn page(state: &State, name: &str) -> Option<(String, String)> {
    let page = PAGES.iter().find(|page| page.name == name)?;
    let shown = state.shown();
    // Before the site is held, which an edited page may have to be put into.
    let messages = messages(state, &shown);
    let site = shown.site.as_ref().map(|site| site.read());
    let desk = Desk {
        state,
        shown: &shown,
        messages,
        site: site.as_deref(),
    };
    let body = (page.body)(&desk);
    if page.name == graph::PAGE.name && site.is_some() {
        // A page of its own, that takes the whole window.
        let etag = Fingerprint::of(body.as_bytes()).short();
        return Some((body, etag));
    }
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} – the desk</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/_gen/desk.css\"></head><body>\
         <header><a class=\"site\" href=\"/\">{site}</a><nav aria-label=\"Desk\"><ul>{menu}</ul></nav></header>\
         <main><h1>{title}</h1>{body}</main></body></html>",
        title = page.title,
        site = escape::html(
            desk.site
                .map_or("gen", |built| &built.loaded.first().config.title)
        ),
        menu = menu(&desk, page),
    );
    let etag = Fingerprint::of(html.as_bytes()).short();
    let about = json!({ "file": format!("{}{name}", http::OWN), "etag": etag, "desk": true });
    Some((inject::with_script(&html, &about), etag))
}

fn menu(desk: &Desk<'_>, current: &Page) -> String {
    let entry = |page: &Page| {
        let here = match page.name == current.name {
            true => " aria-current=\"page\"",
            false => "",
        };
        let count = (page.count)(desk);
        let count = count.map_or(String::new(), |count| format!(" <span>{count}</span>"));
        let (own, name, title) = (http::OWN, page.name, page.title);
        format!("<li><a href=\"{own}{name}\"{here}>{title}{count}</a></li>")
    };
    PAGES.iter().map(entry).collect()
}

/// All that is wrong, or could be better. The site is read anew for the lints, so that the next build does not have to
/// wait for them.
fn messages<'a>(state: &State, shown: &'a Shown) -> &'a [Diagnostic] {
    if shown.failed || !shown.built {
        return &shown.diagnostics;
    }
    shown.checked.get_or_init(|| {
        let checked = check::check(&state.options(), &Wanted::default(), None, &mut |_, _| ());
        checked.map_or_else(|_| shown.diagnostics.clone(), |checked| checked.diagnostics)
    })
}

/// A list of pages, each with a note; or what to say where there are none.
fn pages(edition: &Edition, ids: &[PageId], note: &dyn Fn(PageId) -> String, none: &str) -> String {
    if ids.is_empty() {
        return format!("<p class=\"good\">{none}</p>");
    }
    let mut out = String::from("<ul class=\"pages\">");
    for id in ids.iter().take(MOST) {
        let note = match note(*id) {
            note if note.is_empty() => note,
            note => format!(" <span class=\"note\">{note}</span>"),
        };
        out.push_str(&format!("<li>{}{note}</li>", named(edition, *id)));
    }
    out.push_str("</ul>");
    if ids.len() > MOST {
        out.push_str(&format!(
            "<p class=\"note\">and {} more</p>",
            ids.len() - MOST
        ));
    }
    out
}

/// Pages that a list or a table shows, at most: a browser has to lay them out.
const MOST: usize = 2000;

/// A page's title, as a link to it, and its file.
fn named(edition: &Edition, id: PageId) -> String {
    let page = edition.site.page(id);
    format!(
        "<a href=\"{}\">{}</a> <code>{}</code>",
        escape::html(&edition.config.base_url.href(&page.permalink)),
        escape::html(&page.title),
        escape::html(&page.path())
    )
}

/// What stands where no site was published yet.
const NO_SITE: &str =
    "<p class=\"lead\">There is something to see here as soon as the site was built once.</p>";
