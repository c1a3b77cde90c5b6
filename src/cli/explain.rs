//! `gen explain`: why an article's up-next list is as it is, who lists the article, and how a reader gets there.

use std::path::Path;

use gen_site::error::Error;
use gen_site::graph::rounded;
use gen_site::link::named;
use gen_site::link::reach::{Place, Reach};
use gen_site::model::page::PageId;
use gen_site::model::site::{Site, UpNext};
use gen_site::output::json::{self, json};
use gen_site::{Edition, Loaded, output};

use super::{Outcome, SiteArgs, count, load, print, within_content};

/// Show why an article's up-next list is as it is
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen explain let-go\n  gen explain letting-go/let-go.md --format json\n\nScores are multiples of the similarity that is usual among near articles of the site."
)]
pub(super) struct Args {
    /// The article: its file's name, its slug or its path in content/
    article: String,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    site: SiteArgs,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let Some((loaded, outcome)) = load(&args.site.options(root))? else {
        return Ok(Outcome::SiteHasErrors);
    };
    let written = within_content(root, &args.article).unwrap_or_else(|| args.article.clone());
    let (edition, id) = named(&loaded, &written)?;
    match args.format {
        Format::Text => print(&as_text(edition, id))?,
        Format::Json => print(&as_json(edition, id))?,
    }
    Ok(outcome)
}

/// The article that is meant, in the first language that has it.
fn named<'l>(loaded: &'l Loaded, written: &str) -> Result<(&'l Edition, PageId), Error> {
    let name = written.strip_prefix("content/").unwrap_or(written);
    let languages = &loaded.first().config.languages;
    let placed = languages.place(name);
    let in_path = &loaded.editions[placed.language];
    let find = |edition: &'l Edition, written: &str| {
        let id = named::article(&edition.site, &edition.config.base_url, written)?;
        Ok((edition, id))
    };
    let first = match placed.language {
        0 => find(in_path, written),
        _ => find(in_path, &placed.bare),
    };
    first.or_else(|why| {
        let mut others = loaded.editions.iter();
        let other = others.find_map(|edition| find(edition, written).ok());
        other.ok_or(why)
    })
}

/// The articles that list `id`, with its place there, from 1.
fn listed_by(site: &Site, id: PageId) -> Vec<(PageId, usize)> {
    site.articles_by_file()
        .into_iter()
        .filter_map(|from| {
            let at = site.up_next[from.index()]
                .iter()
                .position(|entry| entry.page == id)?;
            Some((from, at + 1))
        })
        .collect()
}

fn as_text(edition: &Edition, id: PageId) -> String {
    let site = &edition.site;
    let page = site.page(id);
    let mut out = format!(
        "{}\ncontent/{} → {}\n",
        page.title, page.source, page.permalink
    );
    out.push_str(
        "\nUp next (1 is the nearness that is usual on this site; hub is taken off what is near to everything)\n",
    );
    let (shown, missed) = (&site.up_next[id.index()], &site.missed[id.index()]);
    if shown.is_empty() {
        out.push_str("  (nothing)\n");
    }
    for (at, entry) in shown.iter().chain(missed).enumerate() {
        if at == shown.len() {
            out.push_str("\nJust missed the list (a guide's own hub and steps come last, whatever their score)\n");
        }
        out.push_str(&row(edition, at + 1, entry));
    }
    let hosts = listed_by(site, id);
    out.push_str(&format!(
        "\nListed by {}\n",
        count(hosts.len(), "article", "articles")
    ));
    for (from, place) in &hosts {
        out.push_str(&format!(
            "  {place:>2}. in {} (content/{})\n",
            site.page(*from).title,
            site.page(*from).source
        ));
    }
    let reach = Reach::new(site, &edition.config);
    match reach.clicks(id) {
        None => out.push_str("\nNo way leads here from the home page.\n"),
        Some(clicks) => {
            let way: Vec<String> = reach
                .way(id)
                .into_iter()
                .map(|place| name(site, place))
                .collect();
            out.push_str(&format!(
                "\n{} from the home page: {}\n",
                count(clicks as usize, "click", "clicks"),
                way.join(" → ")
            ));
        }
    }
    out
}

fn row(edition: &Edition, place: usize, entry: &UpNext) -> String {
    let lifted = if entry.lifted {
        "; lifted, for nobody else would list it"
    } else {
        ""
    };
    let mut score = format!("{:.2} =", entry.score);
    let weighed = |part: f32| part.abs() >= 0.005;
    for (name, part) in parts(entry).into_iter().filter(|(_, part)| weighed(*part)) {
        let sign = match (part < 0.0, score.ends_with('=')) {
            (true, _) => " -",
            (false, true) => "",
            (false, false) => " +",
        };
        score.push_str(&format!("{sign} {:.2} {name}", part.abs()));
    }
    format!(
        "{place:>2}. {}\n    {}{lifted}\n    {}\n",
        edition.site.page(entry.page).title,
        output::reason(&edition.site, &edition.theme, entry),
        score.trim_end_matches(" ="),
    )
}

/// What a score is made of; what is taken off is below zero.
fn parts(entry: &UpNext) -> [(&'static str, f32); 8] {
    let parts = entry.parts.as_deref().copied().unwrap_or_default();
    [
        ("terms", parts.terms),
        ("titles", parts.titles),
        ("tags", parts.tags),
        ("authors", parts.authors),
        ("time", parts.time),
        ("section", parts.section),
        ("links", parts.links),
        ("hub", 0.0 - parts.hub),
    ]
}

/// A place on the way from the home page, in words.
fn name(site: &Site, place: Place) -> String {
    let numbered = |name: String, number: usize| {
        if number == 0 {
            name
        } else {
            format!("{name}, page {}", number + 1)
        }
    };
    match place {
        Place::Home(number) => numbered("home".into(), number),
        Place::Page(id) => site.page(id).title.clone(),
        Place::Section(section, number) => {
            numbered(format!("section {}", site.sections[section].title), number)
        }
        Place::Tags => "tags".into(),
        Place::Term(term, number) => numbered(format!("tag {}", site.terms[term].name), number),
        Place::Archive => "archive".into(),
        Place::Year(year, number) => numbered(format!("archive {}", site.years[year].year), number),
    }
}

fn as_json(edition: &Edition, id: PageId) -> String {
    let site = &edition.site;
    let entry = |entry: &UpNext| {
        let page = site.page(entry.page);
        let parts = parts(entry).map(|(name, part)| (name.to_owned(), rounded(part).into()));
        json!({
            "source": page.source,
            "title": page.title,
            "score": rounded(entry.score),
            "parts": json::Value::Object(parts.into_iter().collect()),
            "lifted": entry.lifted,
            "reason": output::reason(site, &edition.theme, entry),
        })
    };
    let list = |entries: &[UpNext]| entries.iter().map(entry).collect::<Vec<_>>();
    let hosts: Vec<json::Value> = listed_by(site, id)
        .into_iter()
        .map(|(from, place)| json!({ "source": site.page(from).source, "place": place }))
        .collect();
    let reach = Reach::new(site, &edition.config);
    let way: Vec<String> = reach
        .way(id)
        .into_iter()
        .map(|place| name(site, place))
        .collect();
    json::pretty(&json!({
        "source": site.page(id).source,
        "title": site.page(id).title,
        "up_next": list(&site.up_next[id.index()]),
        "missed": list(&site.missed[id.index()]),
        "listed_by": hosts,
        "clicks": reach.clicks(id),
        "way": way,
    }))
}
