//! `gen list`: the articles, those that are out and those that are not, a line each.

mod translations;

use std::path::Path;

use gen_site::diagnostic::nearest;
use gen_site::error::Error;
use gen_site::link::fill_all_defaults;
use gen_site::link::status::{self, Status};
use gen_site::model::date::Day;
use gen_site::model::page::Page;
use gen_site::model::site::{Site, Target};
use gen_site::model::slug::fold;
use gen_site::output::json::{self, json};
use gen_site::{Options, Survey, Today, survey};

use super::{Outcome, count, load, now, print, say_aside};

/// A line of text is cut here, for terminals as narrow as they come.
const WIDTH: usize = 80;

/// List articles: all of them, or the drafts, the stale, the orphans …
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen list\n  gen list --drafts\n  gen list --stale 180 --section letting-go\n  gen list --orphans --format json\n  gen list --translations\n\nThe newest come first. Lines of text are cut at 80 columns; tsv and json hold everything."
)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
    /// Only those in this folder and below
    #[arg(long, value_name = "FOLDER")]
    section: Option<String>,
    /// Only those with this tag
    #[arg(long)]
    tag: Option<String>,
    /// Only those with this term of a taxonomy of the site's own, such as series=Rust
    #[arg(long, value_name = "KEY=NAME", value_parser = term)]
    term: Option<(String, String)>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// List as on this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = Day::parse)]
    date: Option<Day>,
}

#[derive(clap::Args)]
#[group(multiple = false)]
struct Which {
    /// Only drafts
    #[arg(long)]
    drafts: bool,
    /// Only what is dated after today
    #[arg(long)]
    scheduled: bool,
    /// Only what is over
    #[arg(long)]
    expired: bool,
    /// Only what is out and was not changed for so many days [default: 365]
    #[arg(long, value_name = "DAYS", num_args = 0..=1, default_missing_value = "365")]
    stale: Option<u32>,
    /// Only what is out and no text, guide or menu leads to
    #[arg(long)]
    orphans: bool,
    /// A table of what is translated into which language
    #[arg(long)]
    translations: bool,
}

/// Reads `series=Rust`.
fn term(written: &str) -> Result<(String, String), &'static str> {
    let parts = written.split_once('=');
    let (key, name) = parts.ok_or("write a key of [taxonomies] and a name: series=Rust")?;
    Ok((key.trim().to_owned(), name.trim().to_owned()))
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For spreadsheets and scripts: columns parted by tabs
    Tsv,
    /// For programs
    Json,
}

/// One article.
struct Row<'a> {
    page: &'a Page,
    state: Option<Status>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let options = Options {
        root: root.to_path_buf(),
        base_url: None,
        drafts: false,
        future: false,
        today: args.date.map_or_else(now, Today::Day),
    };
    if args.which.translations {
        return translations::run(&options, args);
    }
    let mut survey = survey(&options)?;
    if let Some((key, _)) = &args.term
        && !survey.config.taxonomies.has(key)
    {
        let keys: Vec<&str> = survey.config.taxonomies.keys().collect();
        let help = match nearest(key, keys.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if keys.is_empty() => {
                format!("declare it in site.toml: [taxonomies] {key} = \"…\"")
            }
            None => format!("the site has: {}", keys.join(", ")),
        };
        let why = format!("the site has no taxonomy `{key}`");
        return Err(Error::refused(why, help));
    }
    fill_all_defaults(&mut survey.pages, &survey.config.languages);
    known(args, &survey)?;
    let mut outcome = Outcome::Clean;
    let orphans = match args.which.orphans {
        false => None,
        true => {
            let Some((loaded, found)) = load(&options)? else {
                return Ok(Outcome::SiteHasErrors);
            };
            outcome = found;
            let editions = loaded.editions.iter();
            let mut all: Vec<String> = editions.flat_map(|one| orphans(&one.site)).collect();
            all.sort();
            Some(all)
        }
    };
    let mut rows: Vec<Row<'_>> = survey
        .pages
        .iter()
        .filter(|page| page.is_article())
        .map(|page| Row {
            page,
            state: status::of(page, survey.now),
        })
        .filter(|row| wanted(row, args, &survey, orphans.as_deref()))
        .collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.page.date), &row.page.source));
    let answer = match args.format {
        Format::Text => text(&rows),
        Format::Tsv => rows.iter().map(tsv).collect(),
        Format::Json => json::pretty(&rows.iter().map(as_json).collect::<Vec<_>>()),
    };
    print(&answer)?;
    if matches!(args.format, Format::Text) {
        say_aside(&count(rows.len(), "article", "articles"));
    }
    Ok(outcome)
}

