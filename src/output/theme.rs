//! A theme as its files: templates, assets and strings of a theme and of those that it extends, put
//! together. Which files there are, `build()` finds out; compiling the templates is [`super::template`]'s.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::config;
use crate::diagnostic::{Diagnostic, did_you_mean, utf8};
use crate::fingerprint::Fingerprint;
use crate::picture::font::Fonts;

/// The name of the theme that comes with the program.
pub const DEFAULT: &str = "default";

/// One theme's files, as found.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    /// Its name: that of its folder.
    pub name: String,
    /// Path within its folder, and bytes; sorted.
    pub files: Vec<(String, Vec<u8>)>,
    /// Comes with the program, so that no file of the site holds it.
    pub built_in: bool,
}

/// `theme.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Manifest {
    /// For people.
    #[serde(rename = "name")]
    _name: Option<String>,
    /// For people.
    #[serde(rename = "description")]
    _description: Option<String>,
    /// The theme that stands in for what this one lacks.
    extends: Option<String>,
    /// What browsers paint around the page.
    colors: Option<Colors>,
    /// How wide a picture in a text is, as `sizes` says it.
    picture_sizes: Option<String>,
}

/// The page's background in the two schemes, as CSS writes it: browsers paint their own parts so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    /// By day.
    pub light: String,
    /// By night.
    pub dark: String,
}

/// `strings/<language>.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Strings {
    months: Vec<String>,
    #[serde(flatten)]
    texts: BTreeMap<String, String>,
}

impl Strings {
    fn keys(&self) -> Vec<String> {
        let months = (!self.months.is_empty()).then(|| "months".to_owned());
        months
            .into_iter()
            .chain(self.texts.keys().cloned())
            .collect()
    }
}

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
    /// The page's background, where a theme says it.
    pub colors: Option<Colors>,
    /// The words of the theme in the site's language.
    pub strings: BTreeMap<String, String>,
    /// The names of the months.
    pub months: Vec<String>,
    /// What each theme says in English, and nobody in the site's language.
    pub untranslated: Vec<Untranslated>,
    /// The kinds of callouts that have a template, sorted.
    pub callouts: Vec<String>,
    /// What cards are set in.
    pub fonts: Fonts,
    /// How wide a picture in a text is, as an `img` element's `sizes` says it.
    pub picture_sizes: String,
}

/// Words of a theme that are missing in the site's language.
#[derive(Clone, Debug)]
pub struct Untranslated {
    /// Its name.
    pub theme: String,
    /// The language, without its region.
    pub language: String,
    /// Its file of that language, if it has one that authors can change.
    pub file: Option<String>,
    /// The keys, sorted.
    pub keys: Vec<String>,
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

/// The theme that `files` says it extends.
///
/// # Errors
/// What is wrong in `theme.toml`.
pub fn extends(files: &ThemeFiles) -> Result<Option<String>, Vec<Diagnostic>> {
    files.manifest().map(|manifest| manifest.extends)
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

impl ThemeFiles {
    fn manifest(&self) -> Result<Manifest, Vec<Diagnostic>> {
        let Some((_, bytes)) = self.files.iter().find(|(path, _)| path == "theme.toml") else {
            return Ok(Manifest::default());
        };
        let path = self.path_of("theme.toml");
        let text = utf8(&path, bytes).map_err(|error| vec![*error])?;
        let (manifest, errors) = config::read::<Manifest>(&path, text);
        match errors.is_empty() {
            true => Ok(manifest),
            false => Err(errors),
        }
    }

    /// A file as messages name it.
    pub fn path_of(&self, file: &str) -> String {
        let place = if self.built_in {
            "(built in) themes"
        } else {
            "themes"
        };
        format!("{place}/{}/{file}", self.name)
    }
}

impl Theme {
    /// Puts a chain of themes together: the site's own first, then what it extends.
    pub fn assemble(chain: &[ThemeFiles], language: &str) -> (Theme, Vec<Diagnostic>) {
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
                        published: published_name(name, bytes),
                        bytes: bytes.clone(),
                    });
                }
            }
        }
        theme.assets = assets.into_values().collect();
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
        theme.read_strings(chain, language, &mut diagnostics);
        (theme, diagnostics)
    }

    fn add_font(&mut self, path: &str, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) {
        if !self.fonts.add(bytes) {
            let error = Diagnostic::error("font", path, "this is no font that can be read");
            diagnostics.push(error.help("TrueType and OpenType are (.ttf, .otf), WOFF is not"));
        }
    }

    /// From the least particular to the most: English, the language, the language with its region; in each
    /// the extended theme first.
    fn read_strings(
        &mut self,
        chain: &[ThemeFiles],
        language: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let primary = language.split('-').next().unwrap_or(language);
        let mut languages = vec!["en", primary, language];
        languages.dedup();
        let mut english: Vec<(&ThemeFiles, Vec<String>)> = Vec::new();
        let mut translated: BTreeSet<String> = BTreeSet::new();
        for wanted in languages {
            let file = format!("strings/{wanted}.toml");
            for files in chain.iter().rev() {
                let Some((_, bytes)) = files.files.iter().find(|(path, _)| *path == file) else {
                    continue;
                };
                let path = files.path_of(&file);
                let text = match utf8(&path, bytes) {
                    Ok(text) => text,
                    Err(error) => {
                        diagnostics.push(*error);
                        continue;
                    }
                };
                let (strings, errors) = config::read::<Strings>(&path, text);
                diagnostics.extend(errors);
                let keys = strings.keys();
                match wanted {
                    "en" => english.push((files, keys)),
                    _ => translated.extend(keys),
                }
                self.strings.extend(strings.texts);
                if strings.months.len() == 12 {
                    self.months = strings.months;
                }
            }
        }
        if primary != "en" {
            self.untranslated = untranslated(&english, &translated, primary);
        }
    }

    /// The file of a template, as messages name it.
    pub fn template_path(&self, name: &str) -> &str {
        let template = self.chain.iter().find_map(|theme| {
            let full = format!("{theme}/{name}");
            self.templates.iter().find(|file| file.name == full)
        });
        template.map_or("themes", |file| &file.path)
    }

    /// A word of the theme; its key where the theme has none.
    pub fn string<'a>(&'a self, key: &'a str) -> &'a str {
        self.strings.get(key).map_or(key, String::as_str)
    }

    /// A text of the theme with a value in the place of its placeholder.
    pub fn string_with(&self, key: &str, name: &str, value: &str) -> String {
        filled(self.string(key), |placeholder| {
            (placeholder == name).then(|| value.into())
        })
    }
}

