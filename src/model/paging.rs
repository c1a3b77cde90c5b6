//! Lists over several pages: how many pages there are, and which of the others a page links to. The list's
//! outputs draw these links, and link counts clicks by them.

/// Up to so many pages, each links to all others; beyond, to its neighbours and to some on the way.
const ALL: usize = 30;

/// Pages of a list; an empty list has one, too.
pub fn pages(items: usize, page_size: usize) -> usize {
    items.div_ceil(page_size).max(1)
}

/// Titles on one page, at most.
const TITLES: usize = 500;

/// Articles on a page of a year of so many: these lists show titles only. As many as it takes for all pages to link
/// to each other, so that a year is one click deep.
pub fn year_size(page_size: usize, articles: usize) -> usize {
    let usual = page_size * 5;
    articles.div_ceil(ALL).clamp(usual, usual.max(TITLES))
}

/// The pages that page `number` (from 1) of `total` links to, itself included, in order.
///
/// Of many: the first, the last, three on either side, and every so many between, so that any page is two clicks
/// away.
pub fn linked(number: usize, total: usize) -> Vec<usize> {
    if total <= ALL {
        return (1..=total).collect();
    }
    let stride = total.isqrt();
    let near = number.saturating_sub(3).max(1)..=(number + 3).min(total);
    let mut linked: Vec<usize> = (stride..=total).step_by(stride).collect();
    linked.extend([1, total]);
    linked.extend(near);
    linked.sort_unstable();
    linked.dedup();
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_pages_link_to_all_and_many_to_some() {
        assert_eq!(pages(0, 20), 1);
        assert_eq!(pages(41, 20), 3);
        assert_eq!(linked(2, 4), [1, 2, 3, 4]);
        assert_eq!(year_size(20, 600), 100);
        assert_eq!(pages(9_000, year_size(20, 9_000)), 30);
        assert_eq!(year_size(20, 90_000), 500);
        let many = linked(50, 400);
        assert!(many.contains(&1) && many.contains(&400) && many.contains(&49) && many.len() < 40);
        for (number, total) in [(1_usize, 31_usize), (31, 31), (50, 400), (198, 403)] {
            let stride = total.isqrt();
            let is_linked = |page: &usize| {
                let is_end = *page == 1 || *page == total;
                is_end || page.abs_diff(number) <= 3 || page.is_multiple_of(stride)
            };
            let expected: Vec<usize> = (1..=total).filter(is_linked).collect();
            assert_eq!(linked(number, total), expected);
        }
    }
}
