//! The site's mark and icons: files at the root of `content/` that are known by their names.

use super::template::{Value, object};
use super::{Job, Planner, Subject};
use crate::config::Config;
use crate::model::url::Permalink;

/// Icons of apps: file, size, type.
const APP: [(&str, &str, &str); 3] = [
    ("favicon.svg", "any", "image/svg+xml"),
    ("icon-192.png", "192x192", "image/png"),
    ("icon-512.png", "512x512", "image/png"),
];

/// The web manifest.
pub(super) const MANIFEST: &str = "manifest.webmanifest";

/// The file that browsers, feed readers and search engines ask every host for.
const ASKED: &str = "favicon.ico";

/// What it is made of, where the site has none: the first of these that is there.
const MADE_OF: [&str; 2] = ["favicon.svg", "favicon.png"];

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let site = planner.site;
    let find = |name: &str| site.assets.binary_search(&Permalink::file(name)).ok();
    let own = MADE_OF.iter().find_map(|name| find(name));
    if let Some(number) =
        own.filter(|number| find(ASKED).is_none() && !site.withheld.contains(number))
    {
        let owner = format!("the icon content{}", site.assets[number]);
        jobs.push(Job::new(
            Permalink::file(ASKED),
            owner,
            Subject::Icon(number),
        ));
    }
}

/// Whether a file of `content/` is one that browsers and phones ask for by its name.
pub fn is_icon(path: &str) -> bool {
    let asked = [
        "favicon",
        "apple-touch-icon",
        "icon-192.png",
        "icon-512.png",
        "mark.",
        "mstile-",
    ];
    asked.iter().any(|name| path.starts_with(name)) && !path.contains('/')
}

/// The address of a file at the root, if the site has it.
pub(super) fn own_file(assets: &[Permalink], config: &Config, name: &str) -> Option<String> {
    let permalink = Permalink::file(name);
    assets.binary_search(&permalink).ok()?;
    Some(config.base_url.href(&permalink))
}

/// The icons that a web manifest lists: address, sizes, type.
pub(super) fn of_app(
    assets: &[Permalink],
    config: &Config,
) -> Vec<(String, &'static str, &'static str)> {
    APP.iter()
        .filter_map(|(name, sizes, kind)| Some((own_file(assets, config, name)?, *sizes, *kind)))
        .collect()
}

/// What a page's head links to.
pub(super) fn links(assets: &[Permalink], config: &Config) -> Vec<Value> {
    let link = |rel: &str, name: &str, sizes: &str, kind: &str| {
        let url = own_file(assets, config, name)?;
        Some(object! { "rel" => rel, "url" => url, "sizes" => sizes, "type" => kind })
    };
    let own = [
        link("icon", "favicon.ico", "32x32", ""),
        link("icon", "favicon.svg", "", "image/svg+xml"),
        link("apple-touch-icon", "apple-touch-icon.png", "", ""),
    ];
    let manifest = has_manifest(assets, config).then(|| {
        let url = config.base_url.href(&Permalink::file(MANIFEST));
        object! { "rel" => "manifest", "url" => url, "sizes" => "", "type" => "" }
    });
    own.into_iter().flatten().chain(manifest).collect()
}

/// Whether there is a web manifest: the site's own, or one of its icons.
fn has_manifest(assets: &[Permalink], config: &Config) -> bool {
    own_file(assets, config, MANIFEST).is_some() || !of_app(assets, config).is_empty()
}
