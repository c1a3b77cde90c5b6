//! Every page of a site as parse leaves it, published or not, linked or not: what the commands read that change the
//! author's files. A site with mistakes can be surveyed, be it without a configuration.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::load::{self, located};
use crate::model::date::{Day, Now};
use crate::model::page::Page;
use crate::output::theme::Theme;
use crate::parsed::parse_all;
use crate::themes;
use crate::writing::moving;
use crate::{Options, parse, scan};

/// What stands in place of a configuration that cannot be read.
const BLANK: &str = "title = \"-\"\nbase_url = \"https://example.org\"";

/// A site's files and pages.
pub struct Survey {
    /// The configuration; where it cannot be read, one with nothing but defaults.
    pub config: Config,
    /// The configuration could be read.
    pub configured: bool,
    /// The day, in the site's time zone.
    pub today: Day,
    /// The moment, for what is published from a time of day on.
    pub now: Now,
    /// The theme's words in the site's language.
    pub strings: BTreeMap<String, String>,
    /// Every page, sorted by file. The defaults of folders are not filled in.
    pub pages: Vec<Page>,
    /// Markdown files that could not be read, sorted.
    pub broken: Vec<String>,
    /// The files of replies, sorted.
    pub replies: Vec<String>,
    /// The files that are symlinks or lie in linked folders, and the files that they are.
    pub symlinks: BTreeMap<String, String>,
    /// The files that are copied, sorted.
    pub assets: Vec<String>,
    /// Such as `archetype.md`, sorted.
    pub left_out: Vec<String>,
    /// What is wrong with the configuration and with the files by themselves, located, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl Survey {
    /// How its files are parsed.
    pub fn parsing(&self) -> parse::Options<'_> {
        parse::Options {
            zone: &self.config.zone,
            markdown: &self.config.markdown,
            language: &self.config.language,
            base_url: &self.config.base_url,
            strings: &self.strings,
            search: false,
        }
    }

    /// What a move sees of it beside its pages.
    pub fn around_a_move(&self) -> moving::Site<'_> {
        moving::Site {
            config: &self.config,
            parsing: self.parsing(),
            replies: &self.replies,
            assets: &self.assets,
            broken: &self.broken,
            symlinks: &self.symlinks,
            diagnostics: &self.diagnostics,
        }
    }
}

/// Surveys the site at the options' root.
///
/// # Errors
/// What the machine refuses.
pub fn survey(options: &Options) -> Result<Survey, Error> {
    let root = &options.root;
    let mut diagnostics = Vec::new();
    let configured = match load::configure(options)? {
        Ok(configured) => Some((configured.config, configured.now)),
        Err(errors) => {
            diagnostics.extend(errors);
            None
        }
    };
    let is_configured = configured.is_some();
    let (config, now) = match configured {
        Some(configured) => configured,
        None => blank(options)?,
    };
    let theme = match themes::chain(root, &config.theme)? {
        Ok(chain) => Theme::assemble(&chain, &config.language).0,
        Err(errors) => {
            diagnostics.extend(errors);
            Theme::default()
        }
    };
    let (content, errors) = scan::content(root)?;
    diagnostics.extend(errors);
    let parsed = parse_all(&content.articles, &config, &theme, 0, None)?;
    let (mut pages, mut broken) = (Vec::new(), Vec::new());
    for (file, parsed) in content.articles.iter().zip(parsed) {
        diagnostics.extend(parsed.diagnostics);
        match parsed.page {
            Some(page) => pages.push(page),
            None => broken.push(file.path.clone()),
        }
    }
    let files = content.articles.iter().chain(&content.replies);
    let symlinks = scan::symlinks(root, files.chain(&content.assets));
    let paths = |files: Vec<scan::SourceFile>| files.into_iter().map(|file| file.path).collect();
    Ok(Survey {
        config,
        configured: is_configured,
        today: now.day,
        now,
        strings: theme.strings,
        pages,
        broken,
        replies: paths(content.replies),
        assets: paths(content.assets),
        symlinks,
        left_out: content.left_out.into_iter().map(|(path, _)| path).collect(),
        diagnostics: located(root, diagnostics),
    })
}

fn blank(options: &Options) -> Result<(Config, Now), Error> {
    let config = Config::parse(BLANK, None)
        .map_err(|_| Error::Refused("the defaults of site.toml are wrong".into()))?;
    let now = options.today.now(&config.zone);
    Ok((config, now))
}
