//! Renders a linked site: its templates, pictures and drawings, and with them every file that is planned.

use std::borrow::Cow;

use super::Pipeline;
use super::bodies::Bodies;
use super::job::{self, Made, Rendering};
use super::load::Loaded;
use super::preview::Built;
use super::publish::is_publishable;
use crate::artwork::Artwork;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::kept::Kept;
use crate::kept::record::{Notes, Record};
use crate::model::picture::{Drawings, Pictures};
use crate::output::{self, Planner, Renderer, Templates, card, search};
use crate::store::Store;

/// Of sites with more files no notes are kept of what each is made of: they would take more memory than they save time.
const MOST_NOTED: usize = 300_000;

/// Where rendered files are laid until all of them are there.
pub(super) struct Stage<'a> {
    pub(super) store: &'a Store,
    /// Warnings are errors.
    pub(super) strict: bool,
    /// What the last build published.
    pub(super) before: Option<&'a Record>,
}

/// What came of rendering.
pub(super) struct RenderedSite {
    /// None where a template is wrong.
    templates: Option<Templates>,
    search: Option<search::Index>,
    pub(super) pictures: Pictures,
    pub(super) drawings: Vec<Drawings>,
    pub(super) made: Vec<Made>,
    /// What is wrong with the site and with its files, not located.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl RenderedSite {
    /// The site in memory, where it could be rendered.
    pub(super) fn held(self, loaded: Loaded) -> Option<Built> {
        Some(Built {
            templates: self.templates?,
            search: self.search,
            pictures: self.pictures,
            drawings: self.drawings,
            loaded,
        })
    }
}

impl Pipeline<'_> {
    /// Renders every file whose bytes are not known, and lays them on the stage. `diagnostics` are those of the site.
    pub(super) fn render(
        &mut self,
        loaded: &Loaded,
        artwork: &Artwork<'_>,
        mut diagnostics: Vec<Diagnostic>,
        stage: Option<Stage<'_>>,
    ) -> Result<RenderedSite, Error> {
        let (site, config, theme) = (&loaded.site, &loaded.config, &loaded.theme);
        let templates = match output::compile(site, config, theme) {
            Ok(templates) => Some(templates),
            Err(errors) => {
                diagnostics.extend(errors);
                None
            }
        };
        let search = config.search.then(|| search::Index::build(site, config));
        (self.watch)("search", search.as_ref().map_or(0, |index| index.pages));
        let (pictures, warnings) = artwork.pictures(site)?;
        diagnostics.extend(warnings);
        (self.watch)("pictures", pictures.files.len());
        let planner = Planner {
            site,
            config,
            theme,
            search: search.as_ref(),
            pictures: &pictures,
            drawings: &[],
        };
        let bodies = Bodies::new(loaded);
        let make = |id| bodies.body(site.page(id)).map(Cow::into_owned);
        let drawings = match &templates {
            Some(templates) => {
                let renderer = Renderer::new(&planner, templates, &make);
                let (drawings, errors) = card::drawings(&planner, &renderer);
                diagnostics.extend(errors);
                drawings
            }
            None => Vec::new(),
        };
        let planner = Planner {
            drawings: &drawings,
            ..planner
        };
        let (jobs, errors) = output::plan(&planner, templates.as_ref());
        diagnostics.extend(errors);
        if stage.is_some() {
            diagnostics = self.softened(config, loaded.today, diagnostics);
        }
        (self.watch)("plan", jobs.len());
        let mut made = Vec::new();
        if let Some(templates) = &templates {
            let noted = self.kept.filter(|_| jobs.len() <= MOST_NOTED);
            let files = noted.map_or(Vec::new(), |kept| job::files(&loaded.assets, kept.began()));
            let mut renderer = Renderer::new(&planner, templates, &make);
            if noted.is_some() {
                renderer = renderer.noting(&planner, loaded.common, &files);
            }
            let stage = stage.filter(|stage| is_publishable(&diagnostics, stage.strict));
            let rendering = Rendering {
                renderer: &renderer,
                assets: &loaded.assets,
                articles: &loaded.articles,
                artwork,
                store: stage.as_ref().map(|stage| stage.store),
                before: stage.as_ref().and_then(|stage| stage.before),
                notes: noted.map_or_else(Notes::default, Kept::notes),
            };
            let (outputs, errors) = rendering.all(&jobs)?;
            diagnostics.extend(errors);
            made = outputs;
        }
        let count = made.iter().filter(|made| made.rendered).count();
        (self.watch)("render", count);
        Ok(RenderedSite {
            templates,
            search,
            pictures,
            drawings,
            made,
            diagnostics,
        })
    }
}
