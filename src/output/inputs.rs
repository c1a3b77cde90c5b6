//! What a job's bytes are made of, as a fingerprint that costs no rendering: with the same fingerprint come the
//! same bytes. Errs on the safe side: lists depend on all that any list shows.

use rayon::prelude::*;

use super::{Job, View, icons, picture, policy};
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::page::{Page, PageId};
use crate::model::reply;
use crate::model::site::{Guide, Reason, Site, Target, UpNext};

/// What jobs have in common, by fingerprints.
pub struct Inputs {
    /// The generator, its configuration, the theme, what folders say of their files, and what stands on every page.
    common: Fingerprint,
    /// By page: its file, what its links and pictures are, and where it stands.
    own: Vec<Fingerprint>,
    /// By page: what other pages may show of it.
    seen: Vec<Fingerprint>,
    /// All that lists show: every page as others see it, and every list.
    lists: Fingerprint,
    /// The words of the pages that are no articles.
    words: Fingerprint,
    /// By file that is copied.
    files: Vec<Option<Fingerprint>>,
}

impl Inputs {
    /// Of a site. `common` is of the configuration, the theme and the folders' defaults, by their bytes; `files`
    /// are the files that are copied, by place, as far as it is known what they hold.
    pub fn new(view: &View<'_>, common: Fingerprint, files: Vec<Option<Fingerprint>>) -> Inputs {
        let site = view.site;
        let ids: Vec<PageId> = site.ids().collect();
        let own: Vec<Fingerprint> = ids.par_iter().map(|id| own(view, *id)).collect();
        let seen: Vec<Fingerprint> = ids.par_iter().map(|id| seen(view, *id)).collect();
        let mut everywhere = Mix::default();
        everywhere.add(&common);
        everywhere.add(&site.menu);
        let targets = site.menu.iter().filter_map(|(_, target)| match target {
            Target::Page { id, .. } => Some(&site.page(*id).permalink),
            _ => None,
        });
        targets.for_each(|permalink| everywhere.add(permalink));
        let lists = [
            site.tags.is_empty(),
            site.authors.is_empty(),
            site.years.is_empty(),
        ];
        everywhere.add(&lists);
        everywhere.add(&icons::known(site));
        if view.config.headers.meta {
            everywhere.add(&policy::policy(site, view.config, view.theme, false));
        }
        let words = ids.iter().filter(|id| !site.page(**id).is_article());
        let words = of_all(words.map(|id| own[id.index()]));
        let mut lists = Mix::default();
        lists.add(&of_all(seen.iter().copied()));
        lists.add(&(&site.sections, &site.guides, &site.tags, &site.authors));
        lists.add(&(&site.years, &site.articles, site.home, &site.indexes));
        lists.add(&site.refused);
        Inputs {
            common: everywhere.finish(),
            own,
            seen,
            lists: lists.finish(),
            words,
            files,
        }
    }

    /// Of a job that shows lists and the words of pages that are no articles.
    pub(super) fn of_list(&self, job: &Job) -> Mix {
        let mut mix = self.of_job(job);
        mix.add(&(self.lists, self.words));
        mix
    }

    /// Of the job's address and what stands on every page.
    pub(super) fn of_job(&self, job: &Job) -> Mix {
        let mut mix = Mix::default();
        mix.add(&self.common);
        mix.add(&(
            job.output as u64,
            &job.permalink,
            job.number as u64,
            &job.owner,
        ));
        mix
    }

    /// Of a file that is copied.
    pub(super) fn of_file(&self, job: &Job) -> Option<Mix> {
        let super::Subject::File(number) = job.subject else {
            return None;
        };
        let mut mix = self.of_job(job);
        mix.add(&self.files[number]?);
        Some(mix)
    }

    /// Adds a page's body, and what it shows of the pages that its links lead to.
    pub(super) fn add_body(&self, site: &Site, id: PageId, mix: &mut Mix) {
        mix.add(&self.own[id.index()]);
        for target in &site.targets[id.index()] {
            if let Target::Page { id, .. } = target {
                mix.add(&self.seen[id.index()]);
            }
        }
    }

