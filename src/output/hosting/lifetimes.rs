//! The files that never change: those with a fingerprint in their names. Browsers may keep them.

use std::collections::BTreeSet;

use crate::link::former;
use crate::model::url::Permalink;
use crate::output::InLanguage;
use crate::output::View;
use crate::output::search;

/// Their paths, as blocks of headers name them: whole folders where nothing else lies in them, for hosts read only so many
/// blocks.
pub(super) fn paths(view: &View<'_>, all: &[InLanguage<'_>]) -> Vec<String> {
    let theme = view
        .theme
        .assets
        .iter()
        .map(|asset| Permalink::file(&asset.published));
    let pictures = view
        .site
        .picture_files()
        .iter()
        .map(|file| file.permalink.clone());
    let drawings = view
        .site
        .all_drawings()
        .iter()
        .flat_map(|drawn| [&drawn.card, &drawn.pin]);
    let drawings = drawings.flatten().map(|drawing| drawing.permalink.clone());
    let base = &view.config.base_url;
    let mut paths = Vec::new();
    let mut add = |folder: &str, files: Vec<Permalink>| {
        if files.is_empty() {
            return;
        }
        if is_shared(all, folder) {
            let files: BTreeSet<Permalink> = files.into_iter().collect();
            paths.extend(files.iter().map(|file| base.href(file)));
        } else {
            paths.push(format!("{}*", base.href(&Permalink::page(folder))));
        }
    };
    add("assets", theme.collect());
    add("cards", drawings.collect());
    add("pictures", pictures.collect());
    for one in all {
        let files = one.search.map(search::Index::files).unwrap_or_default();
        let files = files.iter().map(|(permalink, _)| permalink.clone());
        let folder = search::folder(one.config);
        add(folder.as_str().trim_matches('/'), files.collect());
    }
    paths
}

/// Whether the author has something of the same folder.
fn is_shared(all: &[InLanguage<'_>], folder: &str) -> bool {
    let start = format!("/{folder}/");
    let lies = |permalink: &Permalink| permalink.as_str().starts_with(&start);
    all[0].site.assets.iter().any(lies)
        || all.iter().any(|one| {
            let mut sections = one.site.sections.iter();
            let mut pages = one.site.pages.iter();
            sections.any(|section| lies(&section.permalink))
                || pages.any(|page| {
                    let aliases = page.front.aliases.0.iter();
                    let mut aliases = aliases.filter_map(|alias| former::address(alias).ok());
                    lies(&page.permalink) || aliases.any(|alias| lies(&alias))
                })
        })
}
