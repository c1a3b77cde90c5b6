//! Puts into each page, on its way to the browser, and never into the built site: a script that shows the bar
//! and listens for changes, with what it has to know of the page.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use super::policy;
use super::state::{Shown, State};
use super::view::View;
use crate::Edition;
use crate::diagnostic::{Diagnostic, Severity};
use crate::escape;
use crate::fingerprint::Mix;
use crate::model::page::PageId;
use crate::output::json::{self, Value, json};

/// Pages that are named of those that link to one; the desk names all.
const NAMED: usize = 30;

/// A page of the site as it is served for `path`, and its tag. None where there is no such file.
pub(super) fn page(state: &State, file: &Path, path: &str) -> Option<(Vec<u8>, String)> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.read_to_end(&mut bytes).ok()?;
    let html = String::from_utf8_lossy(&bytes);
    let mut told = about(state, &state.shown(), path);
    let mut mix = Mix::default();
    mix.add(&(&*html, json::compact(&told)));
    let etag = mix.finish().short();
    told["etag"] = etag.as_str().into();
    Some((with_script(&html, &told).into_bytes(), etag))
}

/// A page with the script in it, that knows this.
pub(super) fn with_script(html: &str, told: &Value) -> String {
    let script = format!(
        "<script src=\"/_gen/live.js\" defer data-page=\"{}\"></script>",
        escape::html(&json::compact(told))
    );
    let html = with_own_sources(html);
    let at = last(&html, "</body").unwrap_or(html.len());
    [&html[..at], &script, &html[at..]].concat()
}

/// What the bar says of a page.
fn about(state: &State, shown: &Shown, path: &str) -> Value {
    let errors = |d: &&Diagnostic| d.severity == Severity::Error;
    let mut told = json!({
        "file": path,
        "errors": shown.diagnostics.iter().filter(errors).count(),
        "messages": shown.diagnostics.len(),
    });
    let built = shown.site.as_ref().map(|site| site.read());
    if let Some(built) = &built
        && let Some((language, id)) = shown.page_at(built, path)
    {
        let edition = &built.loaded.editions[language];
        let page = edition.site.page(id);
        let from = &edition.site.backlinks[id.index()];
        let view = View {
            state,
            at_desk: false,
        };
        told["edit"] = page.path().into();
        told["open"] = view.href(&page.path(), 1, 1).into();
        told["words"] = page.words.into();
        told["draft"] = (page.front.draft == Some(true)).into();
        told["from"] = from.len().into();
        told["named"] = from
            .iter()
            .take(NAMED)
            .map(|id| link(edition, *id))
            .collect();
    }
    told
}

/// A page's title and address.
fn link(edition: &Edition, id: PageId) -> Value {
    let page = edition.site.page(id);
    json!([page.title, edition.config.base_url.href(&page.permalink)])
}

/// The page, with a policy of its own that lets the script run and listen.
fn with_own_sources(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = first(rest, "<meta") {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let (before, tag) = (&rest[..at], &rest[at..end]);
        rest = &rest[end..];
        out.push_str(before);
        let value = first(tag, "content-security-policy").and_then(|_| content(tag));
        match value {
            Some(value) => {
                out.push_str(&tag[..value.start]);
                out.push_str(&policy::with_own_sources(&tag[value.clone()]));
                out.push_str(&tag[value.end..]);
            }
            None => out.push_str(tag),
        }
    }
    out.push_str(rest);
    out
}

/// Where the value of a tag's `content` stands, without its quotes.
fn content(tag: &str) -> Option<Range<usize>> {
    let name = first(tag, " content=")?;
    let quote = name + " content=".len();
    let mark = tag[quote..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))?;
    let start = quote + 1;
    let length = tag[start..].find(mark)?;
    Some(start..start + length)
}

/// The first place of some ASCII letters, large or small.
fn first(text: &str, letters: &str) -> Option<usize> {
    let same = |there: &[u8]| there.eq_ignore_ascii_case(letters.as_bytes());
    text.as_bytes().windows(letters.len()).position(same)
}

/// The last place of them.
fn last(text: &str, letters: &str) -> Option<usize> {
    let same = |there: &[u8]| there.eq_ignore_ascii_case(letters.as_bytes());
    text.as_bytes().windows(letters.len()).rposition(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let html = with_script(
            "<body>a</body>b</BODY></html>",
            &json!({"x": "</script>\"'"}),
        );
        assert_eq!(
            html,
            "<body>a</body>b<script src=\"/_gen/live.js\" defer \
             data-page=\"{&quot;x&quot;:&quot;&lt;/script&gt;\\&quot;&#39;&quot;}\"></script></BODY></html>"
        );
        assert!(with_script("", &json!({})).starts_with("<script"));
    }

    #[test]
    fn a_policy_in_a_page_is_widened_and_nothing_else() {
        let plain = "<meta charset=utf-8><meta name=description content=\"a; b\"><p>ü";
        assert_eq!(with_own_sources(plain), plain);
        let strict =
            "<META content=\"default-src &#39;none&#39;\" http-equiv=Content-Security-Policy><p>";
        assert_eq!(
            with_own_sources(strict),
            "<META content=\"default-src &#39;none&#39;; script-src &#39;self&#39;; connect-src &#39;self&#39;\" \
             http-equiv=Content-Security-Policy><p>"
        );
        for broken in [
            "<meta",
            "<meta http-equiv=content-security-policy",
            "<meta content-security-policy content=\"a>",
        ] {
            assert_eq!(with_own_sources(broken), broken);
        }
    }
}
