//! A link's words are those of a heading on the page that it leads to, and the link leads to that page's beginning.
//!
//! Who follows `[where to find help, by country](help.md)` looks for just that, and finds a page whose first words are
//! about something else. Lead to the heading: `help.md#where-to-find-help-by-country`; `gen check --fix` writes that. A heading
//! of one word is let pass, as "summary" can mean much, and so are words that are the page's title, too, and a heading
//! that stands there twice.

use super::{Check, Group, Lint, Reading, prose};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::escape::url_path;
use crate::model::heading_ids::HeadingIds;
use crate::model::page::Page;
use crate::model::site::Target;
use crate::parse::manuscript::LinkStyle;

pub(super) const LINT: Lint = Lint {
    code: "link-to-heading",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("link_to_heading.rs"),
};

/// Letters of a phrase in a language without spaces between words, at least.
const PHRASE: usize = 4;

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let has_spaces = prose::has_spaces(&reading.survey.language);
    let is_phrase = |words: &str| match has_spaces {
        true => words.split_whitespace().count() > 1,
        false => words.chars().count() >= PHRASE,
    };
    for link in &reading.manuscript.links {
        let words = link.text.trim();
        if link.style != LinkStyle::Markdown || !is_phrase(words) || link.dest.contains(['?', '#'])
        {
            continue;
        }
        let Some(Target::Page { id, anchor, .. }) = reading.target(link) else {
            continue;
        };
        if *id == reading.id || !anchor.is_empty() {
            continue;
        }
        let target = reading.survey.site.page(*id);
        let ids = reading.survey.config.markdown.heading_ids;
        if let Some(anchor) = heading(target, words, ids) {
            let whole = format!("{}#{}", link.dest, url_path(&anchor));
            found.push(
                reading
                    .found(&LINT, format!("\"{words}\" is a heading of content/{}, and the link leads to that page's beginning", target.source))
                    .at(link.span.clone())
                    .help(format!("lead to the heading: `{whole}`"))
                    .swap(&link.dest, whole),
            );
        }
    }
}

/// The id of the one heading of a page that has these words.
fn heading(page: &Page, words: &str, ids: HeadingIds) -> Option<String> {
    let wanted = ids.of(words);
    if wanted.is_empty() || wanted == ids.of(&page.title) {
        return None;
    }
    let Some(body) = &page.body else {
        // Of a site too large for memory only the ids are at hand.
        return page.ids.contains(&wanted).then_some(wanted);
    };
    let mut same = body
        .outline
        .iter()
        .filter(|heading| ids.of(heading.text) == wanted);
    let first = same.next()?;
    same.next().is_none().then(|| first.id.to_owned())
}
