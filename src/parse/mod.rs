//! Turns one file's bytes into a [`Page`] and what is wrong with it: decode, split off the front matter,
//! type it, read the Markdown. Knows no other page, so that pages are parsed in any order, on any thread.

pub mod address_pattern;
mod addresses;
mod callout;
mod code;
pub mod data;
pub mod destination;
pub mod diagram;
mod embed;
pub mod foreign_keys;
pub mod front_edit;
pub mod front_matter;
pub mod host_headers;
pub mod image_size;
mod loads;
mod markdown;
pub mod math;
mod misplaced;
mod place;
mod raw_html;
pub mod redirects;
pub mod replies;
pub mod scalar;
pub mod segment;
mod shortcode;
mod snowball;
pub mod terms;
pub mod tidy;
mod title;
pub mod words;
mod yaml;
mod yaml_error;
mod yaml_lost;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Languages, Markdown, Taxonomies};
use crate::diagnostic::{Diagnostic, utf8};
use crate::escape;
use crate::find;
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::date::{Date, WrittenDate, Zone};
use crate::model::front_matter::FrontMatter;
use crate::model::page::{Body, Included, Kind, Page, Painted};
use crate::model::shortcode::Declarations;
use crate::model::source::without_ending;
use crate::model::terms::Vocabulary;
use crate::model::typography;
use crate::model::url::BaseUrl;
use markdown::Known;
use place::{kind_of, name_parts, permalink};
use title::{made_title, titled};

pub use embed::{ending, media};
pub use markdown::line;
pub use markdown::manuscript;
pub use markdown::urls;
pub use place::{bundles, kind_of_bundle, place};
pub use raw_html::{apart, is_of_the_web, leads_into_site, links_elsewhere, unescape};
pub use title::title_from;
pub use yaml::read as yaml_value;

/// Gives the bytes of a file of the site by its path from the site's root, or says why not.
pub type Files<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + Sync + 'a;

/// Gives the file, relative to `content/`, of the note of a name, which a page in a folder asks for.
pub type Notes<'a> = dyn Fn(&str, &str) -> Option<String> + Sync + 'a;

/// Knows no note: for those who read one file.
pub fn no_notes(_: &str, _: &str) -> Option<String> {
    None
}

/// The one of some files, relative to `content/`, that a note's name means to a page in `folder`: the file at that path,
/// or the only one of that name, or the one beside the page.
pub fn note<'f>(
    files: impl Iterator<Item = &'f str> + Clone,
    name: &str,
    folder: &str,
) -> Option<String> {
    let name = without_ending(name.trim_start_matches('/')).to_lowercase();
    let is = |path: &str| without_ending(path).to_lowercase() == name;
    if let Some(path) = files.clone().find(|path| is(path)) {
        return Some(path.to_owned());
    }
    let ends = |path: &&str| {
        let path = without_ending(path).to_lowercase();
        let before = path.strip_suffix(&name);
        before.is_some_and(|before| before.ends_with('/'))
    };
    let mut found = files.filter(ends);
    let (first, second) = (found.next()?, found.next());
    if second.is_none() {
        return Some(first.to_owned());
    }
    let beside = |path: &&str| path.rsplit_once('/').map_or("", |(of, _)| of) == folder;
    let all = [Some(first), second].into_iter().flatten().chain(found);
    all.filter(beside).map(str::to_owned).next()
}

/// Gives no file: for those who read nothing but the text.
pub fn no_files(_: &str) -> Result<Vec<u8>, String> {
    Err("it is not read here".to_owned())
}

/// The fingerprint of a page: of its file, and of the files that are shown in it.
pub fn fingerprint(bytes: &[u8], included: &[Included], files: &Files<'_>) -> Fingerprint {
    if included.is_empty() {
        return Fingerprint::of(bytes);
    }
    let mut mix = Mix::default();
    mix.add(&Fingerprint::of(bytes));
    for Included { path, asked } in included {
        // Nothing is to be read of a note that is not there.
        let bytes = (!path.is_empty()).then(|| files(path));
        mix.add(&(path, asked, bytes));
    }
    mix.finish()
}

