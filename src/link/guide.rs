//! Guides: the steps that a hub lists, in order, and of which guides an article is a step.

use super::reference::{Index, published};
use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::model::site::{Guide, Site};

/// Finds the guides, sorted by the hub's address.
pub(super) fn build(site: &mut Site, index: &Index<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut hubs: Vec<PageId> = site.ids().filter(|id| site.page(*id).is_hub()).collect();
    hubs.sort_by(|a, b| site.page(*a).permalink.cmp(&site.page(*b).permalink));
    for hub in hubs {
        let page = site.page(hub);
        let mut steps: Vec<PageId> = Vec::new();
        for (place, written) in page.front.steps.0.iter().enumerate() {
            let Some(step) = published(index, page, "steps", "the step", written, diagnostics)
            else {
                continue;
            };
            let problem = if step == hub {
                Some("a guide cannot be a step of itself")
            } else if steps.contains(&step) {
                Some("this step is listed twice")
            } else if !site.page(step).is_article() && site.page(step).original.is_none() {
                Some("this is a page, not an article, and cannot be a step")
            } else {
                None
            };
            match problem {
                None => steps.push(step),
                Some(message) => diagnostics.push(
                    Diagnostic::error(
                        "guide-step",
                        &page.path(),
                        format!("{message}: `{written}`"),
                    )
                    .at_item("steps", written)
                    .again(
                        page.front.steps.0[..place]
                            .iter()
                            .filter(|before| *before == written)
                            .count(),
                    )
                    .help("remove it from `steps`"),
                ),
            }
        }
        let after = page.front.after.as_ref().and_then(|written| {
            published(
                index,
                page,
                "after",
                "`after`: the article",
                written,
                diagnostics,
            )
        });
        let after = after.filter(|id| {
            let has_card = site.page(*id).is_article();
            if !has_card {
                let written = page.front.after.as_deref().unwrap_or_default();
                let message =
                    format!("`after`: `{written}` is a page, not an article, and has no card");
                diagnostics.push(
                    Diagnostic::error("guide-step", &page.path(), message)
                        .at_item("after", written)
                        .help("link to it in the text, or name an article"),
                );
            }
            has_card
        });
        let guide = site.guides.push(Guide { hub, steps, after });
        for (step, id) in site.guides[guide].steps.iter().enumerate() {
            site.places[id.index()].steps.push((guide, step));
        }
    }
}
