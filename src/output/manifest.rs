//! `manifest.webmanifest` (W3C Web Application Manifest), by which a phone puts the site on its first screen.
//! Only where the site has an icon, and not where it has a manifest of its own.

use super::icons;
use super::json::{self, json};
use super::{Job, Planner, Rendered, Subject, View};
use crate::model::url::Permalink;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let (assets, config) = (&planner.site.assets, planner.config);
    let own = icons::own_file(assets, config, icons::MANIFEST).is_some();
    if !own && !icons::of_app(assets, config).is_empty() {
        let permalink = Permalink::file(icons::MANIFEST);
        jobs.push(Job::new(permalink, icons::MANIFEST, Subject::Manifest));
    }
}

pub(super) fn render(view: &View<'_>) -> Rendered {
    let config = view.config;
    let root = config.base_url.href(&Permalink::root());
    let icons: Vec<json::Value> = icons::of_app(view.site.assets(), config)
        .into_iter()
        .map(|(src, sizes, kind)| json!({ "src": src, "sizes": sizes, "type": kind }))
        .collect();
    let mut manifest = json!({
        "name": config.title,
        "description": config.description,
        "lang": config.language,
        "dir": super::theme::direction(&config.language),
        "id": root,
        "start_url": root,
        "scope": root,
        "display": "minimal-ui",
        "icons": icons,
    });
    if let Some(colors) = &view.theme.colors {
        manifest["theme_color"] = colors.light.as_str().into();
        manifest["background_color"] = colors.light.as_str().into();
    }
    json::pretty(&manifest).into()
}
