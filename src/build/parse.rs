//! The pages of a site, each by itself: parsed, on all threads, or taken from what is kept of the last build.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Pipeline;
use super::configure::Configured;
use super::theme::Themed;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::pages::{Entry, Keep};
use crate::kept::{Kept, is_settled};
use crate::model::page::Page;
use crate::output::theme::Theme;
use crate::parse::{self, terms};
use crate::scan::{self, Content, SourceFile, Stamp};

/// Says how a file looks that is shown in a page, by its path from the site's root.
type Look<'a> = &'a (dyn Fn(&str) -> Stamp + Sync);

/// A file of `content/` by its path from the site's root.
fn in_content(path: String) -> String {
    format!("content/{path}")
}

/// Finds notes among the site's files by their names.
pub(crate) fn notes(files: &[SourceFile]) -> impl Fn(&str, &str) -> Option<String> + Sync {
    move |name, folder| parse::note(files.iter().map(|file| file.path.as_str()), name, folder)
}

/// How the site's files are parsed.
pub(crate) fn parsing<'a>(
    config: &'a Config,
    theme: &'a Theme,
    bundles: &'a BTreeSet<String>,
    files: &'a parse::Files<'a>,
    notes: &'a parse::Notes<'a>,
) -> parse::Options<'a> {
    parse::Options {
        zone: &config.zone,
        markdown: &config.markdown,
        taxonomies: &config.taxonomies,
        language: &config.language,
        languages: &config.languages,
        base_url: &config.base_url,
        bundles,
        strings: &theme.strings,
        search: config.search,
        files,
        notes,
        alone: false,
        shortcodes: &theme.shortcodes,
        callouts: &theme.declared_callouts,
    }
}

/// The pages of a site, each by itself, and what they were made of.
pub(super) struct Parsed {
    pub(super) configured: Configured,
    pub(super) themed: Themed,
    pub(super) content: Content,
    /// Every `index.md` that may be an article by itself.
    pub(super) bundles: BTreeSet<String>,
    /// Sorted by file.
    pub(super) pages: Vec<Page>,
    /// Markdown files that could not be read, sorted.
    pub(super) broken: Vec<String>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Pipeline<'_> {
    /// Parses what was found, or takes what is kept of it.
    pub(super) fn parse(
        &mut self,
        configured: Configured,
        themed: Themed,
        content: Content,
    ) -> Result<Parsed, Error> {
        let mut key = Mix::default();
        key.add(&configured.fingerprint);
        for spoken in &themed.spoken {
            key.add(&spoken.theme.strings);
            key.add(&(&spoken.theme.shortcodes, &spoken.theme.declared_callouts));
        }
        let key = key.finish();
        let kept = self.kept.map(|kept| (kept, key));
        let read = |path: &str| scan::inside(&self.options.root, path);
        let notes = notes(&content.articles);
        let sources = content.articles.iter().map(|file| file.path.as_str());
        let bundles = parse::bundles(sources, &configured.config.languages);
        let spoken = themed.spoken.iter();
        let options: Vec<_> = spoken
            .map(|spoken| parse::Options {
                alone: self.alone,
                ..parsing(&spoken.config, &spoken.theme, &bundles, &read, &notes)
            })
            .collect();
        let look = |path: &str| scan::look_inside(&self.options.root, path);
        let files = parse_all(&content.articles, &options, &look, self.held, kept)?;
        (self.watch)("parse", files.iter().filter(|file| file.is_new).count());
        if let Some(kept) = self.kept {
            keep_pages(kept, key, &content.articles, &files, &look);
        }
        // The files are handed on.
        drop(notes);
        let mut broken = Vec::new();
        let mut diagnostics = Vec::new();
        let mut sources = content.articles.iter();
        let take = |parsed: FileParsed| {
            let source = sources.next()?;
            diagnostics.extend(parsed.diagnostics);
            if parsed.page.is_none() {
                broken.push(source.path.clone());
            }
            parsed.page
        };
        // Collected in the place of what was parsed: the two beside each other would be the peak.
        let pages = files.into_iter().filter_map(take).collect();
        Ok(Parsed {
            configured,
            themed,
            content,
            bundles,
            pages,
            broken,
            diagnostics,
        })
    }
}

/// What came of one file.
struct FileParsed {
    page: Option<Page>,
    diagnostics: Vec<Diagnostic>,
    /// It was not kept as it is.
    is_new: bool,
    /// It stands in the first file of what is kept, and when it was looked at.
    is_old: bool,
    seen: i64,
}

/// Bytes of HTML that the pages of a site hold, unless a build is told otherwise: those of some 150,000 articles.
pub const HELD: usize = 1 << 30;

