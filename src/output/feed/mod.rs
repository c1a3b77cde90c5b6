//! Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1, and RSS 2.0 for who wants it; for the site with full
//! text, for each tag and author with summaries.

mod atom;
mod json_feed;
mod rss;

use super::{Job, Output, Planner, Rendered, Subject, View, body, icons};
use crate::diagnostic::Diagnostic;
use crate::link::former::address;
use crate::model::date::Date;
use crate::model::page::PageId;
use crate::model::url::Permalink;
use crate::parse::apart;

pub(super) const OUTPUT: Output = Output {
    name: "feed",
    plan,
    render,
};

const ATOM: &str = "feed.xml";
const JSON: &str = "feed.json";
const RSS: &str = "rss.xml";

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let feeds = &planner.config.feeds;
    if feeds.size == 0 {
        return;
    }
    let mut all = |place: &Permalink, subject| {
        jobs.push(Job::new(place.join(ATOM), "a feed", subject));
        jobs.push(Job::new(place.join(JSON), "a feed", subject));
        if feeds.rss {
            jobs.push(Job::new(place.join(RSS), "a feed", subject));
        }
    };
    all(&Permalink::root(), Subject::Site);
    if feeds.each {
        for (number, tag) in planner.site.tags.iter().enumerate() {
            all(&tag.permalink, Subject::Tag(number));
        }
        for (number, author) in planner.site.authors.iter().enumerate() {
            all(&author.permalink, Subject::Author(number));
        }
    }
}

/// What a feed is of.
struct Feed {
    title: String,
    /// What it is about.
    subtitle: String,
    home: Permalink,
    newest: Vec<PageId>,
    /// With the articles' whole text.
    full: bool,
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let feed = feed(view, job);
    match job.permalink.as_str().rsplit('/').next() {
        Some(JSON) => json_feed::of(view, job, &feed),
        Some(RSS) => rss::of(view, job, &feed),
        _ => atom::of(view, job, &feed),
    }
}

/// The feed that a job makes.
fn feed(view: &View<'_>, job: &Job) -> Feed {
    let site = view.site;
    let (name, page, home, articles) = match job.subject {
        Subject::Tag(n) => {
            let tag = site.tag(n);
            let home = tag.permalink.clone();
            (Some(&tag.name), tag.page, home, &tag.articles[..])
        }
        Subject::Author(n) => {
            let author = site.author(n);
            let home = author.permalink.clone();
            (Some(&author.name), author.page, home, &author.articles[..])
        }
        _ => (None, None, Permalink::root(), site.articles()),
    };
    let page = page.map(|id| site.page(id));
    let bio = page.and_then(|page| page.front.bio.as_ref());
    let subtitle = match (name, bio) {
        (None, _) => view.config.description.as_str(),
        (_, Some(bio)) => &bio.0,
        _ => page.map_or("", |page| page.description()),
    };
    let title = &view.config.title;
    Feed {
        title: name.map_or(title.clone(), |name| format!("{name} – {title}")),
        subtitle: subtitle.to_owned(),
        home,
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
fn latest(view: &View<'_>, feed: &Feed) -> Option<Date> {
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
