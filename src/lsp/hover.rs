//! What is known of the thing under the cursor: of an article its title, its description and who links to it.

use super::desk::Desk;
use super::text::{Document, Position};
use super::thing::{self, What, own_taxonomy, title};
use crate::link::status;
use crate::model::front_matter::FrontMatter;
use crate::model::page::PageId;
use crate::model::site::{Target, Taxonomy};
use crate::model::wording::count;
use crate::output::json::{Value, json};

/// Articles that are named in one list, at most.
const NAMED: usize = 8;

/// What an editor shows of a place; null where nothing is known.
pub(super) fn hover(desk: &mut Desk, path: &str, document: &Document, at: Position) -> Value {
    let byte = document.byte(at);
    let Some(thing) = thing::at(&mut desk.open, path, &document.text, byte) else {
        return Value::Null;
    };
    let own = desk.open.page_of(path);
    let text = match &thing.what {
        What::ToPage { id, anchor } => page(desk, *id, anchor),
        What::ToFile(path) => format!("`content/{path}`"),
        What::Term(id) => {
            let term = &desk.open.site().terms[*id];
            let kind = match term.taxonomy {
                known if known == Taxonomy::AUTHORS => "author",
                known if known == Taxonomy::TAGS => "tag",
                own => desk.open.site().taxonomies[own].key.as_str(),
            };
            list(
                desk,
                &format!("**{}** ({kind})", plain(&term.name)),
                &term.articles,
            )
        }
        What::Key(key) => key_words(desk, key, own),
        What::Heading(heading) => {
            let head = format!("**{}** `#{}`", plain(&heading.text), heading.id);
            let from = own.map_or(Vec::new(), |id| linking(desk, id, &heading.id));
            format!("{head}\n\n{}", linked_from(desk, &from))
        }
    };
    json!({
        "contents": { "kind": "markdown", "value": text },
        "range": document.range(thing.bytes),
    })
}

/// What is known of a page.
pub(super) fn page(desk: &Desk, id: PageId, anchor: &str) -> String {
    let site = desk.open.site();
    let page = site.page(id);
    let mut text = format!("**{}**", plain(title(page)));
    if !anchor.is_empty() {
        text.push_str(&format!(" `#{anchor}`"));
    }
    if let Some(status) = status::of(page, desk.open.now()) {
        text.push_str(&format!(" ({})", status.words()));
    }
    let description = plain(page.description());
    if !description.is_empty() {
        text.push_str(&format!("\n\n{description}"));
    }
    text.push_str(&format!("\n\n`{}` · {}", page.permalink, page.path()));
    let from = &site.backlinks[id.index()];
    text.push_str(&format!("\n\n{}", linked_from(desk, from)));
    text
}

/// What a key means; of the title, who links here, too.
fn key_words(desk: &Desk, key: &str, own: Option<PageId>) -> String {
    let mut keys = FrontMatter::KEYS.iter().zip(FrontMatter::ABOUT);
    let about = keys.find(|(known, _)| **known == key);
    let site = desk.open.site();
    let title = || Some(&*site.taxonomies[own_taxonomy(site, key)?].title);
    let about = about.map(|(_, about)| about.trim()).or_else(title);
    let about = about.unwrap_or_default();
    let mut text = format!("`{key}`: {about}");
    if let Some(id) = own.filter(|_| matches!(key, "title" | "name")) {
        let from = &desk.open.site().backlinks[id.index()];
        text.push_str(&format!("\n\n{}", linked_from(desk, from)));
    }
    text
}

/// The pages with a link to an id of a page.
fn linking(desk: &Desk, to: PageId, wanted: &str) -> Vec<PageId> {
    let site = desk.open.site();
    let leads = |target: &Target| matches!(target, Target::Page { id, anchor, .. } if *id == to && anchor == wanted);
    site.ids()
        .filter(|id| site.targets[id.index()].iter().any(leads))
        .collect()
}

fn linked_from(desk: &Desk, from: &[PageId]) -> String {
    match from.len() {
        0 => "No page links here.".to_owned(),
        number => list(
            desk,
            &format!("Linked from {}", count(number, "page", "pages")),
            from,
        ),
    }
}

fn list(desk: &Desk, head: &str, ids: &[PageId]) -> String {
    let site = desk.open.site();
    let mut text = format!("{head}\n");
    for id in ids.iter().take(NAMED) {
        text.push_str(&format!("\n- {}", plain(title(site.page(*id)))));
    }
    if ids.len() > NAMED {
        text.push_str(&format!("\n- and {} more", ids.len() - NAMED));
    }
    text
}

/// A text that means nothing to Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~&".contains(c) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
