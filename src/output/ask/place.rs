//! What an argument names: a file or a folder of `content/`, or an address of the site, as templates have them.

use super::Wrong;
use crate::diagnostic::nearest;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::Section;
use crate::model::source;
use crate::output::View;

/// A place of the site that a template names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Page(PageId),
    /// A section that nobody wrote words for.
    Section(Id<Section>),
}

/// The place that `written` names, such as `calm/space.md`, `calm/` or the `url` of a card.
pub(super) fn find(view: &View<'_>, written: &str) -> Result<Place, Wrong> {
    let path = written.trim_matches('/');
    let found = match source::is_article(path) {
        true => view.site.page_of(path).map(Place::Page),
        // Addresses that templates have begin with the path of `base_url`.
        false if written.starts_with('/') => {
            let base = view.config.base_url.path();
            let below = written.strip_prefix(base).unwrap_or(&written[1..]);
            let address = format!("/{below}");
            let page = view.site.page_at(&address).map(Place::Page);
            page.or_else(|| view.site.section_at(&address).map(Place::Section))
        }
        false => view.site.section_of(path).map(Place::Section),
    };
    found.ok_or_else(|| {
        let known = view.site.files_and_folders();
        let hint = nearest(path, known.iter().map(String::as_str))
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        Wrong::Asked(format!("nothing is published of `{written}`{hint}"))
    })
}

/// The page that `written` names.
pub(super) fn page(view: &View<'_>, written: &str) -> Result<PageId, Wrong> {
    match find(view, written)? {
        Place::Page(id) => Ok(id),
        Place::Section(number) => view
            .site
            .section(number)
            .page
            .ok_or_else(|| Wrong::Asked(format!("`{written}` is a folder without an index.md"))),
    }
}

/// The section that `written` names.
pub(super) fn section(view: &View<'_>, written: &str) -> Result<Id<Section>, Wrong> {
    let number = match find(view, written)? {
        Place::Section(number) => Some(number),
        Place::Page(id) => own_section(view, id),
    };
    number.ok_or_else(|| Wrong::Asked(format!("`{written}` is no folder of content/")))
}

/// The section whose own page this is.
pub(super) fn own_section(view: &View<'_>, id: PageId) -> Option<Id<Section>> {
    let number = view.site.places(id).section;
    number.filter(|number| view.site.section(*number).page == Some(id))
}
