//! `gen init`: a small, whole site to change into one's own, and the file that publishes it.

mod cms;
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

use super::{NoSite, Outcome, ask, count, now, say};

/// Make a new site: a guide, articles and settings to change
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen init my-garden\n  gen init my-docs --theme documentation\n  gen init --cms sveltia    # in the folder of a site\n  gen init my-garden --title \"My garden\" --base-url https://me.github.io/garden/ --host github\n\nOn a terminal, and with none of these said, it asks for title, address and host. It writes only into a new folder, or one with nothing in it but hidden files."
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) no_site: NoSite,
    /// The folder of the new site
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Its name [default: made of the folder's name]
    #[arg(long)]
    title: Option<String>,
    /// Where it will stand on the web; https:// can be left out [default: an address that is nobody's]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Its language, such as en or pt-BR; those of the magazine are in German for de, all others in English [default: en]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// What it looks like, and what it begins with
    #[arg(long, value_enum, default_value = "magazine")]
    theme: Theme,
    /// Where it is published: adds the files by which the host builds it
    #[arg(long, value_enum)]
    host: Option<Host>,
    /// Add the files for an editor in the browser; in the folder of a site, nothing else
    #[arg(long, value_enum)]
    cms: Option<cms::Cms>,
    /// Date the articles so [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = Day::parse)]
    date: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Theme {
    /// Articles and guides, with a front page
    Magazine,
    /// Posts, the newest first
    Blog,
    /// Folders of pages, search first
    Documentation,
    /// Notes, and what links to them
    Garden,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Host {
    /// GitHub Pages, by a workflow
    Github,
    /// Netlify
    Netlify,
    /// Cloudflare, as a worker with files
    Cloudflare,
    /// Vercel
    Vercel,
    /// GitLab Pages, by a pipeline
    Gitlab,
    /// Codeberg Pages, by a workflow
    Codeberg,
    /// S3 and other stores of objects, by gen publish
    S3,
    /// Nobody yet
    None,
}

/// What the files are filled with.
struct Answers {
    title: String,
    base_url: String,
    language: String,
    theme: Theme,
    host: Host,
    date: Day,
    /// The folder's name, for hosts.
    name: String,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let absolute =
        std::path::absolute(&args.folder).map_err(Error::io("could not find", &args.folder))?;
    if let Some(cms) = args.cms
        && absolute.join(config::FILE).is_file()
    {
        cms::add(&absolute, cms)?;
        return Ok(Outcome::Clean);
    }
    check_folder(&absolute)?;
    let answers = answers(args, &absolute)?;
    let created = files::all(&answers);
    let settings = created.iter().find(|(path, _)| path == config::FILE);
    if let Some(wrong) = settings.and_then(|(_, text)| Config::parse(text, None).err()) {
        let why: Vec<String> = wrong.iter().map(|found| found.message.clone()).collect();
        return Err(Error::refused(
            format!("{}, and nothing was written", why.join("; ")),
            "mend that flag; gen init --help says what each takes",
        ));
    }
    let number = created.len();
    std::fs::create_dir_all(&absolute).map_err(Error::io("could not write", &absolute))?;
    let plan = Plan {
        created,
        ..Plan::default()
    };
    author::carry_out(&absolute, &plan)?;
    if let Some(cms) = args.cms {
        cms::add(&absolute, cms)?;
    }
    tell(&args.folder, &answers, number);
    Ok(Outcome::Clean)
}

/// Refuses a folder with anything in it but hidden files.
fn check_folder(folder: &Path) -> Result<(), Error> {
    let refuse = |why: String| {
        Err(Error::refused(
            format!("{} {why}, and nothing was written", folder.display()),
            "name a new folder: gen init my-site",
        ))
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
        Some(url) => Some(with_scheme(url)),
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
        theme: args.theme,
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
            Some(url) => match BaseUrl::parse(&with_scheme(&url)) {
                Ok(_) => return Ok(Some(with_scheme(&url))),
                Err(why) => question = format!("{why}\nAddress on the web [https://example.org]"),
            },
        }
    }
}

/// An address as people write it, with the scheme that it lacks. A word without a dot is no host of the web.
fn with_scheme(url: &str) -> String {
    let url = url.trim();
    let rest = url.trim_start_matches("//");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_here = matches!(host.split(':').next(), Some("localhost" | "127.0.0.1"));
    match url.contains("://") || !host.contains('.') && !is_here {
        true => url.to_owned(),
        false if is_here => format!("http://{rest}"),
        false => format!("https://{rest}"),
    }
}

/// Asks until the answer is a host.
fn asked_host(
    answer: &dyn Fn(&str) -> Result<Option<String>, Error>,
) -> Result<Option<Host>, Error> {
    loop {
        match answer(
            "Host: github, netlify, cloudflare, vercel, gitlab, codeberg, s3 or none [none]",
        )? {
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
    let sample = files::sample(answers.theme, &answers.language);
    say(&format!(
        "  gen new \"A title\" --section {}",
        sample.section
    ));
    say(&format!(
        "Then make it yours: site.toml, {}.",
        sample.personal.join(", ")
    ));
    if answers.base_url.contains("example.org") {
        say("Before you publish it, write its address in site.toml: base_url.");
    }
    let how = match answers.host {
        Host::None => return,
        Host::Github => {
            "push it to GitHub, and choose \"GitHub Actions\" in the settings, under Pages."
        }
        Host::Netlify => {
            "push it, and add the repository on Netlify. For a build each night, keep a build hook as DEPLOY_HOOK in its secrets."
        }
        Host::Cloudflare => {
            "push it, and add the repository on Cloudflare, or: npx wrangler deploy. For a build each night, keep a deploy hook as DEPLOY_HOOK in its secrets."
        }
        Host::Vercel => {
            "push it, and add the repository on Vercel. For a build each night, keep a deploy hook as DEPLOY_HOOK in its secrets."
        }
        Host::Gitlab => "push it to GitLab. For a build each night, add a pipeline schedule.",
        Host::Codeberg => "push it to Codeberg, and turn on Actions in the settings.",
        Host::S3 => {
            "name the bucket in site.toml: publish.live.to, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then: gen publish"
        }
    };
    say(&format!("To publish: {how}"));
}
