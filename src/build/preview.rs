//! Shows an edited article at once, before the whole site is built again: its own page, with the lists and the other
//! pages as the last build left them. Where more may have changed than its text, it shows nothing and the build is
//! waited for; what the build says holds in any case.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bodies::Bodies;
use super::parse::{notes, parsing};
pub use super::render::Built;
use super::render::with_search;
use crate::error::Error;
use crate::link;
use crate::model::page::{LinkForm, Page, PageId};
use crate::model::site::{PictureTarget, Site, Target};
use crate::output::{self, Planner, Rendered, Renderer};
use crate::parse;
use crate::parse::terms;
use crate::scan;

/// One page, before it is built.
pub struct Shown {
    /// Its file, relative to the output folder.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Built {
    /// The page of the edited file at `source` (relative to `content/`); none where a build must be waited for: it is
    /// new, something is wrong with it, its address, its kind or its days changed, or it has a link that it did not
    /// have.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn show(&mut self, source: &str) -> Result<Option<Shown>, Error> {
        let languages = &self.loaded.first().config.languages;
        let language = languages.place(source).language;
        let pages = &self.loaded.editions[language].site.pages;
        let Ok(at) = pages.binary_search_by(|page| page.source.as_str().cmp(source)) else {
            return Ok(None);
        };
        let Some(page) = self.parse(language, at)? else {
            return Ok(None);
        };
        let (targets, pictures) = {
            let known = Known::of(&self.loaded.editions[language].site, at);
            match (known.targets(&page), known.pictures(&page)) {
                (Some(targets), Some(pictures)) => (targets, pictures),
                _ => return Ok(None),
            }
        };
        let site = &mut self.loaded.editions[language].site;
        let Some(pages) = Arc::get_mut(&mut site.pages) else {
            return Ok(None);
        };
        pages[at] = page;
        site.targets[at] = targets;
        site.pictures[at] = pictures;
        Ok(self.render(language, PageId::new(at)))
    }

    /// The file as it is now, where it can stand in the old one's place.
    fn parse(&self, language: usize, at: usize) -> Result<Option<Page>, Error> {
        let edition = &self.loaded.editions[language];
        let old = &edition.site.pages[at];
        let Some(file) = self.loaded.file(&old.source) else {
            return Ok(None);
        };
        let read = |path: &str| scan::inside(&self.loaded.root, path);
        let notes = notes(&self.loaded.articles);
        let options = parsing(
            &edition.config,
            &edition.theme,
            &self.loaded.bundles,
            &read,
            &notes,
        );
        let mut memory = terms::Memory::new(&edition.config.language);
        if file.too_large() {
            return Ok(None);
        }
        let (page, wrong) = parse::page(&file.path, &file.read()?, &options, &mut memory);
        let Some(mut page) = page.filter(|_| wrong.is_empty()) else {
            return Ok(None);
        };
        let sites = self.loaded.editions.iter().map(|edition| &edition.site);
        let pages = sites.flat_map(|site| site.own_pages());
        link::fill_defaults(&mut page, pages, &edition.config.languages);
        let stands = |page: &Page| {
            let front = &page.front;
            let hero = front.image.as_ref().map(|image| image.src.clone());
            let days = (page.date, page.expires, front.draft);
            (
                page.kind,
                page.permalink.clone(),
                days,
                front.steps.clone(),
                hero,
            )
        };
        if stands(&page) != stands(old) {
            return Ok(None);
        }
        page.replies.clone_from(&old.replies);
        if edition.config.git.dates {
            page.updated = page.updated.or(old.updated);
        }
        Ok(Some(page))
    }

    fn render(&self, language: usize, id: PageId) -> Option<Shown> {
        let loaded = &self.loaded;
        let editions = with_search(loaded, &self.search);
        let planner = Planner {
            drawings: &self.drawings[language],
            ..Planner::new(&editions, language, &self.pictures)
        };
        let bodies = Bodies::new(loaded);
        let make = bodies.of(&loaded.editions[language].site);
        let renderer = Renderer::new(&planner, &self.templates[language], &make);
        let job = output::job_of_page(&planner, id)?;
        let (rendered, _) = renderer.render(&job).ok()?;
        match rendered {
            Rendered::Bytes(bytes) => Some(Shown {
                file: job.permalink.output_file(),
                bytes,
            }),
            _ => None,
        }
    }
}

/// What the links and pictures of a page led to.
struct Known<'a> {
    links: BTreeMap<(&'a str, bool), &'a Target>,
    pictures: BTreeMap<&'a str, &'a PictureTarget>,
}

impl<'a> Known<'a> {
    fn of(site: &'a Site, at: usize) -> Known<'a> {
        let page = &site.pages[at];
        let links = page.links.iter().zip(&site.targets[at]);
        let pictures = page.images.iter().zip(&site.pictures[at]);
        Known {
            links: links
                .map(|(link, target)| ((link.dest.as_str(), link.form == LinkForm::Wiki), target))
                .collect(),
            pictures: pictures
                .map(|(picture, target)| (picture.src.as_str(), target))
                .collect(),
        }
    }

    fn targets(&self, page: &Page) -> Option<Vec<Target>> {
        let links = page.links.iter();
        links
            .map(|link| {
                let key = (link.dest.as_str(), link.form == LinkForm::Wiki);
                self.links.get(&key).map(|target| (*target).clone())
            })
            .collect()
    }

    fn pictures(&self, page: &Page) -> Option<Vec<PictureTarget>> {
        let images = page.images.iter();
        images
            .map(|image| {
                self.pictures
                    .get(image.src.as_str())
                    .map(|target| (*target).clone())
            })
            .collect()
    }
}
