//! Reads a site: its configuration, its theme, its files, what parse makes of them or what is kept of that, and
//! links it all. Writes nothing but what is kept.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::bodies::Bodies;
use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic, Spot};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::pages::{Entry, Keep};
use crate::kept::{Kept, is_settled};
use crate::link::{self, Aside, Before, Late};
use crate::model::date::Day;
use crate::model::page::{Page, Terms};
use crate::model::site::Site;
use crate::output;
use crate::output::theme::{Theme, ThemeFiles};
use crate::parse::{self, image_size, replies, terms};
use crate::scan::{self, Content, SourceFile};
use crate::shelf::Shelf;
use crate::{Options, Watch};

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
    /// Of the configuration and the theme.
    pub(crate) common: Fingerprint,
    /// Where the pages' bodies are that memory does not hold.
    pub(crate) shelf: Shelf,
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
    pub(crate) today: Day,
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
    let today = options.today.day(&config.zone);
    let mut mix = Mix::default();
    mix.add(&(text, &options.base_url));
    Ok(Ok(Configured {
        config,
        today,
        fingerprint: mix.finish(),
    }))
}

/// Reads and links the content that was found, with what is kept of the last build.
pub(crate) fn load(
    options: &Options,
    configured: Configured,
    (content, mut diagnostics): (Content, Vec<Diagnostic>),
    kept: Option<&Kept>,
    (shelf, asked): (Shelf, bool),
    watch: Watch<'_>,
) -> Result<OrMistakes<Loaded>, Error> {
    let root = &options.root;
    let Configured {
        config,
        today,
        fingerprint,
    } = configured;
    let chain = match theme_chain(root, &config.theme)? {
        Ok(chain) => chain,
        Err(errors) => return Ok(Err(located(root, errors))),
    };
    let (theme, errors) = Theme::assemble(&chain, &config.language);
    diagnostics.extend(errors);
    let mut parsed_with = Mix::default();
    parsed_with.add(&(fingerprint, &theme.strings));
    let parsed_with = parsed_with.finish();

    let (lists, parsed) = rayon::join(
        || kept.and_then(Kept::lists),
        || {
            parse_all(
                &content.articles,
                &config,
                &theme,
                &shelf,
                kept.map(|kept| (kept, parsed_with)),
            )
        },
    );
    let parsed = parsed?;
    watch(
        "parse",
        parsed.iter().filter(|parsed| parsed.is_new).count(),
    );
    let bodies = Bodies::of(&content.articles, &config, &theme, &shelf);
    if let Some(kept) = kept {
        keep_pages(kept, parsed_with, &content.articles, &parsed, &bodies);
    }
    let (mut broken, mut changed) = (Vec::new(), BTreeMap::new());
    let mut files = content.articles.iter();
    let take = |parsed: Parsed| {
        let file = files.next()?;
        diagnostics.extend(parsed.diagnostics);
        if parsed.page.is_none() {
            broken.push(file.path.clone());
        }
        if let Some(before) = parsed.before {
            changed.insert(file.path.clone(), *before);
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
    let common = common(fingerprint, &chain, &pages);
    let assets: Vec<String> = content
        .assets
        .iter()
        .map(|file| file.path.clone())
        .collect();
    let known = lists.as_ref().map(|lists| lists.key);
    let rows = shelf.rows();
    let before = lists.map(|lists| Before {
        key: lists.key,
        shown: lists.shown,
        refused: lists.refused,
        changed,
    });
    let linked = link::link(
        pages,
        &link::Options {
            config: &config,
            today,
            drafts: options.drafts,
            future: options.future,
            picture_sizes: &picture_sizes(&content.assets)?,
            assets: &assets,
            broken: &broken,
            callouts: &theme.callouts,
            parsed_with,
            asked,
            late: Late {
                terms: &|page, terms| {
                    let found = bodies.terms(page, terms);
                    found.map_or_else(Terms::default, Cow::into_owned)
                },
                ids: &|page| bodies.ids(page),
                aside: Aside {
                    put: &|row| rows.put(row),
                    settle: &|| rows.settle(),
                    get: &|there, bytes| bodies.row(there, bytes),
                },
            },
        },
        before,
    );
    bodies.check()?;
    drop(rows);
    let key = linked.up_next_key;
    if let Some(kept) = kept.filter(|_| known != Some(key)) {
        kept.keep_lists(key, &linked.site.up_next, &linked.site.refused);
    }
    diagnostics.extend(linked.diagnostics);
    let diagnostics = located(root, diagnostics);
    watch("link", linked.site.pages.len());
    Ok(Ok(Loaded {
        common,
        today,
        config,
        theme,
        site: linked.site,
        articles: content.articles,
        assets: content.assets,
        diagnostics,
        shelf,
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

/// The theme and those that it extends, the built-in one in place of a missing `default`.
pub(crate) fn theme_chain(
    root: &Path,
    name: &str,
) -> Result<Result<Vec<ThemeFiles>, Vec<Diagnostic>>, Error> {
    let mut chain: Vec<ThemeFiles> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.take() {
        let asked_by = chain.last().map(|t: &ThemeFiles| t.path_of("theme.toml"));
        let (path, key) = asked_by
            .as_deref()
            .map_or((config::FILE, "theme"), |path| (path, "extends"));
        if chain.iter().any(|theme| theme.name == name) {
            let error = Diagnostic::error(
                "unknown-theme",
                path,
                format!("the theme `{name}` extends itself"),
            );
            return Ok(Err(vec![
                error
                    .at_item(key, &name)
                    .help("extend `default`, or nothing"),
            ]));
        }
        let plain_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
        let mut files = ThemeFiles {
            name: name.clone(),
            ..ThemeFiles::default()
        };
        if plain_name {
            for file in scan::theme(&root.join("themes").join(&name))? {
                let bytes = file.read()?;
                files.files.push((file.path, bytes));
            }
        }
        if files.files.is_empty() {
            if name != output::theme::DEFAULT {
                let known = scan::themes(root);
                return Ok(Err(vec![output::theme::unknown(&name, key, path, &known)]));
            }
            files = output::theme::built_in();
        }
        match output::theme::extends(&files) {
            Ok(extends) => next = extends,
            Err(errors) => return Ok(Err(errors)),
        }
        chain.push(files);
    }
    Ok(Ok(chain))
}

/// How the site's files are parsed.
pub(crate) fn parsing<'a>(config: &'a Config, theme: &'a Theme) -> parse::Options<'a> {
    parse::Options {
        zone: &config.zone,
        markdown: &config.markdown,
        language: &config.language,
        strings: &theme.strings,
        search: config.search,
    }
}

/// What came of one file.
pub(crate) struct Parsed {
    pub(crate) page: Option<Page>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// It was not kept as it is.
    is_new: bool,
    /// It stands in the first file of what is kept, and when it was looked at.
    is_old: bool,
    seen: i64,
    /// The page as it was kept, where it changed.
    before: Option<Box<(Fingerprint, Terms)>>,
}

/// Parses every file, on all threads, or takes what is kept of it; the results are in the files' order.
pub(crate) fn parse_all(
    files: &[SourceFile],
    config: &Config,
    theme: &Theme,
    shelf: &Shelf,
    kept: Option<(&Kept, Fingerprint)>,
) -> Result<Vec<Parsed>, Error> {
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
    let options = parsing(config, theme);
    // A thread works at one run of files after the other: what it has learnt in one, it knows in the next. Parse does
    // nothing in parallel, so that no thread comes here twice.
    let memories: Vec<Mutex<terms::Memory>> = (0..rayon::current_num_threads())
        .map(|_| Mutex::new(terms::Memory::new(&config.language)))
        .collect();
    let own = || {
        let memory = &memories[rayon::current_thread_index().unwrap_or_default()];
        let memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
        (memory, shelf.putter())
    };
    let parsed: Vec<Result<Parsed, Error>> = files
        .par_iter()
        .zip(known)
        .map_init(own, |(memory, putter), (file, entry)| {
            let mut parsed = parse_one(file, entry, began, &options, memory)?;
            if let Some(page) = &mut parsed.page {
                putter.put(page);
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
    memory: &mut terms::Memory,
) -> Result<Parsed, Error> {
    let mut parsed = Parsed {
        page: None,
        diagnostics: Vec::new(),
        is_new: true,
        is_old: false,
        seen: began,
        before: None,
    };
    let Some(entry) = entry else {
        (parsed.page, parsed.diagnostics) = parse_file(file, options, memory)?;
        return Ok(parsed);
    };
    if entry.stamp == file.stamp && is_settled(entry.stamp, entry.seen) {
        return Ok(Parsed {
            is_new: false,
            is_old: entry.is_old,
            seen: entry.seen,
            page: Some(entry.page()),
            ..parsed
        });
    }
    let same = !file.too_large() && Fingerprint::of(&file.read()?) == entry.page.fingerprint;
    if same {
        parsed.page = Some(entry.page());
        return Ok(parsed);
    }
    parsed.before = Some(Box::new((entry.page.fingerprint, entry.terms)));
    (parsed.page, parsed.diagnostics) = parse_file(file, options, memory)?;
    Ok(parsed)
}

fn parse_file(
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
    parsed: &[Parsed],
    bodies: &Bodies<'_>,
) {
    let pages = files.iter().zip(parsed).filter_map(|(file, parsed)| {
        let page = parsed
            .page
            .as_ref()
            .filter(|_| parsed.diagnostics.is_empty())?;
        Some(Keep {
            stamp: file.stamp,
            seen: parsed.seen,
            page,
            is_old: parsed.is_old,
            is_new: parsed.is_new,
        })
    });
    kept.keep_pages(key, &pages.collect::<Vec<_>>(), &|page| {
        bodies.terms(page, &page.terms)
    });
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
