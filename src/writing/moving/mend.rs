//! Writes the links and references of one page anew where they would mean something else after the move, and reads
//! the result: it is taken only if it says exactly what was wanted.

use super::front::{self, Sort};
use super::refusal::{by_hand, check_list};
use super::world::{Meaning, World};
use super::{Read, Site, spelling};
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::model::front_matter::FrontMatter;
use crate::model::page::{LinkForm, Page};
use crate::model::url::Permalink;
use crate::parse::front_edit::{self, List};
use crate::parse::{self, destination, terms};

const ALIASES: List = |front| &mut front.aliases.0;

/// A file's text, before and after.
pub(super) struct Change {
    pub(super) before: String,
    pub(super) after: String,
    /// Links and references that are written anew.
    pub(super) mended: usize,
}

/// What everything that a page names means: links, pictures, then the front matter.
pub(super) fn meanings(world: &World<'_>, page: &Page) -> Vec<Meaning> {
    let folder = page.folder();
    let links = page
        .links
        .iter()
        .map(|link| world.link(&link.dest, link.form, folder));
    let pictures = page
        .images
        .iter()
        .map(|image| world.link(&image.src, LinkForm::Attribute, folder));
    let mut all: Vec<Meaning> = links.chain(pictures).collect();
    let mut front = page.front.clone();
    all.extend(
        front::named(&mut front)
            .into_iter()
            .map(|named| match named.sort {
                Sort::Picture => world.link(named.text, LinkForm::Attribute, folder),
                Sort::Place => world.reference(front::place(named.text).0, folder),
                _ => world.reference(named.text, folder),
            }),
    );
    all
}

/// What led nowhere may lead anywhere.
pub(super) fn means(now: &Meaning, wanted: &Meaning) -> bool {
    *wanted == Meaning::Other || now == wanted
}

pub(super) fn all_mean(now: &[Meaning], wanted: &[Meaning]) -> bool {
    now.len() == wanted.len()
        && now
            .iter()
            .zip(wanted)
            .all(|(now, wanted)| means(now, wanted))
}

/// One page at its new place, in the site after the move.
pub(super) struct Mender<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) world: &'a World<'a>,
    pub(super) page: &'a Page,
    pub(super) old_source: &'a str,
    /// The address that it had, if that leads on to it now.
    pub(super) alias: Option<&'a Permalink>,
}

