//! What to read next, for every article, from the whole site at once: what the author pinned, the guide's
//! next step, then what the engine ranks, balanced over the site. Templates only show it.

mod balance;
mod before;
mod engine;
mod index;
mod numbers;
mod reason;
mod signals;
mod vectors;

use borsh::BorshSerialize;
use rayon::prelude::*;

use crate::config::{self, Config, Scope};
use crate::diagnostic::{Diagnostic, nearest};
use crate::fingerprint::{Fingerprint, Mix};
use crate::link::Options;
use crate::link::reference::{Found, Index, published};
use crate::model::page::{PageId, Terms};
use crate::model::site::{Reason, Site, UpNext};
use crate::model::slug::fold;
use balance::Draft;
use engine::Ranking;

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
        self.pages.contains(&id)
            || site.places[id.index()]
                .tags
                .iter()
                .any(|tag| self.tags.contains(tag))
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

/// Makes the lists of all articles.
///
/// `terms` are those of all pages, in order.
pub(super) fn build(
    site: &Site,
    terms: Vec<Terms>,
    index: Index<'_>,
    options: &Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Lists {
    let config = options.config;
    let ids = site.articles_by_file();
    let nowhere = refused_everywhere(site, &index, config, diagnostics);
    let wishes: Vec<Wishes> = ids
        .iter()
        .map(|id| wishes(site, *id, &index, config, diagnostics))
        .collect();
    // Nobody asks for a name from here on, and ranking takes room.
    drop(index);
    let mut wanted = Mix::default();
    wanted.add(&(&wishes, &nowhere));
    let wanted = wanted.finish();
    let key = before::key(site, options, wanted, &|page| page.fingerprint);
    if let Some(before) = options.before
        && before::holds(before, site, &terms, (key, wanted), options)
    {
        return Lists {
            shown: before.shown.to_vec(),
            missed: Vec::new(),
            refused: before.refused.to_vec(),
            key,
        };
    }
    let terms: Vec<Terms> = terms
        .into_iter()
        .zip(site.ids())
        .filter(|(_, id)| ids.binary_search(id).is_ok())
        .map(|(terms, _)| terms)
        .collect();
    let most = wishes.iter().map(|w| w.count).max().unwrap_or(0);
    let ranking = engine::rank(site, &ids, terms, &config.up_next.weights, (most, SPARE));
    let mut drafts: Vec<Draft> = ids
        .par_iter()
        .enumerate()
        .map(|(article, _)| draft(site, &ids, article, &wishes[article], &nowhere, &ranking))
        .collect();
    let near: Vec<Vec<u32>> = ranking
        .lists
        .iter()
        .map(|list| list.iter().map(|ranked| ranked.article).collect())
        .collect();
    let unwanted: Vec<bool> = ids.iter().map(|id| nowhere.covers(site, *id)).collect();
    let allows = |host: usize, article: u32| {
        let is_duplicate = ranking.duplicates[host].contains(&article);
        !is_duplicate && wishes[host].allow(site, ids[host], ids[article as usize])
    };
    balance::balance(&mut drafts, &near, &unwanted, &allows);
    let made: Vec<(Vec<UpNext>, Vec<UpNext>)> = drafts
        .par_iter()
        .enumerate()
        .map(|(article, draft)| {
            let missed = if options.missed { MISSED } else { 0 };
            finish(
                site,
                &ids,
                article,
                (draft, missed),
                &wishes[article],
                &ranking,
            )
        })
        .collect();
    let pages = site.pages.len();
    let mut lists = Lists {
        shown: vec![Vec::new(); pages],
        missed: vec![Vec::new(); pages],
        refused: Vec::new(),
        key,
    };
    for ((id, (shown, missed)), refused) in ids.iter().zip(made).zip(unwanted) {
        lists.shown[id.index()] = shown;
        lists.missed[id.index()] = missed;
        lists.refused.extend(refused.then_some(*id));
    }
    lists
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

/// The list before it is balanced: what was chosen, what was ranked, and the newest where that is little.
fn draft(
    site: &Site,
    ids: &[PageId],
    article: usize,
    wishes: &Wishes,
    nowhere: &Refusal,
    ranking: &Ranking<'_>,
) -> Draft {
    let id = ids[article];
    let place = |page: PageId| ids.binary_search(&page).ok().map(|place| place as u32);
    let mut entries: Vec<u32> = chosen(site, id, wishes)
        .into_iter()
        .filter_map(|(page, _)| place(page))
        .collect();
    entries.truncate(wishes.count);
    let fixed = entries.len();
    let newest = site
        .articles
        .iter()
        .take(wishes.count + SPARE)
        .filter_map(|newest| place(*newest));
    let ranked = ranking.lists[article].iter().map(|ranked| ranked.article);
    // What the page leads to by its guide anyway comes last: a hub's steps, and a step's hub.
    let (shown_already, new): (Vec<u32>, Vec<u32>) = ranked
        .chain(newest)
        .partition(|other| is_hub_and_step(site, id, ids[*other as usize]));
    for other in new.into_iter().chain(shown_already) {
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

/// Whether one of the two is a guide's hub and the other a step of it.
fn is_hub_and_step(site: &Site, a: PageId, b: PageId) -> bool {
    let is_step = |hub: PageId, step: PageId| {
        site.places[step.index()]
            .steps
            .iter()
            .any(|(guide, _)| site.guides[*guide].hub == hub)
    };
    is_step(a, b) || is_step(b, a)
}

fn finish(
    site: &Site,
    ids: &[PageId],
    article: usize,
    (draft, missed): (&Draft, usize),
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
            parts,
            lifted: draft.lifted.contains(place),
            reason,
        }
    };
    let mut all = draft.entries.iter().enumerate().map(entry);
    let shown = all.by_ref().take(wishes.count).collect();
    (shown, all.take(missed).collect())
}
