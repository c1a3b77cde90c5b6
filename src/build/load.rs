//! Links the parsed pages to a site, with all that is read beside them: replies, the sizes of pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Pipeline;
use super::configure::Configured;
use super::located::located;
use super::parse::Parsed;
use super::theme::{Spoken, Themed};
use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::escape;
use crate::fingerprint::{Fingerprint, Mix};
use crate::link;
use crate::link::foreign;
use crate::model::date::{Date, Day, Now, WrittenDate};
use crate::model::extra;
use crate::model::page::Page;
use crate::model::site::{DataFile, HostFiles, Site};
use crate::output::InLanguage;
use crate::output::theme::{Theme, ThemeFiles};
use crate::parse::{data, host_headers, image_size, redirects, replies};
use crate::scan::{self, Content, SourceFile, git};

/// Endings of copied files that may name others.
const TEXTS: [&str; 7] = [
    ".css",
    ".js",
    ".mjs",
    ".html",
    ".htm",
    ".json",
    ".webmanifest",
];

/// A site that was read and linked, with all that is wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The site's root.
    pub root: PathBuf,
    /// The site in each of its languages, the first one first.
    pub editions: Vec<Edition>,
    /// Every `index.md` that may be an article by itself.
    pub bundles: BTreeSet<String>,
    /// The Markdown files, sorted by path.
    pub articles: Vec<SourceFile>,
    /// The files of `content/` that are copied.
    pub assets: Vec<SourceFile>,
    /// What is wrong, located, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The build's day.
    pub today: Day,
    /// The build's moment.
    pub now: Now,
    /// Of the configuration and the theme.
    pub(super) common: Fingerprint,
}

/// A site in one of its languages.
#[derive(Debug)]
pub struct Edition {
    /// Its configuration.
    pub config: Config,
    /// Its theme.
    pub theme: Theme,
    /// The linked pages.
    pub site: Site,
}

impl Loaded {
    /// The site in its first language.
    pub fn first(&self) -> &Edition {
        &self.editions[0]
    }

    /// The site in the language of a file of `content/`.
    pub fn edition_of(&self, source: &str) -> &Edition {
        &self.editions[self.first().config.languages.place(source).language]
    }

    /// The site in its languages, as outputs see it, without search.
    pub fn in_languages(&self) -> Vec<InLanguage<'_>> {
        let editions = self.editions.iter();
        editions
            .map(|edition| InLanguage {
                site: &edition.site,
                config: &edition.config,
                theme: &edition.theme,
                search: None,
            })
            .collect()
    }

    /// The number of its pages, each file once.
    pub fn pages(&self) -> usize {
        self.editions
            .iter()
            .map(|edition| edition.site.own_pages().count())
            .sum()
    }

    /// The file that a page comes of, by its path in `content/`.
    pub(super) fn file(&self, source: &str) -> Option<&SourceFile> {
        scan::find(&self.articles, source)
    }
}

impl Pipeline<'_> {
    /// Links the pages to a site.
    pub(super) fn link(&mut self, parsed: Parsed) -> Result<Loaded, Error> {
        let Parsed {
            configured,
            themed,
            content,
            bundles,
            mut pages,
            broken,
            mut diagnostics,
        } = parsed;
        let Configured {
            config,
            now,
            fingerprint,
        } = configured;
        let Themed { chain, spoken } = themed;
        diagnostics.extend(read_replies(
            &content.replies,
            &config,
            &mut pages,
            &broken,
        )?);
        diagnostics.extend(foreign::unknown_keys(&pages, config.unknown_keys));
        let common = common(fingerprint, &chain, &pages);
        if config.git.dates {
            diagnostics.extend(date_by_git(&self.options.root, &config, &mut pages));
        }
        let assets: Vec<String> = content
            .assets
            .iter()
            .map(|file| file.path.clone())
            .collect();
        let picture_sizes = picture_sizes(&content.assets)?;
        let (data, errors) = data(&content)?;
        diagnostics.extend(errors);
        let journeys = match journeys(&config, &data) {
            Ok(journeys) => journeys,
            Err(error) => {
                diagnostics.push(*error);
                None
            }
        };
        let options: Vec<link::Options<'_>> = spoken
            .iter()
            .map(|spoken| link::Options {
                config: &spoken.config,
                now,
                drafts: self.options.drafts,
                future: self.options.future,
                picture_sizes: &picture_sizes,
                assets: &assets,
                broken: &broken,
                callouts: &spoken.theme.callouts,
                journeys,
                asked: self.is_asked,
                ranked: true,
            })
            .collect();
        let mut linked = link::link(pages, &options);
        for (site, spoken) in linked.sites.iter_mut().zip(&spoken) {
            publish_what_is_mentioned(site, &spoken.config, &spoken.theme, &content.assets)?;
        }
        diagnostics.extend(linked.diagnostics);
        let (host_files, errors) = host_files(&content.assets)?;
        linked.sites[0].host_files = host_files;
        diagnostics.extend(errors);
        for site in &mut linked.sites {
            site.data.clone_from(&data);
        }
        let diagnostics = located(&self.options.root, diagnostics);
        let editions = spoken.into_iter().zip(linked.sites);
        let editions = editions.map(|(Spoken { config, theme }, site)| Edition {
            config,
            theme,
            site,
        });
        let loaded = Loaded {
            root: self.options.root.clone(),
            common,
            today: now.day,
            now,
            editions: editions.collect(),
            bundles,
            articles: content.articles,
            assets: content.assets,
            diagnostics,
        };
        (self.watch)("link", loaded.pages());
        Ok(loaded)
    }
}

