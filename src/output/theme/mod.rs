//! A theme as its files: templates, assets and strings of a theme and of those that it extends, put
//! together. Which files there are, `build()` finds out; compiling the templates is [`super::template`]'s.

mod assets;
mod built_in;
mod files;
mod language;
mod shortcodes;
mod strings;
mod untranslated;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use built_in::{DEFAULT, built_in, built_in_names};
pub use files::{Colors, ThemeFiles, extends, schema, unknown};
pub use language::Language;
pub(super) use language::{direction, locale};
pub use strings::{Counted, filled};

use crate::config;
use crate::diagnostic::{Diagnostic, utf8};
use crate::fingerprint::Fingerprint;
use crate::model::date::DateNames;
use crate::model::shortcode::Declarations;
use crate::picture::font::Fonts;

/// A theme, complete.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The names of the themes, the site's own first.
    pub chain: Vec<String>,
    /// The templates of all of them.
    pub templates: Vec<TemplateFile>,
    /// The assets, by path below `assets/`, the site's own theme winning.
    pub assets: Vec<Asset>,
    /// What stands in pages as it is, by path below `inline/`, the site's own theme winning.
    pub inline: BTreeMap<String, String>,
    /// The page's background and what stands out on it, where a theme says it.
    pub colors: Option<Colors>,
    /// The words of the theme in the site's language.
    pub strings: BTreeMap<String, String>,
    /// Those with a number in them, in the forms that go with numbers.
    pub counted: BTreeMap<String, Counted>,
    /// The names of months and days.
    pub dates: DateNames,
    /// The language of these names, whose digits stand beside them.
    pub dates_language: Arc<Language>,
    /// The site's language, for numbers.
    pub language: Arc<Language>,
    /// The kinds of callouts that have a template, sorted.
    pub callouts: Vec<String>,
    /// What the templates of callouts declare.
    pub declared_callouts: Declarations,
    /// The shortcodes that have a template.
    pub shortcodes: Declarations,
    /// What cards are set in.
    pub fonts: Fonts,
    /// How wide a picture in a text is, as an `img` element's `sizes` says it.
    pub picture_sizes: String,
}

