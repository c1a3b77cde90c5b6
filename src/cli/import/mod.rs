//! `gen import`: makes a site of what another system holds, in a new folder.

mod fetch;
mod verify;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gen_site::edit::Plan;
use gen_site::error::Error;
use gen_site::import::{self, Import, Options, Source};
use gen_site::scan;
use gen_site::store::{author, unzip};

use super::progress::Progress;
use super::{NoSite, Outcome, count, print, say};

/// The report that an import leaves.
const REPORT: &str = "import-report.md";

/// Make a site of one that another system made
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen import ../my-jekyll-site my-site\n  gen import export.xml my-site --base-url https://example.org\n  gen import ../notes --dry-run\n  gen import export.xml my-site --pictures fetch\n  gen import --verify old-sitemap.xml my-site\n\nIt knows Jekyll, Hugo, Zola, Eleventy, Hexo, Pelican, MkDocs, mdBook, Docusaurus, Astro, VitePress, Obsidian, exports of WordPress, Ghost, Blogger, Substack and Medium, and any folder of Markdown. SOURCE is read and never changed; only the new folder is written. What wants a look stands in import-report.md."
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) no_site: NoSite,
    /// The folder of the old site, or its export; with --verify alone, the new site
    #[arg(value_name = "SOURCE", required_unless_present = "verify")]
    source: Option<PathBuf>,
    /// The folder of the new site [default: the name of SOURCE, with -gen]
    #[arg(value_name = "NEW-SITE")]
    folder: Option<PathBuf>,
    /// Where it will stand on the web [default: as the old site's settings say]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// What becomes of the pictures
    #[arg(long, value_enum, default_value = "copy")]
    pictures: Pictures,
    /// An export of Disqus, whose replies go to their articles
    #[arg(long, value_name = "FILE")]
    replies: Option<PathBuf>,
    /// Say which addresses of the old site have no answer in the new one: of its sitemap, or of the folder of the built site
    #[arg(long, value_name = "SITEMAP-OR-FOLDER", conflicts_with = "dry_run")]
    verify: Option<PathBuf>,
    /// Write nothing; show the report
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Pictures {
    /// They are copied from SOURCE
    Copy,
    /// Those that are not in SOURCE are fetched from the web, too; again into the same folder, only what is missing
    Fetch,
    /// They stay where they are
    Leave,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    if let Some(url) = &args.base_url {
        gen_site::model::url::BaseUrl::parse(url)
            .map_err(|why| Error::refused(why, "write it whole: --base-url https://example.org"))?;
    }
    match (&args.source, &args.verify) {
        (Some(site), Some(old)) if args.folder.is_none() => verify::run(site, old),
        (None, Some(old)) => verify::run(Path::new("."), old),
        (Some(source), old) => {
            let folder = args.folder.clone().unwrap_or_else(|| usual_folder(source));
            let outcome = make(args, source, &folder)?;
            match old {
                Some(old) => verify::run(&folder, old),
                None => Ok(outcome),
            }
        }
        (None, None) => Ok(Outcome::Clean),
    }
}

fn make(args: &Args, source: &Path, folder: &Path) -> Result<Outcome, Error> {
    let archive = match unzip::is_archive(source) {
        true => Some(unzip::unpack(source)?),
        false => None,
    };
    let files = archive.as_ref().map_or(source, |archive| archive.folder());
    let mut progress = Progress::default();
    progress.begin();
    progress.say("reading the old site");
    let read = Source {
        files: scan::foreign_site(files)?,
    };
    let new = std::path::absolute(folder).map_err(Error::io("could not find", folder))?;
    let resumes = args.pictures == Pictures::Fetch && new.join(REPORT).is_file();
    if !resumes {
        check(source, &new, folder)?;
    }
    let replies = args
        .replies
        .as_deref()
        .map(scan::foreign_site)
        .transpose()?;
    let options = Options {
        base_url: args.base_url.clone(),
        pictures: match args.pictures {
            Pictures::Copy => import::Pictures::Copy,
            Pictures::Fetch => import::Pictures::Fetch,
            Pictures::Leave => import::Pictures::Leave,
        },
        replies: replies.into_iter().flatten().next(),
    };
    let mut import = import::import(&read, &options)?;
    if args.dry_run {
        progress.done();
        let report = import.files.iter().find(|file| file.path == REPORT);
        print(report.map_or("", |report| &report.text))?;
        tell(&import, None);
        return Ok(Outcome::Clean);
    }
    if !resumes {
        write(&mut import, &new, &progress)?;
    }
    let lost = fetch::run(&import.fetched, &new, &progress)?;
    progress.done();
    tell(&import, Some(folder));
    Ok(match lost {
        true => Outcome::SiteHasErrors,
        false => Outcome::Clean,
    })
}

/// Writes the new site.
fn write(import: &mut Import, new: &Path, progress: &Progress) -> Result<(), Error> {
    std::fs::create_dir_all(new).map_err(Error::io("could not write", new))?;
    let files = std::mem::take(&mut import.files);
    progress.say(&format!("writing {}", count(files.len(), "file", "files")));
    let created = files.into_iter().map(|file| (file.path, file.text));
    let plan = Plan {
        created: created.collect(),
        ..Plan::default()
    };
    author::carry_out(new, &plan)?;
    for (number, file) in import.copied.iter().enumerate() {
        if number % 20 == 0 {
            progress.say(&format!(
                "copying files, {number} of {}",
                import.copied.len()
            ));
        }
        author::copy(&file.from.absolute(), new, &file.to)?;
    }
    Ok(())
}

/// `jekyll-site` and `export.xml` become `jekyll-site-gen` and `export-gen`, here.
fn usual_folder(source: &Path) -> PathBuf {
    let name = source.canonicalize().ok();
    let name = name.as_deref().unwrap_or(source).file_stem();
    let name = name.map_or_else(
        || "site".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    PathBuf::from(format!("{name}-gen"))
}

/// Refuses a folder with anything in it, and one within the old site.
fn check(source: &Path, new: &Path, shown: &Path) -> Result<(), Error> {
    let refuse = |why: &str| {
        Err(Error::refused(
            format!("{} {why}, and nothing was written", shown.display()),
            "name a new folder: gen import SOURCE my-site",
        ))
    };
    if new.is_file() {
        return refuse("is a file");
    }
    if std::fs::read_dir(new).is_ok_and(|mut entries| entries.next().is_some()) {
        return refuse("is not empty");
    }
    let source = source
        .canonicalize()
        .map_err(Error::io("could not read", source))?;
    let above = new
        .ancestors()
        .find_map(|folder| folder.canonicalize().ok());
    match source.is_dir() && above.is_some_and(|above| above.starts_with(&source)) {
        true => refuse("lies within the old site"),
        false => Ok(()),
    }
}

fn tell(import: &Import, folder: Option<&Path>) {
    let all = import.ready + import.to_look_at;
    say(&format!(
        "From {}: {}, {} ready, {} to look at; {} hidden; {} kept; {}.",
        import.system.name,
        count(all, "article or page", "articles and pages"),
        import.ready,
        import.to_look_at,
        import.hidden,
        count(import.addresses, "address", "addresses"),
        count(
            import.copied.len(),
            "picture or other file",
            "pictures and other files"
        ),
    ));
    for why in &import.cut {
        say(&format!("Not all is here: {why}"));
    }
    match folder {
        Some(folder) => {
            let shown = folder.display();
            say(&format!(
                "It is in {shown}. Read {shown}/import-report.md, then:"
            ));
            say(&format!("  cd {shown}"));
            say("  gen serve");
        }
        None => say("Nothing was written."),
    }
}
