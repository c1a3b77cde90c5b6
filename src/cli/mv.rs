//! `gen mv`: moves an article, a file or a folder, with everything that leads to it.

use std::path::Path;

use gen_site::edit::diff;
use gen_site::error::Error;
use gen_site::model::page::Page;
use gen_site::model::source;
use gen_site::store::author;
use gen_site::writing::Ground;
use gen_site::writing::moving::{self, Move};
use gen_site::{Options, Survey, config, scan, survey};

use super::messages::{self, Stream};
use super::place::Place;
use super::{Outcome, count, now, say, say_aside};

/// Move an article or a folder, and mend every link to it
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen mv let-go let-it-go\n  gen mv letting-go/let-go.md first-week/ --dry-run\n  gen mv letting-go moving-on\n\nPaths are those in content/. Links, references and the menu are mended in the style they are written in; the old address becomes an alias, so that links from elsewhere still lead there. All of it is done, or nothing."
)]
pub(super) struct Args {
    /// The article, file or folder: its path in content/, or an article's name
    old: String,
    /// Its new path in content/, or a folder to put it into; for an article given by its name, its new name
    new: String,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let mut survey = survey(&Options::of_all_files(root, now()))?;
    if !survey.configured {
        let found = survey.diagnostics.iter();
        let found: Vec<_> = found.filter(|found| found.path == config::FILE).collect();
        messages::tell(&found, false, Stream::Aside);
        return Err(Error::refused(
            "site.toml cannot be read, and nothing was moved",
            "mend what is told above first",
        ));
    }
    let mut pages = std::mem::take(&mut survey.pages);
    let (from, to) = paths(root, &survey, &pages, args)?;
    if root.join("content").join(&to).symlink_metadata().is_ok() && to != from {
        return Err(Error::refused(
            format!("content/{to} is there already, and nothing was changed"),
            "choose another path",
        ));
    }
    let site = survey.around_a_move();
    let read = |path: &str| {
        let bytes = scan::file(root, path)?;
        String::from_utf8(bytes).map_err(|_| {
            Error::refused(
                format!("{path} is not UTF-8, and nothing was moved"),
                "save it again as UTF-8",
            )
        })
    };
    let decided = moving::moving(&site, &mut pages, &from, &to, &read)?;
    match args.dry_run {
        true => show(&decided, &read)?,
        false => author::carry_out(root, &decided.plan)?,
    }
    tell(&decided, args.dry_run);
    Ok(Outcome::Clean)
}

/// What is moved, and where to: paths in `content/`.
fn paths(
    root: &Path,
    survey: &Survey,
    pages: &[Page],
    args: &Args,
) -> Result<(String, String), Error> {
    let place = Place::new(root)?;
    let folder_there = |path: &str| {
        let found = root.join("content").join(path);
        found.is_dir() && !path.is_empty()
    };
    let written = place.within(&args.old).ok();
    let file_there = |path: &String| {
        let is = |known: &String| known == path;
        pages.iter().any(|page| page.source == *path)
            || [&survey.assets, &survey.replies, &survey.broken]
                .iter()
                .any(|paths| paths.iter().any(is))
    };
    let with_ending = written.as_ref().map(|path| format!("{path}.md"));
    let by_path = [written.clone(), with_ending]
        .into_iter()
        .flatten()
        .find(|path| file_there(path))
        .or_else(|| written.filter(|path| folder_there(path)));
    let (from, by_name) = match by_path {
        Some(path) => (path, false),
        None => {
            let ground = Ground {
                config: &survey.config,
                pages,
                assets: &survey.assets,
                today: survey.today,
            };
            let page = ground.find(&args.old, "article, file or folder")?;
            (page.source.clone(), !args.old.contains('/'))
        }
    };
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let to = match by_name && !args.new.contains('/') {
        true if folder.is_empty() => args.new.clone(),
        true => format!("{folder}/{}", args.new),
        false => place.within(&args.new)?,
    };
    let into = args.new.ends_with('/') || to.is_empty() || folder_there(&to);
    let name = from.rsplit('/').next().unwrap_or_default();
    let to = match into {
        true if to.is_empty() => name.to_owned(),
        true => format!("{to}/{name}"),
        false if source::is_article(&from) && !source::is_article(&to) => {
            let ending = from.rsplit('.').next().unwrap_or("md");
            format!("{to}.{ending}")
        }
        false => to,
    };
    Ok((from, to))
}

fn show(decided: &Move, read: moving::Read<'_>) -> Result<(), Error> {
    for path in decided.plan.edited() {
        let before = read(path)?;
        say(&diff(
            path,
            &before,
            &decided.plan.edited_text(path, &before),
        ));
    }
    Ok(())
}

fn tell(decided: &Move, dry_run: bool) {
    for (from, to) in &decided.plan.moved {
        say(&format!("{from} → {to}"));
    }
    let links: usize = decided.mended.values().sum();
    if links > 0 {
        say(&format!(
            "{} in {}",
            count(
                links,
                "link or reference mended",
                "links and references mended"
            ),
            count(decided.mended.len(), "file", "files")
        ));
    }
    match decided.addresses.as_slice() {
        [] => {}
        [(old, new)] => say(&format!("{old} is now {new}")),
        several => {
            let ((old, new), more) = (&several[0], several.len() - 1);
            say(&format!(
                "{old} is now {new}, and {}",
                count(more, "other address changed", "other addresses changed")
            ));
        }
    }
    for note in &decided.notes {
        say_aside(&format!("note: {note}"));
    }
    if dry_run {
        say("Nothing was changed: this was a dry run.");
    }
}
