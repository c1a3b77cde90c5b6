//! Renders a linked site: its templates, pictures and drawings, and with them every file that is planned.

use super::Pipeline;
use super::bodies::Bodies;
use super::job::{self, Made, Rendering};
use super::load::{Edition, Loaded};
use crate::artwork::Artwork;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::kept::Kept;
use crate::kept::record::{Notes, Record};
use crate::model::picture::{Drawings, Pictures};
use crate::model::site::Site;
use crate::output::{self, InLanguage, Planner, Renderer, Templates, card, search};
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

/// A site as a build left it in memory.
pub struct Built {
    /// What was read and linked.
    pub loaded: Loaded,
    /// By language.
    pub(super) templates: Vec<Templates>,
    pub(super) search: Vec<Option<search::Index>>,
    pub(super) pictures: Pictures,
    /// By language and page.
    pub(super) drawings: Vec<Vec<Drawings>>,
}

/// What came of rendering.
pub(super) struct RenderedSite {
    /// By language; none where a template is wrong.
    templates: Vec<Templates>,
    /// By language.
    search: Vec<Option<search::Index>>,
    pub(super) pictures: Pictures,
    /// By language and page.
    pub(super) drawings: Vec<Vec<Drawings>>,
    pub(super) made: Vec<Made>,
    /// What is wrong with the site and with its files, not located.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl RenderedSite {
    /// The site in memory, where it could be rendered.
    pub(super) fn held(self, loaded: Loaded) -> Option<Built> {
        (!self.templates.is_empty()).then_some(Built {
            templates: self.templates,
            search: self.search,
            pictures: self.pictures,
            drawings: self.drawings,
            loaded,
        })
    }
}

/// The site in its languages, as outputs see it.
pub(super) fn with_search<'a>(
    loaded: &'a Loaded,
    search: &'a [Option<search::Index>],
) -> Vec<InLanguage<'a>> {
    let mut editions = loaded.in_languages();
    for (edition, search) in editions.iter_mut().zip(search) {
        edition.search = search.as_ref();
    }
    editions
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
        let templates = compiled(loaded).unwrap_or_else(|errors| {
            diagnostics.extend(errors);
            Vec::new()
        });
        let index = |edition: &Edition| {
            let has = edition.config.search;
            has.then(|| search::Index::build(&edition.site, &edition.config))
        };
        let search: Vec<Option<search::Index>> = loaded.editions.iter().map(index).collect();
        let indexed = search.iter().flatten().map(|index| index.pages).sum();
        (self.watch)("search", indexed);
        let sites: Vec<&Site> = loaded.editions.iter().map(|one| &one.site).collect();
        let (pictures, warnings) = artwork.pictures(&sites)?;
        diagnostics.extend(warnings);
        (self.watch)("pictures", pictures.files.len());
        let editions = with_search(loaded, &search);
        let mut planners: Vec<Planner<'_>> = (0..editions.len())
            .map(|number| Planner::new(&editions, number, &pictures))
            .collect();
        let bodies = Bodies::new(loaded);
        let makers: Vec<_> = sites.iter().map(|site| bodies.of(site)).collect();
        let mut drawings: Vec<Vec<Drawings>> = vec![Vec::new(); editions.len()];
        for (number, templates) in templates.iter().enumerate() {
            let renderer = Renderer::new(&planners[number], templates, &makers[number]);
            let (drawn, errors) = card::drawings(&planners[number], &renderer);
            diagnostics.extend(errors);
            drawings[number] = drawn;
        }
        for (planner, drawings) in planners.iter_mut().zip(&drawings) {
            planner.drawings = drawings;
        }
        let (jobs, errors) = output::plan(&planners, &templates);
        diagnostics.extend(errors);
        if stage.is_some() {
            diagnostics = self.softened(&loaded.first().config, loaded.today, diagnostics);
        }
        (self.watch)("plan", jobs.len());
        let mut made = Vec::new();
        if !templates.is_empty() {
            let noted = self.kept.filter(|_| jobs.len() <= MOST_NOTED);
            let files = noted.map_or(Vec::new(), |kept| job::files(&loaded.assets, kept.began()));
            let all = planners.iter().zip(&templates).zip(&makers);
            let renderers = all.map(|((planner, templates), make)| {
                let renderer = Renderer::new(planner, templates, make);
                match noted.is_some() {
                    true => renderer.noting(planner, loaded.common, &files),
                    false => renderer,
                }
            });
            let renderers: Vec<Renderer<'_>> = renderers.collect();
            let stage = stage.filter(|stage| is_publishable(&diagnostics, stage.strict));
            let rendering = Rendering {
                renderers: &renderers,
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

/// The theme's templates in each language.
fn compiled(loaded: &Loaded) -> Result<Vec<Templates>, Vec<Diagnostic>> {
    let compile =
        |edition: &Edition| output::compile(&edition.site, &edition.config, &edition.theme);
    loaded.editions.iter().map(compile).collect()
}

/// Whether what this is wrong with can be published.
pub(super) fn is_publishable(diagnostics: &[Diagnostic], strict: bool) -> bool {
    diagnostics
        .iter()
        .all(|d| d.severity == Severity::Note || d.severity == Severity::Warning && !strict)
}
