//! Shows what is wrong with the site as HTML: for the overlay on a page, for the desk, and for a page of its own where no
//! site was ever built. Every word of an author's is escaped here.

use hyper::StatusCode;

use super::inject;
use super::state::{Shown, State};
use super::view::View;
use super::{NOT_FOUND, OWN};
use crate::diagnostic::{Diagnostic, Severity};
use crate::escape;
use crate::fingerprint::{Fingerprint, Mix};
use crate::output::json::json;

/// How messages look, wherever they are shown.
pub(super) const STYLE: &str = include_str!("messages.css");

/// What the last build found wrong, for a page of the site.
pub(super) fn of(state: &State, shown: &Shown) -> String {
    let view = View {
        state,
        at_desk: false,
    };
    of_build(view, shown)
}

/// What the last build found wrong.
pub(super) fn of_build(view: View<'_>, shown: &Shown) -> String {
    let mut out = String::new();
    if let Some(refusal) = &shown.refusal {
        out.push_str(&this_machine(refusal));
    }
    let all: Vec<&Diagnostic> = shown.diagnostics.iter().collect();
    out.push_str(&list(view, &all));
    out
}

/// Messages, grouped by file, in their order.
pub(super) fn list(view: View<'_>, diagnostics: &[&Diagnostic]) -> String {
    let mut out = String::new();
    for group in diagnostics.chunk_by(|a, b| a.path == b.path) {
        out.push_str("<section class=\"gen-file\"><h2>");
        let path = &group[0].path;
        out.push_str(&view.opened(path, 1, 1, &escape::html(path)));
        out.push_str("</h2>");
        group
            .iter()
            .for_each(|diagnostic| one(&mut out, view, diagnostic));
        out.push_str("</section>");
    }
    out
}

fn one(out: &mut String, view: View<'_>, diagnostic: &Diagnostic) {
    let (class, word) = match diagnostic.severity {
        Severity::Error => ("error", "Error"),
        Severity::Warning => ("warning", "Warning"),
        Severity::Note => ("note", "Note"),
    };
    let id = id(diagnostic);
    let id = match view.at_desk {
        true => format!(" id=\"{id}\" tabindex=\"-1\""),
        false => String::new(),
    };
    out.push_str(&format!(
        "<article class=\"gen-message {class}\"{id}><p class=\"gen-what\"><b>{word}</b> "
    ));
    push_words(out, &diagnostic.message);
    out.push_str(&format!(
        " <a href=\"{}lints#{code}\"><code class=\"gen-code\">{code}</code></a></p>",
        OWN,
        code = escape::html(diagnostic.code)
    ));
    if let Some(excerpt) = &diagnostic.excerpt {
        let (marked, text) = (&excerpt.marked, &excerpt.text);
        let (line, column) = (excerpt.line, excerpt.column);
        let place = format!("line {line}, column {column}");
        out.push_str(&format!(
            "<div class=\"gen-where\">{}</div><pre tabindex=\"0\"><i>{line}</i>",
            view.opened(&diagnostic.path, line, column, &place)
        ));
        escape::push_html(out, &text[..marked.start]);
        out.push_str("<mark>");
        escape::push_html(out, &text[marked.clone()]);
        out.push_str("</mark>");
        escape::push_html(out, &text[marked.end..]);
        out.push_str("</pre>");
    }
    if let Some(help) = &diagnostic.help {
        push_help(out, help);
    }
    if view.at_desk && !diagnostic.fixes.is_empty() {
        let button = format!(
            "<button name=\"do\" value=\"mend\" aria-describedby=\"{id}\">Mend it</button>",
            id = self::id(diagnostic)
        );
        out.push_str(&view.form(&[("id", &self::id(diagnostic))], &button));
    }
    out.push_str("</article>");
}

fn push_help(out: &mut String, help: &str) {
    out.push_str("<p class=\"gen-help\">");
    push_words(out, help);
    out.push_str("</p>");
}

/// A message for people: what stands between backticks is code.
pub(super) fn push_words(out: &mut String, text: &str) {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape::push_html(out, text);
    }
    for (number, part) in parts.iter().enumerate() {
        let is_code = number % 2 == 1;
        out.push_str(if is_code { "<code>" } else { "" });
        escape::push_html(out, part);
        out.push_str(if is_code { "</code>" } else { "" });
    }
}

/// What the machine refused: its first line is what, the others what to do.
fn this_machine(refusal: &str) -> String {
    let (what, help) = refusal.split_once('\n').unwrap_or((refusal, ""));
    let mut out = String::from(
        "<section class=\"gen-file\"><article class=\"gen-message error\"><p class=\"gen-what\"><b>Error</b> ",
    );
    push_words(&mut out, what);
    out.push_str("</p>");
    let help = help.trim_start_matches("help: ");
    if !help.is_empty() {
        push_help(&mut out, help);
    }
    out.push_str("</article></section>");
    out
}

/// The page where there is no site to show, and its tag: it waits for the first build, or says why there is none.
pub(super) fn alone(state: &State) -> (StatusCode, String, String) {
    let shown = state.shown();
    let (status, title, body) = match (shown.built, shown.failed) {
        (false, _) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "The site is being built",
            String::new(),
        ),
        (true, true) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "The site cannot be built",
            of(state, &shown),
        ),
        (true, false) => (
            StatusCode::NOT_FOUND,
            "There is no such page",
            String::new(),
        ),
    };
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/_gen/desk.css\"></head><body class=\"alone\"><main><h1>{title}</h1>\
         <p>This page shows the site as soon as it is there.</p>{body}</main></body></html>"
    );
    let etag = Fingerprint::of(html.as_bytes()).short();
    let told = json!({ "file": NOT_FOUND, "etag": etag, "alone": true });
    (status, inject::with_script(&html, &told), etag)
}

/// The name of a finding in the addresses and forms of the desk. That of a suggestion stays when the text before it changes.
pub(super) fn id(found: &Diagnostic) -> String {
    let mut mix = Mix::default();
    mix.add(&(found.code, &found.path));
    match &found.suggested {
        Some(suggested) => mix.add(&(&suggested.to, &suggested.words)),
        None => {
            let place = found.excerpt.as_ref().map(|at| (at.line, at.column));
            let place = place.unwrap_or_default();
            mix.add(&(place.0 as u64, place.1 as u64, &found.message));
        }
    }
    format!("m{}", mix.finish().short())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_author_are_never_markup() {
        let mut out = String::new();
        push_words(&mut out, "`<b>` is no & `x`");
        push_words(&mut out, "one ` <i>");
        assert_eq!(
            out,
            "<code>&lt;b&gt;</code> is no &amp; <code>x</code>one ` &lt;i&gt;"
        );
    }
}
