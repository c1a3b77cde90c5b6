//! Finds the theme that a site asks for, with those that it extends. What their files mean is
//! [`crate::output::theme`]'s.

use std::path::Path;

use super::configure::Configured;
use super::load::located;
use super::{Pipeline, Stop};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::output::theme::{self, Theme, ThemeFiles};
use crate::scan;

/// The theme that a site asks for.
#[derive(Default)]
pub(super) struct Themed {
    /// Its files and those of the themes that it extends.
    pub(super) chain: Vec<ThemeFiles>,
    /// What they are together.
    pub(super) theme: Theme,
}

impl Pipeline<'_> {
    /// Reads the theme, and says what is wrong with files of it that can be done without.
    pub(super) fn theme(&self, configured: &Configured) -> Result<(Themed, Vec<Diagnostic>), Stop> {
        let (root, config) = (&self.options.root, &configured.config);
        let chain =
            chain(root, &config.theme)?.map_err(|errors| Stop::Mistakes(located(root, errors)))?;
        let (theme, errors) = Theme::assemble(&chain, &config.language);
        Ok((Themed { chain, theme }, errors))
    }
}

/// The theme and those that it extends, those that come with the program in place of missing folders.
fn chain(root: &Path, name: &str) -> Result<Result<Vec<ThemeFiles>, Vec<Diagnostic>>, Error> {
    let mut chain: Vec<ThemeFiles> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.take() {
        let asked_by = chain.last().map(|t: &ThemeFiles| t.path_of("theme.toml"));
        let (path, key) = asked_by
            .as_deref()
            .map_or((config::FILE, "theme"), |path| (path, "extends"));
        if chain.iter().any(|theme| theme.name == name) {
            let error = Diagnostic::error(
                "unknown-theme",
                path,
                format!("the theme `{name}` extends itself"),
            );
            return Ok(Err(vec![
                error
                    .at_item(key, &name)
                    .help("extend `default`, or nothing"),
            ]));
        }
        let plain_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
        let mut files = ThemeFiles {
            name: name.clone(),
            ..ThemeFiles::default()
        };
        if plain_name {
            let (found, errors) = scan::theme(root, &name)?;
            if !errors.is_empty() {
                return Ok(Err(errors));
            }
            for file in found {
                let bytes = file.read()?;
                files.files.push((file.path, bytes));
            }
        }
        if files.files.is_empty() {
            let Some(built_in) = theme::built_in(&name) else {
                let known = scan::themes(root, theme::built_in_names());
                return Ok(Err(vec![theme::unknown(&name, key, path, &known)]));
            };
            files = built_in;
        }
        match theme::extends(&files) {
            Ok(extends) => next = extends,
            Err(errors) => return Ok(Err(errors)),
        }
        chain.push(files);
    }
    Ok(Ok(chain))
}
