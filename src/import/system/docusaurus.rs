//! Docusaurus: `docs/` and `blog/`, in Markdown and MDX.

use super::{OldSite, System, assignments};
use crate::error::Error;
use crate::import::doc::stem;
use crate::import::lines::Lines;
use crate::import::source::{Source, text_of};
use crate::model::date::WrittenDate;

const SCRIPTS: [&str; 3] = [
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
];

pub(super) const SYSTEM: System = System {
    name: "Docusaurus",
    is: |source| {
        let is_text = |text: String| {
            text.contains("@theme/")
                || text.contains("\nsidebar_position:")
                || text.contains("\nsidebar_label:")
        };
        SCRIPTS.iter().any(|path| source.has(path))
            || source
                .markdown("docs")
                .take(50)
                .any(|file| source.text(file).is_ok_and(is_text))
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let script = SCRIPTS
        .iter()
        .find_map(|path| source.text_at(path))
        .unwrap_or_default();
    let settings = assignments(&script);
    let text = |key: &str| text_of(&settings, key).map(str::to_owned);
    let path = text("baseUrl").unwrap_or_default();
    let mut site = OldSite {
        title: text("title"),
        description: text("tagline"),
        base_url: text("url")
            .map(|url| format!("{}/{}", url.trim_end_matches('/'), path.trim_matches('/'))),
        lines: Lines {
            colons: true,
            mdx: true,
            ..Lines::default()
        },
        ..OldSite::default()
    };
    for folder in ["docs", "blog"] {
        site.take(source, folder, folder)?;
    }
    site.take_static(source, "static");
    for doc in &mut site.docs {
        let folder = doc.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parts: Vec<&str> = folder.split('/').map(unnumbered).collect();
        let name = stem(&doc.source).to_owned();
        let id = text_of(&doc.raw, "id")
            .unwrap_or(unnumbered(&name))
            .to_owned();
        doc.names.push(id.clone());
        let slug = text_of(&doc.raw, "slug").map(str::to_owned);
        let top = parts.first().copied().unwrap_or_default();
        doc.address = Some(match (top, slug, doc.day()) {
            (top, Some(slug), _) if slug.starts_with('/') => format!("/{top}{slug}"),
            ("blog", slug, Some(day)) => {
                let own = if name == "index" {
                    parts.last().copied().unwrap_or_default()
                } else {
                    &name
                };
                let bare = WrittenDate::from_file_name(own)
                    .map_or(own, |(_, rest)| rest)
                    .to_owned();
                format!("/blog/{}/{}", day.replace('-', "/"), slug.unwrap_or(bare))
            }
            (_, Some(slug), _) => format!("/{}/{slug}", parts.join("/")),
            (_, None, _) if matches!(name.as_str(), "index" | "README") => {
                format!("/{}/", parts.join("/"))
            }
            (_, None, _) => format!("/{}/{id}", parts.join("/")),
        });
        // The beginning of the documents is the folder's own page.
        if doc.address.as_deref() == Some("/docs/") {
            doc.path = "docs/index.md".to_owned();
        }
    }
    Ok(site)
}

/// `01-intro` is `intro`.
fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = rest.strip_prefix(['-', '_', '.']).map(str::trim_start);
    match bare {
        Some(bare)
            if rest.len() < name.len() && !bare.is_empty() && name.len() - rest.len() < 4 =>
        {
            bare
        }
        _ => name,
    }
}
