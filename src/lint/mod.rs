//! What could be better on a site that can be built: one lint a file, [`LINTS`] is all of them. A lint reads pages, the
//! site and the author's own text, and gives diagnostics; how bad they are, the table and `site.toml` say. The head of
//! a lint's file is its page in `docs/lints.md`.

mod bare_url;
mod build;
mod dead_external;
mod dead_external_anchor;
mod description_length;
mod duplicate_description;
mod duplicate_title;
mod future_updated;
mod heading_order;
mod link_suggestion;
mod link_text;
mod link_to_redirect;
mod linked_twice;
mod long_paragraph;
mod long_sentence;
mod missing_alt;
mod missing_bio;
mod missing_image;
mod missing_tags;
mod missing_takeaways;
mod moved_external;
mod near_duplicate;
mod no_way_in;
mod no_way_out;
mod oversized_image;
mod passive_voice;
mod placeholder_text;
pub mod prose;
mod reading_ease;
mod redirect_chain;
mod repeated_start;
mod several_h1;
mod stale;
mod step_without_hub;
pub mod tag_spelling;
mod tag_used_once;
mod tag_variants;
mod title_length;
mod uncredited_image;
mod untidy_front_matter;
mod untranslated_strings;
mod unused_image;
mod useless_alt;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::config::check::Level;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::error::Error;
use crate::link::reach::Reach;
use crate::model::date::Day;
use crate::model::page::{Page, PageId};
use crate::model::site::{Site, Target};
use crate::output::theme::Theme;
use crate::parse;
use crate::parse::manuscript::{LinkStyle, Manuscript, WrittenLink};
use prose::Prose;
use prose::sketch::Sketch;

/// A lint.
#[derive(Clone, Copy)]
pub struct Lint {
    /// Its short, stable name, such as `link-text`.
    pub code: &'static str,
    /// What it is about.
    pub group: Group,
    /// How bad it is, where `site.toml` says nothing.
    pub level: Level,
    /// How it looks.
    pub check: Check,
    /// Its file: the head is its manual page. Of what each build finds, the page itself, indented.
    pub source: &'static str,
}

/// What lints are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What leads where.
    Links,
    /// What stands on the page.
    Words,
    /// Pictures, redirects, the theme.
    Site,
}

