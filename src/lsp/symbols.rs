//! The outline of a document, and the articles of the site by their titles.

use super::candidates::Asked;
use super::desk::Desk;
use super::heading::{Heading, headings};
use super::text::Document;
use super::thing::title;
use crate::output::json::{Value, json};

/// So many articles are told at most.
const MOST: usize = 200;
/// The protocol's number for a text.
const STRING: u8 = 15;
/// The protocol's number for a file.
const FILE: u8 = 1;

/// The headings of a document, each within the one above it.
pub(super) fn outline(desk: &mut Desk, path: &str, document: &Document) -> Value {
    let source = path.strip_prefix("content/");
    let page = source.and_then(|source| desk.open.parse(source, &document.text));
    let found = page.map_or(Vec::new(), |page| headings(&page, &document.text));
    json!(within(&found, document.text.len(), document))
}

/// The headings of a part that ends at a byte.
fn within(found: &[Heading], end: usize, document: &Document) -> Vec<Value> {
    let mut symbols = Vec::new();
    let mut rest = found;
    while let Some((first, after)) = rest.split_first() {
        let inner = after
            .iter()
            .take_while(|heading| heading.level > first.level)
            .count();
        let (children, next) = after.split_at(inner);
        let end = next.first().map_or(end, |next| next.span.start);
        let name = match first.text.is_empty() {
            true => &first.id,
            false => &first.text,
        };
        symbols.push(json!({
            "name": name,
            "detail": format!("#{}", first.id),
            "kind": STRING,
            "range": document.range(first.span.start..end),
            "selectionRange": document.range(first.words.clone()),
            "children": within(children, end, document),
        }));
        rest = next;
    }
    symbols
}

/// The articles whose titles or paths fit what is looked for.
pub(super) fn articles(desk: &Desk, query: &str) -> Value {
    let asked = Asked::new(query);
    let pages = desk.open.site().pages.iter();
    let mut fitting: Vec<(u8, &crate::model::page::Page)> = pages
        .filter_map(|page| Some((asked.rank(&page.source, title(page), page.folder())?, page)))
        .collect();
    fitting.sort_by_key(|(rank, _)| *rank);
    let symbols = fitting.into_iter().take(MOST).map(|(_, page)| {
        json!({
            "name": title(page),
            "kind": FILE,
            "containerName": page.folder(),
            "location": { "uri": desk.uri(&page.path()), "range": super::text::Range::default() },
        })
    });
    json!(symbols.collect::<Vec<Value>>())
}
