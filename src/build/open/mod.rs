//! Holds a site while its files are edited. It is read once; then only what changed is parsed, of an editor's text
//! where there is one, and the site is linked anew by the same code as in a build. What to read next is not ranked:
//! that is most of the work, and says nothing of what is wrong.

mod files;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::configure::Configured;
use super::parse::parsing;
use super::theme::{Spoken, Themed};
use super::{Options, Pipeline, static_folders};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::link::reach::Reach;
use crate::link::status::{self, Status};
use crate::link::{self, foreign};
use crate::lint::{self, Skips, Survey, tag_spelling};
use crate::model::date::Now;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::output::theme::Theme;
use crate::parse::{self, replies, terms};
use crate::scan::{self, SourceFile};
use crate::writing::moving;
use files::{File, Replies};

/// A site that is held while its files are edited.
pub struct OpenSite {
    options: Options,
    /// The texts that stand in place of files, by their paths from the site's root.
    texts: BTreeMap<String, String>,
    configured: Configured,
    themed: Themed,
    /// The language, by its number, of the file that is asked about.
    speaking: usize,
    /// Of all that parsing depends on beside the files.
    key: Fingerprint,
    /// The Markdown files, sorted by path.
    files: Vec<File>,
    /// Their paths, as they were found.
    sources: Vec<String>,
    /// Every `index.md` that may be an article by itself.
    bundles: BTreeSet<String>,
    /// The files of replies, with what they hold.
    replies: Vec<Replies>,
    assets: Vec<SourceFile>,
    /// The paths of the assets, sorted.
    asset_paths: Vec<String>,
    picture_sizes: BTreeMap<String, (u32, u32)>,
    /// What is wrong with `site.toml`.
    settings: Vec<Diagnostic>,
    /// What is wrong with the theme, and with files as files.
    around: Vec<Diagnostic>,
    memory: terms::Memory,
    linked: Linked,
}

/// The site as it was last linked.
struct Linked {
    /// In each of its languages.
    sites: Vec<Site>,
    /// Located, sorted.
    diagnostics: Vec<Diagnostic>,
}

impl OpenSite {
    /// Reads the site at the options' root, and links it.
    ///
    /// # Errors
    /// What the machine refuses. The author's mistakes are told, and what can be read is.
    pub fn read(options: Options) -> Result<OpenSite, Error> {
        let mut watch = |_: &'static str, _: usize| {};
        let configured = Pipeline::new(&options, &mut watch).blank()?;
        let mut open = OpenSite {
            texts: BTreeMap::new(),
            memory: terms::Memory::new(&configured.config.language),
            themed: Themed::none(&configured),
            configured,
            speaking: 0,
            key: Mix::default().finish(),
            files: Vec::new(),
            sources: Vec::new(),
            bundles: BTreeSet::new(),
            replies: Vec::new(),
            assets: Vec::new(),
            asset_paths: Vec::new(),
            picture_sizes: BTreeMap::new(),
            settings: Vec::new(),
            around: Vec::new(),
            linked: Linked {
                sites: vec![Site::default()],
                diagnostics: Vec::new(),
            },
            options,
        };
        open.reread()?;
        open.link();
        Ok(open)
    }

    /// Takes an editor's text in the place of a file, by its path from the site's root. What `site.toml` says of how
    /// files are parsed is heeded when it is read again.
    pub fn set_text(&mut self, path: &str, text: String) {
        self.texts.insert(path.to_owned(), text);
        match path {
            config::FILE => self.settings = self.configure(),
            path => self.parse_text(path),
        }
    }

    /// Reads `site.toml`; returns what is wrong with it. What was right before stands in for what is wrong now.
    fn configure(&mut self) -> Vec<Diagnostic> {
        let options = self.options.clone();
        let mut watch = |_: &'static str, _: usize| {};
        let pipeline = Pipeline::new(&options, &mut watch);
        let text = self.text(config::FILE).unwrap_or_default();
        match pipeline.configured(text.as_bytes()) {
            Ok(configured) => {
                self.configured = configured;
                Vec::new()
            }
            Err(errors) => errors,
        }
    }

