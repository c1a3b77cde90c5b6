//! The author's desk at `/_gen/`: what a writer wants to know of the site, one page a file, and what can be changed with one
//! click (`change`). Never in the built site.

mod articles;
mod change;
mod drafts;
mod graph;
mod links;
mod lints;
mod messages;
mod suggestions;

use std::sync::{Arc, PoisonError};

use hyper::body::Bytes;
use hyper::header::HeaderName;
use hyper::{HeaderMap, Request, StatusCode, header};

use super::answer::{self, Answer};
use super::messages::{self as told, id};
use super::state::{Asked, Said, Shown, State, Suggested};
use super::view::View;
use super::{OWN, inject};
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

impl Page {
    /// Its address below `/_gen/`, with what is asked of it.
    fn address(&self, query: &str) -> String {
        match query {
            "" => self.name.to_owned(),
            query => format!("{}?{query}", self.name),
        }
    }
}

/// What the pages are made of.
struct Desk<'a> {
    state: &'a State,
    shown: &'a Shown,
    /// What is asked of the page, as an address has it.
    query: &'a str,
    /// All that is wrong, or could be better.
    messages: &'a [Diagnostic],
    /// Links that could be written, for the page that shows them.
    suggested: &'a Suggested,
    /// The site as it was last published, once it was.
    site: Option<&'a Built>,
}

impl Desk<'_> {
    /// How its pages are made.
    fn view(&self) -> View<'_> {
        View {
            state: self.state,
            at_desk: true,
        }
    }
}

/// All pages, as they stand in the menu. To add one, add a file and its line here.
const PAGES: &[Page] = &[
    messages::PAGE,
    suggestions::PAGE,
    articles::PAGE,
    links::PAGE,
    drafts::PAGE,
    graph::PAGE,
    lints::PAGE,
];

const HTML: &str = "text/html; charset=utf-8";
const BAR: &str = include_str!("../live.js");
const BAR_STYLE: &str = include_str!("../live.css");
const STYLE: &str = include_str!("desk.css");
const SORT: &str = include_str!("sort.js");

/// The answer to a request below `/_gen/`, for what stands behind that in its address.
pub(super) fn respond(state: &State, request: &HeaderMap, address: &str) -> Answer {
    own(found(state, request, address))
}

/// The answer to a form that was sent to a page of the desk.
pub(super) fn change(state: &State, request: &Request<Bytes>, name: &str) -> Answer {
    own(change::respond(state, request, name))
}

/// An answer that no other site may frame or load.
fn own(mut answer: Answer) -> Answer {
    answer::set(&mut answer, header::X_FRAME_OPTIONS, "DENY");
    let policy = "frame-ancestors 'none'";
    answer::set(&mut answer, header::CONTENT_SECURITY_POLICY, policy);
    let resource = HeaderName::from_static("cross-origin-resource-policy");
    answer::set(&mut answer, resource, "same-origin");
    answer
}

/// What stands at an address of the desk.
fn found(state: &State, request: &HeaderMap, address: &str) -> Answer {
    let name = address.split('?').next().unwrap_or_default();
    let (kind, body) = match name.strip_suffix('/').unwrap_or(name) {
        "live.js" => ("text/javascript; charset=utf-8", bar()),
        "sort.js" => ("text/javascript; charset=utf-8", SORT.to_owned()),
        "desk.css" => ("text/css; charset=utf-8", [told::STYLE, STYLE].concat()),
        _ => {
            let Some((html, etag)) = page(state, address) else {
                let text = format!("the desk has no page {}{name}", OWN);
                return answer::words(StatusCode::NOT_FOUND, &text);
            };
            return answer::text(request, HTML, html.into_bytes(), &etag);
        }
    };
    let etag = Fingerprint::of(body.as_bytes()).short();
    answer::text(request, kind, body.into_bytes(), &etag)
}

/// How a page of the desk is tagged now.
pub(super) fn etag(state: &State, address: &str) -> Option<String> {
    Some(page(state, address)?.1)
}

/// The script of the served pages, with its style in it.
fn bar() -> String {
    let style = json::compact(&[told::STYLE, BAR_STYLE].concat());
    BAR.replacen("\"/*style*/\"", &style, 1)
}

/// The page of a name, with or without a slash at its end.
fn named_page(name: &str) -> Option<&'static Page> {
    let name = name.strip_suffix('/').unwrap_or(name);
    PAGES.iter().find(|page| page.name == name)
}

