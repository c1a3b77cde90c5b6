//! Recorded reads. Outputs see the site through [`Seen`] alone, which notes every question that a job asks. The note, with
//! a hash of the answers, decides whether the job runs next time: verifying traces (Mokhov, Mitchell and Peyton Jones,
//! *Build Systems à la Carte*, 2018). There is no other way to ask, so nothing can be forgotten.
//!
//! To show outputs something new of the site: a field in [`Sources`] (`reads/sources.rs`), its `Part`
//! (`reads/recorder.rs`), and a method of [`Seen`].

mod recorder;
mod sources;

use super::InLanguage;
use crate::link;
use crate::model::extra::ExtraValue;
use crate::model::id::Id;
use crate::model::page::{Kind, Page, PageId};
use crate::model::picture::{Drawable, Drawings, PictureFile, PictureSet};
use crate::model::site::{
    Counterpart, FrontPage, Guide, PictureTarget, Places, Section, Site, Target, Taxonomy, Term,
    Terms, UpNext, Year, author_named,
};
use crate::model::slug::slugify;
use crate::model::url::{Permalink, decoded_path};
use recorder::{ALL, Part};
pub(super) use recorder::{Question, Recorder};
use sources::Rows;
pub(super) use sources::Sources;

/// The site as one job sees it.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    sources: &'a Sources<'a>,
    reads: &'a Recorder,
}

/// What stands at an address.
#[derive(Clone, Copy)]
enum Addressed {
    Page(PageId),
    Section(Id<Section>),
}

/// That a file of `content/` is to be copied: whoever has one has asked for the file.
pub struct Copied(usize);

impl Copied {
    /// The file's index in the list of assets.
    pub fn index(&self) -> usize {
        self.0
    }
}

impl<'a> Seen<'a> {
    fn row<T>(&self, rows: &Rows<'a, T>, at: usize) -> &'a T {
        self.reads.ask(rows.part, at as u32);
        &rows.rows[at]
    }

    fn find<T>(&self, rows: &Rows<'a, T>, at: usize) -> Option<&'a T> {
        self.reads.ask(rows.part, at as u32);
        rows.rows.get(at)
    }

    fn all<T>(&self, rows: &Rows<'a, T>) -> &'a [T] {
        self.reads.ask(rows.part, ALL);
        rows.rows
    }

    /// A page.
    pub(crate) fn page(&self, id: PageId) -> &'a Page {
        self.row(&self.sources.pages, id.index())
    }

    /// The lists that a page stands in.
    pub(super) fn places(&self, id: PageId) -> &'a Places {
        self.row(&self.sources.places, id.index())
    }

    /// What a page's links lead to, in the order of its links.
    pub(super) fn targets(&self, id: PageId) -> &'a [Target] {
        self.row(&self.sources.targets, id.index()).as_slice()
    }

