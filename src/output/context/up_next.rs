//! What templates read of up next: cards, and why each stands there.

use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::model::site::{Reason, Site, UpNext};
use crate::output::View;
use crate::output::reads::Seen;
use crate::output::template::{Value, object};
use crate::output::theme::Theme;

/// An up-next list: cards, each with its reason in the reader's words.
pub(super) fn list(view: &View<'_>, entries: &[UpNext]) -> Result<Vec<Value>, Box<Diagnostic>> {
    let entry = |entry: &UpNext| {
        let card = view.card(entry.page)?;
        Ok(object! { "card" => card, "reason" => words(&view.site, view.theme, entry) })
    };
    entries.iter().map(entry).collect()
}

/// Gives the names that reasons are made of.
trait Names {
    fn title(&self, page: PageId) -> &str;
    fn tag(&self, number: u32) -> &str;
    fn section(&self, number: u32) -> &str;
}

impl Names for Site {
    fn title(&self, page: PageId) -> &str {
        &self.page(page).title
    }

    fn tag(&self, number: u32) -> &str {
        &self.tags[number as usize].name
    }

    fn section(&self, number: u32) -> &str {
        &self.sections[number as usize].title
    }
}

impl Names for Seen<'_> {
    fn title(&self, page: PageId) -> &str {
        &self.page(page).title
    }

    fn tag(&self, number: u32) -> &str {
        &Seen::tag(self, number as usize).name
    }

    fn section(&self, number: u32) -> &str {
        &Seen::section(self, number as usize).title
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
    match &entry.reason {
        Reason::Pinned => theme.string("reason_pinned").to_owned(),
        Reason::NextStep => theme.string_with("reason_next_step", "title", names.title(entry.page)),
        Reason::AfterGuide => theme.string("reason_after_guide").to_owned(),
        Reason::LinksHere => theme.string("reason_links_here").to_owned(),
        Reason::Mentioned => theme.string("reason_mentioned").to_owned(),
        Reason::Tags(first, second) => {
            let tags: Vec<&str> = std::iter::once(first)
                .chain(second)
                .map(|tag| names.tag(*tag))
                .collect();
            theme.string_with("reason_tags", "tags", &tags.join(", "))
        }
        Reason::Terms(words) => {
            let words: Vec<&str> = words.iter().collect();
            theme.string_with("reason_terms", "terms", &words.join(", "))
        }
        Reason::Section(section) => {
            theme.string_with("reason_section", "section", names.section(*section))
        }
        Reason::Newest => theme.string("reason_newest").to_owned(),
    }
}