/// Of the configuration, every file of the theme, and what folders say of the files below them: a folder's
/// `index.md` says it though it is not published.
fn common(configured: Fingerprint, chain: &[ThemeFiles], pages: &[Page]) -> Fingerprint {
    let mut mix = Mix::default();
    mix.add(&configured);
    for page in pages.iter().filter(|page| page.front.defaults.is_some()) {
        mix.add(&(&page.source, page.fingerprint));
    }
    for theme in chain {
        mix.add(&(&theme.name, &theme.files));
    }
    mix.finish()
}

/// Publishes a file of unpublished pages all the same where the theme, `site.toml` or a text that is copied names it: no
/// path is resolved there, so the name is enough.
fn publish_what_is_mentioned(
    site: &mut Site,
    config: &Config,
    theme: &Theme,
    assets: &[SourceFile],
) -> Result<(), Error> {
    if site.withheld.is_empty() {
        return Ok(());
    }
    let mut texts: Vec<String> = extra::texts(&config.extra)
        .into_iter()
        .map(str::to_owned)
        .collect();
    for (number, file) in assets.iter().enumerate() {
        let is_text = TEXTS.iter().any(|ending| file.path.ends_with(ending));
        if is_text && !site.withheld.contains(&number) {
            texts.push(String::from_utf8_lossy(&file.read()?).into_owned());
        }
    }
    let styles = theme.assets.iter();
    texts.extend(styles.filter_map(|asset| String::from_utf8(asset.bytes.to_vec()).ok()));
    let own = theme.templates.iter().map(|template| &*template.text);
    let own = own.chain(theme.inline.values().map(|text| &**text));
    let own: Vec<&str> = own.chain(texts.iter().map(|text| &**text)).collect();
    site.withheld.retain(|number| {
        let name = assets[*number].path.rsplit('/').next().unwrap_or_default();
        let encoded = escape::url_path(name);
        !own.iter()
            .any(|text| text.contains(name) || text.contains(&encoded))
    });
    Ok(())
}

/// What the author tells the host. A file that is no text is an error.
fn host_files(assets: &[SourceFile]) -> Result<(HostFiles, Vec<Diagnostic>), Error> {
    let mut errors = Vec::new();
    let mut text = |path: &str| -> Result<String, Error> {
        let name = path.trim_start_matches("content/");
        let Some(file) = scan::find(assets, name) else {
            return Ok(String::new());
        };
        let bytes = file.read()?;
        let text = diagnostic::utf8(path, &bytes).map(str::to_owned);
        Ok(text.unwrap_or_else(|error| {
            errors.push(*error);
            String::new()
        }))
    };
    let files = HostFiles {
        redirects: text(redirects::FILE)?,
        headers: text(host_headers::FILE)?,
    };
    Ok((files, errors))
}

