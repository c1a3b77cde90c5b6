//! What to read next, for every article, from the whole site at once: what the author pinned, the guide's
//! next step, then what the engine ranks, balanced over the site. Templates only show it.

mod balance;
mod before;
mod engine;
mod index;
mod numbers;
mod reason;
mod row;
mod signals;
mod sums;
mod vectors;

use borsh::BorshSerialize;
use rayon::prelude::*;

use crate::config::{self, Config, Scope};
use crate::diagnostic::{Diagnostic, nearest};
use crate::fingerprint::{Fingerprint, Mix};
use crate::link::reference::{Found, Index, published};
use crate::link::{Before, Options};
use crate::model::page::{Page, PageId, Terms};
use crate::model::site::{Reason, Site, UpNext};
use crate::model::slug::fold;
use balance::Draft;
use engine::{Compared, Ranking};

/// What is ranked beyond the list, so that something can follow where an author refuses or the balance moves.
const SPARE: usize = 16;
/// Entries that just missed a list, as they are told to who asks.
const MISSED: usize = 5;

/// The lists of a site.
pub(super) struct Lists {
    /// By page: its list; empty for what is no article.
    pub(super) shown: Vec<Vec<UpNext>>,
    /// By page: what just missed it.
    pub(super) missed: Vec<Vec<UpNext>>,
    /// Articles that stand in no list because `site.toml` says so, sorted.
    pub(super) refused: Vec<PageId>,
    /// Of all that the lists were made of.
    pub(super) key: Fingerprint,
}

/// What somebody does not want to see in lists.
#[derive(Default, BorshSerialize)]
struct Refusal {
    pages: Vec<PageId>,
    tags: Vec<usize>,
}

impl Refusal {
    fn covers(&self, site: &Site, id: PageId) -> bool {
        let has = |tag| site.places[id.index()].tags.contains(tag);
        self.pages.contains(&id) || self.tags.iter().any(has)
    }
}

/// What authors and `site.toml` never want to see side by side.
pub struct Never {
    everywhere: Refusal,
    /// By page.
    own: Vec<Refusal>,
}

impl Never {
    /// As it stands in the front matter and in `site.toml`, once that is known to be right.
    pub fn of(site: &Site, config: &Config) -> Never {
        let index = Index::new(&site.pages, &[]);
        let told = &mut Vec::new();
        Never {
            everywhere: refused_everywhere(site, &index, config, told),
            own: site
                .ids()
                .map(|id| wishes(site, id, &index, config, told).never)
                .collect(),
        }
    }

    /// Whether `from` is not to lead its readers to `to`.
    pub fn forbids(&self, site: &Site, from: PageId, to: PageId) -> bool {
        self.everywhere.covers(site, to) || self.own[from.index()].covers(site, to)
    }
}

/// What one article's author says about its list.
#[derive(BorshSerialize)]
struct Wishes {
    pins: Vec<PageId>,
    never: Refusal,
    count: usize,
    scope: Scope,
}

impl Wishes {
    /// Whether the engine may put `other` into the list of `id`.
    fn allow(&self, site: &Site, id: PageId, other: PageId) -> bool {
        let section = |page: PageId| site.places[page.index()].section;
        let in_scope = self.scope == Scope::Site || section(other) == section(id);
        in_scope && !self.never.covers(site, other)
    }
}

/// The words of all pages.
pub(super) enum Words {
    /// As parse counted them: the last build's lists may be this one's, too.
    Counted(Vec<Terms>, Before),
    /// Of the articles, ready to be compared.
    Compared(Compared),
}

impl Words {
    /// `terms` are those of the pages.
    pub(super) fn new(pages: &[Page], terms: Vec<Terms>, before: Option<Before>) -> Words {
        match before {
            Some(before) if before::may_hold(&before, pages, &terms) => {
                Words::Counted(terms, before)
            }
            _ => Words::Compared(compared(pages, terms)),
        }
    }
}

fn compared(pages: &[Page], terms: Vec<Terms>) -> Compared {
    let terms = terms.into_iter().zip(pages);
    let articles = terms.filter(|(_, page)| page.is_article());
    Compared::new(articles.map(|(terms, _)| terms).collect())
}

