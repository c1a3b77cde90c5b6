//! The files of a site that is open: read, and read again where they changed; an editor's text stands in for its file.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{OpenSite, noting};
use crate::build::load::picture_sizes;
use crate::build::located::located_in;
use crate::build::parse::{parse_file, parsing};
use crate::build::theme::Spoken;
use crate::build::{self, Found, Pipeline};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::fingerprint::Mix;
use crate::model::page::Page;
use crate::model::reply::Reply;
use crate::model::source;
use crate::model::terms::{Terms, Vocabulary};
use crate::parse::{self, replies, terms};
use crate::scan::{self, SourceFile, Stamp};

/// A Markdown file, parsed.
pub(super) struct File {
    /// Relative to `content/`.
    pub(super) source: String,
    /// As it looked when it was read; none where an editor's text was parsed.
    stamp: Option<Stamp>,
    /// As parse leaves it, without the words that only up next and search read.
    pub(super) page: Option<Page>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A file of replies, parsed.
pub(super) struct Replies {
    pub(super) source: String,
    pub(super) replies: Vec<Reply>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl OpenSite {
    /// Reads again what changed on disk, or may have.
    ///
    /// # Errors
    /// What the machine refuses; what is held stays then.
    pub fn reread(&mut self) -> Result<(), Error> {
        let options = self.options.clone();
        let mut watch = |_: &'static str, _: usize| {};
        let pipeline = Pipeline::new(&options, &mut watch);
        self.settings = self.configure();
        let Found {
            content,
            diagnostics: mut around,
        } = build::scan(&options, &self.configured.config)?;
        match pipeline.theme(&self.configured) {
            Ok((themed, errors)) => {
                self.themed = themed;
                around.extend(errors);
            }
            Err(stop) => around.extend(stop.mistakes()?),
        }
        let picture_sizes = picture_sizes(&content.assets)?;
        let mut key = Mix::default();
        key.add(&self.configured.fingerprint);
        for spoken in &self.themed.spoken {
            key.add(&spoken.theme.strings);
        }
        let key = key.finish();
        let mut known: BTreeMap<String, File> = match key == self.key {
            true => std::mem::take(&mut self.files),
            false => Vec::new(),
        }
        .into_iter()
        .map(|file| (file.source.clone(), file))
        .collect();
        self.key = key;
        self.memory = terms::Memory::new(&self.configured.config.language);
        let sources = content.articles.iter().map(|file| file.path.clone());
        self.sources = sources.collect();
        let sources = self.sources.iter().map(String::as_str);
        let bundles = parse::bundles(sources, &self.configured.config.languages);
        let before = std::mem::replace(&mut self.bundles, bundles);
        let found: Vec<(&SourceFile, Option<File>)> = content
            .articles
            .iter()
            .map(|file| (file, known.remove(&file.path)))
            .collect();
        let language = &self.configured.config.language;
        let files: Vec<File> = found
            .into_par_iter()
            .map_init(
                || terms::Memory::new(language),
                |memory, (file, known)| {
                    let path = &file.path;
                    let is_still = |known: &File| {
                        known.is_still(file) && before.contains(path) == self.bundles.contains(path)
                    };
                    match known.filter(is_still) {
                        Some(known) => known,
                        None => self.parsed(file, memory),
                    }
                },
            )
            .collect();
        self.files = files;
        self.replies = content
            .replies
            .par_iter()
            .map(|file| {
                let bytes = match self.texts.get(&format!("content/{}", file.path)) {
                    Some(text) => text.clone().into_bytes(),
                    None => file.read().unwrap_or_default(),
                };
                let zone = &self.configured.config.zone;
                let (replies, diagnostics) = replies::read(&file.path, &bytes, zone);
                Replies {
                    source: file.path.clone(),
                    replies,
                    diagnostics,
                }
            })
            .collect();
        self.picture_sizes = picture_sizes;
        let paths = content.assets.iter().map(|file| file.path.clone());
        self.asset_paths = paths.collect();
        self.assets = content.assets;
        self.around = around;
        // Files that an editor has and the disk has not.
        let texts: Vec<String> = self.texts.keys().cloned().collect();
        for path in texts {
            self.parse_text(&path);
        }
        Ok(())
    }

    /// A file that cannot be read any more is broken until it is read again.
    fn parsed(&self, file: &SourceFile, memory: &mut terms::Memory) -> File {
        let root = &self.options.root;
        let read = |path: &str| scan::inside(root, path);
        let Spoken { config, theme } = &self.themed.spoken[self.language_of(&file.path)];
        let notes = noting(&self.sources);
        let options = parsing(config, theme, &self.bundles, &read, &notes);
        let path = format!("content/{}", file.path);
        let (stamp, (page, diagnostics)) = match self.texts.get(&path) {
            Some(text) => {
                let parsed = parse::page(&file.path, text.as_bytes(), &options, memory);
                (None, parsed)
            }
            None => match parse_file(file, &options, memory) {
                Ok(parsed) => (Some(file.stamp), parsed),
                Err(_) => (None, (None, Vec::new())),
            },
        };
        File::new(file.path.clone(), stamp, page, self.located(diagnostics))
    }

    /// What is wrong, with its lines. Files are located when they are parsed: what is wrong with thousands of them would
    /// make each reading slow.
    pub(super) fn located(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let read = |path: &str| self.text(path).map(|text| text.into_owned().into_bytes());
        located_in(&read, diagnostics)
    }

    /// Parses a text that an editor has, where it is an article.
    pub(super) fn parse_text(&mut self, path: &str) {
        let Some(source) = path.strip_prefix("content/") else {
            return;
        };
        let is_litter = source.split('/').any(scan::is_litter);
        if !source::is_article(source) || scan::is_private(source) || is_litter {
            return;
        }
        let Some(text) = self.texts.get(path) else {
            return;
        };
        let root = &self.options.root;
        let read = |path: &str| scan::inside(root, path);
        let Spoken { config, theme } = &self.themed.spoken[self.language_of(source)];
        let notes = noting(&self.sources);
        let options = parsing(config, theme, &self.bundles, &read, &notes);
        let (page, diagnostics) = parse::page(source, text.as_bytes(), &options, &mut self.memory);
        let file = File::new(source.to_owned(), None, page, self.located(diagnostics));
        let at = self
            .files
            .binary_search_by(|file| file.source.as_str().cmp(source));
        match at {
            Ok(at) => self.files[at] = file,
            Err(at) => self.files.insert(at, file),
        }
    }
}

impl File {
    fn new(
        source: String,
        stamp: Option<Stamp>,
        mut page: Option<Page>,
        diagnostics: Vec<Diagnostic>,
    ) -> File {
        if let Some(page) = &mut page {
            page.body = None;
            page.terms = Terms::default();
            page.vocabulary = Vocabulary::default();
        }
        File {
            source,
            stamp,
            page,
            diagnostics,
        }
    }

    /// Whether it looks as it did. How a page that shows files looks says nothing of them.
    fn is_still(&self, file: &SourceFile) -> bool {
        let shows_files = self
            .page
            .as_ref()
            .is_some_and(|page| !page.included.is_empty());
        self.stamp == Some(file.stamp) && !shows_files
    }
}
