//! The front page as its editor wants it, and the article that each section begins with: what the names in front matter
//! lead to.

use super::reference::{Found, Index, published};
use crate::diagnostic::{Diagnostic, nearest};
use crate::escape::url_decode;
use crate::model::front_matter::home::{Block, Door, Home};
use crate::model::page::{Page, PageId};
use crate::model::site::{self, FrontPage, Site, Target};
use crate::parse::leads_into_site;

/// Resolves them.
pub(super) fn build(site: &mut Site, index: &Index<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for id in site.sections.ids() {
        let page = site.sections[id].page.map(|id| site.page(id));
        let lead = page.and_then(|page| Some((page, page.front.lead.as_deref()?)));
        let lead = lead.and_then(|(page, written)| {
            published(index, page, "lead", "the article", written, diagnostics)
        });
        site.sections[id].lead = lead;
    }
    let Some(page) = site.home.map(|id| site.page(id)) else {
        return;
    };
    if let Some(home) = page.front.home.as_deref() {
        let mut resolver = Resolver {
            site,
            index,
            page,
            diagnostics,
        };
        site.front_page = Some(resolver.front_page(home));
    }
}

struct Resolver<'a, 'd> {
    site: &'a Site,
    index: &'a Index<'a>,
    /// The home page.
    page: &'a Page,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Resolver<'_, '_> {
    fn front_page(&mut self, home: &Home) -> FrontPage {
        let lead = home.lead.as_deref().and_then(|lead| self.article(lead));
        let picks = self.articles(&home.picks.0);
        let doors = home.doors.iter().filter_map(|door| self.door(door));
        let doors = doors.collect();
        let blocks = home.sections.iter().filter_map(|block| self.block(block));
        FrontPage {
            lead,
            picks,
            doors,
            blocks: blocks.collect(),
        }
    }

    fn article(&mut self, written: &str) -> Option<PageId> {
        let (index, page) = (self.index, self.page);
        published(
            index,
            page,
            "home",
            "the article",
            written,
            self.diagnostics,
        )
    }

    fn articles(&mut self, written: &[String]) -> Vec<PageId> {
        let found = written.iter().filter_map(|written| self.article(written));
        let mut ids: Vec<PageId> = Vec::with_capacity(written.len());
        for id in found {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    fn door(&mut self, door: &Door) -> Option<site::Door> {
        let target = match leads_into_site(&door.url) {
            true => self.place(&door.url)?,
            false => Target::Elsewhere(door.url.clone()),
        };
        let text = door.text.as_ref().map_or("", |text| &text.0);
        Some(site::Door {
            title: door.title.0.clone(),
            text: text.to_owned(),
            urgent: door.urgent,
            target,
        })
    }

    /// A reference that may end in an anchor.
    fn place(&mut self, written: &str) -> Option<Target> {
        let (name, anchor) = written.split_once('#').unwrap_or((written, ""));
        let (index, page) = (self.index, self.page);
        // A door may lead to a page that is not translated.
        let id = match index.find(name, page.bare_folder()) {
            Found::Page(id) => id,
            _ => published(index, page, "home", "the page", name, self.diagnostics)?,
        };
        let (target, anchor) = (self.site.page(id), url_decode(anchor));
        if !anchor.is_empty() && !target.has_anchor(&anchor) {
            let message = format!("there is no `#{anchor}` in {}", target.path());
            let error = Diagnostic::error("dead-anchor", &page.path(), message);
            let error = error.at_item("home", written);
            self.diagnostics
                .push(match nearest(&anchor, target.ids.iter()) {
                    Some(near) => error.help(format!("did you mean `#{near}`?")),
                    None => error.help("name the id of one of its headings, or leave the `#` out"),
                });
        }
        let query = String::new();
        Some(Target::Page { id, query, anchor })
    }

    fn block(&mut self, block: &Block) -> Option<site::Block> {
        let folder = block.section.trim().trim_matches('/');
        let folder = folder.strip_suffix("/index.md").unwrap_or(folder);
        let sections = &self.site.sections;
        let Some(section) = sections.position(|section| section.folder == folder) else {
            let is_elsewhere = |page: &Page| page.bare_folder() == folder;
            let mut others = self.index.others().iter();
            if others.any(|other| other.index.any(is_elsewhere)) {
                return None;
            }
            let message = format!("there is no folder `{folder}` with articles in content/");
            let error = Diagnostic::error("unknown-reference", &self.page.path(), message);
            let error = error.at_item("home", &block.section);
            let folders = sections.iter().map(|section| section.folder.as_str());
            self.diagnostics.push(match nearest(folder, folders) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("name a folder of content/, such as `news`"),
            });
            return None;
        };
        Some(site::Block {
            section,
            lead: block.lead.as_deref().and_then(|lead| self.article(lead)),
            picks: self.articles(&block.picks.0),
        })
    }
}