/// Refuses a folder or a tag that no article has: an empty list would say that all is well.
fn known(args: &Args, survey: &Survey) -> Result<(), Error> {
    let refuse = |what: &str, written: &str, all: Vec<&str>| {
        let help = match nearest(written, all.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("gen list shows all articles: leave --{what} out"),
        };
        Err(Error::refused(
            format!("there is no {what} `{written}`"),
            help,
        ))
    };
    let articles = || survey.pages.iter().filter(|page| page.is_article());
    if let Some(written) = &args.section {
        let folder = folder(written);
        if !articles().any(|page| is_below(page, folder)) {
            let folders = articles().map(Page::bare_folder).collect();
            return refuse("section", written, folders);
        }
    }
    if let Some(written) = &args.tag {
        let tags = || articles().flat_map(|page| &page.front.tags.0);
        if !tags().any(|tag| fold(tag) == fold(written)) {
            return refuse("tag", written, tags().map(String::as_str).collect());
        }
    }
    Ok(())
}

/// A folder of `content/` as somebody writes it.
fn folder(written: &str) -> &str {
    let bare = written.trim_start_matches("./").trim_matches('/');
    bare.strip_prefix("content/").unwrap_or(bare)
}

fn is_below(page: &Page, folder: &str) -> bool {
    let own = page.bare_folder();
    own == folder || own.starts_with(&format!("{folder}/"))
}

fn wanted(row: &Row<'_>, args: &Args, survey: &Survey, orphans: Option<&[String]>) -> bool {
    let which = &args.which;
    let page = row.page;
    let in_state = match (which.drafts, which.scheduled, which.expired) {
        (true, _, _) => row.state == Some(Status::Draft),
        (_, true, _) => row.state == Some(Status::Scheduled),
        (_, _, true) => row.state == Some(Status::Expired),
        _ => true,
    };
    let changed = page.updated.max(page.date);
    let stale = which.stale.is_none_or(|days| {
        let is_old = |day: Day| survey.today.days_since(day) > i64::from(days);
        row.state.is_none() && changed.is_some_and(|date| is_old(date.day()))
    });
    let section = args.section.as_deref().map(folder);
    let in_section = section.is_none_or(|folder| is_below(page, folder));
    let tag = args.tag.as_deref().map(fold);
    let tagged = tag.is_none_or(|tag| page.front.tags.0.iter().any(|own| fold(own) == tag));
    let is_termed = args.term.as_ref().is_none_or(|(key, name)| {
        let names = page.front.terms.get(key).into_iter().flatten();
        names.into_iter().any(|own| fold(own) == fold(name))
    });
    let alone = orphans.is_none_or(|orphans| orphans.binary_search(&page.source).is_ok());
    in_state && stale && in_section && tagged && is_termed && alone
}

/// The articles that only lists lead to: no text, no guide, no pin and no menu. Their files.
fn orphans(site: &Site) -> Vec<String> {
    let in_menu = |page| {
        let mut entries = site.menu.iter();
        entries.any(|(_, target)| matches!(target, Target::Page { id, .. } if *id == page))
    };
    site.articles
        .iter()
        .filter(|id| site.backlinks[id.index()].is_empty())
        .filter(|id| site.places[id.index()].steps.is_empty() && !in_menu(**id))
        .map(|id| site.page(*id).source.clone())
        .collect()
}

fn state(row: &Row<'_>) -> &'static str {
    match row.state {
        Some(Status::Draft) => "draft",
        Some(Status::Scheduled) => "scheduled",
        Some(Status::Expired) => "expired",
        Some(Status::Broken) => "broken",
        None => "",
    }
}

fn day(date: Option<gen_site::model::date::Date>) -> String {
    date.map_or(String::new(), |date| date.day().to_string())
}

/// Day, state, words, file and title; the columns as wide as they need to be.
fn text(rows: &[Row<'_>]) -> String {
    let states = rows.iter().map(|row| state(row).len()).max().unwrap_or(0);
    let sources = rows.iter().map(|row| row.page.source.chars().count());
    let wide = sources.max().unwrap_or(0).min(WIDTH / 2);
    let mut out = String::new();
    for row in rows {
        let mut line = format!("{:<10}  ", day(row.page.date));
        if states > 0 {
            line.push_str(&format!("{:<states$}  ", state(row)));
        }
        line.push_str(&format!(
            "{:>5}  {:<wide$}  {}",
            row.page.words, row.page.source, row.page.title
        ));
        if line.chars().count() > WIDTH {
            line = line.chars().take(WIDTH - 1).collect::<String>() + "…";
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn tsv(row: &Row<'_>) -> String {
    let page = row.page;
    let title = page.title.replace(['\t', '\n', '\r'], " ");
    format!(
        "{}\t{}\t{}\t{}\t{}\t{title}\n",
        state(row),
        day(page.date),
        day(page.updated),
        page.words,
        page.source
    )
}

fn as_json(row: &Row<'_>) -> json::Value {
    let page = row.page;
    let mut value = json!({
        "source": page.source,
        "url": page.permalink.as_str(),
        "title": page.title,
        "state": Some(state(row)).filter(|state| !state.is_empty()).unwrap_or("published"),
        "date": page.date.map(|date| date.day().to_string()),
        "updated": page.updated.map(|date| date.day().to_string()),
        "words": page.words,
        "tags": page.front.tags.0,
    });
    if !page.front.terms.is_empty() {
        value["taxonomies"] = json!(page.front.terms);
    }
    value
}
