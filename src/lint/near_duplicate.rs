//! Two articles share most of their text, so that one of them adds nothing.
//!
//! Readers meet the same words twice, up next has two cards for one thing, and search engines choose which of the two they
//! show. Make one article of both and let the other's address lead to it (`aliases`), or cut from the newer what the older
//! says already. If it is a copy on purpose, name the original in `canonical`, and nothing is said. `same_text` in
//! `[check]` is the percentage of a text that must stand in the other one, 60 where nothing is said. The share is an
//! estimate from runs of five words (MinHash, Broder 1997) and may be wrong by ten. Texts of fewer than 100 words are not
//! compared.

use std::cmp::Reverse;

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::{Kind, Page, PageId};

pub(super) const LINT: Lint = Lint {
    code: "near-duplicate",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("near_duplicate.rs"),
};

/// Runs of five words that a text needs to be compared.
const LEAST: u32 = 96;

/// What more pages than this have in common is a phrase of the house, and finds no pairs but of neighbours.
const COMMON: usize = 20;

/// Whether a page's text is compared with others.
pub(super) fn is_compared(page: &Page) -> bool {
    (page.is_article() || page.kind == Kind::Page)
        && page.front.canonical.is_none()
        && page.front.noindex != Some(true)
}

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    // Newer articles come later: it is they that repeat. Without a date, the order of files decides.
    let age = |id: PageId| (survey.site.page(id).date, id);
    let share = |a: PageId, b: PageId| {
        survey.notes[a.index()]
            .sketch
            .share_in(&survey.notes[b.index()].sketch)
    };
    let mut nearest: Vec<(PageId, f64, PageId)> = Vec::new();
    for (a, b) in candidates(survey) {
        let (newer, older) = if age(a) > age(b) { (a, b) } else { (b, a) };
        let most = share(newer, older).max(share(older, newer));
        if most * 100.0 >= f64::from(survey.config.check.same_text) {
            nearest.push((newer, share(newer, older), older));
        }
    }
    // Of several that one repeats, the one that has most of it is named.
    nearest.sort_by_key(|(newer, share, older)| (*newer, Reverse(percent(*share)), *older));
    nearest.dedup_by_key(|(newer, ..)| *newer);
    for (newer, share, older) in nearest {
        let (page, other) = (
            survey.site.page(newer).path(),
            survey.site.page(older).path(),
        );
        let message = format!(
            "about {} % of this text stands in {other} too",
            percent(share)
        );
        let help = "make one article of both, with `aliases` for the other's address, or name the original in `canonical`";
        found.push(
            Diagnostic::warning(LINT.code, &page, message)
                .at_key("title")
                .help(help),
        );
    }
}

/// In steps of five: an estimate knows no more.
fn percent(share: f64) -> u32 {
    (share * 20.0).round() as u32 * 5
}

/// The pairs of pages that have one of their least hashes in common, each once, sorted.
fn candidates(survey: &Survey<'_>) -> Vec<(PageId, PageId)> {
    let mut places: Vec<(u32, PageId)> = Vec::new();
    for (id, notes) in survey.site.ids().zip(&survey.notes) {
        if notes.sketch.runs >= LEAST {
            places.extend(notes.sketch.keys().iter().map(|key| (*key, id)));
        }
    }
    places.sort_unstable();
    let mut pairs = Vec::new();
    for group in places.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, first)) in group.iter().enumerate() {
            let others = if group.len() > COMMON { 1 } else { group.len() };
            pairs.extend(
                group[at + 1..]
                    .iter()
                    .take(others)
                    .map(|(_, second)| (*first, *second)),
            );
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