/// One template.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    /// Its name with that of its theme: `default/article.html`.
    pub name: String,
    /// The file, as messages name it.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// One asset.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Below `assets/`.
    pub path: String,
    /// In the output, with a fingerprint in its name: `assets/style.3f2a1b9c04.css`.
    pub published: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Theme {
    /// Puts a chain of themes together: the site's own first, then what it extends.
    pub fn assemble(chain: &[ThemeFiles], language: &config::Language) -> (Theme, Vec<Diagnostic>) {
        let mut theme = Theme {
            chain: chain.iter().map(|t| t.name.clone()).collect(),
            ..Theme::default()
        };
        let mut diagnostics = Vec::new();
        let mut assets: BTreeMap<String, Asset> = BTreeMap::new();
        for files in chain {
            // What is wrong in it, whoever followed the chain has told.
            let colors = files.manifest().ok().and_then(|manifest| manifest.colors);
            theme.colors = theme.colors.take().or(colors);
            for (path, bytes) in &files.files {
                if is_font(path) {
                    theme.add_font(&files.path_of(path), bytes, &mut diagnostics);
                } else if let Some(name) = template_name(path) {
                    match utf8(&files.path_of(path), bytes) {
                        Ok(text) => theme.templates.push(TemplateFile {
                            name: format!("{}/{name}", files.name),
                            path: files.path_of(path),
                            text: text.to_owned(),
                        }),
                        Err(error) => diagnostics.push(*error),
                    }
                } else if let Some(name) = path.strip_prefix("inline/") {
                    match utf8(&files.path_of(path), bytes) {
                        Ok(text) => {
                            let entry = theme.inline.entry(name.to_owned());
                            entry.or_insert_with(|| text.trim().to_owned());
                        }
                        Err(error) => diagnostics.push(*error),
                    }
                } else if let Some(name) = path.strip_prefix("assets/") {
                    assets.entry(name.to_owned()).or_insert_with(|| Asset {
                        path: name.to_owned(),
                        published: String::new(),
                        bytes: bytes.clone(),
                    });
                }
            }
        }
        theme.assets = named(assets);
        let sizes = chain
            .iter()
            .find_map(|files| files.manifest().ok()?.picture_sizes);
        theme.picture_sizes = sizes.unwrap_or_else(|| "100vw".to_owned());
        theme.callouts = theme
            .templates
            .iter()
            .filter_map(|t| t.name.split_once("/callouts/")?.1.strip_suffix(".html"))
            .filter(|kind| !kind.starts_with('_'))
            .map(str::to_owned)
            .collect();
        theme.callouts.sort();
        theme.callouts.dedup();
        theme.read_shortcodes(&mut diagnostics);
        theme.read_strings(chain, &language.tag, &mut diagnostics);
        theme.read_own(language, &mut diagnostics);
        (theme, diagnostics)
    }

    fn add_font(&mut self, path: &str, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) {
        if !self.fonts.add(bytes) {
            let error = Diagnostic::error("font", path, "this is no font that can be read");
            diagnostics.push(error.help("TrueType and OpenType are (.ttf, .otf), WOFF is not"));
        }
    }

    /// A template, of the first theme that has it.
    fn template(&self, name: &str) -> Option<&TemplateFile> {
        self.chain.iter().find_map(|theme| {
            let full = format!("{theme}/{name}");
            self.templates.iter().find(|file| file.name == full)
        })
    }

    /// Whether a theme of the chain has a template.
    pub(super) fn has(&self, name: &str) -> bool {
        self.template(name).is_some()
    }

    /// The file of a template, as messages name it.
    pub fn template_path(&self, name: &str) -> &str {
        self.template(name).map_or("themes", |file| &file.path)
    }
}

/// Gives the assets their published names; stylesheets, which name others, come last.
fn named(mut assets: BTreeMap<String, Asset>) -> Vec<Asset> {
    let is_style = |asset: &Asset| asset.path.ends_with(".css");
    for asset in assets.values_mut().filter(|asset| !is_style(asset)) {
        if asset.path.ends_with(".js")
            && let Ok(text) = str::from_utf8(&asset.bytes)
        {
            asset.bytes = assets::script(text).into_bytes();
        }
        asset.published = published_name(&asset.path, &asset.bytes);
    }
    let others = assets.values().filter(|asset| !is_style(asset));
    let names: BTreeMap<String, String> = others
        .map(|asset| (asset.path.clone(), asset.published.clone()))
        .collect();
    for asset in assets.values_mut().filter(|asset| is_style(asset)) {
        if let Ok(text) = str::from_utf8(&asset.bytes) {
            asset.bytes = assets::stylesheet(&asset.path, text, &names).into_bytes();
        }
        asset.published = published_name(&asset.path, &asset.bytes);
    }
    assets.into_values().collect()
}

fn is_font(path: &str) -> bool {
    path.starts_with("cards/") && (path.ends_with(".ttf") || path.ends_with(".otf"))
}

/// What templates and `gen` call a file that is a template: `article.html`, `cards/social.svg`.
fn template_name(path: &str) -> Option<&str> {
    match path.strip_prefix("templates/") {
        Some(name) => Some(name).filter(|name| name.ends_with(".html")),
        None => Some(path).filter(|path| path.starts_with("cards/") && path.ends_with(".svg")),
    }
}

/// `style.css` is `assets/style.3f2a1b9c04.css`: hosts may keep it for ever.
fn published_name(path: &str, bytes: &[u8]) -> String {
    let hash = Fingerprint::of(bytes).short();
    match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') && !stem.is_empty() => {
            format!("assets/{stem}.{hash}.{ending}")
        }
        _ => format!("assets/{path}.{hash}"),
    }
}
