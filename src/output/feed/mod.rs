//! Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1, for the site with full text, for each
//! tag and author with summaries.

mod atom;
mod json_feed;

use super::{Job, Output, Planner, Rendered, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::link::former::address;
use crate::model::page::PageId;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "feed",
    plan,
    render,
};

const ATOM: &str = "feed.xml";
const JSON: &str = "feed.json";

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let feeds = &planner.config.feeds;
    if feeds.size == 0 {
        return;
    }
    let mut both = |place: &Permalink, subject| {
        jobs.push(Job::new(place.join(ATOM), "a feed", subject));
        jobs.push(Job::new(place.join(JSON), "a feed", subject));
    };
    both(&Permalink::root(), Subject::Site);
    if feeds.each {
        for (number, tag) in planner.site.tags.iter().enumerate() {
            both(&tag.permalink, Subject::Tag(number));
        }
        for (number, author) in planner.site.authors.iter().enumerate() {
            both(&author.permalink, Subject::Author(number));
        }
    }
}

/// What a feed is of.
struct Feed {
    title: String,
    home: Permalink,
    newest: Vec<PageId>,
    /// With the articles' whole text.
    full: bool,
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let feed = feed(view, job);
    match job.permalink.as_str().ends_with(JSON) {
        true => json_feed::of(view, job, &feed),
        false => atom::of(view, job, &feed),
    }
}

/// The feed that a job makes.
fn feed(view: &View<'_>, job: &Job) -> Feed {
    let site = view.site;
    let (name, home, articles) = match job.subject {
        Subject::Tag(n) => {
            let tag = site.tag(n);
            (Some(&tag.name), tag.permalink.clone(), &tag.articles[..])
        }
        Subject::Author(n) => {
            let author = site.author(n);
            let home = author.permalink.clone();
            (Some(&author.name), home, &author.articles[..])
        }
        _ => (None, Permalink::root(), site.articles()),
    };
    let title = &view.config.title;
    Feed {
        title: name.map_or(title.clone(), |name| format!("{name} – {title}")),
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