/// What parse needs to know of the site.
pub struct Options<'a> {
    /// Where days begin.
    pub zone: &'a Zone,
    /// How Markdown is read.
    pub markdown: &'a Markdown,
    /// What else articles are sorted by, beside tags and authors.
    pub taxonomies: &'a Taxonomies,
    /// BCP 47; stems and stop words follow it. The language of the file: the site may have several.
    pub language: &'a str,
    /// The languages of the site, which tell a file's address.
    pub languages: &'a Languages,
    /// Where the site stands: full addresses of it are links within it.
    pub base_url: &'a BaseUrl,
    /// The theme's words in that language.
    pub strings: &'a BTreeMap<String, String>,
    /// Whether the words of bodies are kept for search.
    pub search: bool,
    /// Every `index.md` that may be an article by itself.
    pub bundles: &'a BTreeSet<String>,
    /// The files that are shown in pages.
    pub files: &'a Files<'a>,
    /// The notes that are shown in others.
    pub notes: &'a Notes<'a>,
    /// Files are read by themselves: what they show of others is left out.
    pub alone: bool,
    /// The theme's shortcodes.
    pub shortcodes: &'a Declarations,
    /// The theme's callouts.
    pub callouts: &'a Declarations,
}

/// Parses the file at `source` (relative to `content/`). `memory` is this thread's, for words it has seen.
///
/// No page where the front matter cannot be read at all.
pub fn page(
    source: &str,
    bytes: &[u8],
    options: &Options<'_>,
    memory: &mut terms::Memory,
) -> (Option<Page>, Vec<Diagnostic>) {
    let path = format!("content/{source}");
    let text = match decode(&path, bytes) {
        Ok(text) => text,
        Err(error) => return (None, vec![*error]),
    };
    let split = match front_matter::split(&path, text) {
        Ok(split) => split,
        Err(error) => return (None, vec![*error]),
    };
    let taxonomies = options.taxonomies;
    let (front, mut diagnostics) = front_matter::read(&path, text, split.yaml.clone(), taxonomies);
    let Some(mut front) = front else {
        return (None, diagnostics);
    };

    // What is missing may be there, misspelled: that is told already.
    let all_read = diagnostics.is_empty();
    let placed = options.languages.place(source);
    let bare = &*placed.bare;
    let (named_date, name) = name_parts(bare, &path, &mut diagnostics);
    let written = front.date.or(named_date);
    let kind = kind(source, bare, written.is_some(), &front, options);
    let date = |written: WrittenDate| Date::resolve(written, options.zone);
    let permalink = permalink(
        bare,
        name,
        &options.languages.all()[placed.language],
        &front,
        written.map(date),
        &path,
        &mut diagnostics,
    );
    let titled = titled(kind, bare, name, &front, text, split.body);
    let (title, body_at) = (titled.title, titled.body);
    if all_read && titled.is_made {
        diagnostics.push(made_title(&path, text, &split, &title));
    }
    if all_read && !titled.is_made && kind == Kind::Article && front.draft != Some(true) {
        advise(&path, text, &front, body_at, &mut diagnostics);
    }
    misplaced::check(kind, &front, &path, &mut diagnostics);
    addresses::check(&path, &front, &mut diagnostics);
    if front_matter::Format::of(text) == front_matter::Format::Yaml {
        yaml_lost::check(&path, text, split.yaml.clone(), &front, &mut diagnostics);
    }

    let smart = options.markdown.smart_punctuation(options.language);
    let title = typography::set(&title, smart).into_owned();
    let deck = front.description.as_ref().map(|text| line(&text.0, smart));
    if let Some(bio) = &mut front.bio {
        bio.0 = typography::set(&bio.0, smart).into_owned();
    }

    let mut collector = terms::Collector::new(memory);
    collector.add(terms::Field::Title, &title);
    if let Some(deck) = &deck {
        collector.add(terms::Field::Description, &deck.text);
    }
    let content = markdown::read(
        &text[body_at..],
        body_at,
        &path,
        &title,
        options,
        Known {
            terms: Some(&mut collector),
            code: None,
        },
        &mut diagnostics,
    );
    let page = Page {
        source: source.to_owned(),
        bare: (bare != source).then(|| bare.into()),
        original: None,
        fingerprint: fingerprint(bytes, &content.included, options.files),
        kind,
        permalink,
        title,
        date: written.map(date),
        updated: front.updated.map(date),
        expires: front.expires.map(date),
        front,
        deck,
        summary: content.summary,
        words: content.words,
        headings: content.body.outline.fingerprint(),
        ids: content.ids.iter().collect(),
        links: exact(content.links),
        images: exact(content.images),
        callouts: exact(content.callouts),
        embeds: exact(content.embeds),
        shortcodes: exact(content.shortcodes),
        code: exact(content.code),
        included: exact(content.included),
        inserted: exact(content.inserted),
        loads: exact(content.loads),
        vocabulary: match options.search {
            true if content.said.is_empty() => words::vocabulary(&content.body.html),
            true => words::vocabulary(&format!(
                "{}\n{}",
                content.body.html,
                escape::html(&content.said)
            )),
            false => Vocabulary::default(),
        },
        body: Some(Box::new(content.body)),
        replies: Vec::new(),
        terms: collector.finish(),
    };
    (Some(page), diagnostics)
}