/// How a lint looks.
#[derive(Clone, Copy)]
pub enum Check {
    /// At one page after the other, in any order.
    Page(fn(&Reading<'_>, &mut Vec<Diagnostic>)),
    /// At the whole site, once.
    Site(fn(&Survey<'_>, &mut Vec<Diagnostic>)),
    /// Not at all: each build finds it.
    Build,
    /// Not at all: it is looked for where this flag asks for it.
    Asked(&'static str),
}

/// What looks beyond a build, by group. To add a lint, add a file and its line here.
const OWN: &[Lint] = &[
    // Links.
    bare_url::LINT,
    dead_external::LINT,
    dead_external_anchor::LINT,
    link_suggestion::LINT,
    link_text::LINT,
    link_to_redirect::LINT,
    linked_twice::LINT,
    moved_external::LINT,
    no_way_in::LINT,
    no_way_out::LINT,
    step_without_hub::LINT,
    // Words.
    description_length::LINT,
    duplicate_description::LINT,
    duplicate_title::LINT,
    future_updated::LINT,
    heading_order::LINT,
    long_paragraph::LINT,
    long_sentence::LINT,
    missing_alt::LINT,
    missing_image::LINT,
    missing_tags::LINT,
    missing_takeaways::LINT,
    near_duplicate::LINT,
    passive_voice::LINT,
    placeholder_text::LINT,
    reading_ease::LINT,
    repeated_start::LINT,
    several_h1::LINT,
    stale::LINT,
    tag_spelling::LINT,
    tag_used_once::LINT,
    tag_variants::LINT,
    title_length::LINT,
    untidy_front_matter::LINT,
    useless_alt::LINT,
    // The site.
    missing_bio::LINT,
    oversized_image::LINT,
    redirect_chain::LINT,
    uncredited_image::LINT,
    untranslated_strings::LINT,
    unused_image::LINT,
];

/// Every lint: those that look beyond a build, and what each build finds.
pub const LINTS: &[Lint] = &joined();

const COUNT: usize = {
    let [links, words, site] = build::FOUND;
    OWN.len() + links.len() + words.len() + site.len()
};

const fn joined() -> [Lint; COUNT] {
    let mut all = [OWN[0]; COUNT];
    let [links, words, site] = build::FOUND;
    let lists = [OWN, links, words, site];
    let (mut at, mut list) = (0, 0);
    while list < lists.len() {
        let mut from = 0;
        while from < lists[list].len() {
            all[at] = lists[list][from];
            (at, from) = (at + 1, from + 1);
        }
        list += 1;
    }
    all
}

/// Every lint as the manual lists them: by group, those that each build finds last, by code.
pub fn in_order() -> Vec<&'static Lint> {
    let mut all: Vec<&Lint> = LINTS.iter().collect();
    all.sort_by_key(|lint| (lint.group, lint.is_of_build(), lint.code));
    all
}

/// The whole site, as lints see it.
pub struct Survey<'a> {
    /// The linked pages.
    pub site: &'a Site,
    /// Its configuration.
    pub config: &'a Config,
    /// Its language's primary subtag, such as `en`, in lower case.
    pub language: String,
    /// How each tag is written most often, by what its spellings share.
    pub spellings: BTreeMap<String, String>,
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
}

impl Reading<'_> {
    /// What a link of the manuscript leads to; none where it leads to another site.
    pub fn target(&self, link: &WrittenLink) -> Option<&Target> {
        let links = &self.page.links;
        let at = links
            .iter()
            .position(|known| known.span.start == link.span.start)?;
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

/// Gives the bytes of a page's file.
pub type Read<'a> = &'a (dyn Fn(PageId) -> Result<Vec<u8>, Error> + Sync);

/// How bad each lint's findings are on this site, in the order of [`LINTS`], and what is wrong with what `site.toml`
/// and pages say of lints.
pub fn levels(config: &Config, site: &Site) -> (Vec<Level>, Vec<Diagnostic>) {
    let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    let mut wrong = Vec::new();
    let mut check = |code: &str, path: &str, key: &str| {
        if !codes.contains(&code) {
            let error =
                Diagnostic::error("unknown-lint", path, format!("there is no lint `{code}`"));
            let mut error = error.at_item(key, code);
            error.help =
                did_you_mean(code, &codes).or_else(|| Some("docs/lints.md lists them all".into()));
            wrong.push(error);
        }
    };
    for code in config.check.lints.keys() {
        check(code, config::FILE, "check.lints");
    }
    for page in site.pages.iter() {
        for code in &page.front.skip_lints.0 {
            check(code, &page.path(), "skip_lints");
        }
    }
    wrong.extend(config.check.lints.iter().filter_map(too_mild));
    let level = |lint: &Lint| {
        config
            .check
            .lints
            .get(lint.code)
            .copied()
            .unwrap_or(lint.level)
    };
    (LINTS.iter().map(level).collect(), wrong)
}

/// What a build calls an error stays one, and `site.toml` should not say otherwise.
fn too_mild((code, level): (&String, &Level)) -> Option<Diagnostic> {
    let lint = LINTS.iter().find(|lint| lint.code == code)?;
    let stays = lint.is_of_build() && lint.level == Level::Error && *level != Level::Error;
    let message = format!("`{code}` stops each build, and so it stays an error");
    stays.then(|| {
        Diagnostic::error("config", config::FILE, message)
            .at_item("check.lints", code)
            .help("take this line out")
    })
}

/// Runs every lint whose level is not off, on all threads. The survey's notes are filled on the way.
///
/// # Errors
/// A file that was read before cannot be read again.
pub fn run(
    survey: &mut Survey<'_>,
    read: Read<'_>,
    levels: &[Level],
) -> Result<Vec<Diagnostic>, Error> {
    let wanted: Vec<&Lint> = LINTS
        .iter()
        .zip(levels)
        .filter(|(_, level)| **level != Level::Off)
        .map(|(lint, _)| lint)
        .collect();
    let ids: Vec<PageId> = survey.site.ids().collect();
    let seen: Vec<(Notes, Vec<Diagnostic>)> = ids
        .par_iter()
        .map(|id| Ok(page(survey, *id, &read(*id)?, &wanted)))
        .collect::<Result<_, Error>>()?;
    let mut found = Vec::new();
    for (notes, diagnostics) in seen {
        survey.notes.push(notes);
        found.extend(diagnostics);
    }
    for lint in wanted {
        if let Check::Site(check) = lint.check {
            check(survey, &mut found);
        }
    }
    Ok(found)
}

/// Reads one page and runs the lints of pages over it.
fn page(
    survey: &Survey<'_>,
    id: PageId,
    bytes: &[u8],
    wanted: &[&Lint],
) -> (Notes, Vec<Diagnostic>) {
    let page = survey.site.page(id);
    let text = String::from_utf8_lossy(bytes);
    let Some(manuscript) = parse::manuscript(&page.source, &text) else {
        return Default::default();
    };
    let reading = Reading {
        survey,
        id,
        page,
        path: page.path(),
        text: &text,
        manuscript,
        cut: OnceCell::new(),
    };
    let mut found = Vec::new();
    for lint in wanted {
        if let Check::Page(check) = lint.check {
            check(&reading, &mut found);
        }
    }
    (notes(&reading, wanted), found)
}

fn notes(reading: &Reading<'_>, wanted: &[&Lint]) -> Notes {
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

/// By file: the lints that a page does not want.
#[derive(Clone, Debug, Default)]
pub struct Skips(BTreeMap<String, Vec<String>>);

impl Skips {
    /// As the site's pages say.
    pub fn of(site: &Site) -> Skips {
        let skipping = |page: &&Page| !page.front.skip_lints.0.is_empty();
        let pages = site.pages.iter().filter(skipping);
        Skips(
            pages
                .map(|page| (page.path(), page.front.skip_lints.0.clone()))
                .collect(),
        )
    }

    fn has(&self, path: &str, code: &str) -> bool {
        let codes = self.0.get(path);
        codes.is_some_and(|codes| codes.iter().any(|skipped| skipped == code))
    }
}

/// The findings as bad as their levels say, without those that are off and those that their page does not want. What a
/// build calls an error stays one.
pub fn leveled(mut found: Vec<Diagnostic>, skips: &Skips, levels: &[Level]) -> Vec<Diagnostic> {
    found.retain_mut(|diagnostic| {
        if diagnostic.severity == Severity::Error {
            return true;
        }
        let at = LINTS.iter().position(|lint| lint.code == diagnostic.code);
        match at.map_or(Level::Warning, |at| levels[at]) {
            Level::Off => return false,
            Level::Warning => {}
            Level::Error => diagnostic.severity = Severity::Error,
        }
        !skips.has(&diagnostic.path, diagnostic.code)
    });
    found
}

impl Lint {
    /// Whether each build finds it.
    pub fn is_of_build(&self) -> bool {
        matches!(self.check, Check::Build)
    }

    /// Its manual page, as Markdown.
    pub fn manual(&self) -> String {
        let text: Vec<&str> = match self.is_of_build() {
            true => self.source.lines().map(str::trim).collect(),
            false => self
                .source
                .lines()
                .take_while(|line| line.starts_with("//!"))
                .map(|line| line.strip_prefix("//! ").unwrap_or_default())
                .collect(),
        };
        text.join("\n")
    }

    /// The first sentence or two of its manual, on one line.
    pub fn summary(&self) -> String {
        let manual = self.manual();
        let first = manual.split("\n\n").next().unwrap_or_default();
        first.replace('\n', " ")
    }
}

impl Group {
    /// As a heading of the manual.
    pub fn title(self) -> &'static str {
        match self {
            Group::Links => "Links",
            Group::Words => "Words",
            Group::Site => "The site",
        }
    }
}

/// The manual of all lints, as Markdown: `docs/lints.md`.
pub fn manual() -> String {
    let mut out = String::from(
        "# Lints\n\n\
         `gen check` looks for these. Each has a code, which `--only` and `--skip` take. In `site.toml`, a table says how bad\n\
         each is on your site; a page that has a reason of its own says `skip_lints: [code]`, alone or for a whole folder in\n\
         its `defaults`. What a build calls an error stays one.\n\n\
         ```toml\n[check.lints]\nlink-text = \"error\"\ntag-used-once = \"off\"\n```\n\n\
         This page is made of the source; do not edit it by hand.\n",
    );
    let mut group = None;
    for lint in in_order() {
        if group != Some(lint.group) {
            group = Some(lint.group);
            out.push_str(&format!("\n## {}\n", lint.group.title()));
        }
        let level = match (&lint.check, lint.level) {
            (Check::Build, Level::Error) => "error, in each build".to_owned(),
            (Check::Build, _) => "warning, in each build".to_owned(),
            (Check::Asked("--suggest"), _) => "note, with `--suggest`".to_owned(),
            (Check::Asked(flag), level) => format!("{}, with `{flag}`", level.word()),
            (_, level) => level.word().to_owned(),
        };
        out.push_str(&format!(
            "\n### `{}`\n\n*{level}*\n\n{}\n",
            lint.code,
            lint.manual()
        ));
    }
    out
}
