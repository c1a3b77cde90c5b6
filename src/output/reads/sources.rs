//! All that outputs can ask for: tables of rows, each with the hash of its answer.

use std::collections::BTreeMap;
use std::slice;
use std::sync::OnceLock;

use borsh::BorshSerialize;

use super::recorder::{ALL, Part, Question, Recorder};
use super::{Addressed, Seen};
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::id::Id;
use crate::model::page::{Page, PageId};
use crate::model::picture::{Drawable, Drawings, PictureFile, PictureSet};
use crate::model::site::{
    Counterparts, DataFile, FrontPage, Guide, PictureTarget, Places, Section, Site, Target,
    Taxonomy, Term, UpNext, Year,
};
use crate::model::url::Permalink;
use crate::output::{InLanguage, Planner, search};

/// Hashes a row.
type Hashing<'a, T> = dyn Fn(&T, &mut Mix) + Sync + 'a;

/// One table: its rows, and their hashes once somebody asked for them.
pub(super) struct Rows<'a, T> {
    pub(super) part: Part,
    pub(super) rows: &'a [T],
    hash: Box<Hashing<'a, T>>,
    hashes: Vec<OnceLock<u64>>,
    whole: OnceLock<u64>,
}

impl<'a, T: BorshSerialize> Rows<'a, T> {
    fn new(part: Part, rows: &'a [T]) -> Rows<'a, T> {
        Rows::hashed(part, rows, |row, mix| mix.add(row))
    }
}

impl<'a, T> Rows<'a, T> {
    fn hashed(part: Part, rows: &'a [T], hash: impl Fn(&T, &mut Mix) + Sync + 'a) -> Rows<'a, T> {
        Rows {
            part,
            rows,
            hash: Box::new(hash),
            hashes: Vec::new(),
            whole: OnceLock::new(),
        }
    }
}

/// Tells the hash of an answer.
pub(super) trait Answer: Sync {
    fn part(&self) -> Part;
    /// Makes room for the hashes of rows.
    fn prepare(&mut self);
    /// A row that is not there has a hash, too: a job may have found it missing.
    fn hash_of(&self, row: u32) -> u64;
}

impl<T: Sync> Answer for Rows<'_, T> {
    fn part(&self) -> Part {
        self.part
    }

    fn prepare(&mut self) {
        self.hashes = (0..self.rows.len()).map(|_| OnceLock::new()).collect();
    }

    fn hash_of(&self, row: u32) -> u64 {
        if row == ALL {
            return *self.whole.get_or_init(|| {
                let mut mix = Mix::default();
                (0u32..)
                    .zip(self.rows)
                    .for_each(|(at, _)| mix.add(&self.hash_of(at)));
                mix.finish().0 as u64
            });
        }
        let hash = |row: &T| {
            let mut mix = Mix::default();
            (self.hash)(row, &mut mix);
            mix.finish().0 as u64
        };
        let Some(value) = self.rows.get(row as usize) else {
            return 0;
        };
        let known = self.hashes.get(row as usize);
        known.map_or_else(|| hash(value), |known| *known.get_or_init(|| hash(value)))
    }
}

