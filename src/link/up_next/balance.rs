//! Sees to it that every article stands in somebody's list and none in too many. Changes few lists: only those
//! that an article without a place is put into, or one with too many is taken from.

use std::collections::BTreeMap;

/// The first places of a list count: readers see them without scrolling far.
pub(super) const PLACES: usize = 5;

/// An article stands in the first places of so many lists at most, as a multiple of the mean.
const HOARD: usize = 3;

/// A list under construction; articles by their number.
pub(super) struct Draft {
    /// How many places of it count: [`PLACES`], or as many as are shown.
    pub(super) places: usize,
    /// Chosen by authors: these stay where they are.
    pub(super) fixed: usize,
    /// The list, best first, with what would follow.
    pub(super) entries: Vec<u32>,
    /// Which entry was put in by this module.
    pub(super) lifted: Vec<u32>,
}

/// Balances the lists. `near` tells the articles nearest to one, best first: those that may take it in. `allows`
/// says whether an article's author will have another in its list.
pub(super) fn balance(
    drafts: &mut [Draft],
    near: &dyn Fn(usize) -> Vec<u32>,
    unwanted: &[bool],
    allows: &dyn Fn(usize, u32) -> bool,
) {
    let mut places = vec![0usize; drafts.len()];
    for draft in drafts.iter() {
        for entry in draft.entries.iter().take(draft.places) {
            places[*entry as usize] += 1;
        }
    }
    let allows = &|host: usize, article: u32| !unwanted[article as usize] && allows(host, article);
    let limit = HOARD * PLACES;
    let mut hosts = hosts(drafts, &places, limit);
    for article in 0..drafts.len() {
        if places[article] > limit {
            let hosts = hosts.remove(&(article as u32)).unwrap_or_default();
            relieve(article as u32, drafts, hosts, near, &mut places, allows);
        }
    }
    for article in 0..drafts.len() {
        if places[article] == 0 && !unwanted[article] {
            lift(article as u32, drafts, &near(article), &mut places, allows);
        }
    }
}

/// By article that stands in too many lists, or nearly: those lists.
fn hosts(drafts: &[Draft], places: &[usize], limit: usize) -> BTreeMap<u32, Vec<u32>> {
    let mut hosts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (host, draft) in (0u32..).zip(drafts) {
        for entry in draft.entries.iter().take(draft.places) {
            if places[*entry as usize] > limit {
                hosts.entry(*entry).or_default().push(host);
            }
        }
    }
    hosts
}

/// Takes an article out of the `hosts`, lists in which it stands, where it stands last first. Nobody comes into too many
/// lists by that.
fn relieve(
    article: u32,
    drafts: &mut [Draft],
    hosts: Vec<u32>,
    near: &dyn Fn(usize) -> Vec<u32>,
    places: &mut [usize],
    allows: &dyn Fn(usize, u32) -> bool,
) {
    let stands = |host: u32| {
        let draft = &drafts[host as usize];
        let shown = draft.entries.iter().take(draft.places);
        let at = shown.into_iter().position(|entry| *entry == article)?;
        (at >= draft.fixed).then_some((at, host as usize))
    };
    let mut hosts: Vec<(usize, usize)> = hosts.into_iter().filter_map(stands).collect();
    // The last places first; of equals, the last by file.
    hosts.sort_unstable_by(|a, b| b.cmp(a));
    for (at, host) in hosts {
        if places[article as usize] <= HOARD * PLACES {
            break;
        }
        let Some(moves_up) = successor(host, drafts, near, places, allows) else {
            continue;
        };
        let last = drafts[host].places;
        let Draft { entries, .. } = &mut drafts[host];
        entries.retain(|entry| *entry != moves_up);
        let entry = entries.remove(at);
        entries.insert(entries.len().min(last - 1), moves_up);
        // A shorter list has no place behind the first ones.
        if entries.len() >= last {
            entries.insert(last, entry);
        }
        places[article as usize] -= 1;
        places[moves_up as usize] += 1;
    }
}

/// The article that can take one place more, in the first places of a list: the next behind them, else the nearest to one
/// that stands there. Where many are nearly alike, those near to one of them are near to all, and all are full: then it is
/// the next by file.
fn successor(
    host: usize,
    drafts: &[Draft],
    near: &dyn Fn(usize) -> Vec<u32>,
    places: &[usize],
    allows: &dyn Fn(usize, u32) -> bool,
) -> Option<u32> {
    let Draft {
        places: first,
        entries,
        ..
    } = &drafts[host];
    let has_room = |entry: &u32| places[*entry as usize] < HOARD * PLACES;
    let behind = entries.iter().skip(*first).copied().find(has_room);
    let is_new = |other: &u32| {
        *other as usize != host
            && has_room(other)
            && !entries.contains(other)
            && allows(host, *other)
    };
    let nearest = || {
        let nearest = entries.iter().flat_map(|entry| near(*entry as usize));
        nearest.into_iter().find(is_new)
    };
    let by_file = || {
        let articles = (host + 1..drafts.len()).chain(0..host);
        articles.map(|other| other as u32).find(is_new)
    };
    behind.or_else(nearest).or_else(by_file)
}

