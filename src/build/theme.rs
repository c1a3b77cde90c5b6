//! Finds the theme that a site asks for, with those that it extends. What their files mean is
//! [`crate::output::theme`]'s.

use std::path::Path;

use super::configure::Configured;
use super::located::located;
use super::{Pipeline, Stop};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::output::theme::{self, Theme, ThemeFiles};
use crate::scan;

/// The theme that a site asks for.
pub(super) struct Themed {
    /// Its files and those of the themes that it extends.
    pub(super) chain: Vec<ThemeFiles>,
    /// What they are together, in each of the site's languages.
    pub(super) spoken: Vec<Spoken>,
}

/// How a site speaks in one of its languages.
pub(super) struct Spoken {
    pub(super) config: Config,
    pub(super) theme: Theme,
}

impl Themed {
    /// No theme at all, for a site whose own cannot be read.
    pub(super) fn none(configured: &Configured) -> Themed {
        let spoken = languages(&configured.config).map(|config| Spoken {
            config,
            theme: Theme::default(),
        });
        Themed {
            chain: Vec::new(),
            spoken: spoken.collect(),
        }
    }
}

/// The configuration in each of the site's languages.
fn languages(config: &Config) -> impl Iterator<Item = Config> {
    (0..config.languages.all().len()).map(|number| config.in_language(number))
}

impl Pipeline<'_> {
    /// Reads the theme, and says what is wrong with files of it that can be done without.
    pub(super) fn theme(&self, configured: &Configured) -> Result<(Themed, Vec<Diagnostic>), Stop> {
        let (root, config) = (&self.options.root, &configured.config);
        let chain =
            chain(root, &config.theme)?.map_err(|errors| Stop::Mistakes(located(root, errors)))?;
        let mut errors = Vec::new();
        let spoken = languages(config).map(|config| {
            let (theme, wrong) = Theme::assemble(&chain, config.own_language());
            // What is wrong with its files is the same in every language.
            for one in wrong {
                if !told(&errors, &one) {
                    errors.push(one);
                }
            }
            Spoken { config, theme }
        });
        let spoken = spoken.collect();
        Ok((Themed { chain, spoken }, errors))
    }
}

/// Whether the same was said before.
fn told(errors: &[Diagnostic], one: &Diagnostic) -> bool {
    let mut errors = errors.iter();
    errors.any(|known| known.path == one.path && known.message == one.message)
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
