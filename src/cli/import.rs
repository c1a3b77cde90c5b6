//! `gen import`: makes a site of what another system holds, in a new folder.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gen_site::edit::Plan;
use gen_site::error::Error;
use gen_site::import::{self, Import, Options, Source};
use gen_site::scan;
use gen_site::store::author;

use super::{Outcome, count, print, say};

/// Make a site of one that another system made
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen import ../my-jekyll-site my-site\n  gen import export.xml my-site --base-url https://example.org\n  gen import ../notes --dry-run\n\nIt knows Jekyll, Hugo, Zola, Eleventy, Hexo, Pelican, MkDocs, mdBook, Docusaurus, Astro, Obsidian, exports of WordPress and Ghost, and any folder of Markdown. SOURCE is read and never changed; only the new folder is written. What wants a look stands in import-report.md."
)]
pub(super) struct Args {
    /// The folder of the old site, or its export
    #[arg(value_name = "SOURCE")]
    source: PathBuf,
    /// The folder of the new site [default: the name of SOURCE, with -gen]
    #[arg(value_name = "NEW-SITE")]
    folder: Option<PathBuf>,
    /// Where it will stand on the web [default: as the old site's settings say]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// What becomes of the pictures
    #[arg(long, value_enum, default_value = "copy")]
    pictures: Pictures,
    /// Write nothing; show the report
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Pictures {
    /// They are copied from SOURCE
    Copy,
    /// They stay where they are
    Leave,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    if let Some(url) = &args.base_url {
        gen_site::model::url::BaseUrl::parse(url)
            .map_err(|why| Error::refused(why, "write it whole: --base-url https://example.org"))?;
    }
    let source = Source {
        files: scan::foreign_site(&args.source)?,
    };
    let folder = args
        .folder
        .clone()
        .unwrap_or_else(|| usual_folder(&args.source));
    let new = std::path::absolute(&folder).map_err(Error::io("could not find", &folder))?;
    check(&args.source, &new, &folder)?;
    let options = Options {
        base_url: args.base_url.clone(),
        without_pictures: args.pictures == Pictures::Leave,
    };
    let import = import::import(&source, &options)?;
    if args.dry_run {
        let report = import
            .files
            .iter()
            .find(|file| file.path == "import-report.md");
        print(report.map_or("", |report| &report.text))?;
        tell(&import, None);
        return Ok(Outcome::Clean);
    }
    std::fs::create_dir_all(&new).map_err(Error::io("could not write", &new))?;
    let plan = Plan {
        created: import
            .files
            .iter()
            .map(|file| (file.path.clone(), file.text.clone()))
            .collect(),
        ..Plan::default()
    };
    author::carry_out(&new, &plan)?;
    for file in &import.copied {
        author::copy(&file.from.absolute(), &new, &file.to)?;
    }
    tell(&import, Some(&folder));
    Ok(Outcome::Clean)
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
