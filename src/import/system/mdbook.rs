//! mdBook: the chapters of `src/SUMMARY.md`, in their order.

use super::System;
use crate::error::Error;
use crate::import::doc::stem;
use crate::import::lines::Lines;
use crate::import::old_site::{Keys, OldSite, joined};
use crate::import::source::Source;
use crate::import::tag::Tags;
use crate::model::url::resolve;

pub(super) const SYSTEM: System = System {
    name: "mdBook",
    is: |source| source.has("src/SUMMARY.md") || source.has("book.toml"),
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = source.settings(&["book.toml"]);
    let mut site = OldSite {
        root: "src".to_owned(),
        tags: Tags {
            hugo: false,
            liquid: true,
        },
        lines: Lines::default(),
        ..OldSite::default()
    };
    site.settings(
        &settings,
        &Keys {
            title: &["book.title"],
            base_url: &["output.html.site-url"],
        },
    );
    site.base_url = site.base_url.filter(|url| url.contains("://"));
    site.take(source, "src", "")?;
    let summary = source.text_at("src/SUMMARY.md").unwrap_or_default();
    let chapters: Vec<String> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| resolve("src", rest.split(')').next()?))
        .collect();
    site.docs.retain(|doc| doc.source != "src/SUMMARY.md");
    for doc in &mut site.docs {
        let place = chapters.iter().position(|path| *path == doc.source);
        match place {
            Some(place) => doc.front.weight = i64::try_from(place + 1).ok(),
            // mdBook shows what the summary names.
            None if !chapters.is_empty() => doc.front.draft = Some(true),
            None => {}
        }
        let inside = doc.source.trim_start_matches("src/").to_owned();
        let bare = inside
            .rsplit_once('.')
            .map_or(inside.as_str(), |(bare, _)| bare);
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        doc.address = Some(match stem(&inside) {
            "README" | "index" => {
                doc.path = joined(folder, "index.md");
                format!("/{folder}/").replace("//", "/")
            }
            _ => format!("/{bare}.html"),
        });
    }
    Ok(site)
}
