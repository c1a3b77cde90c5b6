//! `gen schema`: prints the JSON Schema of what authors write.

use std::path::Path;

use clap::ValueEnum;
use gen_site::config::{self, Config, Taxonomies};
use gen_site::error::Error;
use gen_site::output::json;
use gen_site::scan;
use gen_site::schema;

use super::{Outcome, find_root, print};

/// Print the JSON Schema of front matter, site.toml, theme.toml or replies, for editors
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen schema front-matter > front-matter.schema.json\n  gen schema site > site.schema.json\n\ndocs/editors.md says how YAML and TOML language servers use them."
)]
pub(super) struct Args {
    /// The kind of file
    kind: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// Front matter: the head of an article
    FrontMatter,
    /// site.toml: the settings of a site
    Site,
    /// theme.toml: the settings of a theme
    Theme,
    /// *.replies.yml: what readers replied
    Replies,
}

pub(super) fn run(root: Option<&Path>, args: &Args) -> Result<Outcome, Error> {
    let kind = match args.kind {
        Kind::FrontMatter => schema::Kind::FrontMatter,
        Kind::Site => schema::Kind::Site,
        Kind::Theme => schema::Kind::Theme,
        Kind::Replies => schema::Kind::Replies,
    };
    // In a site's folder, its own taxonomies are keys as others are.
    let root = match root {
        Some(root) => Some(find_root(Some(root))?),
        None => find_root(None).ok(),
    };
    let taxonomies = match root {
        Some(root) => taxonomies(&scan::file(&root, config::FILE)?),
        None => Taxonomies::default(),
    };
    print(&json::pretty(&schema::of(kind, &taxonomies)))?;
    Ok(Outcome::Clean)
}

/// Those of a `site.toml`; none where it has mistakes, which `gen check` tells.
fn taxonomies(settings: &[u8]) -> Taxonomies {
    let config = Config::parse(&String::from_utf8_lossy(settings), None);
    config.map(|config| config.taxonomies).unwrap_or_default()
}