    /// What a page's pictures are, in the order of its pictures.
    pub(super) fn pictures(&self, id: PageId) -> &'a [PictureTarget] {
        self.row(&self.sources.pictures, id.index()).as_slice()
    }

    /// The picture at a page's head.
    pub(super) fn hero(&self, id: PageId) -> Option<&'a PictureTarget> {
        self.row(&self.sources.heroes, id.index()).as_deref()
    }

    /// The pages that link to a page in their text.
    pub(super) fn backlinks(&self, id: PageId) -> &'a [PageId] {
        self.row(&self.sources.backlinks, id.index()).as_slice()
    }

    /// What to read after a page.
    pub(super) fn up_next(&self, id: PageId) -> &'a [UpNext] {
        self.row(&self.sources.up_next, id.index()).as_slice()
    }

    /// What is drawn for a page; nothing where cards are off.
    pub(super) fn drawings(&self, id: PageId) -> Option<&'a Drawings> {
        self.find(&self.sources.drawings, id.index())
    }

    /// A section.
    pub(super) fn section(&self, id: Id<Section>) -> &'a Section {
        self.row(&self.sources.sections, id.index())
    }

    /// The sections that stand in no other, in the order in which they are shown.
    pub(super) fn top_sections(&self) -> &'a [Id<Section>] {
        self.all(&self.sources.top_sections)
    }

    /// The guides, by the addresses of their hubs.
    pub(super) fn guides(&self) -> &'a [Guide] {
        self.all(&self.sources.guides)
    }

    /// The guide that a page is a step of, and which step, from 0.
    pub(super) fn step_of(&self, id: PageId) -> Option<(&'a Guide, usize)> {
        let (guide, step) = *self.places(id).steps.first()?;
        Some((self.row(&self.sources.guides, guide.index()), step))
    }

    /// The guide whose hub a page is.
    pub(super) fn guide_of_hub(&self, id: PageId) -> Option<&'a Guide> {
        let is_hub = self.page(id).is_hub();
        let mut guides = is_hub.then(|| self.guides())?.iter();
        guides.find(|guide| guide.hub == id)
    }

    /// A tag, an author, or another term.
    pub(super) fn term(&self, id: Id<Term>) -> &'a Term {
        self.row(&self.sources.terms, id.index())
    }

    /// A taxonomy, with all its terms.
    pub(super) fn taxonomy(&self, id: Id<Taxonomy>) -> (&'a Taxonomy, Terms<'a>) {
        let taxonomy = self.row(&self.sources.taxonomies, id.index());
        (taxonomy, self.sources.site.terms_of(id))
    }

    /// The term with this in its address, or else of this name.
    pub(super) fn term_named(&self, taxonomy: Id<Taxonomy>, name: &str) -> Option<&'a Term> {
        let terms = self.sources.site.terms_of(taxonomy);
        let slug = slugify(name);
        // A taxonomy has each slug once: while this row is as it is, no other is meant.
        let mut by_slug = terms.entries().filter(|(_, term)| term.slug == slug);
        if let Some((id, term)) = by_slug.next()
            && (term.slug == name || term.name == name)
        {
            return Some(self.term(id));
        }
        let (_, terms) = self.taxonomy(taxonomy);
        terms.rows().iter().find(|term| term.name == name)
    }

    /// The taxonomy of this name. Which there are, `site.toml` says, which is noted for every job.
    pub(super) fn taxonomy_named(&self, key: &str) -> Option<Id<Taxonomy>> {
        self.sources.site.taxonomies.position(|one| one.key == key)
    }

    /// The names of the taxonomies.
    pub(super) fn taxonomy_keys(&self) -> Vec<&'a str> {
        let all = self.all(&self.sources.taxonomies).iter();
        all.map(|one| one.key.as_str()).collect()
    }

    /// The pages at the root that stand in no list.
    pub(super) fn loose(&self) -> Vec<PageId> {
        let pages = self.sorting();
        let ids = (0..pages.len()).map(PageId::new);
        let is_loose = |page: &Page| page.kind == Kind::Page && page.original.is_none();
        ids.filter(|id| is_loose(&pages[id.index()])).collect()
    }

    /// The author of this name.
    pub(super) fn author_named(&self, name: &str) -> Option<Id<Term>> {
        let (_, authors) = self.taxonomy(Taxonomy::AUTHORS);
        author_named(authors, &|id| self.page(id), name)
    }

    /// The years, newest first.
    pub(super) fn years(&self) -> &'a [Year] {
        self.all(&self.sources.years)
    }

    /// A year.
    pub(super) fn year(&self, id: Id<Year>) -> &'a Year {
        self.row(&self.sources.years, id.index())
    }

    /// Every article and hub, newest first.
    pub(super) fn articles(&self) -> &'a [PageId] {
        self.all(&self.sources.articles)
    }

    /// The home page's words, if somebody wrote some.
    pub(super) fn home(&self) -> Option<PageId> {
        *self.row(&self.sources.home, 0)
    }

    /// What the home page's editor put on it.
    pub(super) fn front_page(&self) -> Option<&'a FrontPage> {
        self.row(&self.sources.front_page, 0).as_ref()
    }

    /// The words of `/tags/` or `/authors/`, by folder.
    pub(super) fn index_of(&self, folder: &str) -> Option<PageId> {
        self.row(&self.sources.indexes, 0).get(folder).copied()
    }

    /// The page of a file, by its path in `content/`. Which files there are is noted for every job.
    pub(super) fn page_of(&self, source: &str) -> Option<PageId> {
        let pages = &self.sources.site.pages;
        let at = pages.binary_search_by(|page| page.source.as_str().cmp(source));
        at.ok().map(PageId::new)
    }

    /// The page at an address, perhaps percent-encoded.
    pub(super) fn page_at(&self, address: &str) -> Option<PageId> {
        match self.at(address)? {
            Addressed::Page(id) => {
                self.page(id);
                Some(id)
            }
            Addressed::Section(_) => None,
        }
    }

    /// The section at an address, where nobody wrote words for it.
    pub(super) fn section_at(&self, address: &str) -> Option<Id<Section>> {
        match self.at(address)? {
            Addressed::Section(id) => {
                self.section(id);
                Some(id)
            }
            Addressed::Page(_) => None,
        }
    }

    fn at(&self, address: &str) -> Option<Addressed> {
        let addresses = self.sources.addresses.get_or_init(|| {
            let site = self.sources.site;
            let sections = site.sections.entries();
            let sections = sections.map(|(id, s)| (&s.permalink, Addressed::Section(id)));
            let pages = site.ids();
            let pages = pages.map(|id| (&site.page(id).permalink, Addressed::Page(id)));
            let all = sections.chain(pages);
            all.map(|(at, what)| (at.as_str().to_owned(), what))
                .collect()
        });
        let decoded = decoded_path(address);
        let found = addresses
            .get(decoded.as_deref().unwrap_or(address))
            .copied();
        if found.is_none() {
            self.reads.ask(Part::Pages, ALL);
            self.reads.ask(Part::Sections, ALL);
        }
        found
    }

    /// The section of a folder.
    pub(super) fn section_of(&self, folder: &str) -> Option<Id<Section>> {
        let sections = self.sources.site.sections.rows();
        let at = sections.binary_search_by(|section| section.folder.as_str().cmp(folder));
        match at {
            Ok(number) => self.reads.ask(Part::Sections, number as u32),
            Err(_) => self.reads.ask(Part::Sections, ALL),
        }
        at.ok().map(Id::new)
    }

    /// The paths of all pages and folders.
    pub(super) fn files_and_folders(&self) -> Vec<String> {
        let site = self.sources.site;
        self.reads.ask(Part::Sections, ALL);
        let files = site.pages.iter().map(|page| page.source.clone());
        let folders = site.sections.iter().map(|section| section.folder.clone());
        files.chain(folders).collect()
    }

    /// The pages that a page links to in its text, each once, in the order of its links.
    pub(super) fn linked(&self, id: PageId) -> Vec<PageId> {
        let mut linked = Vec::new();
        for target in self.targets(id) {
            match target {
                Target::Page { id: to, .. } if *to != id && !linked.contains(to) => {
                    linked.push(*to)
                }
                _ => {}
            }
        }
        linked
    }

    /// All pages, to be looked at for what `keys` (`reads/sources.rs`) names and for nothing else.
    pub(super) fn sorting(&self) -> &'a [Page] {
        self.all(&self.sources.sorting)
    }

    /// What a file of data holds, by its path in `data/`.
    pub(super) fn data(&self, path: &str) -> Option<&'a ExtraValue> {
        let files = self.sources.data.rows;
        let at = files.binary_search_by(|file| file.path.as_str().cmp(path));
        match at {
            Ok(at) => Some(&self.row(&self.sources.data, at).value),
            Err(_) => {
                self.reads.ask(Part::Data, ALL);
                None
            }
        }
    }

    /// The paths of the files of data.
    pub(super) fn data_paths(&self) -> Vec<&'a str> {
        let files = self.all(&self.sources.data).iter();
        files.map(|file| file.path.as_str()).collect()
    }

    /// The addresses of the files that are copied, sorted.
    pub(super) fn assets(&self) -> &'a [Permalink] {
        self.all(&self.sources.assets)
    }

    /// A file of `content/` to copy.
    pub(super) fn file(&self, number: usize) -> Copied {
        if self
            .find(&self.sources.files, number)
            .is_none_or(Option::is_none)
        {
            self.reads.unsure.set(true);
        }
        Copied(number)
    }

    /// A file made of a picture.
    pub(super) fn picture_file(&self, number: usize) -> &'a PictureFile {
        self.row(&self.sources.picture_files, number)
    }

    /// All files made of pictures.
    pub(super) fn picture_files(&self) -> &'a [PictureFile] {
        self.all(&self.sources.picture_files)
    }

    /// By page: what is drawn for it; nothing at all where cards are off.
    pub(super) fn all_drawings(&self) -> &'a [Drawings] {
        self.all(&self.sources.drawings)
    }

    /// What stands in the place of the picture at `original`.
    pub(super) fn picture_set(&self, original: &Permalink) -> Option<&'a PictureSet> {
        self.row(&self.sources.picture_sets, 0).get(original)
    }

    /// The picture at `original`, if it can be drawn into a card.
    pub(super) fn drawable(&self, original: &Permalink) -> Option<Drawable> {
        let drawables = self.row(&self.sources.drawables, 0);
        drawables.get(original).copied()
    }

    /// What the script for search must know, as JSON.
    pub(super) fn search_root(&self) -> Option<&'a str> {
        self.find(&self.sources.search_root, 0).map(String::as_str)
    }

    /// A file of the search index.
    pub(super) fn search_file(&self, number: usize) -> &'a [u8] {
        &self.row(&self.sources.search_files, number).1
    }

    /// The sections around a page, from the outermost in.
    pub(super) fn breadcrumbs(&self, id: PageId) -> Vec<Id<Section>> {
        link::breadcrumbs(self.places(id), id, &|section| self.section(section))
    }

    /// A section and those around it, from the outermost in.
    pub(super) fn trail(&self, innermost: Option<Id<Section>>) -> Vec<Id<Section>> {
        link::trail(innermost, &|section| self.section(section))
    }

    /// Where the same as at an address stands in the site's languages; nothing where it has but one.
    pub(super) fn counterparts(&self, permalink: &Permalink) -> &'a [Counterpart] {
        let rows = self.sources.counterparts.rows;
        match rows.binary_search_by(|one| one.permalink.cmp(permalink)) {
            Ok(at) => &self.row(&self.sources.counterparts, at).all,
            Err(_) => {
                self.reads.ask(Part::Counterparts, ALL);
                &[]
            }
        }
    }

    /// The site in all its languages: whoever asks for this runs whenever any page or list changed.
    pub(super) fn everywhere(&self) -> &'a [InLanguage<'a>] {
        self.reads.ask(Part::Elsewhere, ALL);
        let _ = self.everything();
        self.sources.editions
    }

    /// The whole site, but for what is made of its files: whoever asks for this runs whenever any page or list changed.
    pub(super) fn everything(&self) -> &'a Site {
        let tables = self.sources.all();
        tables
            .iter()
            .map(|rows| rows.part())
            .filter(|part| part.is_of_site())
            .for_each(|part| self.reads.ask(part, ALL));
        self.sources.site
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::picture::Pictures;
    use crate::output::Planner;
    use crate::output::theme::{self, Theme};

    fn with_sources<T>(site: &Site, look: impl FnOnce(&Sources<'_>) -> T) -> T {
        let text = "title = \"A\"\nbase_url = \"https://example.org\"";
        let config = Config::parse(text, None).unwrap();
        let (theme, _) = Theme::assemble(
            &[theme::built_in(theme::DEFAULT).unwrap()],
            config.own_language(),
        );
        let pictures = Pictures::default();
        let editions = [InLanguage {
            site,
            config: &config,
            theme: &theme,
            search: None,
        }];
        let planner = Planner::new(&editions, 0, &pictures);
        look(&Sources::new(&planner).noting(&[]))
    }

    fn tagged(articles: &[usize]) -> Site {
        let tag = |slug: &str, articles: Vec<PageId>| Term {
            taxonomy: Taxonomy::TAGS,
            slug: slug.to_owned(),
            name: slug.to_owned(),
            permalink: Permalink::page(&format!("tags/{slug}")),
            page: None,
            articles,
        };
        Site {
            terms: vec![
                tag("one", articles.iter().map(|id| PageId::new(*id)).collect()),
                tag("other", Vec::new()),
            ]
            .into(),
            ..Site::default()
        }
    }

    #[test]
    fn each_part_answers_for_itself() {
        with_sources(&Site::default(), |sources| {
            for (at, rows) in sources.all().into_iter().enumerate() {
                assert_eq!(rows.part() as usize, at);
            }
        });
    }

    #[test]
    fn an_answer_changes_with_what_was_asked_for_and_with_nothing_else() {
        let asked = |number: usize| {
            with_sources(&tagged(&[1]), |sources| {
                let reads = Recorder::on();
                let _ = sources.seen(&reads).term(Id::new(number));
                reads.questions().unwrap_or_default()
            })
        };
        let answers = |site: &Site, questions: &[Question]| {
            with_sources(site, |sources| sources.answers(questions))
        };
        let (then, now) = (tagged(&[1]), tagged(&[1, 2]));
        assert_ne!(answers(&then, &asked(0)), answers(&now, &asked(0)));
        assert_eq!(answers(&then, &asked(1)), answers(&now, &asked(1)));
    }

    #[test]
    fn a_file_that_may_have_changed_unseen_is_read_again() {
        with_sources(&Site::default(), |sources| {
            let reads = Recorder::on();
            let _ = sources.seen(&reads).file(0);
            assert_eq!(reads.questions(), None);
        });
    }
}
