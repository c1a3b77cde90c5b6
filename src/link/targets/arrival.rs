//! What becomes of a link once it is known which page it means, if any.

use super::Resolver;
use super::link::Written;
use crate::diagnostic::Diagnostic;
use crate::escape::url_decode;
use crate::link::reference::{Found, Index};
use crate::link::status::Status;
use crate::model::nfc::nfc;
use crate::model::page::{PageId, id_of_fragment};
use crate::model::site::{OtherLanguage, Target};

impl Resolver<'_> {
    /// A page in another language, where this one has none; the first language that has it.
    pub(super) fn elsewhere(
        &self,
        written: Written<'_>,
        find: impl Fn(&Index<'_>) -> Option<PageId>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Target> {
        let mut others = self.index.others().iter();
        let (other, target) =
            others.find_map(|other| Some((other, other.index.page(find(other.index)?))))?;
        let (query, anchor) = parted(written.suffix);
        let anchor = nfc(&url_decode(id_of_fragment(anchor))).into_owned();
        let mut suffix = written.suffix.to_owned();
        if !anchor.is_empty() && !target.has_anchor(&anchor) {
            match target.id_like(&anchor) {
                Some("") => suffix = query.to_owned(),
                Some(id) => suffix = format!("{query}#{id}"),
                None => self.dead_anchor(written, target, &anchor, diagnostics),
            }
        }
        Some(Target::Other(Box::new(OtherLanguage {
            language: other.language.tag.clone(),
            source: target.source.clone(),
            permalink: target.permalink.clone(),
            title: target.title.clone(),
            suffix,
        })))
    }

    /// What came of looking for the link's page.
    pub(super) fn arrive(
        &self,
        found: Found<'_>,
        written: Written<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        match found {
            Found::Page(id) => self.to_page(id, written, diagnostics),
            Found::Hidden(hidden) if hidden.status == Status::Broken => Target::Nowhere,
            Found::Hidden(hidden) if hidden.status == Status::Draft => {
                let message = format!("this link leads to a draft, content/{}", hidden.source);
                let error = written.error("draft-link", message);
                diagnostics
                    .push(error.help("publish it (remove `draft: true`), or take the link out"));
                Target::Nowhere
            }
            Found::Hidden(hidden) => {
                let message = format!(
                    "content/{} is {}; this link is shown as plain text",
                    hidden.source,
                    hidden.status.words()
                );
                diagnostics.push(
                    Diagnostic::note("hidden-link", &written.page.path(), message)
                        .at(written.link.span.clone())
                        .help(hidden.help("makes it a link")),
                );
                Target::Hidden(hidden.title.clone())
            }
            Found::Ambiguous(files) => {
                let message = "this link could lead to several articles";
                let error = written.error("ambiguous-link", message);
                diagnostics.push(error.help(format!("write its path: {}", files.join(" or "))));
                Target::Nowhere
            }
            Found::Moved(source) => self.moved(written, source, diagnostics),
            Found::Missing(near) => {
                let message = format!("there is no `{}`", written.shown());
                self.dead(written, near, &message, diagnostics)
            }
        }
    }

    /// A published page, at the place in it that the link names.
    pub(super) fn to_page(
        &self,
        id: PageId,
        written: Written<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let (query, anchor) = parted(written.suffix);
        // In a wiki link, a question mark belongs to a title.
        let query = match written.is_wiki() {
            true => String::new(),
            false => query.to_owned(),
        };
        let target = &self.pages[id.index()];
        let written_id = id_of_fragment(anchor);
        let directive = &anchor[written_id.len()..];
        let anchor = nfc(&url_decode(written_id)).into_owned();
        // Wiki links name headings by their words.
        let by_words = || {
            let id = self.options.config.markdown.heading_ids.of(&anchor);
            (written.is_wiki() && target.has_id(&id)).then_some(id)
        };
        let anchor = if anchor.is_empty() || target.has_anchor(&anchor) {
            anchor + directive
        } else if let Some(id) = by_words() {
            id
        } else if written.page.original.is_some() {
            // Its links are the original's, and a translation names its headings otherwise.
            String::new()
        } else if let Some(id) = target.id_like(&anchor) {
            id.to_owned() + directive
        } else {
            self.dead_anchor(written, target, &anchor, diagnostics);
            anchor + directive
        };
        Target::Page { id, query, anchor }
    }
}

/// A query with its `?`, and an anchor without its `#`; either may be empty.
fn parted(suffix: &str) -> (&str, &str) {
    suffix.split_once('#').unwrap_or((suffix, ""))
}
