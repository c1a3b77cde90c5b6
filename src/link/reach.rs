//! Finds how a reader gets from the home page to each page, in clicks: by the lists, the guides, up next and links in
//! the text. And the promise that every build keeps or takes back aloud: every article stands in somebody's
//! list and is few clicks from home.

use std::collections::{BTreeMap, VecDeque};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::paging;
use crate::model::site::{FrontPage, Section, Site, Target, Term, Year};

/// An article should be no further from the home page than this.
pub const CLICKS: u32 = 4;

/// Articles that are named in messages of their own, at most.
const NAMED: usize = 5;

/// A place that readers come through: a page, or a page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A page of the home page's list, from 0; 0 is the home page.
    Home(usize),
    /// An article, a page or a guide's hub.
    Page(PageId),
    /// A page of a section's list.
    Section(Id<Section>, usize),
    /// All tags.
    Tags,
    /// A page of a term's list.
    Term(Id<Term>, usize),
    /// All years.
    Archive,
    /// A page of a year's list.
    Year(Id<Year>, usize),
}

/// For each place, the clicks from the home page, and the place before it on a shortest way.
pub struct Reach {
    /// By page; most places are pages.
    pages: Vec<Option<Step>>,
    /// Of all other places.
    lists: BTreeMap<Place, Step>,
}

/// Clicks from the home page, and the place before.
type Step = (u32, Option<Place>);

impl Reach {
    /// Walks the whole site from its home page, breadth first.
    pub fn new(site: &Site, config: &Config) -> Reach {
        Reach::within(site, config, u32::MAX)
    }

    /// Walks no further than so many clicks.
    fn within(site: &Site, config: &Config, most: u32) -> Reach {
        let mut reach = Reach {
            pages: vec![None; site.pages.len()],
            lists: BTreeMap::from([(Place::Home(0), (0, None))]),
        };
        let mut queue = VecDeque::from([Place::Home(0)]);
        let mut next = Vec::new();
        while let Some(place) = queue.pop_front() {
            let clicks = reach.step(place).map_or(0, |(clicks, _)| clicks);
            if clicks == most {
                break;
            }
            next.clear();
            ways(site, config.page_size, place, &mut next);
            for to in next.drain(..) {
                if reach.step(to).is_none() {
                    reach.add(to, (clicks + 1, Some(place)));
                    queue.push_back(to);
                }
            }
        }
        reach
    }

    fn step(&self, place: Place) -> Option<Step> {
        match place {
            Place::Page(id) => self.pages[id.index()],
            place => self.lists.get(&place).copied(),
        }
    }

    fn add(&mut self, place: Place, step: Step) {
        match place {
            Place::Page(id) => self.pages[id.index()] = Some(step),
            place => {
                self.lists.insert(place, step);
            }
        }
    }

    /// Clicks from the home page to an article; none where no way leads there.
    pub fn clicks(&self, id: PageId) -> Option<u32> {
        self.pages[id.index()].map(|(clicks, _)| clicks)
    }

    /// The places on a shortest way from the home page to an article, both included.
    pub fn way(&self, id: PageId) -> Vec<Place> {
        let mut way = Vec::new();
        let mut next = Some(Place::Page(id));
        while let Some(place) = next {
            let Some((_, before)) = self.step(place) else {
                break;
            };
            way.push(place);
            next = before;
        }
        way.reverse();
        way
    }
}

