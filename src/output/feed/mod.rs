//! Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1, for the site with full text, for each
//! tag and author with summaries.

mod atom;
mod json_feed;

use super::inputs::Inputs;
use super::{Job, Output, Planner, Rendered, Subject, View};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Mix;
use crate::model::page::PageId;
use crate::model::url::Permalink;

pub(super) const OUTPUT: Output = Output {
    name: "feed",
    plan,
    inputs,
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
struct Feed<'a> {
    title: String,
    home: Permalink,
    articles: &'a [PageId],
    /// With the articles' whole text.
    full: bool,
}

fn inputs(view: &View<'_>, inputs: &Inputs, job: &Job) -> Option<Mix> {
    let mut mix = inputs.of_list(job);
    for id in newest(view, &feed(view, job)) {
        inputs.add_body(view.site, id, &mut mix);
    }
    Some(mix)
}

fn render(view: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    let feed = feed(view, job);
    let newest = newest(view, &feed);
    match job.permalink.as_str().ends_with(JSON) {
        true => json_feed::of(view, job, &feed, &newest),
        false => atom::of(view, job, &feed, &newest),
    }
}

/// The feed that a job makes.
fn feed<'a>(view: &View<'a>, job: &Job) -> Feed<'a> {
    let site = view.site;
    let named = |name: &str| format!("{name} – {}", view.config.title);
    match job.subject {
        Subject::Tag(n) => {
            let tag = &site.tags[n];
            Feed {
                title: named(&tag.name),
                home: tag.permalink.clone(),
                articles: &tag.articles,
                full: false,
            }
        }
        Subject::Author(n) => {
            let author = &site.authors[n];
            Feed {
                title: named(&author.name),
                home: author.permalink.clone(),
                articles: &author.articles,
                full: false,
            }
        }
        _ => Feed {
            title: view.config.title.clone(),
            home: Permalink::root(),
            articles: &site.articles,
            full: true,
        },
    }
}

/// The articles that stand in a feed.
fn newest(view: &View<'_>, feed: &Feed<'_>) -> Vec<PageId> {
    let site = view.site;
    let dated = feed
        .articles
        .iter()
        .copied()
        .filter(|id| site.page(*id).date.is_some());
    let listed = dated.filter(|id| site.page(*id).front.noindex != Some(true));
    listed.take(view.config.feeds.size).collect()
}
