//! The first step: the configuration, and the build's day by it.

use super::load::located;
use super::{Pipeline, Stop};
use crate::config::{self, Config};
use crate::diagnostic;
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
        let options = self.options;
        let bytes = scan::file(&options.root, config::FILE)?;
        let text =
            diagnostic::utf8(config::FILE, &bytes).map_err(|error| Stop::Mistakes(vec![*error]))?;
        let config = Config::parse(text, options.base_url.as_deref())
            .map_err(|errors| Stop::Mistakes(located(&options.root, errors)))?;
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
        let config = Config::parse(BLANK, None)
            .map_err(|_| Error::Refused("the defaults of site.toml are wrong".into()))?;
        Ok(Configured {
            now: self.options.today.now(&config.zone),
            config,
            fingerprint: Mix::default().finish(),
        })
    }
}
