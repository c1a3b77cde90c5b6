//! `gen explain`: why an article's up-next list is as it is, who lists the article, and how a reader gets there; or what a
//! template can read.

use std::path::Path;

use gen_site::build::values::values;
use gen_site::diagnostic::Diagnostic;
use gen_site::error::Error;
use gen_site::graph::rounded;
use gen_site::link::named;
use gen_site::link::reach::{Place, Reach};
use gen_site::model::page::PageId;
use gen_site::model::site::{Site, UpNext};
use gen_site::output::json::{self, json};
use gen_site::output::values::{self, ValueRow};
use gen_site::{Edition, Loaded, output};

use super::messages::{self, Stream};
use super::{Outcome, SiteArgs, count, load, print, within_content};

/// Show why an article's up-next list is as it is, or what a template can read
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen explain let-go\n  gen explain letting-go/let-go.md --format json\n  gen explain --template article\n\nScores are multiples of the similarity that is usual among near articles of the site."
)]
pub(super) struct Args {
    /// The article: its file's name, its slug or its path in content/
    #[arg(required_unless_present = "template")]
    article: Option<String>,
    /// Show the values that this template of the theme can read; `site` for those of every template
    #[arg(long, value_name = "NAME", conflicts_with = "article")]
    template: Option<String>,
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
    if let Some(name) = &args.template {
        return template(root, args, name);
    }
    let article = args.article.as_deref().unwrap_or_default();
    let Some((loaded, outcome)) = load(&args.site.options(root))? else {
        return Ok(Outcome::SiteHasErrors);
    };
    let written = within_content(root, article).unwrap_or_else(|| article.to_owned());
    let (edition, id) = named(&loaded, &written)?;
    match args.format {
        Format::Text => print(&as_text(edition, id))?,
        Format::Json => print(&as_json(edition, id))?,
    }
    Ok(outcome)
}

/// Tells the values of a template: of the site's own pages, and where it has none, of any.
fn template(root: &Path, args: &Args, name: &str) -> Result<Outcome, Error> {
    let found = match values(&args.site.options(root), name)? {
        Ok(values) => values,
        Err(diagnostics) => {
            let all: Vec<&Diagnostic> = diagnostics.iter().collect();
            messages::tell(&all, false, Stream::Aside);
            return Ok(Outcome::SiteHasErrors);
        }
    };
    let known = values::known(name.trim_end_matches(".html"));
    let mut rows = found.rows(&known);
    if rows.is_empty() {
        rows = known;
    }
    if let Format::Json = args.format {
        let row =
            |row: &ValueRow| json!({ "name": row.name, "type": row.kind, "example": row.example });
        print(&json::pretty(&rows.iter().map(row).collect::<Vec<_>>()))?;
        return Ok(Outcome::Clean);
    }
    let width = |text: fn(&ValueRow) -> &str| {
        let widths = rows.iter().map(|row| text(row).chars().count());
        widths.max().unwrap_or_default()
    };
    let (names, kinds) = (width(|row| &row.name), width(|row| &row.kind));
    let mut out = match (name, found.pages) {
        ("site", _) => "What every template can read\n\n".to_owned(),
        (_, 0) => format!("No page of this site has the template {name}\n\n"),
        (_, pages) => format!(
            "What {name} can read, from {}\n\n",
            count(pages, "page", "pages")
        ),
    };
    for row in &rows {
        let line = format!("{:names$}  {:kinds$}  {}", row.name, row.kind, row.example);
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push_str(
        "\n`x[].y` is the `y` of each entry of the list `x`. docs/themes.md says what each is.\n",
    );
    print(&out)?;
    Ok(Outcome::Clean)
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

/// What a score is made of; what is taken off is below zero. Most sites have no taxonomies of their own, and no journeys.
fn parts(entry: &UpNext) -> Vec<(&'static str, f32)> {
    let parts = entry.parts.as_deref().copied().unwrap_or_default();
    let all = [
        ("terms", parts.terms),
        ("titles", parts.titles),
        ("tags", parts.tags),
        ("taxonomies", parts.taxonomies),
        ("authors", parts.authors),
        ("time", parts.time),
        ("section", parts.section),
        ("links", parts.links),
        ("journeys", parts.journeys),
        ("hub", 0.0 - parts.hub),
    ];
    let is_rare = |name: &str| matches!(name, "taxonomies" | "journeys");
    let is_shown = |(name, part): &(&str, f32)| !is_rare(name) || *part != 0.0;
    all.into_iter().filter(is_shown).collect()
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
        Place::Term(term, number) => {
            let term = &site.terms[term];
            let kind = site.taxonomies[term.taxonomy].one();
            numbered(format!("{kind} {}", term.name), number)
        }
        Place::Archive => "archive".into(),
        Place::Year(year, number) => numbered(format!("archive {}", site.years[year].year), number),
    }
}

fn as_json(edition: &Edition, id: PageId) -> String {
    let site = &edition.site;
    let entry = |entry: &UpNext| {
        let page = site.page(entry.page);
        let parts = parts(entry).into_iter();
        let parts = parts.map(|(name, part)| (name.to_owned(), rounded(part).into()));
        json!({
            "source": page.source,
            "title": page.title,
            "score": rounded(entry.score),
            "parts": json::Value::Object(parts.collect()),
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