/// A theme's text with values in place of `{n}` and `{total}`; a name that has no value stays as it is written.
pub fn filled<'a>(text: &str, value: impl Fn(&str) -> Option<Cow<'a, str>>) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}');
        match found.and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                out.push_str(&value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What themes say in English and `translated` lacks.
fn untranslated(
    english: &[(&ThemeFiles, Vec<String>)],
    translated: &BTreeSet<String>,
    language: &str,
) -> Vec<Untranslated> {
    let file = format!("strings/{language}.toml");
    let mut all = Vec::new();
    for (files, keys) in english {
        let mut keys: Vec<String> = keys
            .iter()
            .filter(|key| !translated.contains(*key))
            .cloned()
            .collect();
        keys.sort();
        let has_file = files.files.iter().any(|(path, _)| *path == file);
        if !keys.is_empty() {
            all.push(Untranslated {
                theme: files.name.clone(),
                language: language.to_owned(),
                file: (has_file && !files.built_in).then(|| files.path_of(&file)),
                keys,
            });
        }
    }
    all
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

/// The error for a theme that is neither in `themes/` nor built in.
pub fn unknown(name: &str, key: &str, path: &str, known: &[String]) -> Diagnostic {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = format!("there is no theme `{name}` in themes/");
    let mut error = Diagnostic::error("unknown-theme", path, message).at_item(key, name);
    error.help = did_you_mean(name, &names);
    error
}

/// Lists the files of the built-in theme, so that they come with the program.
macro_rules! built_in {
    ($($path:literal,)*) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)) as &[u8]),)*]
    };
}

/// The built-in theme: the very files in `themes/default` (a test compares the lists).
const BUILT_IN: &[(&str, &[u8])] = built_in![
    "assets/replies.js",
    "assets/search.js",
    "assets/page.js",
    "assets/style.css",
    "cards/Manrope-Bold.ttf",
    "cards/OFL.txt",
    "cards/pin.svg",
    "cards/social.svg",
    "inline/scheme.js",
    "inline/speculation.json",
    "strings/de.toml",
    "strings/en.toml",
    "templates/404.html",
    "templates/_search_form.html",
    "templates/archive.html",
    "templates/article.html",
    "templates/author.html",
    "templates/authors.html",
    "templates/base.html",
    "templates/callouts/_callout.html",
    "templates/callouts/caution.html",
    "templates/callouts/crisis.html",
    "templates/callouts/do.html",
    "templates/callouts/dont.html",
    "templates/callouts/expert.html",
    "templates/callouts/faq.html",
    "templates/callouts/important.html",
    "templates/callouts/note.html",
    "templates/callouts/quote.html",
    "templates/callouts/tip.html",
    "templates/callouts/warning.html",
    "templates/card.html",
    "templates/components.html",
    "templates/embed.html",
    "templates/home.html",
    "templates/hub.html",
    "templates/once/feeds.html",
    "templates/once/footer.html",
    "templates/once/head.html",
    "templates/once/header.html",
    "templates/once/speculation.html",
    "templates/page.html",
    "templates/replies.html",
    "templates/search.html",
    "templates/section.html",
    "templates/tag.html",
    "templates/tags.html",
    "theme.toml",
];

/// The theme that comes with the program.
pub fn built_in() -> ThemeFiles {
    let files = BUILT_IN
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()))
        .collect();
    ThemeFiles {
        name: DEFAULT.to_owned(),
        files,
        built_in: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_what_is_none_stays() {
        let value = |name: &str| match name {
            "n" => Some("{total}".into()),
            "total" => Some("6".into()),
            _ => None,
        };
        for (text, expected) in [
            ("", ""),
            ("{n} of {total}", "{total} of 6"),
            ("{other} {", "{other} {"),
            ("{ {total}}", "{ 6}"),
            ("{é{n}", "{é{total}"),
        ] {
            assert_eq!(filled(text, value), expected, "{text:?}");
        }
    }
}