/// All that outputs can ask for.
pub(in crate::output) struct Sources<'a> {
    pub(super) site: &'a Site,
    /// By address: pages, and sections that nobody wrote words for.
    pub(super) addresses: OnceLock<BTreeMap<String, Addressed>>,
    pub(super) editions: &'a [InLanguage<'a>],
    pub(super) pages: Rows<'a, Page>,
    pub(super) places: Rows<'a, Places>,
    pub(super) targets: Rows<'a, Vec<Target>>,
    pub(super) pictures: Rows<'a, Vec<PictureTarget>>,
    pub(super) heroes: Rows<'a, Option<Box<PictureTarget>>>,
    pub(super) backlinks: Rows<'a, Vec<PageId>>,
    pub(super) up_next: Rows<'a, Vec<UpNext>>,
    pub(super) drawings: Rows<'a, Drawings>,
    pub(super) sections: Rows<'a, Section>,
    pub(super) top_sections: Rows<'a, Id<Section>>,
    pub(super) guides: Rows<'a, Guide>,
    pub(super) taxonomies: Rows<'a, Taxonomy>,
    pub(super) terms: Rows<'a, Term>,
    pub(super) years: Rows<'a, Year>,
    pub(super) articles: Rows<'a, PageId>,
    pub(super) home: Rows<'a, Option<PageId>>,
    pub(super) front_page: Rows<'a, Option<FrontPage>>,
    pub(super) indexes: Rows<'a, BTreeMap<String, PageId>>,
    pub(super) assets: Rows<'a, Permalink>,
    pub(super) data: Rows<'a, DataFile>,
    /// The pages again, told by what they are sorted by.
    pub(super) sorting: Rows<'a, Page>,
    pub(super) files: Rows<'a, Option<Fingerprint>>,
    pub(super) picture_files: Rows<'a, PictureFile>,
    pub(super) picture_sets: Rows<'a, BTreeMap<Permalink, PictureSet>>,
    pub(super) drawables: Rows<'a, BTreeMap<Permalink, Drawable>>,
    pub(super) search_root: Rows<'a, String>,
    pub(super) search_files: Rows<'a, (Permalink, Vec<u8>)>,
    pub(super) counterparts: Rows<'a, Counterparts>,
    pub(super) elsewhere: Rows<'a, ()>,
    pub(super) rest: Rows<'a, Site>,
}