/// Whether a page that is kept is still of the kind that it was: that of an `index.md` depends on the files beside it.
pub fn is_still(page: &Page, options: &Options<'_>) -> bool {
    let dated = page.date.is_some();
    page.kind == kind(&page.source, page.bare(), dated, &page.front, options)
}

/// What a page is. An `index.md` is an article with its pictures beside it where the folder holds no other.
fn kind(source: &str, bare: &str, dated: bool, front: &FrontMatter, options: &Options<'_>) -> Kind {
    match kind_of(bare, dated, options.taxonomies) {
        Kind::Section if options.bundles.contains(source) => kind_of_bundle(bare, dated, front),
        kind => kind,
    }
}

/// A list that will not grow any more, in as much memory as it takes.
fn exact<T>(list: Vec<T>) -> Box<[T]> {
    let mut exact = Vec::with_capacity(list.len());
    exact.extend(list);
    exact.into_boxed_slice()
}

/// The body of a file that was parsed before, made again.
///
/// `code` are its blocks of code as they were coloured. None where the file cannot be read at all.
pub fn body(source: &str, bytes: &[u8], options: &Options<'_>, code: &[Painted]) -> Option<Body> {
    let path = format!("content/{source}");
    let text = decode(&path, bytes).ok()?;
    let split = front_matter::split(&path, text).ok()?;
    let taxonomies = options.taxonomies;
    let front = front_matter::read(&path, text, split.yaml.clone(), taxonomies).0?;
    let bare = &*options.languages.place(source).bare;
    let (named_date, name) = name_parts(bare, &path, &mut Vec::new());
    let is_dated = front.date.or(named_date).is_some();
    let kind = kind(source, bare, is_dated, &front, options);
    let titled = titled(kind, bare, name, &front, text, split.body);
    let smart = options.markdown.smart_punctuation(options.language);
    let title = typography::set(&titled.title, smart);
    let content = markdown::read(
        &text[titled.body..],
        titled.body,
        &path,
        &title,
        options,
        Known {
            terms: None,
            code: Some(code),
        },
        &mut Vec::new(),
    );
    Some(content.body)
}

/// What a page's file, whose text this is, says as its author wrote it, and where its body begins.
///
/// None where the file cannot be read at all.
pub fn manuscript(page: &Page, text: &str) -> Option<manuscript::Manuscript> {
    let (source, path) = (page.bare(), page.path());
    let split = front_matter::split(&path, text).ok()?;
    let front = front_matter::parse(&path, text, split.yaml).0?;
    let (_, name) = name_parts(source, &path, &mut Vec::new());
    let body = titled(page.kind, source, name, &front, text, split.body).body;
    Some(manuscript::read(&text[body..], body))
}

fn decode<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    let text = utf8(path, bytes)?;
    match find::byte(text, b'\0') {
        Some(at) => {
            let error =
                Diagnostic::error("nul", path, "this file holds a NUL byte, which no text has");
            let error = error
                .at(at..at + 1)
                .help("remove it; the file may be no Markdown at all");
            Err(Box::new(error))
        }
        None => Ok(text),
    }
}

/// What an article can do without and should not.
fn advise(
    path: &str,
    text: &str,
    front: &FrontMatter,
    body: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if front.description.is_none() {
        diagnostics.push(
            Diagnostic::warning("missing-description", path, "this article has no description")
                .at(0..if text.is_char_boundary(3) { 3 } else { 0 })
                .help("add `description:`, one sentence under 160 characters; until then its first paragraph stands in"),
        );
    }
    if text[body..].trim().is_empty() {
        diagnostics.push(
            Diagnostic::warning("empty-body", path, "this article has no text")
                .help("write it, or set `draft: true`"),
        );
    }
}
