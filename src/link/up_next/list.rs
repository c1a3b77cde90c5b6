//! One article's list: what was chosen for it first, then what was ranked, and the newest where that is little; and at
//! the end its cards with their reasons.

use super::balance::{self, Draft};
use super::engine::Ranking;
use super::ranked::index_of;
use super::reason;
use super::wishes::{Refusal, Wishes};
use crate::model::page::PageId;
use crate::model::site::{Reason, Site, UpNext};

/// What is ranked beyond the list, so that something can follow where an author refuses or the balance moves.
pub(super) const SPARE: usize = 16;
/// Entries that just missed a list, as they are told to who asks.
const MISSED: usize = 5;

/// What an article's author and its guide put first, with why.
fn chosen(site: &Site, id: PageId, wishes: &Wishes) -> Vec<(PageId, Reason)> {
    let mut chosen: Vec<(PageId, Reason)> = wishes
        .pins
        .iter()
        .map(|pin| (*pin, Reason::Pinned))
        .collect();
    let step = match (site.step_of(id), site.guide_of_hub(id)) {
        (_, Some(guide)) => guide.steps.first().map(|first| (*first, Reason::NextStep)),
        (Some((guide, step)), None) => match guide.steps.get(step + 1) {
            Some(next) => Some((*next, Reason::NextStep)),
            None => guide.after.map(|after| (after, Reason::AfterGuide)),
        },
        (None, None) => None,
    };
    chosen.extend(step.filter(|(page, _)| site.page(*page).is_article() && *page != id));
    let mut seen: Vec<PageId> = Vec::new();
    chosen.retain(|(page, _)| {
        let first = !seen.contains(page);
        seen.push(*page);
        first
    });
    chosen
}

/// The list before it is balanced: what was chosen, what was ranked, and the newest where that is little.
pub(super) fn draft(
    site: &Site,
    ids: &[PageId],
    article: usize,
    (wishes, nowhere): (&Wishes, &Refusal),
    ranking: &Ranking<'_>,
    newest: impl Iterator<Item = u32> + Clone,
) -> Draft {
    let id = ids[article];
    let mut entries = Vec::with_capacity(wishes.count + SPARE);
    let chosen = chosen(site, id, wishes).into_iter();
    entries.extend(chosen.filter_map(|(page, _)| index_of(ids, page)));
    entries.truncate(wishes.count);
    let fixed = entries.len();
    let ranked = ranking.lists[article].iter().map(|ranked| ranked.article);
    let all = ranked.chain(newest);
    // What the page leads to by its guide anyway comes last: a hub's steps, and a step's hub.
    let guide = OwnGuide::of(site, id);
    let is_shown_already = |other: &u32| guide.shows(site, ids[*other as usize]);
    let new = all.clone().filter(|other| !is_shown_already(other));
    for other in new.chain(all.filter(is_shown_already)) {
        if entries.len() == wishes.count + SPARE {
            break;
        }
        let is_new = other as usize != article && !entries.contains(&other);
        let is_duplicate = ranking.duplicates[article].contains(&other);
        let page = ids[other as usize];
        if is_new && !is_duplicate && wishes.allow(site, id, page) && !nowhere.covers(site, page) {
            entries.push(other);
        }
    }
    Draft {
        places: wishes.count.min(balance::PLACES),
        fixed,
        entries,
        lifted: Vec::new(),
    }
}

/// What an article leads to by its guides.
struct OwnGuide {
    /// The hubs whose step it is.
    hubs: Vec<PageId>,
    /// The guide whose hub it is.
    own: Option<PageId>,
}

impl OwnGuide {
    fn of(site: &Site, id: PageId) -> OwnGuide {
        OwnGuide {
            hubs: hubs(site, id).collect(),
            own: site.page(id).is_hub().then_some(id),
        }
    }

    fn shows(&self, site: &Site, other: PageId) -> bool {
        let is_step = |own: PageId| hubs(site, other).any(|hub| hub == own);
        self.hubs.contains(&other) || self.own.is_some_and(is_step)
    }
}

/// The hubs of the guides that a page is a step of.
fn hubs(site: &Site, id: PageId) -> impl Iterator<Item = PageId> {
    let steps = site.places[id.index()].steps.iter();
    steps.map(|(guide, _)| site.guides[*guide].hub)
}

/// The cards of a list that is balanced, and of what just missed it where somebody asks.
pub(super) fn finish(
    site: &Site,
    ids: &[PageId],
    article: usize,
    (draft, asked): (Draft, bool),
    wishes: &Wishes,
    ranking: &Ranking<'_>,
) -> (Vec<UpNext>, Vec<UpNext>) {
    let chosen = chosen(site, ids[article], wishes);
    let entry = |(at, place): (usize, &u32)| {
        let page = ids[*place as usize];
        let parts = ranking.parts(article, *place);
        let reason = match chosen
            .iter()
            .find(|(chosen, _)| at < draft.fixed && *chosen == page)
        {
            Some((_, reason)) => reason.clone(),
            None => reason::of(site, ids, ranking, (article, *place), &parts),
        };
        UpNext {
            page,
            score: parts.sum(),
            parts: asked.then(|| Box::new(parts)),
            lifted: draft.lifted.contains(place),
            reason,
        }
    };
    let mut all = draft.entries.iter().enumerate().map(entry);
    let shown = all.by_ref().take(wishes.count).collect();
    (shown, all.take(if asked { MISSED } else { 0 }).collect())
}
