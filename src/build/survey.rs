//! Every page of a site as parse leaves it, published or not, linked or not: what the commands read that change the
//! author's files. A site with mistakes can be surveyed, be it without a configuration.

use std::collections::{BTreeMap, BTreeSet};

use super::located::located;
use super::theme::Themed;
use super::{Options, Pipeline, static_folders};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::date::{Day, Now};
use crate::model::page::Page;
use crate::model::shortcode::Declarations;
use crate::writing::moving;
use crate::{parse, scan};

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
    /// The theme's shortcodes.
    pub shortcodes: Declarations,
    /// The theme's callouts.
    pub callouts: Declarations,
    /// Every page, sorted by file. The defaults of folders are not filled in.
    pub pages: Vec<Page>,
    /// Every `index.md` that may be an article by itself.
    pub bundles: BTreeSet<String>,
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
            taxonomies: &self.config.taxonomies,
            language: &self.config.language,
            languages: &self.config.languages,
            base_url: &self.config.base_url,
            bundles: &self.bundles,
            strings: &self.strings,
            search: false,
            files: &parse::no_files,
            notes: &parse::no_notes,
            alone: true,
            shortcodes: &self.shortcodes,
            callouts: &self.callouts,
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
    let mut watch = |_: &'static str, _: usize| {};
    let mut pipeline = Pipeline {
        alone: true,
        ..Pipeline::new(options, &mut watch)
    };
    let mut diagnostics = Vec::new();
    let (configured, is_configured) = match pipeline.configure() {
        Ok(configured) => (configured, true),
        Err(stop) => {
            diagnostics.extend(stop.mistakes()?);
            (pipeline.blank()?, false)
        }
    };
    let themed = match pipeline.theme(&configured) {
        Ok((themed, _)) => themed,
        Err(stop) => {
            diagnostics.extend(stop.mistakes()?);
            Themed::none(&configured)
        }
    };
    let (content, errors) = scan::content(root, &static_folders(root, &configured.config))?;
    diagnostics.extend(errors);
    let files = content.articles.iter().chain(&content.replies);
    let symlinks = scan::symlinks(root, files.chain(&content.assets));
    let parsed = pipeline.parse(configured, themed, content)?;
    diagnostics.extend(parsed.diagnostics);
    let paths = |files: Vec<scan::SourceFile>| files.into_iter().map(|file| file.path).collect();
    let (content, now) = (parsed.content, parsed.configured.now);
    let first = parsed.themed.spoken.into_iter().next();
    let first = first.map(|first| first.theme).unwrap_or_default();
    Ok(Survey {
        config: parsed.configured.config,
        configured: is_configured,
        today: now.day,
        now,
        shortcodes: first.shortcodes,
        callouts: first.declared_callouts,
        strings: first.strings,
        pages: parsed.pages,
        bundles: parsed.bundles,
        broken: parsed.broken,
        replies: paths(content.replies),
        assets: paths(content.assets),
        symlinks,
        left_out: content.left_out.into_iter().map(|(path, _)| path).collect(),
        diagnostics: located(root, diagnostics),
    })
}
