//! What to read next, for every article, from the whole site at once: what the author pinned, the guide's
//! next step, then what the engine ranks. Templates only show it.

mod engine;
mod vectors;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::link::reference::{Index, published};
use crate::model::page::PageId;
use crate::model::site::{Reason, Site, UpNext};
use crate::model::slug::fold;

/// What one article's author says about its list.
struct Wishes {
    pins: Vec<PageId>,
    never: Vec<PageId>,
    never_tags: Vec<usize>,
    count: usize,
}

/// The lists of all pages; empty for what is no article.
pub(super) fn build(
    site: &Site,
    index: &Index<'_>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<UpNext>> {
    let mut ids = site.articles.clone();
    ids.sort_unstable();
    let ranked = engine::rank(site, &ids, config.up_next.count);
    let mut lists = vec![Vec::new(); site.pages.len()];
    for (id, ranked) in ids.iter().zip(ranked) {
        let wishes = wishes(site, *id, index, config, diagnostics);
        lists[id.index()] = list(site, *id, &wishes, ranked);
    }
    lists
}

fn wishes(site: &Site, id: PageId, index: &Index<'_>, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Wishes {
    let page = site.page(id);
    let mut wishes = Wishes { pins: Vec::new(), never: Vec::new(), never_tags: Vec::new(), count: config.up_next.count };
    let Some(wish) = &page.front.up_next else { return wishes };
    wishes.count = wish.count.unwrap_or(wishes.count);
    let mut find = |written: &str| published(index, page, "up_next", "the article", written, diagnostics);
    wishes.pins = wish.pins.iter().filter_map(|written| find(written)).collect();
    let mut unknown_tags = Vec::new();
    for written in &wish.never {
        match written.strip_prefix("tag:") {
            None => wishes.never.extend(find(written)),
            Some(tag) => match site.tags.iter().position(|known| fold(&known.name) == fold(tag) || known.slug == fold(tag)) {
                Some(number) => wishes.never_tags.push(number),
                None => unknown_tags.push((written, tag.trim())),
            },
        }
    }
    for (written, tag) in unknown_tags {
        let names: Vec<&str> = site.tags.iter().map(|tag| tag.name.as_str()).collect();
        let near = crate::diagnostic::nearest(tag, names.iter().copied());
        diagnostics.push(
            Diagnostic::error("unknown-reference", &page.path(), format!("no article has the tag `{tag}`"))
                .at_item("up_next", written)
                .help(near.map_or("remove it from `never`".into(), |near| format!("did you mean `tag:{near}`?"))),
        );
    }
    wishes
}

fn list(site: &Site, id: PageId, wishes: &Wishes, ranked: Vec<UpNext>) -> Vec<UpNext> {
    let chosen = |page: PageId, reason| UpNext { page, score: 0.0, reason };
    let pins = wishes.pins.iter().map(|pin| chosen(*pin, Reason::Pinned));
    let step = match site.step_of(id) {
        Some((guide, step)) => match guide.steps.get(step + 1) {
            Some(next) => Some(chosen(*next, Reason::NextStep)),
            None => guide.after.map(|after| chosen(after, Reason::AfterGuide)),
        },
        None => site.guide_of_hub(id).and_then(|guide| guide.steps.first()).map(|first| chosen(*first, Reason::NextStep)),
    };
    let wanted = |entry: &UpNext| {
        !wishes.never.contains(&entry.page)
            && !site.places[entry.page.index()].tags.iter().any(|tag| wishes.never_tags.contains(tag))
    };
    let newest = site.articles.iter().take(2 * wishes.count + 2).map(|newest| chosen(*newest, Reason::Nearby));
    let mut list: Vec<UpNext> = Vec::with_capacity(wishes.count);
    let rest = step.into_iter().chain(ranked).chain(newest).filter(wanted);
    for entry in pins.chain(rest) {
        if list.len() == wishes.count {
            break;
        }
        let stands_already = list.iter().any(|other| other.page == entry.page);
        if entry.page != id && !stands_already && site.page(entry.page).is_article() {
            list.push(entry);
        }
    }
    list
}
