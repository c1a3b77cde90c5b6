//! Articles that readers hardly find, and articles that lead nowhere.

use super::{Desk, NO_SITE, Page, count, pages};
use crate::build::Edition;
use crate::graph::linked;
use crate::link::reach::{CLICKS, Reach};
use crate::model::page::PageId;
use crate::model::site::Site;

pub(super) const PAGE: Page = Page {
    name: "links",
    title: "Links",
    count: |desk| {
        let editions = desk.site?.loaded.editions.iter();
        let few = |site: &Site| unlinked(site).len() + without_way_out(site).len();
        Some(editions.map(|edition| few(&edition.site)).sum())
    },
    body,
};

fn body(desk: &Desk<'_>) -> String {
    let Some(built) = desk.site else {
        return NO_SITE.to_owned();
    };
    let editions = &built.loaded.editions;
    let several = editions.len() > 1;
    let one = |edition: &Edition| match several {
        true => format!("<h2>{}</h2>{}", edition.config.language, of(desk, edition)),
        false => of(desk, edition),
    };
    editions.iter().map(one).collect()
}

/// What there is to say of one language.
fn of(desk: &Desk<'_>, edition: &Edition) -> String {
    let site = &edition.site;
    let places = places(site);
    let unlisted: Vec<PageId> = articles(site, |id| places[id.index()] == 0);
    let reach = Reach::new(site, &edition.config);
    let far = articles(site, |id| {
        reach.clicks(id).is_none_or(|clicks| clicks > CLICKS)
    });
    let in_lists = |id: PageId| match places[id.index()] {
        0 => "in no up-next list".to_owned(),
        number => format!("in {}", count(number, "up-next list", "up-next lists")),
    };
    let clicks = |id| {
        let clicks = reach.clicks(id);
        clicks.map_or("no way there".to_owned(), |clicks| {
            format!("{clicks} clicks")
        })
    };
    let nothing = |_| String::new();
    let parts: [(&str, &str, String); 4] = [
        (
            "No other page links to these",
            "A link in a text tells readers and search engines that a page matters; lists alone say less. Link to them where another article touches their subject.",
            pages(
                desk,
                edition,
                &unlinked(site),
                &in_lists,
                "Every article is linked from another page’s text.",
            ),
        ),
        (
            "These link to no other article",
            "Readers come to their end with nothing but up next to go on with.",
            pages(
                desk,
                edition,
                &without_way_out(site),
                &|id| linked_from(site, id),
                "Every article links to another one.",
            ),
        ),
        (
            "In nobody’s up-next list",
            "No other article shows a card for them.",
            pages(
                desk,
                edition,
                &unlisted,
                &nothing,
                "Every article stands in some other article’s list.",
            ),
        ),
        (
            "Far from the home page",
            "More than four clicks away, by lists, guides, up next and links.",
            pages(
                desk,
                edition,
                &far,
                &clicks,
                "Every article is at most four clicks from the home page.",
            ),
        ),
    ];
    parts
        .iter()
        .map(|(title, why, list)| {
            format!("<section><h2>{title}</h2><p class=\"note\">{why}</p>{list}</section>")
        })
        .collect()
}

fn linked_from(site: &Site, id: PageId) -> String {
    let from = site.backlinks[id.index()].len();
    format!("linked from {}", count(from, "page", "pages"))
}

/// By page: how many up-next lists show it.
pub(super) fn places(site: &Site) -> Vec<usize> {
    let mut places = vec![0; site.pages.len()];
    for entry in site.up_next.iter().flatten() {
        places[entry.page.index()] += 1;
    }
    places
}

/// Articles that no other page links to in its text.
fn unlinked(site: &Site) -> Vec<PageId> {
    articles(site, |id| {
        let from = &site.backlinks[id.index()];
        from.iter().all(|from| *from == id)
    })
}

/// Articles that link to no other one.
fn without_way_out(site: &Site) -> Vec<PageId> {
    articles(site, |id| {
        let out = linked(site, id);
        !out.into_iter().any(|to| site.page(to).is_article())
    })
}

fn articles(site: &Site, is: impl Fn(PageId) -> bool) -> Vec<PageId> {
    let ids = site.articles_by_file().into_iter();
    ids.filter(|id| is(*id)).collect()
}
