//! `gen new`: a new article, guide, author or theme. What is written is decided in the library; here is where, and
//! what is said of it.

mod article;

use std::path::Path;

use clap::Subcommand;
use gen_site::edit::Plan;
use gen_site::error::Error;
use gen_site::model::date::Day;
use gen_site::store::author;
use gen_site::writing::article::New;
use gen_site::writing::{self, Ground};
use gen_site::{Options, Survey, Today, survey};

use super::{Outcome, now, say, say_aside};

/// Start an article, a guide, an author or a theme
#[derive(clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  gen new \"How to let go\" --section letting-go\n  gen new letting-go/how-to-let-go.md --edit\n  gen new \"Write one letter\" --guide get-your-ex-back --publish\n  gen new --translate letting-go/let-go.md de\n  gen new guide \"First aid\" --steps 5\n  gen new author \"Ana Lima\"\n  gen new theme mine\n\nAn article begins as the nearest archetype.md above it, or with every usual key. No file is ever replaced."
)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    article: article::Args,
}

#[derive(Subcommand)]
enum What {
    /// Start a guide: a folder with its first page and its steps, all drafts
    Guide {
        /// Its title
        title: String,
        /// How many steps
        #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=50))]
        steps: u8,
        #[command(flatten)]
        day: DayArgs,
    },
    /// Start the page of somebody who writes here
    Author {
        /// The name that readers see
        name: String,
    },
    /// Start a theme that changes the default one
    Theme {
        /// The folder's name in themes/
        name: String,
    },
}

/// What day it is.
#[derive(clap::Args)]
struct DayArgs {
    /// Date it so [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = Day::parse)]
    date: Option<Day>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    match &args.what {
        None => article::run(root, &args.article),
        Some(What::Guide { title, steps, day }) => guide(root, title, usize::from(*steps), day),
        Some(What::Author { name }) => new_author(root, name),
        Some(What::Theme { name }) => theme(root, name),
    }
}

fn guide(root: &Path, title: &str, steps: usize, day: &DayArgs) -> Result<Outcome, Error> {
    let survey = look(root, day)?;
    let files = writing::guide::guide(&ground(&survey), title, steps)?;
    create(root, &files)?;
    for file in &files {
        say(&format!("new: content/{}", file.source));
    }
    say(&format!(
        "The guide will stand at {}. Everything in it is a draft: gen build --drafts shows it.",
        files[0].address
    ));
    Ok(Outcome::Clean)
}

fn new_author(root: &Path, name: &str) -> Result<Outcome, Error> {
    let survey = look(root, &DayArgs { date: None })?;
    let file = writing::author::author(&ground(&survey), name)?;
    create(root, std::slice::from_ref(&file))?;
    let stem = file.source.trim_start_matches("authors/");
    say(&format!("new: content/{} ({})", file.source, file.address));
    say(&format!(
        "Their articles say: authors: [{}]",
        stem.trim_end_matches(".md")
    ));
    Ok(Outcome::Clean)
}

fn theme(root: &Path, name: &str) -> Result<Outcome, Error> {
    let survey = look(root, &DayArgs { date: None })?;
    let created = writing::theme::theme(name, &survey.config.theme)?;
    let folder = root.join("themes").join(name);
    if folder.exists() {
        return Err(Error::refused(
            format!("themes/{name}/ is there already"),
            "choose another name",
        ));
    }
    let paths: Vec<String> = created.iter().map(|(path, _)| path.clone()).collect();
    let plan = Plan {
        created,
        ..Plan::default()
    };
    author::carry_out(root, &plan)?;
    for path in paths {
        say(&format!("new: {path}"));
    }
    say(&format!(
        "To use it, write in site.toml: theme = \"{name}\""
    ));
    Ok(Outcome::Clean)
}

/// Reads the site. Its mistakes do not stop a new file; that the settings could not be read is said.
fn look(root: &Path, day: &DayArgs) -> Result<Survey, Error> {
    let survey = survey(&Options::of_all_files(
        root,
        day.date.map_or_else(now, Today::Day),
    ))?;
    if !survey.configured {
        say_aside("note: site.toml cannot be read, and is left out of account; gen build says why");
    }
    Ok(survey)
}

fn ground(survey: &Survey) -> Ground<'_> {
    Ground {
        config: &survey.config,
        pages: &survey.pages,
        assets: &survey.assets,
        today: survey.today,
    }
}

/// Writes new files of `content/`, all of them or none.
fn create(root: &Path, files: &[New]) -> Result<(), Error> {
    let created = files
        .iter()
        .map(|file| (format!("content/{}", file.source), file.text.clone()));
    let plan = Plan {
        created: created.collect(),
        ..Plan::default()
    };
    author::carry_out(root, &plan)
}
