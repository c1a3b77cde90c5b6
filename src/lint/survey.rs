//! Holds what lints see: the whole site, and one page with its text.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::prose::sketch::Sketch;
use super::prose::{self, Prose};
use super::{Lint, near_duplicate};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::link::reach::Reach;
use crate::model::date::Day;
use crate::model::page::{Page, PageId};
use crate::model::site::{Site, Target};
use crate::output::theme::Theme;
use crate::parse;
use crate::parse::manuscript::{LinkStyle, Manuscript, WrittenLink};

/// The whole site, as lints see it.
pub struct Survey<'a> {
    /// The linked pages.
    pub site: &'a Site,
    /// The same in all the site's languages, in their order.
    pub all: Vec<&'a Site>,
    /// Its configuration.
    pub config: &'a Config,
    /// Its language's primary subtag, such as `en`, in lower case.
    pub language: String,
    /// By the keys of taxonomies in front matter: how each term is written most often, by what its spellings share.
    pub spellings: BTreeMap<String, BTreeMap<String, String>>,
    /// Its theme.
    pub theme: &'a Theme,
    /// The build's day.
    pub today: Day,
    /// How readers get from the home page to each page.
    pub reach: Reach,
    /// By page: what lints of the site need to know of its text.
    pub notes: Vec<Notes>,
    /// The files of `content/` that are copied, in the order of [`Site::assets`]: path and bytes.
    pub assets: Vec<(String, u64)>,
    /// Other texts that can name the site's files, with their paths from its root: `site.toml`, articles that are not
    /// published, files of text that are copied.
    pub texts: Vec<(String, String)>,
}

/// What is kept of a page's text while the others are read.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// The links that lead to other sites.
    pub elsewhere: Vec<Elsewhere>,
    /// The raw HTML.
    pub html: String,
    /// What the text shares with others is seen by this; empty where no lint asks.
    pub sketch: Sketch,
}

/// A link that leads to another site.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    /// Where to.
    pub url: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Those of them that are just the URL, where it is written as it is meant.
    pub bytes: Option<Range<usize>>,
}

/// One page and its text, as lints see them.
pub struct Reading<'a> {
    /// The whole site.
    pub survey: &'a Survey<'a>,
    /// Which page.
    pub id: PageId,
    /// The page.
    pub page: &'a Page,
    /// Its file, relative to the site's root, as messages name it.
    pub path: String,
    /// The whole file.
    pub text: &'a str,
    /// Its body.
    pub manuscript: Manuscript,
    /// See [`Reading::prose`].
    cut: OnceCell<Prose>,
    /// Where each of the page's links starts: its number among them.
    links: OnceCell<BTreeMap<usize, usize>>,
}

impl<'a> Reading<'a> {
    /// A page, and what its file holds.
    pub(super) fn new(
        survey: &'a Survey<'a>,
        id: PageId,
        text: &'a str,
        manuscript: Manuscript,
    ) -> Reading<'a> {
        let page = survey.site.page(id);
        Reading {
            survey,
            id,
            page,
            path: page.path(),
            text,
            manuscript,
            cut: OnceCell::new(),
            links: OnceCell::new(),
        }
    }

    /// What a link of the manuscript leads to; none where it leads to another site.
    pub fn target(&self, link: &WrittenLink) -> Option<&Target> {
        let links = self.links.get_or_init(|| {
            let starts = self.page.links.iter().map(|link| link.span.start);
            starts.zip(0..).collect()
        });
        let at = *links.get(&link.span.start)?;
        self.survey.site.targets[self.id.index()].get(at)
    }

    /// Its running text in sentences: cut once, for all lints.
    pub fn prose(&self) -> &Prose {
        self.cut.get_or_init(|| Prose::new(&self.manuscript))
    }

    /// A finding in this page; where in it, [`Diagnostic::at`] and the others say.
    pub fn found(&self, lint: &Lint, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(lint.code, &self.path, message)
    }
}

/// What is kept of a page, where these lints are wanted.
pub(super) fn notes(reading: &Reading<'_>, wanted: &[&Lint]) -> Notes {
    let is_elsewhere =
        |link: &&WrittenLink| link.style != LinkStyle::Wiki && parse::is_of_the_web(&link.dest);
    let links = reading.manuscript.links.iter().filter(is_elsewhere);
    let mut elsewhere: Vec<Elsewhere> = links
        .map(|link| Elsewhere {
            url: link.dest.clone(),
            span: link.span.clone(),
            bytes: written_at(reading.text, &link.span, &link.dest),
        })
        .collect();
    for (html, span) in &reading.manuscript.html {
        for (url, bytes) in parse::links_elsewhere(html) {
            let span = span.start + bytes.start..span.start + bytes.end;
            let bytes = written_at(reading.text, &span, &url);
            elsewhere.push(Elsewhere { url, span, bytes });
        }
    }
    let html = reading.manuscript.html.iter();
    let compares = |lint: &&Lint| lint.code == near_duplicate::LINT.code;
    let sketched = wanted.iter().any(compares) && near_duplicate::is_compared(reading.page);
    let has_spaces = prose::has_spaces(&reading.survey.language);
    Notes {
        elsewhere,
        html: html.map(|(html, _)| html.as_str()).collect(),
        sketch: match sketched {
            true => Sketch::new(&reading.manuscript, has_spaces),
            false => Sketch::default(),
        },
    }
}

/// The bytes within `span` that are just `url`: the last ones, as a link's words can be its address.
fn written_at(text: &str, span: &Range<usize>, url: &str) -> Option<Range<usize>> {
    let at = span.start + text.get(span.clone())?.rfind(url)?;
    Some(at..at + url.len())
}
