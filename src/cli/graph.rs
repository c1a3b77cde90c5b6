//! `gen graph`: the site's links, for other programs and, drawn, for people.

use std::path::Path;

use gen_site::Loaded;
use gen_site::error::Error;
use gen_site::graph::{self, linked};
use gen_site::output::json;

use super::{Outcome, SiteArgs, load, print};

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
        Format::Html => graph::html::page(&loaded.in_languages(), ""),
    };
    print(&text)?;
    Ok(outcome)
}

fn as_json(loaded: &Loaded) -> String {
    json::pretty(&graph::data(&loaded.in_languages()))
}

/// The articles as a directed graph for Graphviz: up next as lines, links in the text dashed.
fn as_dot(loaded: &Loaded) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = String::from(
        "digraph site {\n  graph [overlap=false, splines=true];\n  node [shape=box, style=rounded];\n",
    );
    let sites = || loaded.editions.iter().map(|edition| &edition.site);
    let articles = || {
        sites().flat_map(|site| {
            site.articles_by_file()
                .into_iter()
                .map(move |id| (site, id))
        })
    };
    for (site, id) in articles() {
        let page = site.page(id);
        out.push_str(&format!(
            "  {} [label={}, URL={}];\n",
            quoted(&page.source),
            quoted(&page.title),
            quoted(page.permalink.as_str())
        ));
    }
    for (site, id) in articles() {
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