    /// Goes back to a file as it is on disk.
    ///
    /// # Errors
    /// As [`OpenSite::reread`].
    pub fn forget_text(&mut self, path: &str) -> Result<(), Error> {
        self.texts.remove(path);
        self.reread()
    }

    /// Links the site as it is now, and finds what is wrong with it: with all files what a build finds before it
    /// ranks and renders, with those that an editor has what lints find, too.
    pub fn link(&mut self) {
        let mut pages = self.pages();
        let broken = self.broken();
        let mut found = self.settings.clone();
        found.extend(self.around.iter().cloned());
        for file in &self.files {
            found.extend(file.diagnostics.iter().cloned());
        }
        for file in &self.replies {
            found.extend(file.diagnostics.iter().cloned());
            let replies = file.replies.clone();
            found.extend(replies::attach(&mut pages, &broken, &file.source, replies));
        }
        let config = &self.configured.config;
        found.extend(foreign::unknown_keys(&pages, config.unknown_keys));
        // Drafts are what is being written: they are linked as if all were published, to see what is wrong in them.
        let now = self.configured.now;
        let is_unpublished = |page: &&Page| {
            let status = status::of(page, now);
            matches!(status, Some(Status::Draft | Status::Scheduled))
        };
        let unpublished = pages.iter().filter(is_unpublished);
        let unpublished: Vec<String> = unpublished.map(Page::path).collect();
        let all = (!unpublished.is_empty()).then(|| pages.clone());
        let as_built = self.linked_as(pages, &broken, false);
        found.extend(as_built.diagnostics);
        let sites = match all {
            None => as_built.sites,
            Some(all) => {
                let everything = self.linked_as(all, &broken, true);
                let of_drafts = everything.diagnostics.into_iter();
                found.extend(of_drafts.filter(|found| unpublished.contains(&found.path)));
                everything.sites
            }
        };
        let all: Vec<&Site> = sites.iter().collect();
        let (levels, wrong) = lint::levels(config, &all);
        found.extend(wrong);
        for (number, site) in sites.iter().enumerate() {
            let survey = self.survey(&all, number);
            for (path, text) in &self.texts {
                let is_spoken = self.language_of(path) == number;
                if let Some(id) = page_of(site, path).filter(|_| is_spoken) {
                    found.extend(lint::page(&survey, id, text.as_bytes(), &levels));
                }
            }
        }
        let found = lint::leveled(found, &Skips::of(&all), &levels);
        let diagnostics = self.located(found);
        self.speaking = self.speaking.min(sites.len() - 1);
        self.linked = Linked { sites, diagnostics };
    }

    /// The number of a file's language, by its path from the site's root.
    pub(super) fn language_of(&self, path: &str) -> usize {
        let source = path.strip_prefix("content/").unwrap_or(path);
        self.themed.spoken[0]
            .config
            .languages
            .place(source)
            .language
    }

    /// What is asked next is asked of the site in the language of this file.
    pub fn speak_as(&mut self, path: &str) {
        self.speaking = self.language_of(path).min(self.linked.sites.len() - 1);
    }

    fn linked_as(&self, pages: Vec<Page>, broken: &[String], all: bool) -> link::Linked {
        let options = self.themed.spoken.iter().map(|spoken| link::Options {
            config: &spoken.config,
            now: self.configured.now,
            drafts: all || self.options.drafts,
            future: all || self.options.future,
            picture_sizes: &self.picture_sizes,
            assets: &self.asset_paths,
            broken,
            callouts: &spoken.theme.callouts,
            asked: false,
            journeys: None,
            ranked: false,
        });
        link::link(pages, &options.collect::<Vec<_>>())
    }

