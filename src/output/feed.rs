//! Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1, for the site with full text, for each
//! tag and author with summaries.

use super::inputs::Inputs;
use super::{Job, Output, Planner, Rendered, Subject, View, body, json_feed};
use crate::diagnostic::Diagnostic;
use crate::escape;
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
pub(super) struct Feed<'a> {
    pub(super) title: String,
    pub(super) home: Permalink,
    articles: &'a [PageId],
    /// With the articles' whole text.
    pub(super) full: bool,
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
        false => atom(view, job, &feed, &newest),
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

fn atom(
    view: &View<'_>,
    job: &Job,
    feed: &Feed<'_>,
    newest: &[PageId],
) -> Result<Rendered, Box<Diagnostic>> {
    let (site, base) = (view.site, &view.config.base_url);
    let home = escape::xml(&base.absolute(&feed.home));
    let own = escape::xml(&base.absolute(&job.permalink));
    let latest = newest
        .iter()
        .filter_map(|id| site.page(*id).updated.or(site.page(*id).date))
        .max();
    let updated = latest.map_or("1970-01-01T00:00:00Z".to_owned(), |date| date.rfc3339());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{home}</id>\n<link href=\"{home}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n<updated>{updated}</updated>\n",
        view.config.language,
        escape::xml(&feed.title),
    );
    for id in newest {
        let page = site.page(*id);
        let url = escape::xml(&base.absolute(&page.permalink));
        let Some(date) = page.date else { continue };
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>\n<published>{}</published>\n<updated>{}</updated>\n",
            escape::xml(&page.title),
            date.rfc3339(),
            page.updated.unwrap_or(date).rfc3339(),
        ));
        let places = &site.places[id.index()];
        for author in &places.authors {
            out.push_str(&format!(
                "<author><name>{}</name></author>\n",
                escape::xml(&site.authors[*author].name)
            ));
        }
        if places.authors.is_empty() {
            // RFC 4287 wants an author for every entry.
            out.push_str(&format!(
                "<author><name>{}</name></author>\n",
                escape::xml(&view.config.title)
            ));
        }
        for tag in &places.tags {
            out.push_str(&format!(
                "<category term=\"{}\"/>\n",
                escape::xml(&site.tags[*tag].name)
            ));
        }
        out.push_str(&format!(
            "<summary>{}</summary>\n",
            escape::xml(page.description())
        ));
        if feed.full {
            let html = body::fill(view, *id, true)?;
            out.push_str(&format!(
                "<content type=\"html\">{}</content>\n",
                escape::xml(&html)
            ));
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    Ok(out.into())
}