/// What authors and `site.toml` ask of the lists.
pub(super) struct Asked {
    /// The articles, sorted by file.
    ids: Vec<PageId>,
    nowhere: Refusal,
    /// By article.
    wishes: Vec<Wishes>,
    /// Of all that is asked.
    fingerprint: Fingerprint,
    /// Of all that the lists are made of.
    key: Fingerprint,
}

impl Asked {
    /// Reads it.
    pub(super) fn new(
        site: &Site,
        index: &Index<'_>,
        options: &Options<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Asked {
        let config = options.config;
        let ids = site.articles_by_file();
        let nowhere = refused_everywhere(site, index, config, diagnostics);
        let wishes: Vec<Wishes> = ids
            .iter()
            .map(|id| wishes(site, *id, index, config, diagnostics))
            .collect();
        let mut asked = Mix::default();
        asked.add(&(&wishes, &nowhere));
        let fingerprint = asked.finish();
        let key = before::key(site, options, fingerprint, &|page| page.fingerprint);
        Asked {
            ids,
            nowhere,
            wishes,
            fingerprint,
            key,
        }
    }
}

/// Makes the lists of all articles.
pub(super) fn build(site: &Site, asked: Asked, words: Words, options: &Options<'_>) -> Lists {
    let Asked {
        ids,
        nowhere,
        wishes,
        fingerprint,
        key,
    } = asked;
    let words = match words {
        Words::Compared(compared) => compared,
        Words::Counted(_, before) if before::holds(&before, site, (key, fingerprint), options) => {
            return Lists {
                shown: before.shown,
                missed: Vec::new(),
                refused: before.refused,
                key,
            };
        }
        Words::Counted(terms, _) => compared(&site.pages, terms),
    };
    let most = wishes.iter().map(|w| w.count).max().unwrap_or(0);
    let ranking = engine::rank(
        site,
        &ids,
        words,
        &options.config.up_next.weights,
        (most, SPARE),
    );
    let newest = site.articles.iter().take(most + SPARE);
    let newest: Vec<u32> = newest.filter_map(|page| place(&ids, *page)).collect();
    let mut drafts: Vec<Draft> = wishes
        .par_iter()
        .enumerate()
        .map(|(article, wishes)| {
            let newest = newest.iter().take(wishes.count + SPARE).copied();
            draft(site, &ids, article, (wishes, &nowhere), &ranking, newest)
        })
        .collect();
    let near = |article: usize| -> Vec<u32> {
        let list = ranking.lists[article].iter();
        list.map(|ranked| ranked.article).collect()
    };
    let unwanted: Vec<bool> = ids.iter().map(|id| nowhere.covers(site, *id)).collect();
    let allows = |host: usize, article: u32| {
        let is_duplicate = ranking.duplicates[host].contains(&article);
        !is_duplicate && wishes[host].allow(site, ids[host], ids[article as usize])
    };
    balance::balance(&mut drafts, &near, &unwanted, &allows);
    let finish = |(article, draft): (usize, Draft)| {
        let wishes = &wishes[article];
        finish(
            site,
            &ids,
            article,
            (draft, options.asked),
            wishes,
            &ranking,
        )
    };
    // The drafts go as the lists are made.
    let made = drafts.into_par_iter().enumerate().map(finish);
    let (shown, missed): (Vec<_>, Vec<_>) = made.unzip();
    let refused = ids.iter().zip(unwanted).filter(|(_, unwanted)| *unwanted);
    let lists = Lists {
        refused: refused.map(|(id, _)| *id).collect(),
        shown: by_page(site, shown),
        missed: match options.asked {
            true => by_page(site, missed),
            false => Vec::new(),
        },
        key,
    };
    // Many small pieces: they are freed beside what comes next.
    let vectors = ranking.vectors;
    rayon::spawn(move || drop(vectors));
    lists
}

/// By page what is by article; nothing for the others.
fn by_page(site: &Site, lists: Vec<Vec<UpNext>>) -> Vec<Vec<UpNext>> {
    let mut lists = lists.into_iter();
    let mut list = |page: &Page| match page.is_article() {
        true => lists.next().unwrap_or_default(),
        false => Vec::new(),
    };
    site.pages.iter().map(&mut list).collect()
}

/// `[up_next] never` of site.toml.
fn refused_everywhere(
    site: &Site,
    index: &Index<'_>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Refusal {
    let mut refusal = Refusal::default();
    for written in &config.up_next.never {
        let error = |message: String, help: String| {
            Diagnostic::error("unknown-reference", config::FILE, message)
                .at_item("up_next", written)
                .help(help)
        };
        match written.strip_prefix("tag:") {
            Some(tag) => match find_tag(site, tag) {
                Ok(number) => refusal.tags.push(number),
                Err(help) => diagnostics.push(error(
                    format!("no article has the tag `{}`", tag.trim()),
                    help,
                )),
            },
            None => match index.find(written, "") {
                Found::Page(id) => refusal.pages.push(id),
                Found::Hidden(_) => {}
                Found::Ambiguous(files) => diagnostics.push(error(
                    format!("`{written}` could be several articles"),
                    format!("write its path: {}", files.join(" or ")),
                )),
                Found::Moved(source) => {
                    let name = index.name_in("", source);
                    let help = format!("it is `{name}` now");
                    let error = error(format!("the article `{written}` does not exist"), help);
                    diagnostics.push(error.swap(written, name));
                }
                Found::Missing(near) => diagnostics.push(error(
                    format!("the article `{written}` does not exist"),
                    near.map_or("write a file's path in content/".into(), |near| {
                        format!("did you mean `{near}`?")
                    }),
                )),
            },
        }
    }
    refusal
}

/// A tag by its name or slug; else what to say.
fn find_tag(site: &Site, written: &str) -> Result<usize, String> {
    let key = fold(written);
    let found = site
        .tags
        .iter()
        .position(|tag| !tag.articles.is_empty() && (fold(&tag.name) == key || tag.slug == key));
    found.ok_or_else(|| {
        let near = nearest(
            written.trim(),
            site.tags.iter().map(|tag| tag.name.as_str()),
        );
        near.map_or("remove it from `never`".into(), |near| {
            format!("did you mean `tag:{near}`?")
        })
    })
}

fn wishes(
    site: &Site,
    id: PageId,
    index: &Index<'_>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Wishes {
    let page = site.page(id);
    let usual = &config.up_next;
    let mut wishes = Wishes {
        pins: Vec::new(),
        never: Refusal::default(),
        count: usual.count,
        scope: usual.scope,
    };
    let Some(wish) = &page.front.up_next else {
        return wishes;
    };
    wishes.count = wish.count.unwrap_or(wishes.count);
    wishes.scope = wish.scope.unwrap_or(wishes.scope);
    for written in &wish.pins {
        let Some(pin) = published(index, page, "up_next", "the article", written, diagnostics)
        else {
            continue;
        };
        if site.page(pin).is_article() && pin != id {
            wishes.pins.push(pin);
            continue;
        }
        let message = match pin == id {
            true => "an article cannot be up next after itself".to_owned(),
            false => format!("`{written}` is a page, not an article, and has no card"),
        };
        diagnostics.push(
            Diagnostic::error("up-next", &page.path(), message)
                .at_item("up_next", written)
                .help("link to it in the text, or remove it here"),
        );
    }
    for written in &wish.never {
        match written.strip_prefix("tag:") {
            None => wishes.never.pages.extend(published(
                index,
                page,
                "up_next",
                "the article",
                written,
                diagnostics,
            )),
            Some(tag) => match find_tag(site, tag) {
                Ok(number) => wishes.never.tags.push(number),
                Err(help) => diagnostics.push(
                    Diagnostic::error(
                        "unknown-reference",
                        &page.path(),
                        format!("no article has the tag `{}`", tag.trim()),
                    )
                    .at_item("up_next", written)
                    .help(help),
                ),
            },
        }
    }
    wishes
}

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

/// An article's place among those that are ranked.
fn place(ids: &[PageId], page: PageId) -> Option<u32> {
    ids.binary_search(&page).ok().map(|place| place as u32)
}

/// The list before it is balanced: what was chosen, what was ranked, and the newest where that is little.
fn draft(
    site: &Site,
    ids: &[PageId],
    article: usize,
    (wishes, nowhere): (&Wishes, &Refusal),
    ranking: &Ranking<'_>,
    newest: impl Iterator<Item = u32> + Clone,
) -> Draft {
    let id = ids[article];
    let place = |page: PageId| ids.binary_search(&page).ok().map(|place| place as u32);
    let mut entries = Vec::with_capacity(wishes.count + SPARE);
    let chosen = chosen(site, id, wishes).into_iter();
    entries.extend(chosen.filter_map(|(page, _)| place(page)));
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

fn finish(
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
