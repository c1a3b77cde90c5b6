//! MkDocs: `docs/` below a `mkdocs.yml`.

use super::{Keys, OldSite, System};
use crate::error::Error;
use crate::import::doc::stem;
use crate::import::lines::Lines;
use crate::import::source::{Source, text_of, value_of};
use crate::model::extra::ExtraValue;

pub(super) const SYSTEM: System = System {
    name: "MkDocs",
    is: |source| {
        let is_markup = |text: String| {
            text.lines()
                .any(|line| line.starts_with("!!! ") || line.starts_with("=== \""))
        };
        source.has("mkdocs.yml")
            || source.has("mkdocs.yaml")
            || source
                .markdown("docs")
                .take(50)
                .any(|file| source.text(file).is_ok_and(is_markup))
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = source.settings(&["mkdocs.yml", "mkdocs.yaml"]);
    let root = text_of(&settings, "docs_dir")
        .unwrap_or("docs")
        .trim_matches('/')
        .to_owned();
    let mut site = OldSite {
        root: root.clone(),
        lines: Lines {
            bangs: true,
            attributes: true,
            ..Lines::default()
        },
        ..OldSite::default()
    };
    site.settings(
        &settings,
        &Keys {
            title: &["site_name"],
            base_url: &["site_url"],
        },
    );
    site.take(source, &root, "")?;
    let is_flat = value_of(&settings, "use_directory_urls") == Some(&ExtraValue::Bool(false));
    for doc in &mut site.docs {
        let inside = doc
            .source
            .trim_start_matches(&format!("{root}/"))
            .to_owned();
        let bare = inside
            .rsplit_once('.')
            .map_or(inside.as_str(), |(bare, _)| bare);
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_index = matches!(stem(&inside), "index" | "README");
        if stem(&inside) == "README" {
            doc.path = super::joined(folder, "index.md");
        }
        doc.address = Some(match (is_index, is_flat) {
            (true, _) => format!("/{folder}/").replace("//", "/"),
            (false, true) => format!("/{bare}.html"),
            (false, false) => format!("/{bare}/"),
        });
    }
    Ok(site)
}
