//! The site's mark and icons: files at the root of `content/` that are known by their names. A site without icons has two
//! drawn, of the theme's template.

use borsh::BorshSerialize;

use super::template::{Context, Value, object};
use super::theme::{Theme, direction};
use super::{Job, Planner, Rendered, Subject, View};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::site::Site;
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

/// The file that phones ask for when somebody puts the site on the first screen.
const TOUCH: &str = "apple-touch-icon.png";

/// What [`ASKED`] is made of, where the site has none: the first of these that is there.
const MADE_OF: [&str; 5] = [
    "favicon.svg",
    "favicon.png",
    "mark.svg",
    TOUCH,
    "icon-192.png",
];

/// The icons of a site that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum Drawn {
    /// `favicon.ico`.
    Asked,
    /// `apple-touch-icon.png`.
    Touch,
}

impl Drawn {
    /// What makes their SVG.
    pub const TEMPLATE: &'static str = "cards/icon.svg";
    /// How wide and high the SVG is, in pixels.
    pub const SIDE: u32 = 180;

    const ALL: [Drawn; 2] = [Drawn::Asked, Drawn::Touch];

    fn name(self) -> &'static str {
        match self {
            Drawn::Asked => ASKED,
            Drawn::Touch => TOUCH,
        }
    }
}

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let site = planner.site;
    if let Some(number) = original(site) {
        let owner = format!("the icon content{}", site.assets[number]);
        let subject = Subject::Icon(number);
        jobs.push(Job::new(Permalink::file(ASKED), owner, subject));
    } else if are_drawn(site, planner.theme) {
        for icon in Drawn::ALL {
            let permalink = Permalink::file(icon.name());
            let subject = Subject::DrawnIcon(icon);
            jobs.push(Job::new(permalink, "the drawn icon", subject));
        }
    }
}

/// Makes the SVG of a drawn icon: the first letter of the site's title that the theme's fonts have.
pub(super) fn render(view: &View<'_>, icon: Drawn) -> Result<Rendered, Box<Diagnostic>> {
    let (config, theme) = (view.config, view.theme);
    let signs = config.title.chars().filter(|sign| sign.is_alphanumeric());
    let capital = |sign: char| sign.to_uppercase().next().unwrap_or(sign);
    let letter = signs.map(capital).find(|sign| theme.fonts.has(*sign));
    let colors = theme.colors.as_ref();
    let value = object! {
        "side" => Drawn::SIDE,
        "letter" => letter.map(String::from).unwrap_or_default(),
        "accent" => colors.and_then(|colors| colors.accent.clone()),
        // Phones round the corners themselves, browsers do not.
        "rounded" => icon == Drawn::Asked,
        "direction" => direction(&config.language),
    };
    let mut values = Context::new();
    values.insert_value("icon", value);
    let svg = view
        .templates
        .render(Drawn::TEMPLATE, &values, icon.name())?;
    Ok(Rendered::DrawnIcon(icon, svg))
}

/// The file that [`ASKED`] is made of.
fn original(site: &Site) -> Option<usize> {
    let find = |name: &&str| site.assets.binary_search(&Permalink::file(name)).ok();
    let made_of = MADE_OF.iter().find_map(find)?;
    let is_left = find(&ASKED).is_none() && !site.withheld.contains(&made_of);
    is_left.then_some(made_of)
}

/// Whether icons are drawn: the site has none, nor anything that one is made of, and the theme can.
fn are_drawn(site: &Site, theme: &Theme) -> bool {
    let has = |name: &&str| site.assets.binary_search(&Permalink::file(name)).is_ok();
    theme.has(Drawn::TEMPLATE) && !MADE_OF.iter().chain([&ASKED]).any(has)
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
pub(super) fn links(site: &Site, config: &Config, theme: &Theme) -> Vec<Value> {
    let assets = &site.assets;
    let drawn = are_drawn(site, theme);
    let link = |rel: &str, url: String, sizes: &str, kind: &str| object! { "rel" => rel, "url" => url, "sizes" => sizes, "type" => kind };
    let own = |name: &str| own_file(assets, config, name);
    let made = |name: &str| config.base_url.href(&Permalink::file(name));
    let svg = own("favicon.svg");
    // What is made of a drawing is for those who cannot show the drawing, and they ask for it by its name.
    let is_made = drawn || (svg.is_none() && original(site).is_some());
    let asked = own(ASKED).or_else(|| is_made.then(|| made(ASKED)));
    let touch = own(TOUCH).or_else(|| drawn.then(|| made(TOUCH)));
    let manifest = has_manifest(assets, config).then(|| made(MANIFEST));
    let links = [
        asked.map(|url| link("icon", url, "32x32", "")),
        svg.map(|url| link("icon", url, "", "image/svg+xml")),
        touch.map(|url| link("apple-touch-icon", url, "", "")),
        manifest.map(|url| link("manifest", url, "", "")),
    ];
    links.into_iter().flatten().collect()
}

/// Whether there is a web manifest: the site's own, or one of its icons.
fn has_manifest(assets: &[Permalink], config: &Config) -> bool {
    own_file(assets, config, MANIFEST).is_some() || !of_app(assets, config).is_empty()
}
