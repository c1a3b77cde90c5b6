//! `gen init`: a small, whole site to change into one's own, and the file that publishes it.

mod files;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gen_site::config::Config;
use gen_site::edit::Plan;
use gen_site::error::Error;
use gen_site::model::date::{Date, Day, Zone};
use gen_site::model::slug::slugify;
use gen_site::model::url::BaseUrl;
use gen_site::parse::title_from;
use gen_site::store::author;
use gen_site::{Today, config};

use super::{Outcome, ask, count, now, say};

/// Make a new site: a guide, articles and settings to change
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen init my-garden\n  gen init my-garden --title \"My garden\" --base-url https://me.github.io/garden/ --host github\n\nOn a terminal, and with none of these said, it asks for title, address and host. It writes only into a new folder, or one with nothing in it but hidden files."
)]
pub(super) struct Args {
    /// The folder of the new site
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Its name [default: made of the folder's name]
    #[arg(long)]
    title: Option<String>,
    /// Where it will stand on the web [default: an address that is nobody's]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Its language, such as en or pt-BR [default: en]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Where it is published: adds the file that the host reads
    #[arg(long, value_enum)]
    host: Option<Host>,
    /// Date the articles so [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = Day::parse)]
    date: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Host {
    /// GitHub Pages, by a workflow
    Github,
    /// Netlify
    Netlify,
    /// Cloudflare, as a worker with files
    Cloudflare,
    /// Nobody yet
    None,
}

/// What the files are filled with.
struct Answers {
    title: String,
    base_url: String,
    language: String,
    host: Host,
    date: Day,
    /// The folder's name, for hosts.
    name: String,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let absolute =
        std::path::absolute(&args.folder).map_err(Error::io("could not find", &args.folder))?;
    check_folder(&absolute)?;
    let answers = answers(args, &absolute)?;
    let created = files::all(&answers);
    let settings = created.iter().find(|(path, _)| path == config::FILE);
    if let Some(wrong) = settings.and_then(|(_, text)| Config::parse(text, None).err()) {
        let why: Vec<String> = wrong.iter().map(|found| found.message.clone()).collect();
        return Err(Error::Refused(format!(
            "{}, and nothing was written",
            why.join("; ")
        )));
    }
    let number = created.len();
    std::fs::create_dir_all(&absolute).map_err(Error::io("could not write", &absolute))?;
    let plan = Plan {
        created,
        ..Plan::default()
    };
    author::carry_out(&absolute, &plan)?;
    tell(&args.folder, &answers, number);
    Ok(Outcome::Clean)
}

/// Refuses a folder with anything in it but hidden files.
fn check_folder(folder: &Path) -> Result<(), Error> {
    let refuse = |why: String| {
        Err(Error::Refused(format!(
            "{} {why}, and nothing was written\nhelp: name a new folder: gen init my-site",
            folder.display()
        )))
    };
    if folder.is_file() {
        return refuse("is a file".into());
    }
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    match names.filter(|name| !name.starts_with('.')).min() {
        Some(name) => refuse(format!("is not empty (it holds {name})")),
        None => Ok(()),
    }
}

/// What is said on the command line; where nothing is and somebody is there, what they answer.
fn answers(args: &Args, folder: &Path) -> Result<Answers, Error> {
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let usual_title = Some(title_from(&name)).filter(|title| !title.is_empty());
    let usual_title = usual_title.unwrap_or_else(|| "My site".into());
    let silent = args.title.is_none()
        && args.base_url.is_none()
        && args.language.is_none()
        && args.host.is_none();
    let answer = |what: &str| match silent {
        true => ask(what),
        false => Ok(None),
    };
    let title = match &args.title {
        Some(title) => Some(title.clone()),
        None => answer(&format!("Title of the site [{usual_title}]"))?,
    };
    let base_url = match &args.base_url {
        Some(url) => Some(url.clone()),
        None => address(&answer)?,
    };
    let host = match args.host {
        Some(host) => Some(host),
        None => asked_host(&answer)?,
    };
    let date = match (args.date, now()) {
        (Some(day), _) | (None, Today::Day(day)) => day,
        (None, Today::At(written)) => Date::resolve(written, &Zone::utc()).day(),
        (None, Today::Moment(seconds)) => Zone::utc().day_of(seconds),
    };
    Ok(Answers {
        title: title.unwrap_or(usual_title),
        base_url: base_url.unwrap_or_else(|| "https://example.org".into()),
        language: args.language.clone().unwrap_or_else(|| "en".into()),
        host: host.unwrap_or(Host::None),
        date,
        name: Some(slugify(&name))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "site".into()),
    })
}

/// Asks until the answer is an address.
fn address(
    answer: &dyn Fn(&str) -> Result<Option<String>, Error>,
) -> Result<Option<String>, Error> {
    let mut question = "Address on the web [https://example.org]".to_owned();
    loop {
        match answer(&question)? {
            None => return Ok(None),
            Some(url) => match BaseUrl::parse(&url) {
                Ok(_) => return Ok(Some(url)),
                Err(why) => question = format!("{why}\nAddress on the web [https://example.org]"),
            },
        }
    }
}

/// Asks until the answer is a host.
fn asked_host(
    answer: &dyn Fn(&str) -> Result<Option<String>, Error>,
) -> Result<Option<Host>, Error> {
    loop {
        match answer("Host: github, netlify, cloudflare or none [none]")? {
            None => return Ok(None),
            Some(written) => {
                if let Ok(host) = Host::from_str(&written, true) {
                    return Ok(Some(host));
                }
            }
        }
    }
}

fn tell(folder: &Path, answers: &Answers, number: usize) {
    let shown = folder.display();
    say(&format!(
        "{} is there: {} in {shown}",
        answers.title,
        count(number, "file", "files")
    ));
    say("Next:");
    if folder != Path::new(".") {
        say(&format!("  cd {shown}"));
    }
    say("  gen serve");
    say("  gen new \"A title\" --section tending");
    say("Then make it yours: site.toml, content/about.md, content/authors/your-name.md.");
    if answers.base_url.contains("example.org") {
        say("Before you publish it, write its address in site.toml: base_url.");
    }
    match answers.host {
        Host::None => {}
        Host::Github => {
            say(
                "To publish: push it to GitHub, and choose \"GitHub Actions\" in the settings, under Pages.",
            );
            if files::REPOSITORY.is_empty() {
                say(
                    "Before that, say in .github/workflows/publish.yml where gen's repository is (GEN_REPOSITORY).",
                );
            }
        }
        Host::Netlify => say("To publish: gen build --strict && npx netlify-cli deploy --prod"),
        Host::Cloudflare => say("To publish: gen build --strict && npx wrangler deploy"),
    }
}