/// Parses every file, on all threads, or takes what is kept of it; the results are in the files' order. Pages hold
/// `held` bytes of HTML at most: what is beyond is made again when it is asked for. `options` are those of each language.
fn parse_all(
    files: &[SourceFile],
    options: &[parse::Options<'_>],
    look: Look<'_>,
    held: usize,
    kept: Option<(&Kept, Fingerprint)>,
) -> Result<Vec<FileParsed>, Error> {
    let began = kept.map_or(0, |(kept, _)| kept.began());
    let mut entries = kept
        .map_or(Vec::new(), |(kept, key)| kept.pages(key))
        .into_iter()
        .peekable();
    // Boxed: mostly there is none, which then takes little.
    let mut known: Vec<Option<Box<Entry>>> = Vec::with_capacity(files.len());
    for file in files {
        while entries
            .next_if(|entry| entry.page.source < file.path)
            .is_some()
        {}
        let entry = entries.next_if(|entry| entry.page.source == file.path);
        known.push(entry);
    }
    // A thread works at one run of files after the other: what it has learnt in one, it knows in the next. Parse does
    // nothing in parallel, so that no thread comes here twice.
    let memory = |options: &parse::Options<'_>| terms::Memory::new(options.language);
    let memories: Vec<Mutex<Vec<terms::Memory>>> = (0..rayon::current_num_threads())
        .map(|_| Mutex::new(options.iter().map(memory).collect()))
        .collect();
    let own = || {
        let memory = &memories[rayon::current_thread_index().unwrap_or_default()];
        memory.lock().unwrap_or_else(PoisonError::into_inner)
    };
    let so_far = AtomicUsize::new(0);
    let has_room_for = |size: usize| so_far.fetch_add(size, Ordering::Relaxed) + size <= held;
    let parsed: Vec<Result<FileParsed, Error>> = files
        .par_iter()
        .zip(known)
        .map_init(own, |memories, (file, entry)| {
            let language = options[0].languages.place(&file.path).language;
            let (options, memory) = (&options[language], &mut memories[language]);
            let mut parsed = parse_one(file, entry, began, options, look, memory)?;
            if let Some(page) = &mut parsed.page {
                page.body = page
                    .body
                    .take()
                    .filter(|body| has_room_for(body.html.len()));
            }
            Ok(parsed)
        })
        .collect();
    // In the place of all at once: a collection that can fail is one that grows.
    parsed.into_iter().collect()
}

fn parse_one(
    file: &SourceFile,
    entry: Option<Box<Entry>>,
    began: i64,
    options: &parse::Options<'_>,
    look: Look<'_>,
    memory: &mut terms::Memory,
) -> Result<FileParsed, Error> {
    let mut parsed = FileParsed {
        page: None,
        diagnostics: Vec::new(),
        is_new: true,
        is_old: false,
        seen: began,
    };
    let Some(entry) = entry.filter(|entry| parse::is_still(&entry.page, options)) else {
        (parsed.page, parsed.diagnostics) = parse_file(file, options, memory)?;
        return Ok(parsed);
    };
    let shown = &entry.page.included;
    let names_same = shown.iter().all(|shown| {
        let of_name = |name: &String| (options.notes)(name, entry.page.folder());
        let path = shown.asked.as_ref().map(of_name);
        path.is_none_or(|path| path.map(in_content).unwrap_or_default() == shown.path)
    });
    let look_same = || {
        let stamps = shown.iter().zip(&entry.shown);
        let settled = |stamp: Stamp| is_settled(stamp, entry.seen);
        shown.len() == entry.shown.len()
            && stamps.clone().all(|(file, stamp)| {
                file.path.is_empty() || look(&file.path) == *stamp && settled(*stamp)
            })
    };
    if entry.stamp == file.stamp && is_settled(entry.stamp, entry.seen) && names_same && look_same()
    {
        return Ok(FileParsed {
            is_new: false,
            is_old: entry.is_old,
            seen: entry.seen,
            page: Some(entry.page),
            ..parsed
        });
    }
    let same = names_same
        && !file.too_large()
        && parse::fingerprint(&file.read()?, shown, options.files) == entry.page.fingerprint;
    if same {
        parsed.page = Some(entry.page);
        return Ok(parsed);
    }
    (parsed.page, parsed.diagnostics) = parse_file(file, options, memory)?;
    Ok(parsed)
}

/// Parses one file, unless it is too large.
pub(super) fn parse_file(
    file: &SourceFile,
    options: &parse::Options<'_>,
    memory: &mut terms::Memory,
) -> Result<(Option<Page>, Vec<Diagnostic>), Error> {
    if file.too_large() {
        let path = format!("content/{}", file.path);
        let error = Diagnostic::error("too-large", &path, "this file is larger than 16 MiB")
            .help("an article is text; keep data and pictures in files of their own");
        return Ok((None, vec![error]));
    }
    Ok(parse::page(&file.path, &file.read()?, options, memory))
}

/// Keeps the pages that nothing is wrong with: of the others, what is wrong must be told each time.
fn keep_pages(
    kept: &Kept,
    key: Fingerprint,
    files: &[SourceFile],
    parsed: &[FileParsed],
    look: Look<'_>,
) {
    let pages = files.iter().zip(parsed).filter_map(|(file, parsed)| {
        let page = parsed
            .page
            .as_ref()
            .filter(|_| parsed.diagnostics.is_empty())?;
        Some(Keep {
            stamp: file.stamp,
            seen: parsed.seen,
            shown: page.included.iter().map(|file| look(&file.path)).collect(),
            page,
            is_old: parsed.is_old,
            is_new: parsed.is_new,
        })
    });
    kept.keep_pages(key, &pages.collect::<Vec<_>>());
}
