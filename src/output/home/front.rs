//! Makes what templates read of the home page's first page: one article large, some beside it, doors, the sections, and
//! what is left of the list. No article stands in it twice.

use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Block, FrontPage, Guide, Section};
use crate::model::typography;
use crate::output::template::{Value, object};
use crate::output::{View, context, target};

/// Articles beside a large one.
const BESIDE: usize = 3;

/// The `front` of `home.html`. `listed` are the articles on the first page of the list.
///
/// # Errors
/// A mistake in the template of cards.
pub(super) fn of(view: &View<'_>, listed: &[PageId]) -> Result<Value, Box<Diagnostic>> {
    let nothing = FrontPage::default();
    let chosen = view.site.front_page().unwrap_or(&nothing);
    let mut front = Front::new(view, chosen);
    let lead = match chosen.chooses() {
        true => front.take(chosen.lead.iter(), 1),
        false => front.take(listed.iter(), 1),
    };
    let picks = match chosen.chooses() {
        true => front.take(chosen.picks.iter(), chosen.picks.len()),
        false => front.take(listed.iter(), BESIDE),
    };
    // The steps of guides stand on the page as such.
    let guides = view.site.guides().iter();
    front.shown.extend(guides.flat_map(in_guide));
    let blocks = front.blocks()?;
    let rest = match chosen.chooses() {
        true => Vec::new(),
        false => front.take(listed.iter(), listed.len()),
    };
    let home = view.site.home().map(|id| view.site.page(id));
    let ask = home.and_then(|page| page.front.home.as_deref()?.ask.as_ref());
    Ok(object! {
        "lead" => view.cards(&lead)?.pop(),
        "picks" => view.cards(&picks)?,
        "ask" => ask.map(|ask| set(view, &ask.0)),
        "doors" => doors(view, chosen),
        "blocks" => blocks,
        "rest" => view.cards(&rest)?,
    })
}

fn in_guide(guide: &Guide) -> impl Iterator<Item = PageId> {
    std::iter::once(guide.hub).chain(guide.steps.iter().copied())
}

/// The page while it is put together.
struct Front<'a> {
    view: &'a View<'a>,
    chosen: &'a FrontPage,
    /// What stands on it already, or will.
    shown: Vec<PageId>,
}

impl<'a> Front<'a> {
    fn new(view: &'a View<'_>, chosen: &'a FrontPage) -> Front<'a> {
        Front {
            view,
            chosen,
            shown: Vec::new(),
        }
    }

    /// Takes up to so many of what does not stand on the page yet.
    fn take<'i>(&mut self, ids: impl Iterator<Item = &'i PageId>, most: usize) -> Vec<PageId> {
        let mut taken = Vec::new();
        for id in ids {
            if taken.len() == most {
                break;
            }
            if !self.shown.contains(id) {
                self.shown.push(*id);
                taken.push(*id);
            }
        }
        taken
    }

    /// The sections: those that were chosen, else all at the top; without those that nothing is left of.
    fn blocks(&mut self) -> Result<Vec<Value>, Box<Diagnostic>> {
        let all = || {
            let top = self.view.site.top_sections().iter();
            let block = |section: &Id<Section>| Block {
                section: *section,
                lead: self.view.site.section(*section).lead,
                picks: Vec::new(),
            };
            top.map(block).collect()
        };
        let blocks = match self.chosen.blocks.is_empty() {
            true => all(),
            false => self.chosen.blocks.clone(),
        };
        // What an editor put into one block stands in no other.
        let chosen: Vec<PageId> = blocks
            .iter()
            .flat_map(|block| block.lead.iter().chain(&block.picks))
            .copied()
            .collect();
        let mut made = Vec::with_capacity(blocks.len());
        for block in &blocks {
            let section = self.view.site.section(block.section);
            let others = section.articles.iter().filter(|id| !chosen.contains(id));
            let lead = self.take(block.lead.iter().chain(others.clone()), 1);
            let picks = match block.picks.is_empty() {
                true => self.take(others, BESIDE),
                false => self.take(block.picks.iter(), block.picks.len()),
            };
            if lead.is_empty() && picks.is_empty() {
                continue;
            }
            let page = section.page.map(|id| self.view.site.page(id));
            made.push(object! {
                "title" => section.title.as_str(),
                "url" => self.view.config.base_url.href(&section.permalink),
                "description" => page.map_or(Value::none(), context::description),
                "count" => section.articles.len(),
                "lead" => self.view.cards(&lead)?.pop(),
                "picks" => self.view.cards(&picks)?,
            });
        }
        Ok(made)
    }
}

/// Sets the quotes and dashes of a text.
fn set(view: &View<'_>, text: &str) -> String {
    typography::set(text, view.config.smart()).into_owned()
}

fn doors(view: &View<'_>, chosen: &FrontPage) -> Vec<Value> {
    let doors = chosen.doors.iter().filter_map(|door| {
        let url = target::href(view, &door.target, false)?;
        Some(object! {
            "title" => set(view, &door.title),
            "text" => set(view, &door.text),
            "urgent" => door.urgent,
            "url" => url,
        })
    });
    doors.collect()
}
