//! `gen graph`: the site's links, for other programs.

use std::path::Path;

use gen_site::diagnostic::Severity;
use gen_site::error::Error;
use gen_site::model::page::PageId;
use gen_site::model::site::{Site, Target};
use gen_site::output::json::{self, json};
use gen_site::{Loaded, output};

use super::{Outcome, SiteArgs, say_aside, say_diagnostics, tally};

/// Print the site's links: up next, links in the text, and who links back
#[derive(clap::Args)]
#[command(after_help = "Example: gen graph --format json > graph.json")]
pub(super) struct Args {
    /// How to print them
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    #[command(flatten)]
    site: SiteArgs,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// One object, articles in the order of their files
    Json,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let loaded = match gen_site::load(&args.site.options(root), &mut |_, _| ())? {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            say_diagnostics(&diagnostics.iter().collect::<Vec<_>>());
            say_aside(&format!("{}.", tally(&diagnostics)));
            return Ok(Outcome::SiteHasErrors);
        }
    };
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    say_diagnostics(&errors);
    let text = match args.format {
        Format::Json => as_json(&loaded),
    };
    // A reader that has gone away is no failure.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes());
    Ok(if errors.is_empty() { Outcome::Clean } else { Outcome::SiteHasErrors })
}

fn as_json(loaded: &Loaded) -> String {
    let (site, base) = (&loaded.site, &loaded.config.base_url);
    let mut ids = site.articles.clone();
    ids.sort_unstable();
    let articles: Vec<json::Value> = ids
        .into_iter()
        .map(|id| {
            let page = site.page(id);
            let up_next: Vec<json::Value> = site.up_next[id.index()]
                .iter()
                .map(|entry| {
                    let next = site.page(entry.page);
                    json!({
                        "source": next.source,
                        "url": base.href(&next.permalink),
                        "score": rounded(entry.parts.sum()),
                        "reason": output::reason(site, &loaded.theme, entry),
                    })
                })
                .collect();
            json!({
                "source": page.source,
                "url": base.href(&page.permalink),
                "title": page.title,
                "up_next": up_next,
                "links": sources(site, linked(site, id)),
                "backlinks": sources(site, site.backlinks[id.index()].clone()),
            })
        })
        .collect();
    json::pretty(&json!({ "articles": articles }))
}

/// Four digits after the point: what is beyond is noise.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

/// The pages that a page links to in its text, in order, each once.
fn linked(site: &Site, from: PageId) -> Vec<PageId> {
    let mut linked = Vec::new();
    for target in &site.targets[from.index()] {
        if let Target::Page { id, .. } = target
            && *id != from
            && !linked.contains(id)
        {
            linked.push(*id);
        }
    }
    linked
}

fn sources(site: &Site, ids: Vec<PageId>) -> Vec<&str> {
    ids.into_iter().map(|id| site.page(id).source.as_str()).collect()
}