    /// Adds all that an article's own page shows.
    pub(super) fn add_page(&self, view: &View<'_>, id: PageId, mix: &mut Mix) {
        let site = view.site;
        let places = &site.places[id.index()];
        self.add_body(site, id, mix);
        for entry in &site.up_next[id.index()] {
            self.add_up_next(site, entry, mix);
        }
        self.add_seen(&site.backlinks[id.index()], mix);
        for tag in &places.tags {
            mix.add(&(&site.tags[*tag].name, &site.tags[*tag].permalink));
        }
        for author in &places.authors {
            self.add_author(site, *author, mix);
        }
        let replies = &site.page(id).replies;
        if !replies.is_empty() {
            mix.add(replies);
            reply::each(replies, &mut |reply| {
                let author = reply.author.as_deref();
                if let Some(author) = author.and_then(|name| site.author_named(name)) {
                    self.add_author(site, author, mix);
                }
            });
        }
        for section in crate::link::breadcrumbs(site, id) {
            let section = &site.sections[section];
            mix.add(&(&section.title, &section.permalink));
        }
        if let Some(section) = places.section {
            let section = &site.sections[section];
            mix.add(&(&section.title, &section.permalink, section.page));
            if site.page(id).is_hub() {
                self.add_seen(&section.articles, mix);
            }
        }
        if let Some((guide, step)) = site.step_of(id) {
            mix.add(&(step as u64));
            self.add_guide(guide, mix);
        }
        if let Some(guide) = site.guide_of_hub(id) {
            self.add_guide(guide, mix);
        }
    }

    fn add_author(&self, site: &Site, author: usize, mix: &mut Mix) {
        let author = &site.authors[author];
        mix.add(&(
            &author.name,
            &author.permalink,
            author.articles.len() as u64,
        ));
        mix.add(&author.page.map(|page| self.own[page.index()]));
    }

    fn add_guide(&self, guide: &Guide, mix: &mut Mix) {
        mix.add(&self.seen[guide.hub.index()]);
        self.add_seen(&guide.steps, mix);
        mix.add(&guide.after.map(|after| self.seen[after.index()]));
    }

    fn add_seen(&self, pages: &[PageId], mix: &mut Mix) {
        mix.add(&(pages.len() as u64));
        for page in pages {
            mix.add(&self.seen[page.index()]);
        }
    }

    fn add_up_next(&self, site: &Site, entry: &UpNext, mix: &mut Mix) {
        mix.add(&(self.seen[entry.page.index()], &entry.reason));
        match &entry.reason {
            Reason::Tags(first, second) => {
                let names = std::iter::once(first).chain(second);
                names.for_each(|tag| mix.add(&site.tags[*tag as usize].name));
            }
            Reason::Section(section) => mix.add(&site.sections[*section as usize].title),
            _ => {}
        }
    }
}

/// A page's file, what its links and pictures are and what is made of these, where it stands.
fn own(view: &View<'_>, id: PageId) -> Fingerprint {
    let (site, at) = (view.site, id.index());
    let mut mix = Mix::default();
    mix.add(&site.page(id).fingerprint);
    mix.add(&(&site.page(id).source, &site.page(id).permalink));
    mix.add(&(&site.targets[at], &site.pictures[at], &site.heroes[at]));
    mix.add(&site.places[at]);
    picture::mix_all(view, id, &mut mix);
    if let Some(drawings) = view.drawings.get(at) {
        let drawn = [&drawings.card, &drawings.pin];
        drawn
            .iter()
            .for_each(|drawing| mix.add(&drawing.as_ref().map(|d| &d.permalink)));
    }
    mix.finish()
}

/// A card, and the headings that links may show.
fn seen(view: &View<'_>, id: PageId) -> Fingerprint {
    let site = view.site;
    let page: &Page = site.page(id);
    let mut mix = Mix::default();
    mix.add(&(page.kind, &page.permalink, &page.title, page.description()));
    mix.add(&page.summary);
    mix.add(&(
        page.date,
        page.updated,
        page.reading_minutes(),
        page.is_hub(),
    ));
    mix.add(&(&site.heroes[id.index()], &page.front.image, page.headings));
    picture::mix_hero(view, id, &mut mix);
    mix.add(&(
        page.front.noindex,
        &page.front.canonical,
        &page.front.aliases,
        page.front.weight,
    ));
    if let Some(section) = site.places[id.index()].section {
        let section = &site.sections[section];
        mix.add(&(&section.title, section.page == Some(id)));
    }
    mix.finish()
}

fn of_all(fingerprints: impl Iterator<Item = Fingerprint>) -> Fingerprint {
    let mut mix = Mix::default();
    fingerprints.for_each(|fingerprint| mix.add(&fingerprint));
    mix.finish()
}
