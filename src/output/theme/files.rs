//! One theme as found: its files, and what its `theme.toml` says. Nothing here reads a file: bytes come in.

use serde::Deserialize;

use crate::config;
use crate::diagnostic::{Diagnostic, did_you_mean, utf8};

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
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Manifest {
    /// For people.
    #[serde(rename = "name")]
    _name: Option<String>,
    /// For people.
    #[serde(rename = "description")]
    _description: Option<String>,
    /// The theme that stands in for what this one lacks.
    extends: Option<String>,
    /// What browsers paint around the page, and what stands out on it.
    pub(super) colors: Option<Colors>,
    /// How wide a picture in a text is, as `sizes` says it.
    pub(super) picture_sizes: Option<String>,
}

/// A theme's colours, as CSS writes them: the page's background in the two schemes, in which browsers paint their own parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    /// By day.
    pub light: String,
    /// By night.
    pub dark: String,
    /// What stands out on either, of which the icon of a site without one is made.
    #[serde(default)]
    pub accent: Option<String>,
}

/// What can stand in `theme.toml`.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Manifest)
}

/// The theme that `files` says it extends.
///
/// # Errors
/// What is wrong in `theme.toml`.
pub fn extends(files: &ThemeFiles) -> Result<Option<String>, Vec<Diagnostic>> {
    files.manifest().map(|manifest| manifest.extends)
}

impl ThemeFiles {
    pub(super) fn manifest(&self) -> Result<Manifest, Vec<Diagnostic>> {
        let Some((_, bytes)) = self.files.iter().find(|(path, _)| path == "theme.toml") else {
            return Ok(Manifest::default());
        };
        let path = self.path_of("theme.toml");
        let text = utf8(&path, bytes).map_err(|error| vec![*error])?;
        let read = config::read::<Manifest>(&path, text);
        match read.errors.is_empty() {
            true => Ok(read.value),
            false => Err(read.errors),
        }
    }

    /// The path and the bytes of the words in a language, whatever the case of its tag.
    pub(super) fn strings(&self, language: &str) -> Option<(&str, &[u8])> {
        let wanted = format!("strings/{language}.toml");
        let mut files = self.files.iter();
        let found = files.find(|(path, _)| path.eq_ignore_ascii_case(&wanted));
        found.map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
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

/// The error for a theme that is neither in `themes/` nor built in.
pub fn unknown(name: &str, key: &str, path: &str, known: &[String]) -> Diagnostic {
    if known.iter().any(|known| known == name) {
        let message = format!("the theme `{name}` has no files: themes/{name}/ is empty");
        let error = Diagnostic::error("unknown-theme", path, message).at_item(key, name);
        return error.help("put the theme's files there, or take this line out");
    }
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = format!("there is no theme `{name}` in themes/");
    let mut error = Diagnostic::error("unknown-theme", path, message).at_item(key, name);
    error.help = did_you_mean(name, &names);
    error
}
