//! `gen graph`: the site's links, for other programs and, drawn, for people.

mod html;

use std::path::Path;

use gen_site::error::Error;
use gen_site::model::page::PageId;
use gen_site::model::site::{Site, Target};
use gen_site::output::json::{self, json};
use gen_site::{Loaded, output};

use super::{Outcome, SiteArgs, load, print, rounded};

/// Print the site's links: up next, links in the text, and who links back
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen graph > graph.json\n  gen graph --format html > graph.html\n  gen graph --format dot | dot -Tsvg > graph.svg"
)]
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
    /// For Graphviz: up next as lines, links in the text dashed
    Dot,
    /// One file for a browser, with the graph to look at; asks nothing of the network
    Html,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let Some((loaded, outcome)) = load(&args.site.options(root))? else {
        return Ok(Outcome::SiteHasErrors);
    };
    let text = match args.format {
        Format::Json => as_json(&loaded),
        Format::Dot => as_dot(&loaded),
        Format::Html => html::page(&loaded),
    };
    print(&text)?;
    Ok(outcome)
}

fn as_json(loaded: &Loaded) -> String {
    json::pretty(&data(loaded))
}

/// The articles in the order of their files, each with what it leads to and what leads to it.
fn data(loaded: &Loaded) -> json::Value {
    let (site, base) = (&loaded.site, &loaded.config.base_url);
    let articles: Vec<json::Value> = site
        .articles_by_file()
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
    json!({ "articles": articles })
}

/// The articles as a directed graph for Graphviz: up next as lines, links in the text dashed.
fn as_dot(loaded: &Loaded) -> String {
    let site = &loaded.site;
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = String::from(
        "digraph site {\n  graph [overlap=false, splines=true];\n  node [shape=box, style=rounded];\n",
    );
    for id in site.articles_by_file() {
        let page = site.page(id);
        out.push_str(&format!(
            "  {} [label={}, URL={}];\n",
            quoted(&page.source),
            quoted(&page.title),
            quoted(page.permalink.as_str())
        ));
    }
    for id in site.articles_by_file() {
        let from = quoted(&site.page(id).source);
        for entry in &site.up_next[id.index()] {
            out.push_str(&format!(
                "  {from} -> {};\n",
                quoted(&site.page(entry.page).source)
            ));
        }
        for to in linked(site, id)
            .into_iter()
            .filter(|to| site.page(*to).is_article())
        {
            out.push_str(&format!(
                "  {from} -> {} [style=dashed];\n",
                quoted(&site.page(to).source)
            ));
        }
    }
    out.push_str("}\n");
    out
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
    ids.into_iter()
        .map(|id| site.page(id).source.as_str())
        .collect()
}