impl Mender<'_> {
    /// The page's text as it must be, so that everything in it means `wanted`. None where nothing changes.
    pub(super) fn change(
        &self,
        wanted: &[Meaning],
        read: Read<'_>,
    ) -> Result<Option<Change>, Error> {
        if !self.is_changed(wanted) {
            return Ok(None);
        }
        let now = meanings(self.world, self.page);
        let path = format!("content/{}", self.old_source);
        if self.has_mistakes(&path) {
            return Err(Error::refused(
                format!("{path} has mistakes of its own, and must be changed for this move"),
                "gen build says what they are; mend them first",
            ));
        }
        let before = read(&path)?;
        let (body, mut mended) = self.body(&before, &now, wanted, &path)?;
        let (after, in_front) = self.front(body, &now, wanted, &path)?;
        mended += in_front;
        self.check(&after, wanted, &path)?;
        Ok(Some(Change {
            before,
            after,
            mended,
        }))
    }

    /// Whether something in the page would mean anything but `wanted`, or its front matter lacks something.
    pub(super) fn is_changed(&self, wanted: &[Meaning]) -> bool {
        let date = self.page.front.date.is_some() && self.lost_day().is_some();
        let front = self.alias.is_some() || self.own_alias().is_some() || date;
        front || !all_mean(&meanings(self.world, self.page), wanted)
    }

    /// Only errors: what is missing is no hindrance.
    fn has_mistakes(&self, path: &str) -> bool {
        let mut found = self.site.diagnostics.iter();
        found.any(|found| found.path == path && found.severity == Severity::Error)
    }

    /// The present address among the former ones. The first one stays: it is the id of the feed's entry.
    fn own_alias(&self) -> Option<&str> {
        let own = self.page.permalink.folded();
        let aliases = self.page.front.aliases.0.iter();
        aliases
            .skip(1)
            .map(String::as_str)
            .find(|alias| Permalink::page(alias).folded() == own)
    }

    fn lost_day(&self) -> Option<&str> {
        let (_, day) = front::day_in(self.old_source)?;
        let kept = front::day_in(&self.page.source).is_some();
        let named = self.page.front.date == front::day_in(self.old_source).map(|(date, _)| date);
        (!kept && named).then_some(day)
    }

    fn body(
        &self,
        text: &str,
        now: &[Meaning],
        wanted: &[Meaning],
        path: &str,
    ) -> Result<(String, usize), Error> {
        let page = self.page;
        let links = page
            .links
            .iter()
            .map(|link| (&link.dest, link.form, &link.span));
        let pictures = page
            .images
            .iter()
            .map(|image| (&image.src, LinkForm::Markdown, &image.span));
        let mut changes: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        let mut mended = 0;
        for ((dest, form, span), (now, wanted)) in links.chain(pictures).zip(now.iter().zip(wanted))
        {
            if means(now, wanted) {
                continue;
            }
            check_list(self.world, wanted, path, dest)?;
            let new = spelling::link(self.world, dest, form, page.folder(), wanted);
            let places = destination::places(text, span.clone(), dest, form);
            let (Some(new), false) = (new, places.is_empty()) else {
                return Err(by_hand(path, dest));
            };
            mended += 1;
            let new = destination::written(&new, form);
            changes.extend(places.into_iter().map(|place| (place, new.clone())));
        }
        changes.sort_by_key(|(place, _)| place.start);
        changes.dedup();
        let mut out = text.to_owned();
        for (place, new) in changes.iter().rev() {
            out.replace_range(place.clone(), new);
        }
        Ok((out, mended))
    }

    fn front(
        &self,
        mut text: String,
        now: &[Meaning],
        wanted: &[Meaning],
        path: &str,
    ) -> Result<(String, usize), Error> {
        let page = self.page;
        let first = page.links.len() + page.images.len();
        let mut front = read_front(&text).ok_or_else(|| by_hand(path, "the front matter"))?;
        let mut mended = 0;
        let count = front::named(&mut front).len();
        for number in 0..count {
            let (now, wanted) = (&now[first + number], &wanted[first + number]);
            if means(now, wanted) {
                continue;
            }
            let mut next = front.clone();
            let mut named = front::named(&mut next);
            let Some(named) = named.get_mut(number) else {
                break;
            };
            let (key, old) = (named.key, named.text.clone());
            let new = match named.sort {
                Sort::Picture => {
                    spelling::link(self.world, &old, LinkForm::Attribute, page.folder(), wanted)
                }
                sort => {
                    let (name, anchor) = match sort {
                        Sort::Place => front::place(&old),
                        _ => (old.as_str(), ""),
                    };
                    let everywhere = sort == Sort::Default;
                    spelling::reference(self.world, name, page.folder(), everywhere, wanted)
                        .map(|new| new + anchor)
                }
            };
            let new = new.ok_or_else(|| by_hand(path, &old))?;
            *named.text = new.clone();
            let changes = front_edit::replace(&text, key, &old, &new, &next);
            for (place, new) in changes.ok_or_else(|| by_hand(path, &old))?.iter().rev() {
                text.replace_range(place.clone(), new);
            }
            front = next;
            mended += 1;
        }
        self.add_keys(&mut text, path)?;
        Ok((text, mended))
    }

    /// The alias, and the date that stood in the name.
    fn add_keys(&self, text: &mut String, path: &str) -> Result<(), Error> {
        if let Some(day) = self.lost_day() {
            let mut wanted = read_front(text).ok_or_else(|| by_hand(path, "date"))?;
            wanted.date = self.page.front.date;
            let change = front_edit::add_line(text, &format!("date: {day}"), &wanted);
            let (place, line) = change.ok_or_else(|| by_hand(path, "date"))?;
            text.replace_range(place, &line);
        }
        if let Some(own) = self.own_alias() {
            let change = front_edit::remove(text, "aliases", ALIASES, own);
            let (place, new) = change.ok_or_else(|| by_hand(path, own))?;
            text.replace_range(place, &new);
        }
        if let Some(address) = self.alias {
            let known = self.page.front.aliases.0.iter();
            if !known
                .clone()
                .any(|alias| Permalink::page(alias).folded() == address.folded())
            {
                let change = front_edit::add(text, "aliases", ALIASES, address.as_str());
                let (place, new) = change.ok_or_else(|| by_hand(path, "aliases"))?;
                text.replace_range(place, &new);
            }
        }
        Ok(())
    }

    /// Reads the new text as the build will: everything in it means what it should.
    fn check(&self, text: &str, wanted: &[Meaning], path: &str) -> Result<(), Error> {
        let mut memory = terms::Memory::new(self.site.parsing.language);
        let page = parse::page(
            &self.page.source,
            text.as_bytes(),
            &self.site.parsing,
            &mut memory,
        )
        .0;
        let page = page.ok_or_else(|| by_hand(path, "the front matter"))?;
        let got = meanings(self.world, &page);
        if all_mean(&got, wanted) && page.permalink == self.page.permalink {
            return Ok(());
        }
        let wrong = got
            .iter()
            .zip(wanted)
            .position(|(got, wanted)| !means(got, wanted));
        let link = wrong.and_then(|number| self.page.links.get(number));
        Err(by_hand(path, link.map_or("a link", |link| &link.dest)))
    }
}

fn read_front(text: &str) -> Option<FrontMatter> {
    let yaml = parse::front_matter::split("", text).ok()?.yaml;
    parse::front_matter::parse("", text, yaml).0
}