/// Where one click leads from a place.
fn ways(site: &Site, page_size: usize, place: Place, next: &mut Vec<Place>) {
    let list =
        |ids: &[PageId], number: usize, follow: &dyn Fn(usize) -> Place, next: &mut Vec<Place>| {
            let page_size = match place {
                Place::Year(..) => paging::year_size(page_size, ids.len()),
                _ => page_size,
            };
            next.extend(
                ids.iter()
                    .skip(number * page_size)
                    .take(page_size)
                    .map(|id| Place::Page(*id)),
            );
            let pages = paging::pages(ids.len(), page_size);
            next.extend(
                paging::linked(number + 1, pages)
                    .into_iter()
                    .map(|other| follow(other - 1)),
            );
        };
    match place {
        Place::Home(number) => {
            match site
                .front_page
                .as_ref()
                .filter(|front| number == 0 && front.chooses())
            {
                // It shows what its editor chose, and leads to the pages of the list.
                Some(front) => {
                    front_ways(front, next);
                    let pages = paging::pages(site.articles.len(), page_size);
                    let linked = paging::linked(1, pages).into_iter();
                    next.extend(linked.map(|other| Place::Home(other - 1)));
                }
                None => list(&site.articles, number, &Place::Home, next),
            }
            if number == 0 {
                let doors = site.front_page.iter().flat_map(|front| &front.doors);
                next.extend(doors.filter_map(|door| page_target(&door.target)));
                next.extend([Place::Tags, Place::Archive]);
                for guide in &site.guides {
                    next.extend(
                        std::iter::once(guide.hub)
                            .chain(guide.steps.iter().copied())
                            .map(Place::Page),
                    );
                }
                let top = site.sections.entries();
                let top = top.filter(|(_, section)| section.parent.is_none());
                next.extend(top.map(|(id, _)| section_place(site, id)));
                next.extend(
                    site.menu
                        .iter()
                        .filter_map(|(_, target)| page_target(target)),
                );
            }
        }
        Place::Section(section, number) => {
            next.extend(
                site.sections[section]
                    .children
                    .iter()
                    .map(|child| section_place(site, *child)),
            );
            list(
                &site.sections[section].articles,
                number,
                &|n| Place::Section(section, n),
                next,
            );
        }
        Place::Tags => next.extend(site.tags().entries().map(|(tag, _)| Place::Term(tag, 0))),
        Place::Term(tag, number) => list(
            &site.terms[tag].articles,
            number,
            &|n| Place::Term(tag, n),
            next,
        ),
        Place::Archive => next.extend(site.years.ids().map(|year| Place::Year(year, 0))),
        Place::Year(year, number) => list(
            &site.years[year].articles,
            number,
            &|n| Place::Year(year, n),
            next,
        ),
        Place::Page(id) => {
            next.extend(
                site.up_next[id.index()]
                    .iter()
                    .map(|entry| Place::Page(entry.page)),
            );
            next.extend(site.targets[id.index()].iter().filter_map(page_target));
            let places = &site.places[id.index()];
            next.extend(places.topics().map(|term| Place::Term(term, 0)));
            let own = places.section;
            let is_its_page = |section: &Id<Section>| site.sections[*section].page == Some(id);
            if let Some(section) = own.filter(is_its_page).filter(|_| site.page(id).is_hub()) {
                next.extend(
                    site.sections[section]
                        .articles
                        .iter()
                        .map(|id| Place::Page(*id)),
                );
                next.extend(
                    site.sections[section]
                        .children
                        .iter()
                        .map(|child| section_place(site, *child)),
                );
            }
        }
    }
}

/// Where an edited front page leads.
fn front_ways(front: &FrontPage, next: &mut Vec<Place>) {
    let blocks = front.blocks.iter();
    let blocks = blocks.flat_map(|block| block.lead.iter().chain(&block.picks));
    let chosen = front.lead.iter().chain(&front.picks).chain(blocks);
    next.extend(chosen.map(|id| Place::Page(*id)));
}

/// A folder's page is its guide's hub, if it has one.
fn section_place(site: &Site, section: Id<Section>) -> Place {
    match site.sections[section]
        .page
        .filter(|id| site.page(*id).is_hub())
    {
        Some(hub) => Place::Page(hub),
        None => Place::Section(section, 0),
    }
}

fn page_target(target: &Target) -> Option<Place> {
    match target {
        Target::Page { id, .. } => Some(Place::Page(*id)),
        _ => None,
    }
}

/// The promise, where it is not kept: articles that stand in no other's list, and those too far from home.
pub(super) fn check(site: &Site, config: &Config) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut listed = vec![false; site.pages.len()];
    for entry in site.up_next.iter().flatten() {
        listed[entry.page.index()] = true;
    }
    let kept_out = |id: &PageId| site.refused.binary_search(id).is_ok();
    let orphans: Vec<PageId> = site
        .articles
        .iter()
        .copied()
        .filter(|id| !listed[id.index()] && !kept_out(id))
        .collect();
    // One article alone has nobody who could list it.
    if site.articles.len() > 1 {
        let help = "every list that could hold it is full of what its author chose, or refuses it: pin it somewhere, or loosen `never` or `count`";
        told(
            "orphan",
            site,
            "in no other article's up-next list",
            help,
            &orphans,
            &mut diagnostics,
        );
    }
    let reach = Reach::within(site, config, CLICKS);
    let far = |id: &PageId| reach.clicks(*id).is_none();
    let far: Vec<PageId> = site.articles.iter().copied().filter(far).collect();
    let help = "link to it from an article that is nearer, or give it a tag";
    told(
        "far-from-home",
        site,
        "more than four clicks from the home page",
        help,
        &far,
        &mut diagnostics,
    );
    diagnostics
}

/// A few articles are told one by one, many in one message.
fn told(
    code: &'static str,
    site: &Site,
    what: &str,
    help: &str,
    ids: &[PageId],
    diagnostics: &mut Vec<Diagnostic>,
) {
    if ids.len() <= NAMED {
        let one = |id: &PageId| {
            Diagnostic::warning(
                code,
                &site.page(*id).path(),
                format!("this article is {what}"),
            )
            .help(help)
        };
        diagnostics.extend(ids.iter().map(one));
        return;
    }
    let mut names: Vec<&str> = ids
        .iter()
        .map(|id| site.page(*id).source.as_str())
        .collect();
    names.sort_unstable();
    names.truncate(NAMED);
    let message = format!(
        "{} articles are {what}: {} and others",
        ids.len(),
        names.join(", ")
    );
    diagnostics.push(Diagnostic::warning(code, "content", message).help(help));
}
