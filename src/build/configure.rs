//! The first step: the configuration, and the build's day by it.

use super::located::located;
use super::{Pipeline, Stop};
use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::date::Now;
use crate::scan;

/// What stands in place of a configuration that cannot be read.
const BLANK: &str = "title = \"-\"\nbase_url = \"https://example.org\"";

/// The configuration, and the build's day by it.
pub(super) struct Configured {
    pub(super) config: Config,
    pub(super) now: Now,
    /// Of all that it was made of.
    pub(super) fingerprint: Fingerprint,
}

impl Pipeline<'_> {
    /// Reads `site.toml`.
    pub(super) fn configure(&self) -> Result<Configured, Stop> {
        let root = &self.options.root;
        let bytes = scan::file(root, config::FILE)?;
        self.configured(&bytes)
            .map_err(|errors| Stop::Mistakes(located(root, errors)))
    }

    /// What `site.toml` says, or every mistake in it, not located.
    pub(super) fn configured(&self, bytes: &[u8]) -> Result<Configured, Vec<Diagnostic>> {
        let options = self.options;
        let text = diagnostic::utf8(config::FILE, bytes).map_err(|error| vec![*error])?;
        let config = Config::parse(text, options.base_url.as_deref())?;
        let mut mix = Mix::default();
        mix.add(&(text, &options.base_url));
        Ok(Configured {
            now: options.today.now(&config.zone),
            config,
            fingerprint: mix.finish(),
        })
    }

    /// Stands in for a configuration that cannot be read: nothing but defaults.
    pub(super) fn blank(&self) -> Result<Configured, Error> {
        let config = Config::parse(BLANK, None).map_err(|_| {
            Error::refused(
                "the defaults of site.toml are wrong",
                "this is a fault of gen: please report it",
            )
        })?;
        Ok(Configured {
            now: self.options.today.now(&config.zone),
            config,
            fingerprint: Mix::default().finish(),
        })
    }
}