/// Takes the day of a file's last commit as that of the page's last change, where its front matter tells none.
fn date_by_git(root: &Path, config: &Config, pages: &mut [Page]) -> Option<Diagnostic> {
    let warning = |message: String, help: &str| {
        let warning = Diagnostic::warning("git-dates", config::FILE, message);
        Some(warning.at_item("git", "dates").help(help))
    };
    let history = match git::history(root) {
        Ok(history) => history,
        Err(why) => {
            return warning(
                format!("no page is dated by git: {why}"),
                "take `dates` out of [git], or build where the history is",
            );
        }
    };
    for page in pages.iter_mut().filter(|page| page.updated.is_none()) {
        let changed = history.changed.get(&page.source);
        let changed = changed.and_then(|moment| WrittenDate::parse(moment).ok());
        let changed = changed.map(|written| Date::resolve(written, &config.zone));
        // On the day on which it appeared it was not changed.
        page.updated =
            changed.filter(|changed| page.date.is_none_or(|date| date.day() < changed.day()));
    }
    match history.is_shallow {
        true => warning(
            "only the newest commits are here: pages seem to have changed when these were made"
                .into(),
            "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout",
        ),
        false => None,
    }
}

/// What templates may read beside the pages: the files of `data/`, and of `content/data/`, which are published, too.
fn data(content: &Content) -> Result<(Vec<DataFile>, Vec<Diagnostic>), Error> {
    let own = content.data.iter();
    let own = own.map(|file| (file.path.as_str(), format!("data/{}", file.path), file));
    let published = content.assets.iter().filter_map(|file| {
        let path = file.path.strip_prefix("data/")?;
        Some((path, format!("content/data/{path}"), file))
    });
    let (mut files, mut errors) = (BTreeMap::new(), Vec::new());
    for (path, shown, file) in own.chain(published) {
        if !data::is_data(path) || files.contains_key(path) {
            continue;
        }
        if file.too_large() {
            let error = Diagnostic::error("data", &shown, "this file is larger than 16 MiB");
            errors.push(error.help("split it, or keep it out of templates"));
            continue;
        }
        match data::read(&shown, &file.read()?) {
            Ok(value) => drop(files.insert(path, value)),
            Err(error) => errors.push(*error),
        }
    }
    let files = files.into_iter().map(|(path, value)| DataFile {
        path: path.to_owned(),
        value,
    });
    Ok((files.collect(), errors))
}

/// The file that tells where readers go on, where `[up_next]` names one.
fn journeys<'d>(
    config: &Config,
    data: &'d [DataFile],
) -> Result<Option<&'d DataFile>, Box<Diagnostic>> {
    let Some(name) = &config.up_next.journeys else {
        return Ok(None);
    };
    let path = name.strip_prefix("data/").unwrap_or(name);
    let file = data.iter().find(|file| file.path == path);
    let missing = || {
        let error = Diagnostic::error(
            "config",
            config::FILE,
            format!("there is no `{name}` to read"),
        );
        let help = "write a file of `data/` such as \"data/journeys.csv\", and put it there";
        Box::new(error.at_item("up_next", name).help(help))
    };
    file.map(Some).ok_or_else(missing)
}

/// Parses the files of replies, on all threads, and hands each to its page. Nothing is kept of them: they are
/// few, and quickly read.
pub(super) fn read_replies(
    files: &[SourceFile],
    config: &Config,
    pages: &mut [Page],
    broken: &[String],
) -> Result<Vec<Diagnostic>, Error> {
    let parsed: Vec<_> = files
        .par_iter()
        .map(|file| Ok(replies::read(&file.path, &file.read()?, &config.zone)))
        .collect::<Result<_, Error>>()?;
    let mut diagnostics = Vec::new();
    for (file, (replies, errors)) in files.iter().zip(parsed) {
        diagnostics.extend(errors);
        diagnostics.extend(replies::attach(pages, broken, &file.path, replies));
    }
    Ok(diagnostics)
}

/// Width and height of the pictures in `content/`, by path.
pub(super) fn picture_sizes(assets: &[SourceFile]) -> Result<BTreeMap<String, (u32, u32)>, Error> {
    let pictures: Vec<&SourceFile> = assets
        .iter()
        .filter(|file| image_size::is_picture(&file.path))
        .collect();
    let sizes: Vec<Option<(String, (u32, u32))>> = pictures
        .par_iter()
        .map(|file| {
            // A camera may put 200 KB of its own before the size.
            let head = file.read_head(256 << 10)?;
            Ok(image_size::size(&file.path, &head).map(|size| (file.path.clone(), size)))
        })
        .collect::<Result<_, Error>>()?;
    Ok(sizes.into_iter().flatten().collect())
}