/// Puts an article at the last of the first places in the list of the nearest article that can spare it.
fn lift(
    article: u32,
    drafts: &mut [Draft],
    near: &[u32],
    places: &mut [usize],
    allows: &dyn Fn(usize, u32) -> bool,
) {
    let everybody = (0..drafts.len() as u32).filter(|host| !near.contains(host));
    for host in near.iter().copied().chain(everybody) {
        let draft = &mut drafts[host as usize];
        if host == article || !allows(host as usize, article) || draft.fixed >= draft.places {
            continue;
        }
        let at = draft.entries.len().min(draft.places - 1);
        if let Some(gives_way) = draft.entries.get(at).filter(|_| at < draft.entries.len()) {
            if places[*gives_way as usize] < 2 {
                continue;
            }
            places[*gives_way as usize] -= 1;
        }
        draft.entries.retain(|entry| *entry != article);
        let at = at.min(draft.entries.len());
        draft.entries.insert(at, article);
        draft.lifted.push(article);
        places[article as usize] += 1;
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts(lists: &[&[u32]]) -> Vec<Draft> {
        let draft = |list: &&[u32]| Draft {
            places: PLACES,
            fixed: 0,
            entries: list.to_vec(),
            lifted: Vec::new(),
        };
        lists.iter().map(draft).collect()
    }

    #[test]
    fn who_stands_nowhere_is_taken_in_by_the_nearest() {
        let mut lists = drafts(&[&[1, 2], &[0, 2], &[0, 1], &[0, 1, 2]]);
        balance(
            &mut lists,
            &|article| match article {
                3 => vec![2, 1],
                _ => Vec::new(),
            },
            &[false; 4],
            &|_, _| true,
        );
        assert_eq!(lists[2].entries, [0, 1, 3]);
        assert_eq!(lists[2].lifted, [3]);
    }

    #[test]
    fn what_an_author_refuses_or_fixes_stays_so() {
        let mut lists = drafts(&[&[1], &[0], &[0]]);
        lists[1].fixed = PLACES;
        balance(
            &mut lists,
            &|article| match article {
                2 => vec![0, 1],
                _ => Vec::new(),
            },
            &[false; 3],
            &|host, _| host != 0,
        );
        assert!(!lists[0].entries.contains(&2) && !lists[1].entries.contains(&2));
    }

    #[test]
    fn nobody_hoards() {
        let lists: Vec<Vec<u32>> = (0..40u32)
            .map(|i| {
                (0..8)
                    .map(|j| if j == 0 { 0 } else { 1 + (i + j) % 39 })
                    .collect()
            })
            .collect();
        let mut lists = drafts(&lists.iter().map(Vec::as_slice).collect::<Vec<_>>());
        balance(&mut lists, &|_| Vec::new(), &[false; 40], &|_, _| true);
        let places = lists
            .iter()
            .filter(|d| d.entries[..PLACES].contains(&0))
            .count();
        assert!(places <= HOARD * PLACES, "{places}");
    }

    #[test]
    fn nobody_hoards_where_all_lists_are_the_same() {
        let list = |i: u32| (0..8).filter(|j| *j != i).collect::<Vec<u32>>();
        let lists: Vec<Vec<u32>> = (0..80).map(list).collect();
        let mut lists = drafts(&lists.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let mut unwanted = [false; 80];
        unwanted[40] = true;
        balance(&mut lists, &|_| Vec::new(), &unwanted, &|_, _| true);
        for article in 0..80 {
            let shown = lists
                .iter()
                .flat_map(|draft| draft.entries.iter().take(PLACES));
            let places = shown.filter(|entry| **entry == article).count();
            assert!(places <= HOARD * PLACES, "{article} stands in {places}");
            assert_eq!(places == 0, article == 40, "{article}");
        }
    }

    #[test]
    fn nobody_hoards_where_the_next_stands_in_as_many_lists() {
        let list = |i: u32| -> Vec<u32> {
            let spread = |j: u32| 2 + (5 * i + j) % 60;
            let first = if i < 15 { 1 } else { spread(0) };
            vec![first, spread(1), spread(2), spread(3), 0, 1, spread(4)]
        };
        let mut lists: Vec<Vec<u32>> = (0..40).map(list).collect();
        lists.resize(62, Vec::new());
        let mut lists = drafts(&lists.iter().map(Vec::as_slice).collect::<Vec<_>>());
        balance(&mut lists, &|_| Vec::new(), &[true; 62], &|_, _| true);
        for article in 0..62 {
            let shown = lists
                .iter()
                .flat_map(|draft| draft.entries.iter().take(PLACES));
            let places = shown.filter(|entry| **entry == article).count();
            assert!(places <= HOARD * PLACES, "{article} stands in {places}");
        }
    }
}
