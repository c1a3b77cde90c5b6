//! Reads a site: its configuration, its theme, its files, what parse makes of them or what is kept of that, and
//! links it all. Writes nothing but what is kept.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic, Spot};
use crate::error::Error;
use crate::escape;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::Kept;
use crate::link;
use crate::link::foreign;
use crate::model::date::{Day, Now};
use crate::model::extra;
use crate::model::page::Page;
use crate::model::site::Site;
use crate::output::theme::{Theme, ThemeFiles};
use crate::parse::{self, image_size, replies};
use crate::parsed::{Parsed, keep_pages, parse_all};
use crate::scan::{self, Content, SourceFile};
use crate::themes;
use crate::{Options, Watch};

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
    /// Its configuration.
    pub config: Config,
    /// Its theme.
    pub theme: Theme,
    /// The linked pages.
    pub site: Site,
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
    pub(crate) common: Fingerprint,
}

impl Loaded {
    /// The file that a page comes of, by its path in `content/`.
    pub(crate) fn file(&self, source: &str) -> Option<&SourceFile> {
        scan::find(&self.articles, source)
    }
}

/// What the author's mistakes leave of a step.
pub(crate) type OrMistakes<T> = Result<T, Vec<Diagnostic>>;

/// The configuration, and the build's day by it.
pub(crate) struct Configured {
    pub(crate) config: Config,
    pub(crate) now: Now,
    /// Of all that it was made of.
    fingerprint: Fingerprint,
}

/// Reads `site.toml`.
pub(crate) fn configure(options: &Options) -> Result<OrMistakes<Configured>, Error> {
    let root = &options.root;
    let bytes = scan::file(root, config::FILE)?;
    let text = match diagnostic::utf8(config::FILE, &bytes) {
        Ok(text) => text,
        Err(error) => return Ok(Err(vec![*error])),
    };
    let config = match Config::parse(text, options.base_url.as_deref()) {
        Ok(config) => config,
        Err(errors) => return Ok(Err(located(root, errors))),
    };
    let now = options.today.now(&config.zone);
    let mut mix = Mix::default();
    mix.add(&(text, &options.base_url));
    Ok(Ok(Configured {
        config,
        now,
        fingerprint: mix.finish(),
    }))
}

/// Reads and links the content that was found, with what is kept of the last build. Pages hold `held` bytes of HTML at
/// most; `asked` is that of [`link::Options`].
pub(crate) fn load(
    options: &Options,
    configured: Configured,
    (content, mut diagnostics): (Content, Vec<Diagnostic>),
    kept: Option<&Kept>,
    held: usize,
    asked: bool,
    watch: Watch<'_>,
) -> Result<OrMistakes<Loaded>, Error> {
    let root = &options.root;
    let Configured {
        config,
        now,
        fingerprint,
    } = configured;
    let chain = match themes::chain(root, &config.theme)? {
        Ok(chain) => chain,
        Err(errors) => return Ok(Err(located(root, errors))),
    };
    let (theme, errors) = Theme::assemble(&chain, &config.language);
    diagnostics.extend(errors);
    let mut parsed_with = Mix::default();
    parsed_with.add(&(fingerprint, &theme.strings));
    let parsed_with = parsed_with.finish();

    let parsed = parse_all(
        &content.articles,
        &config,
        &theme,
        held,
        kept.map(|kept| (kept, parsed_with)),
    )?;
    watch(
        "parse",
        parsed.iter().filter(|parsed| parsed.is_new).count(),
    );
    if let Some(kept) = kept {
        keep_pages(kept, parsed_with, &content.articles, &parsed);
    }
    let mut broken = Vec::new();
    let mut files = content.articles.iter();
    let take = |parsed: Parsed| {
        let file = files.next()?;
        diagnostics.extend(parsed.diagnostics);
        if parsed.page.is_none() {
            broken.push(file.path.clone());
        }
        parsed.page
    };
    // Collected in the place of what was parsed: the two beside each other would be the peak.
    let mut pages: Vec<Page> = parsed.into_iter().filter_map(take).collect();
    diagnostics.extend(read_replies(
        &content.replies,
        &config,
        &mut pages,
        &broken,
    )?);
    diagnostics.extend(foreign::unknown_keys(&pages, config.unknown_keys));
    let common = common(fingerprint, &chain, &pages);
    let assets: Vec<String> = content
        .assets
        .iter()
        .map(|file| file.path.clone())
        .collect();
    let mut linked = link::link(
        pages,
        &link::Options {
            config: &config,
            now,
            drafts: options.drafts,
            future: options.future,
            picture_sizes: &picture_sizes(&content.assets)?,
            assets: &assets,
            broken: &broken,
            callouts: &theme.callouts,
            asked,
        },
    );
    publish_what_is_mentioned(&mut linked.site, &config, &theme, &content.assets)?;
    diagnostics.extend(linked.diagnostics);
    let diagnostics = located(root, diagnostics);
    watch("link", linked.site.pages.len());
    Ok(Ok(Loaded {
        common,
        today: now.day,
        now,
        config,
        theme,
        site: linked.site,
        articles: content.articles,
        assets: content.assets,
        diagnostics,
    }))
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

/// Parses the files of replies, on all threads, and hands each to its page. Nothing is kept of them: they are
/// few, and quickly read.
fn read_replies(
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
fn picture_sizes(assets: &[SourceFile]) -> Result<BTreeMap<String, (u32, u32)>, Error> {
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

/// The diagnostics with their excerpts, sorted by place. Files are read again only for this.
pub(crate) fn located(root: &Path, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut texts: BTreeMap<String, Option<String>> = BTreeMap::new();
    for diagnostic in diagnostics
        .iter_mut()
        .filter(|d| d.excerpt.is_none() && d.spot != Spot::File)
    {
        let text = texts.entry(diagnostic.path.clone()).or_insert_with(|| {
            let bytes = scan::file(root, &diagnostic.path).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        });
        if let Some(text) = text {
            let find_key = match &diagnostic.path {
                path if path.ends_with(".toml") => config::find_key,
                path if path.ends_with(replies::ENDING) => replies::find_key,
                _ => parse::front_matter::find_key,
            };
            diagnostic.locate(text, find_key);
        }
    }
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics
}
