//! Which pages are published on the build's day. What is not stays known, so that a link to it is told
//! from a link to nothing.

use super::{Options, withheld};
use crate::model::date::{Date, Now};
use crate::model::page::{Kind, Page};
use crate::model::site::Skipped;

/// Why a page is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// `draft: true`.
    Draft,
    /// Dated after the build's day, or its moment.
    Scheduled,
    /// Its day or moment to expire has come.
    Expired,
    /// It could not be read; its own mistakes are told already.
    Broken,
}

impl Status {
    /// In a message: "a draft".
    pub fn words(self) -> &'static str {
        match self {
            Status::Draft => "a draft",
            Status::Scheduled => "not published yet",
            Status::Expired => "expired",
            Status::Broken => "broken",
        }
    }
}

/// A page that is not published, with as much as references need.
#[derive(Debug)]
pub struct Unpublished {
    /// The file, relative to `content/`.
    pub source: String,
    /// Its path without its language, where that is another.
    pub bare: Option<Box<str>>,
    /// The last part of the address it would have.
    pub slug: String,
    /// Its title, which may be empty.
    pub title: String,
    /// Its address, were it published.
    pub url: String,
    /// The files of `content/` that it uses, by their places in the list of assets.
    pub files: Vec<usize>,
    /// Why not.
    pub status: Status,
}

impl Unpublished {
    /// The file's path without its language.
    pub fn bare(&self) -> &str {
        self.bare.as_deref().unwrap_or(&self.source)
    }

    /// What to do about something that leads here. `later` is what a build does once it is published.
    pub fn help(&self, later: &str) -> String {
        match self.status {
            Status::Expired => format!(
                "it is over: take it out here, or move `expires` in content/{}",
                self.source
            ),
            _ => format!("nothing to do: a build on a day when it is published {later}"),
        }
    }
}

/// Takes apart what is published and what is not.
pub(super) fn split(
    mut pages: Vec<Page>,
    options: &Options<'_>,
) -> (Vec<Page>, Vec<Unpublished>, Skipped) {
    let mut unpublished = Vec::new();
    let mut skipped = Skipped::default();
    for page in pages.extract_if(.., |page| status(page, options).is_some()) {
        let Some(status) = status(&page, options) else {
            continue;
        };
        match status {
            Status::Draft => skipped.drafts.push(page.source.clone()),
            Status::Scheduled => skipped.scheduled.push(page.source.clone()),
            Status::Expired => skipped.expired.push(page.source.clone()),
            Status::Broken => {}
        }
        let url = page.permalink.as_str().to_owned();
        let slug = url
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        unpublished.push(Unpublished {
            files: withheld::files(&page, options.assets),
            source: page.source,
            bare: page.bare,
            slug,
            title: page.title,
            url,
            status,
        });
    }
    let languages = &options.config.languages;
    let placed = options
        .broken
        .iter()
        .map(|source| (source, languages.place(source)));
    let own = placed.filter(|(_, placed)| placed.language == options.config.edition);
    unpublished.extend(own.map(|(source, placed)| Unpublished {
        source: source.clone(),
        bare: (*placed.bare != **source).then(|| placed.bare.as_ref().into()),
        slug: String::new(),
        title: String::new(),
        url: String::new(),
        files: Vec::new(),
        status: Status::Broken,
    }));
    (pages, unpublished, skipped)
}

fn status(page: &Page, options: &Options<'_>) -> Option<Status> {
    if page.kind == Kind::Home {
        return None;
    }
    if page.front.draft == Some(true) && !options.drafts {
        return Some(Status::Draft);
    }
    match of_dates(page, options.now) {
        Some(Status::Scheduled) if options.future => None,
        status => status,
    }
}

/// Why a page is not published at a moment; none where it is.
pub fn of(page: &Page, now: Now) -> Option<Status> {
    match page.kind {
        Kind::Home => None,
        _ if page.front.draft == Some(true) => Some(Status::Draft),
        _ => of_dates(page, now),
    }
}

fn of_dates(page: &Page, now: Now) -> Option<Status> {
    if page.expires.is_some_and(|date| !date.is_after(now)) {
        return Some(Status::Expired);
    }
    let later = page.date.is_some_and(|date| date.is_after(now));
    later.then_some(Status::Scheduled)
}

/// The next moment at which a page is published or expires by its time of day, in seconds since 1970.
pub(super) fn turns(pages: &[Page], now: Now) -> Option<i64> {
    let dates = pages.iter().flat_map(|page| [page.date, page.expires]);
    let moments = dates.flatten().filter_map(Date::second);
    moments.filter(|second| *second > now.second).min()
}