/// A page of the desk, and its tag.
fn page(state: &State, address: &str) -> Option<(String, String)> {
    let (name, query) = address.split_once('?').unwrap_or((address, ""));
    let page = named_page(name)?;
    let last = state.last().clone();
    let shown = state.shown();
    // Before the site is held, which an edited page may have to be put into.
    let messages = messages(state, &shown);
    let suggested = match page.name == suggestions::PAGE.name {
        true => suggested(state, &shown, suggestions::asked(query)),
        false => Arc::default(),
    };
    let site = shown.site.as_ref().map(|site| site.read());
    let desk = Desk {
        state,
        shown: &shown,
        query,
        messages,
        suggested: &suggested,
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
         <main>{said}<h1>{title}</h1>{body}</main></body></html>",
        title = page.title,
        said = last.as_ref().map_or(String::new(), said),
        site = escape::html(
            desk.site
                .map_or("gen", |built| &built.loaded.first().config.title)
        ),
        menu = menu(&desk, page),
    );
    let etag = Fingerprint::of(html.as_bytes()).short();
    let about =
        json!({ "file": format!("{}{}", OWN, page.address(query)), "etag": etag, "desk": true });
    Some((inject::with_script(&html, &about), etag))
}

/// What became of the last change.
fn said(last: &Said) -> String {
    let (role, class) = match last.failed {
        true => ("alert", "said failed"),
        false => ("status", "said"),
    };
    let mut out = format!("<div class=\"{class}\" role=\"{role}\">");
    for line in last.text.lines() {
        out.push_str("<p>");
        told::push_words(&mut out, line);
        out.push_str("</p>");
    }
    out.push_str("</div>");
    out
}

fn menu(desk: &Desk<'_>, current: &Page) -> String {
    let entry = |page: &Page| {
        let here = match page.name == current.name {
            true => " aria-current=\"page\"",
            false => "",
        };
        let count = (page.count)(desk);
        let count = count.map_or(String::new(), |count| format!(" <span>{count}</span>"));
        let (own, name, title) = (OWN, page.name, page.title);
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

/// Links that could be written. The site is read anew, once for all who ask for the same.
fn suggested(state: &State, shown: &Shown, asked: Asked) -> Arc<Suggested> {
    let known = shown.suggested.lock();
    let mut known = known.unwrap_or_else(PoisonError::into_inner);
    let wanted = asked.wanted();
    let found = known.entry(asked).or_insert_with(|| {
        let checked = check::check(&state.options(), &wanted, None, &mut |_, _| ());
        // What is wrong stands among the messages.
        let mut checked = checked.unwrap_or_default();
        checked
            .diagnostics
            .retain(|found| found.suggested.is_some());
        Arc::new(Suggested {
            found: checked.diagnostics,
            left_out: checked.left_out,
        })
    });
    Arc::clone(found)
}

/// A list of pages, each with a note; or what to say where there are none.
fn pages(
    desk: &Desk<'_>,
    edition: &Edition,
    ids: &[PageId],
    note: &dyn Fn(PageId) -> String,
    none: &str,
) -> String {
    if ids.is_empty() {
        return format!("<p class=\"good\">{none}</p>");
    }
    let mut out = String::from("<ul class=\"pages\">");
    for id in ids.iter().take(MOST) {
        let note = match note(*id) {
            note if note.is_empty() => note,
            note => format!(" <span class=\"note\">{note}</span>"),
        };
        out.push_str(&format!("<li>{}{note}</li>", named(desk, edition, *id)));
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
fn named(desk: &Desk<'_>, edition: &Edition, id: PageId) -> String {
    let page = edition.site.page(id);
    format!(
        "<a href=\"{}\">{}</a> {}",
        escape::html(&edition.config.base_url.href(&page.permalink)),
        escape::html(&page.title),
        file(desk, &page.path())
    )
}

/// A file's path, which opens it in the editor.
fn file(desk: &Desk<'_>, path: &str) -> String {
    let shown = format!("<code>{}</code>", escape::html(path));
    desk.view().opened(path, 1, 1, &shown)
}

/// What stands where no site was published yet.
const NO_SITE: &str =
    "<p class=\"lead\">There is something to see here as soon as the site was built once.</p>";
