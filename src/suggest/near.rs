//! Tells how near two articles are, by what up next found.

use crate::model::page::PageId;
use crate::model::site::{Site, UpNext};

/// From 0 to 1: one lists the other, nearly lists it, shares a tag or a section, or nothing.
pub(super) fn nearness(site: &Site, from: PageId, to: PageId) -> f32 {
    let lists = |lists: &[Vec<UpNext>], a: PageId, b: PageId| {
        lists[a.index()].iter().any(|entry| entry.page == b)
    };
    let (shown, missed) = (&site.up_next, &site.missed);
    let (here, there) = (&site.places[from.index()], &site.places[to.index()]);
    match () {
        () if lists(shown, from, to) => 1.0,
        () if lists(shown, to, from) => 0.9,
        () if lists(missed, from, to) || lists(missed, to, from) => 0.7,
        () if here.tags().iter().any(|tag| there.tags().contains(tag)) => 0.6,
        () if here.section == there.section => 0.4,
        () => 0.25,
    }
}