impl<'a> Sources<'a> {
    /// Those of a planned site.
    pub(in crate::output) fn new(planner: &Planner<'a>) -> Sources<'a> {
        let (site, pictures) = (planner.site, planner.pictures);
        let (search, editions) = (planner.search, planner.editions);
        Sources {
            site,
            addresses: OnceLock::new(),
            editions,
            // The file's bytes, which a page has the fingerprint of, tell its body, too.
            pages: Rows::hashed(Part::Pages, &site.pages, |page, mix| {
                mix.add(page);
                mix.add(&page.replies);
            }),
            places: Rows::new(Part::Places, &site.places),
            targets: Rows::new(Part::Targets, &site.targets),
            pictures: Rows::new(Part::Pictures, &site.pictures),
            heroes: Rows::new(Part::Heroes, &site.heroes),
            backlinks: Rows::new(Part::Backlinks, &site.backlinks),
            up_next: Rows::new(Part::UpNext, &site.up_next),
            drawings: Rows::new(Part::Drawings, planner.drawings),
            sections: Rows::new(Part::Sections, site.sections.rows()),
            top_sections: Rows::new(Part::TopSections, &site.top_sections),
            guides: Rows::new(Part::Guides, site.guides.rows()),
            // Whoever asks for a taxonomy reads all its terms.
            taxonomies: Rows::hashed(Part::Taxonomies, site.taxonomies.rows(), |row, mix| {
                mix.add(row);
                mix.add(&site.terms.rows()[row.terms.clone()]);
            }),
            terms: Rows::new(Part::Terms, site.terms.rows()),
            years: Rows::new(Part::Years, site.years.rows()),
            articles: Rows::new(Part::Articles, &site.articles),
            home: Rows::new(Part::Home, slice::from_ref(&site.home)),
            front_page: Rows::new(Part::FrontPage, slice::from_ref(&site.front_page)),
            indexes: Rows::new(Part::Indexes, slice::from_ref(&site.indexes)),
            assets: Rows::new(Part::Assets, &site.assets),
            data: Rows::new(Part::Data, &site.data),
            sorting: Rows::hashed(Part::Sorting, &site.pages, |page, mix| {
                mix.add(&keys(page));
            }),
            files: Rows::new(Part::Files, &[]),
            picture_files: Rows::new(Part::PictureFiles, &pictures.files),
            picture_sets: Rows::new(Part::PictureSets, slice::from_ref(&pictures.sets)),
            drawables: Rows::new(Part::Drawables, slice::from_ref(&pictures.drawable)),
            search_root: Rows::new(
                Part::SearchRoot,
                search.map_or(&[], |index| slice::from_ref(index.root())),
            ),
            // Their names are fingerprints of their bytes.
            search_files: Rows::hashed(
                Part::SearchFiles,
                search.map_or(&[], search::Index::files),
                |(permalink, _), mix| mix.add(permalink),
            ),
            counterparts: Rows::new(Part::Counterparts, &site.counterparts),
            // Of one language, there is nothing elsewhere that its own tables do not tell.
            elsewhere: Rows::hashed(
                Part::Elsewhere,
                match editions {
                    [_] => &[],
                    _ => &[()],
                },
                move |(), mix| editions.iter().for_each(|one| one.hash(mix)),
            ),
            rest: Rows::hashed(Part::Rest, slice::from_ref(site), |site, mix| {
                mix.add(&(&site.menu, &site.skipped, &site.missed, &site.refused));
                mix.add(&site.host_files);
            }),
        }
    }

    /// The same with room for the hashes of answers, which are asked many times. `files` tells of each file that is
    /// copied what it holds, as far as looking at it tells.
    pub(in crate::output) fn noting(self, files: &'a [Option<Fingerprint>]) -> Sources<'a> {
        let mut sources = Sources {
            files: Rows::new(Part::Files, files),
            ..self
        };
        sources.all_mut().into_iter().for_each(Answer::prepare);
        sources
    }

    /// What outputs see, and where their questions are noted.
    pub(in crate::output) fn seen(&'a self, reads: &'a Recorder) -> Seen<'a> {
        Seen {
            sources: self,
            reads,
        }
    }

    /// A hash of the answers to some questions, as they are now.
    pub(in crate::output) fn answers(&self, questions: &[Question]) -> Fingerprint {
        let all = self.all();
        let mut mix = Mix::default();
        for question in questions {
            let at = question.part as usize;
            mix.add(&(
                question.part as u8,
                question.row,
                all[at].hash_of(question.row),
            ));
        }
        mix.finish()
    }
}

/// Lists the tables in the order of their parts, which a test holds.
macro_rules! tables {
    ($sources:expr, $($kind:tt)+) => {
        [
            $($kind)+ $sources.pages,
            $($kind)+ $sources.places,
            $($kind)+ $sources.targets,
            $($kind)+ $sources.pictures,
            $($kind)+ $sources.heroes,
            $($kind)+ $sources.backlinks,
            $($kind)+ $sources.up_next,
            $($kind)+ $sources.drawings,
            $($kind)+ $sources.sections,
            $($kind)+ $sources.top_sections,
            $($kind)+ $sources.guides,
            $($kind)+ $sources.taxonomies,
            $($kind)+ $sources.terms,
            $($kind)+ $sources.years,
            $($kind)+ $sources.articles,
            $($kind)+ $sources.home,
            $($kind)+ $sources.front_page,
            $($kind)+ $sources.indexes,
            $($kind)+ $sources.assets,
            $($kind)+ $sources.data,
            $($kind)+ $sources.sorting,
            $($kind)+ $sources.files,
            $($kind)+ $sources.picture_files,
            $($kind)+ $sources.picture_sets,
            $($kind)+ $sources.drawables,
            $($kind)+ $sources.search_root,
            $($kind)+ $sources.search_files,
            $($kind)+ $sources.counterparts,
            $($kind)+ $sources.elsewhere,
            $($kind)+ $sources.rest,
        ]
    };
}

/// How many tables there are.
const TABLES: usize = Part::Rest as usize + 1;

impl Sources<'_> {
    pub(super) fn all(&self) -> [&dyn Answer; TABLES] {
        tables!(self, &)
    }

    fn all_mut(&mut self) -> [&mut dyn Answer; TABLES] {
        tables!(self, &mut)
    }
}

impl InLanguage<'_> {
    fn hash(&self, mix: &mut Mix) {
        let site = self.site;
        site.pages.iter().for_each(|page| mix.add(page));
        mix.add(&(&site.places, &site.targets, &site.pictures, &site.heroes));
        mix.add(&(site.sections.rows(), &site.top_sections, site.guides.rows()));
        mix.add(&(site.terms.rows(), site.years.rows(), &site.articles));
        mix.add(&(&site.home, &site.counterparts));
        mix.add(&self.search.map(search::Index::root));
    }
}

/// What articles are sorted by.
fn keys(page: &Page) -> impl borsh::BorshSerialize + '_ {
    (
        page.kind,
        &page.title,
        page.date,
        page.updated,
        page.front.weight,
        &page.permalink,
    )
}
