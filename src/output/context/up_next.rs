//! What templates read of up next: cards, and why each stands there.

use crate::diagnostic::Diagnostic;
use crate::model::site::{Reason, Site, UpNext};
use crate::output::View;
use crate::output::template::{Value, object};
use crate::output::theme::Theme;

/// An up-next list: cards, each with its reason in the reader's words.
pub(super) fn list(view: &View<'_>, entries: &[UpNext]) -> Result<Vec<Value>, Box<Diagnostic>> {
    let entry = |entry: &UpNext| {
        let card = view.card(entry.page)?;
        Ok(object! { "card" => card, "reason" => reason(view.site, view.theme, entry) })
    };
    entries.iter().map(entry).collect()
}

/// Why an article stands in an up-next list, in the theme's words.
pub fn reason(site: &Site, theme: &Theme, entry: &UpNext) -> String {
    match &entry.reason {
        Reason::Pinned => theme.string("reason_pinned").to_owned(),
        Reason::NextStep => {
            theme.string_with("reason_next_step", "title", &site.page(entry.page).title)
        }
        Reason::AfterGuide => theme.string("reason_after_guide").to_owned(),
        Reason::LinksHere => theme.string("reason_links_here").to_owned(),
        Reason::Mentioned => theme.string("reason_mentioned").to_owned(),
        Reason::Tags(first, second) => {
            let names: Vec<&str> = std::iter::once(first)
                .chain(second)
                .map(|tag| site.tags[*tag as usize].name.as_str())
                .collect();
            theme.string_with("reason_tags", "tags", &names.join(", "))
        }
        Reason::Terms(words) => {
            let words: Vec<&str> = words.iter().collect();
            theme.string_with("reason_terms", "terms", &words.join(", "))
        }
        Reason::Section(section) => theme.string_with(
            "reason_section",
            "section",
            &site.sections[*section as usize].title,
        ),
        Reason::Newest => theme.string("reason_newest").to_owned(),
    }
}
