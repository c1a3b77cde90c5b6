//! Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1, and RSS 2.0 for who wants it; for the site with full
//! text, for each tag, author and other term with summaries.

mod atom;
mod json_feed;
mod rss;

use borsh::BorshSerialize;

use super::{Job, Planner, Rendered, Subject, View, body, icons};
use crate::diagnostic::Diagnostic;
use crate::link::former::address;
use crate::model::date::Date;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::Term;
use crate::model::url::Permalink;
use crate::parse::apart;

/// A feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub struct Feed {
    /// Whose articles it has; none for all.
    term: Option<Id<Term>>,
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
enum Format {
    Atom,
    Json,
    Rss,
}

impl Format {
    fn file(self) -> &'static str {
        match self {
            Format::Atom => "feed.xml",
            Format::Json => "feed.json",
            Format::Rss => "rss.xml",
        }
    }
}

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let feeds = &planner.config.feeds;
    if feeds.size == 0 {
        return;
    }
    let formats = [Format::Atom, Format::Json, Format::Rss];
    let formats = &formats[..if feeds.rss { 3 } else { 2 }];
    let mut all = |home: &Permalink, term| {
        for format in formats.iter().copied() {
            let subject = Subject::Feed(Feed { term, format });
            jobs.push(Job::new(home.join(format.file()), "a feed", subject));
        }
    };
    all(&planner.config.home(), None);
    if feeds.each {
        for (id, term) in planner.site.terms.entries() {
            all(&term.permalink, Some(id));
        }
    }
}

/// What stands in a feed.
struct Contents {
    title: String,
    /// What it is about.
    subtitle: String,
    home: Permalink,
    newest: Vec<PageId>,
    /// With the articles' whole text.
    full: bool,
}

pub(super) fn render(view: &View<'_>, job: &Job, feed: Feed) -> Result<Rendered, Box<Diagnostic>> {
    let contents = contents(view, feed.term);
    match feed.format {
        Format::Atom => atom::of(view, job, &contents),
        Format::Json => json_feed::of(view, job, &contents),
        Format::Rss => rss::of(view, job, &contents),
    }
}

/// What stands in the feed of a term, or in the site's.
fn contents(view: &View<'_>, term: Option<Id<Term>>) -> Contents {
    let site = view.site;
    let term = term.map(|id| site.term(id));
    let name = term.map(|term| &term.name);
    let articles = term.map_or_else(|| site.articles(), |term| &term.articles);
    let page = term.and_then(|term| term.page).map(|id| site.page(id));
    let bio = page.and_then(|page| page.front.bio.as_ref());
    let subtitle = match (name, bio) {
        (None, _) => view.config.description.as_str(),
        (_, Some(bio)) => &bio.0,
        _ => page.map_or("", |page| page.description()),
    };
    let title = &view.config.title;
    Contents {
        title: name.map_or(title.clone(), |name| format!("{name} – {title}")),
        subtitle: subtitle.to_owned(),
        home: term.map_or_else(|| view.config.home(), |term| term.permalink.clone()),
        newest: newest(view, articles),
        full: name.is_none(),
    }
}

/// The id of an article's entry, which stays when the article moves (RFC 4287, 4.2.6): the oldest address that it had.
fn entry_id(view: &View<'_>, id: PageId) -> String {
    let page = view.site.page(id);
    let aliases = &page.front.aliases.0;
    let oldest = aliases.first().and_then(|alias| address(alias).ok());
    let oldest = oldest.as_ref().unwrap_or(&page.permalink);
    view.config.base_url.absolute(oldest)
}

/// Those of some articles that stand in their feed.
fn newest(view: &View<'_>, articles: &[PageId]) -> Vec<PageId> {
    let site = view.site;
    let articles = articles.iter().copied();
    let dated = articles.filter(|id| site.page(*id).date.is_some());
    let listed = dated.filter(|id| site.page(*id).front.noindex != Some(true));
    listed.take(view.config.feeds.size).collect()
}

/// When something of a feed was last changed; nothing where none of it is dated.
fn latest(view: &View<'_>, feed: &Contents) -> Option<Date> {
    let pages = feed.newest.iter().map(|id| view.site.page(*id));
    pages.filter_map(|page| page.updated.or(page.date)).max()
}

/// The full address of an icon of the site, of the files that are there the first.
fn icon(view: &View<'_>, names: &[&str]) -> Option<String> {
    let own = |name: &&str| icons::own_file(view.site.assets(), view.config, name);
    let icon = names.iter().find_map(own)?;
    Some(view.config.base_url.absolute_href(&icon))
}

/// An article's whole text. Several stand on one page of a reader, where each needs ids of its own.
fn text(view: &View<'_>, id: PageId) -> Result<String, Box<Diagnostic>> {
    let permalink = &view.site.page(id).permalink;
    let html = body::fill(view, id, true)?;
    let url = view.config.base_url.absolute(permalink);
    let own = format!("{}/", permalink.as_str().trim_matches('/'));
    Ok(apart(&html, &own, &url))
}
