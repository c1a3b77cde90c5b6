//! `gen audit`: looks at a built site of any generator, and moves nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gen_site::audit::{self, Built, Document};
use gen_site::error::Error;
use gen_site::external::{Fetching, fetch};
use gen_site::model::url::BaseUrl;
use gen_site::scan;
use gen_site::store::author;

use super::progress::Progress;
use super::{NoSite, Outcome, count, now, old_site, print, say_aside};

/// Bytes of a page, at most.
const LONGEST: u64 = 4 << 20;
/// Pages that are fetched, at most.
const MOST: usize = 1000;
/// Seconds that a page may take.
const TIMEOUT: u64 = 20;

/// Look at a built site of any generator: dead links, orphans, and what could be up next
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen audit public\n  gen audit _site --html audit.html\n  gen audit urls.txt --format json\n\nSOURCE is the folder that a generator writes, or a file with a URL in each line, or a sitemap: its pages are then fetched, one after the other. Exit status 1: a link, an anchor or a file is dead."
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) no_site: NoSite,
    /// The folder of the built site, or a file with URLs
    #[arg(value_name = "FOLDER-OR-URL-LIST")]
    source: PathBuf,
    /// Where the site stands on the web [default: as its pages say]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write it as one page of HTML, too
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Show all of it: without it, ten of a kind
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    if let Some(url) = &args.base_url {
        BaseUrl::parse(url)
            .map_err(|why| Error::refused(why, "write it whole: --base-url https://example.org"))?;
    }
    let mut built = match args.source.is_dir() {
        true => folder(&args.source)?,
        false => list(&args.source)?,
    };
    built.base_url = args.base_url.clone().or(built.base_url);
    let found = audit::audit(&built, now())?;
    match args.format {
        Format::Text => print(&audit::text(&found, args.all))?,
        Format::Json => print(&audit::json(&found))?,
    }
    if let Some(file) = &args.html {
        author::write(file, &audit::html(&found))?;
        say_aside(&format!("wrote {}", file.display()));
    }
    let is_dead = |kind: &str| ["dead-link", "dead-anchor", "missing-file"].contains(&kind);
    Ok(match found.findings.iter().any(|one| is_dead(one.kind)) {
        true => Outcome::SiteHasErrors,
        false => Outcome::Clean,
    })
}

fn folder(source: &Path) -> Result<Built, Error> {
    let files = scan::built_site(source)?;
    let mut progress = Progress::default();
    progress.begin();
    let mut documents = Vec::new();
    let pages = files.iter().filter(|file| old_site::is_page(&file.path));
    for (number, file) in pages.enumerate() {
        if number % 100 == 0 {
            progress.say(&format!("reading {}", file.path));
        }
        let html = file.read_head(LONGEST)?;
        documents.push(Document::read(old_site::address(&file.path), &html));
    }
    progress.done();
    documents.sort_by(|a, b| a.address.cmp(&b.address));
    let files: BTreeSet<String> = files.into_iter().map(|file| file.path).collect();
    Ok(Built {
        documents,
        files,
        is_whole: true,
        base_url: None,
    })
}

fn list(source: &Path) -> Result<Built, Error> {
    let files = scan::built_site(source)?;
    let beside = source.parent().unwrap_or(Path::new("."));
    let mut urls = match files.first() {
        Some(file) => old_site::named(file, beside)?,
        None => Vec::new(),
    };
    let is_full = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    if let Some(wrong) = urls.iter().find(|url| !is_full(url)) {
        return Err(Error::refused(
            format!("`{wrong}` is no URL"),
            format!(
                "write one in each line of {}, with its https://",
                source.display()
            ),
        ));
    }
    if urls.len() > MOST {
        say_aside(&format!(
            "note: the first {MOST} of {} pages are fetched",
            urls.len()
        ));
        urls.truncate(MOST);
    }
    let host = |url: &str| -> Option<String> {
        let (scheme, rest) = url.split_once("://")?;
        Some(format!("{scheme}://{}/", rest.split('/').next()?))
    };
    let base = urls.first().and_then(|url| host(url));
    let mut progress = Progress::default();
    progress.begin();
    let mut documents = Vec::new();
    let mut lost = Vec::new();
    let fetching = Fetching {
        timeout: TIMEOUT,
        longest: LONGEST,
        purpose: "looks at the pages of a site for its owner",
    };
    fetch(&urls, &fetching, &mut |number, fetched| {
        progress.say(&format!("fetched {} of {}", number + 1, urls.len()));
        match fetched {
            Ok(html) if host(&urls[number]) == base => {
                documents.push(Document::read(old_site::path(&urls[number]), &html));
            }
            Ok(_) => lost.push(format!(
                "{} is of another site than the first",
                urls[number]
            )),
            Err(why) => lost.push(format!("{} {why}", urls[number])),
        }
        true
    });
    progress.done();
    for lost in &lost {
        say_aside(&format!("note: {lost}"));
    }
    if !lost.is_empty() {
        let pages = count(lost.len(), "page was", "pages were");
        say_aside(&format!("note: {pages} not looked at"));
    }
    documents.sort_by(|a, b| a.address.cmp(&b.address));
    Ok(Built {
        documents,
        files: BTreeSet::new(),
        is_whole: false,
        base_url: base,
    })
}
