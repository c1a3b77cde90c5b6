//! Folders as sections: their pages, the articles in them, and how they nest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::id::Id;
use crate::model::page::{Kind, PageId};
use crate::model::site::{Section, Site};
use crate::parse::title_from;

/// Finds the sections, and says of each page which it is in.
pub(super) fn build(site: &mut Site, config: &Config) {
    let slugs = config.slugs();
    let mut folders: BTreeMap<String, (Option<PageId>, Vec<PageId>)> = BTreeMap::new();
    for id in site.ids() {
        let page = site.page(id);
        let folder = page.bare_folder();
        // An article with its pictures beside it stands where its folder does.
        let folder = match page.kind == Kind::Article && page.stem() == "index" {
            true => folder.rsplit_once('/').map_or("", |(above, _)| above),
            false => folder,
        };
        if folder.is_empty() || !matches!(page.kind, Kind::Article | Kind::Section) {
            continue;
        }
        for (end, _) in folder.match_indices('/') {
            folders.entry(folder[..end].to_owned()).or_default();
        }
        let entry = folders.entry(folder.to_owned()).or_default();
        match page.kind {
            Kind::Section => entry.0 = Some(id),
            _ => entry.1.push(id),
        }
    }
    let names: Vec<String> = folders.keys().cloned().collect();
    for (folder, (page, mut articles)) in folders {
        articles.sort_by_key(|id| {
            let page = site.page(*id);
            (
                page.front.weight.unwrap_or(i64::MAX),
                Reverse(page.date),
                *id,
            )
        });
        let section = Id::new(site.sections.len());
        for id in articles.iter().chain(&page) {
            site.places[id.index()].section = Some(section);
        }
        let parent = folder
            .rsplit_once('/')
            .and_then(|(above, _)| names.iter().position(|name| name == above))
            .map(Id::new);
        let made: Vec<String> = folder.split('/').map(|name| slugs.of(name)).collect();
        let (title, permalink) = match page {
            Some(id) => (site.page(id).title.clone(), site.page(id).permalink.clone()),
            None => (
                title_from(folder.rsplit('/').next().unwrap_or_default()),
                config.page_at(&made.join("/")),
            ),
        };
        site.sections.push(Section {
            folder,
            permalink,
            title,
            page,
            parent,
            children: Vec::new(),
            articles,
            lead: None,
        });
    }
    nest(site);
}

fn nest(site: &mut Site) {
    for id in site.sections.ids() {
        if let Some(parent) = site.sections[id].parent {
            site.sections[parent].children.push(id);
        }
    }
    for id in site.sections.ids() {
        let mut children = std::mem::take(&mut site.sections[id].children);
        children.sort_by_key(|child| weight_and_title(site, *child));
        site.sections[id].children = children;
    }
    let top = site.sections.ids();
    let mut top: Vec<Id<Section>> = top
        .filter(|id| site.sections[*id].parent.is_none())
        .collect();
    top.sort_by_key(|id| weight_and_title(site, *id));
    site.top_sections = top;
}

/// What orders sections beside each other.
fn weight_and_title(site: &Site, id: Id<Section>) -> (i64, String) {
    let section = &site.sections[id];
    let weight = section
        .page
        .and_then(|id| site.page(id).front.weight)
        .unwrap_or(i64::MAX);
    (weight, section.title.clone())
}