    fn survey<'s>(&'s self, all: &[&'s Site], number: usize) -> Survey<'s> {
        let Spoken { config, theme } = &self.themed.spoken[number];
        let site = all[number];
        Survey {
            site,
            all: all.to_vec(),
            config,
            language: config.primary_language(),
            spellings: tag_spelling::usual(site),
            theme,
            today: self.configured.now.day,
            reach: Reach::new(site, config),
            notes: Vec::new(),
            texts: Vec::new(),
            assets: self
                .assets
                .iter()
                .map(|file| (file.path.clone(), file.stamp.size))
                .collect(),
        }
    }

    /// The site's root.
    pub fn root(&self) -> &Path {
        &self.options.root
    }

    /// Its theme.
    pub fn theme(&self) -> &Theme {
        &self.themed.spoken[self.speaking].theme
    }

    /// The moment, in the site's time zone, when it was last read.
    pub fn now(&self) -> Now {
        self.configured.now
    }

    /// The site as it was last linked, with what is not published yet.
    pub fn site(&self) -> &Site {
        &self.linked.sites[self.speaking]
    }

    /// The files of `content/` that are copied, sorted.
    pub fn assets(&self) -> &[String] {
        &self.asset_paths
    }

    /// What is wrong, located, sorted.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.linked.diagnostics
    }

    /// The page of a file, by its path from the site's root, as it was last linked.
    pub fn page_of(&self, path: &str) -> Option<PageId> {
        page_of(self.site(), path)
    }

    /// The text of a file as it is now, by its path from the site's root: an editor's, or the disk's.
    pub fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        if let Some(text) = self.texts.get(path) {
            return Some(Cow::Borrowed(text));
        }
        let bytes = scan::file(&self.options.root, path).ok()?;
        String::from_utf8(bytes).ok().map(Cow::Owned)
    }

    /// A text as the page of a file, by its path in `content/`, with its body.
    pub fn parse(&mut self, source: &str, text: &str) -> Option<Page> {
        let root = &self.options.root;
        let read = |path: &str| scan::inside(root, path);
        let Spoken { config, theme } = &self.themed.spoken[self.language_of(source)];
        let notes = noting(&self.sources);
        let options = parsing(config, theme, &self.bundles, &read, &notes);
        parse::page(source, text.as_bytes(), &options, &mut self.memory).0
    }

    /// Decides on a move, as `gen mv` does.
    ///
    /// # Errors
    /// As [`moving::moving`].
    pub fn moving(&self, from: &str, to: &str) -> Result<moving::Move, Error> {
        let broken = self.broken();
        let replies: Vec<String> = self.replies.iter().map(|r| r.source.clone()).collect();
        let folders = static_folders(&self.options.root, &self.configured.config);
        let (content, _) = scan::content(&self.options.root, &folders)?;
        let files = content.articles.iter().chain(&content.replies);
        let symlinks = scan::symlinks(&self.options.root, files.chain(&content.assets));
        let mut single = self.around.clone();
        for file in &self.files {
            single.extend(file.diagnostics.iter().cloned());
        }
        let site = moving::Site {
            config: &self.configured.config,
            parsing: parsing(
                &self.configured.config,
                &self.themed.spoken[0].theme,
                &self.bundles,
                &parse::no_files,
                &parse::no_notes,
            ),
            replies: &replies,
            assets: &self.asset_paths,
            broken: &broken,
            symlinks: &symlinks,
            diagnostics: &single,
        };
        let read = |path: &str| {
            let text = self.text(path).map(Cow::into_owned);
            text.ok_or_else(|| {
                Error::refused(
                    format!("{path} cannot be read"),
                    "save it as UTF-8, or see that it is still there",
                )
            })
        };
        moving::moving(&site, &mut self.pages(), from, to, &read)
    }

    fn pages(&self) -> Vec<Page> {
        let files = self.files.par_iter();
        files.filter_map(|file| file.page.clone()).collect()
    }

    fn broken(&self) -> Vec<String> {
        let broken = self.files.iter().filter(|file| file.page.is_none());
        broken.map(|file| file.source.clone()).collect()
    }
}

fn page_of(site: &Site, path: &str) -> Option<PageId> {
    let source = path.strip_prefix("content/")?;
    let pages = Arc::clone(&site.pages);
    let at = pages.binary_search_by(|page| page.source.as_str().cmp(source));
    at.ok().map(PageId::new)
}

/// Finds the files of notes that texts embed by their names.
pub(super) fn noting(sources: &[String]) -> impl Fn(&str, &str) -> Option<String> + Sync {
    move |name, folder| parse::note(sources.iter().map(String::as_str), name, folder)
}
