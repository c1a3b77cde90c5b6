//! Makes what templates read of up next: cards, and why each stands there.

use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Reason, Section, Site, Term, UpNext};
use crate::output::View;
use crate::output::reads::Seen;
use crate::output::template::{Value, object};
use crate::output::theme::Theme;

/// An up-next list: cards, each with its reason in the reader's words where that helps to choose.
pub(in crate::output) fn list(
    view: &View<'_>,
    entries: &[UpNext],
) -> Result<Vec<Value>, Box<Diagnostic>> {
    let entry = |entry: &UpNext| {
        let card = view.card(entry.page)?;
        let reason = match helps(view, entry) {
            true => words(&view.site, view.theme, entry),
            false => String::new(),
        };
        Ok(object! { "card" => card, "kind" => kind(&entry.reason), "reason" => reason })
    };
    entries.iter().map(entry).collect()
}

/// The kind of a reason, as templates ask for it.
fn kind(reason: &Reason) -> &'static str {
    match reason {
        Reason::Pinned => "pinned",
        Reason::NextStep => "next_step",
        Reason::AfterGuide => "after_guide",
        Reason::LinksHere => "links_here",
        Reason::Mentioned => "mentioned",
        Reason::Tags(..) => "tags",
        Reason::Terms(_) => "terms",
        Reason::Section(_) => "section",
        Reason::Newest => "newest",
        Reason::Readers => "readers",
    }
}

/// Whether a reason tells readers more than the card does. Words that both articles share help only where the card
/// shows them, in its title or as a tag.
fn helps(view: &View<'_>, entry: &UpNext) -> bool {
    match &entry.reason {
        Reason::Terms(words) => {
            let title = view.site.page(entry.page).title.to_lowercase();
            let tags = view.site.places(entry.page).tags().iter();
            let tags: Vec<String> = tags
                .map(|tag| view.site.term(*tag).name.to_lowercase())
                .collect();
            let stands = |word: &str| {
                let word = word.to_lowercase();
                let in_title = title.contains(&word) && title != word;
                in_title || tags.contains(&word)
            };
            words.iter().all(stands)
        }
        Reason::LinksHere | Reason::Mentioned | Reason::Newest => false,
        Reason::Pinned | Reason::NextStep | Reason::AfterGuide => true,
        Reason::Tags(..) | Reason::Section(_) | Reason::Readers => true,
    }
}

/// Gives the names that reasons are made of.
trait Names {
    fn title(&self, page: PageId) -> &str;
    fn term(&self, id: Id<Term>) -> &str;
    fn section(&self, id: Id<Section>) -> &str;
}

impl Names for Site {
    fn title(&self, page: PageId) -> &str {
        &self.page(page).title
    }

    fn term(&self, id: Id<Term>) -> &str {
        &self.terms[id].name
    }

    fn section(&self, id: Id<Section>) -> &str {
        &self.sections[id].title
    }
}

impl Names for Seen<'_> {
    fn title(&self, page: PageId) -> &str {
        &self.page(page).title
    }

    fn term(&self, id: Id<Term>) -> &str {
        &Seen::term(self, id).name
    }

    fn section(&self, id: Id<Section>) -> &str {
        &Seen::section(self, id).title
    }
}

/// Tells why an article stands in an up-next list, in the theme's words.
pub fn reason(site: &Site, theme: &Theme, entry: &UpNext) -> String {
    words(site, theme, entry)
}

/// The same, for who sees the site as a job does.
pub(in crate::output) fn words_of(view: &View<'_>, entry: &UpNext) -> String {
    words(&view.site, view.theme, entry)
}

fn words(names: &impl Names, theme: &Theme, entry: &UpNext) -> String {
    let comma = theme.strings.get("comma").map_or(", ", String::as_str);
    match &entry.reason {
        Reason::Pinned => theme.string("reason_pinned").to_owned(),
        Reason::NextStep => theme.string_with("reason_next_step", "title", names.title(entry.page)),
        Reason::AfterGuide => theme.string("reason_after_guide").to_owned(),
        Reason::LinksHere => theme.string("reason_links_here").to_owned(),
        Reason::Mentioned => theme.string("reason_mentioned").to_owned(),
        Reason::Tags(first, second) => {
            let tags: Vec<&str> = std::iter::once(first)
                .chain(second)
                .map(|tag| names.term(*tag))
                .collect();
            theme.string_with("reason_tags", "tags", &tags.join(comma))
        }
        Reason::Terms(words) => {
            let words: Vec<&str> = words.iter().collect();
            theme.string_with("reason_terms", "terms", &words.join(comma))
        }
        Reason::Section(section) => {
            theme.string_with("reason_section", "section", names.section(*section))
        }
        Reason::Newest => theme.string("reason_newest").to_owned(),
        Reason::Readers => theme.string("reason_readers").to_owned(),
    }
}
