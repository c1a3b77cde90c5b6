//! What rendering reads: the site, its theme, and what many pages show of the same thing, made once and only if asked
//! for.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::home::Welcome;
use super::inputs::Inputs;
use super::template::{Value, with};
use super::theme::Theme;
use super::{Job, OUTPUTS, Planner, Rendered, Templates, archive, card, context, search, tag};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::page::{Body, PageId};
use crate::model::picture::{Drawings, Pictures};
use crate::model::site::Site;
use crate::model::url::Permalink;

/// Cards that are held whole, at most: they take 2 KB each. Of the others only what a template drew is held, which takes
/// a third of that and most of the time to make.
const WHOLE: usize = 1 << 17;

/// What rendering reads.
pub struct View<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its configuration.
    pub config: &'a Config,
    /// Its theme.
    pub theme: &'a Theme,
    /// The theme's templates.
    pub templates: &'a Templates,
    /// The search index, if it has one.
    pub search: Option<&'a search::Index>,
    /// What is made of the site's pictures.
    pub pictures: &'a Pictures,
    /// By page: what is drawn for it; nothing at all where cards are off.
    pub drawings: Vec<Drawings>,
    /// Makes the body of a page that does not hold its own.
    bodies: Bodies<'a>,
    /// By page: its card, once somebody asked for it.
    cards: Vec<OnceLock<Made<Card>>>,
    /// How many of them are made.
    cards_made: AtomicUsize,
    /// By tag: the link to it.
    tags: Vec<OnceLock<Value>>,
    /// By author: what is known of them.
    authors: Vec<OnceLock<Value>>,
    /// By section: the link to it.
    sections: Vec<OnceLock<Value>>,
    /// The link to the home page.
    home: OnceLock<Value>,
    /// What stands beside the articles on each page of the home page's list.
    welcome: OnceLock<Made<Welcome>>,
    /// The years of the archive, as each year's pages show them.
    years: OnceLock<Made<Value>>,
}

/// What was made, or the mistake that kept it from being made.
type Made<T> = Result<T, Box<Diagnostic>>;

/// What is held of a card.
enum Card {
    Whole(Value),
    Drawn(Value),
}

/// Makes a page's body from its file, or says why that cannot be.
pub type Bodies<'a> = &'a (dyn Fn(PageId) -> Result<Body, Box<Diagnostic>> + Sync);

impl<'a> View<'a> {
    /// Everything that there is; the cards are made when they are asked for.
    pub fn new(planner: &Planner<'a>, templates: &'a Templates, bodies: Bodies<'a>) -> View<'a> {
        View {
            site: planner.site,
            config: planner.config,
            theme: planner.theme,
            templates,
            search: planner.search,
            pictures: planner.pictures,
            drawings: Vec::new(),
            bodies,
            cards: unmade(planner.site.pages.len()),
            cards_made: AtomicUsize::new(0),
            tags: unmade(planner.site.tags.len()),
            authors: unmade(planner.site.authors.len()),
            sections: unmade(planner.site.sections.len()),
            home: OnceLock::new(),
            welcome: OnceLock::new(),
            years: OnceLock::new(),
        }
    }

    /// Says what is to be drawn, and what is wrong with it.
    pub fn plan_drawings(&mut self) -> Vec<Diagnostic> {
        let (drawings, diagnostics) = card::drawings(self);
        self.drawings = drawings;
        diagnostics
    }

    /// All that one page may know of another. Made once, however many pages show it; so are the others below.
    pub(super) fn card(&self, id: PageId) -> Made<Value> {
        match self.cards[id.index()].get_or_init(|| self.make_card(id)) {
            Ok(Card::Whole(card)) => Ok(card.clone()),
            Ok(Card::Drawn(html)) => Ok(context::card_with(self, id, html.clone())),
            Err(mistake) => Err(mistake.clone()),
        }
    }

    fn make_card(&self, id: PageId) -> Made<Card> {
        let (card, html) = context::card(self, id)?;
        let has_room = self.cards_made.fetch_add(1, Ordering::Relaxed) < WHOLE;
        Ok(match has_room {
            true => Card::Whole(with(card, "html", html)),
            false => Card::Drawn(html),
        })
    }

    /// Several of them.
    pub(super) fn cards<'b>(
        &self,
        ids: impl IntoIterator<Item = &'b PageId>,
    ) -> Result<Vec<Value>, Box<Diagnostic>> {
        ids.into_iter().map(|id| self.card(*id)).collect()
    }

    /// A link to a tag's page, with the number of its articles.
    pub(super) fn tag(&self, number: usize) -> Value {
        let made = self.tags[number].get_or_init(|| tag::link(self, number));
        made.clone()
    }

    /// An author.
    pub(super) fn author(&self, number: usize) -> Value {
        let made = self.authors[number].get_or_init(|| context::author::of(self, number));
        made.clone()
    }

    /// A link to a section's page.
    pub(super) fn section(&self, number: usize) -> Value {
        let made = self.sections[number].get_or_init(|| {
            let section = &self.site.sections[number];
            context::link(self, &section.title, &section.permalink)
        });
        made.clone()
    }

    /// A link to the home page.
    pub(super) fn home(&self) -> Value {
        let made = self.home.get_or_init(|| {
            let title = self.theme.string("home");
            context::link(self, title, &Permalink::root())
        });
        made.clone()
    }

    /// What all pages of the home page's list show beside its articles.
    pub(super) fn welcome(&self) -> Made<Welcome> {
        let made = self.welcome.get_or_init(|| Welcome::of(self));
        made.clone()
    }

    /// The years of the archive, without their newest articles.
    pub(super) fn years(&self) -> Made<Value> {
        let made = self.years.get_or_init(|| archive::years(self, 0));
        made.clone()
    }

    /// What a job's bytes are made of; none where that cannot be told without making them.
    pub fn fingerprint(&self, inputs: &Inputs, job: &Job) -> Option<Fingerprint> {
        let mix = (OUTPUTS[job.output].inputs)(self, inputs, job)?;
        Some(mix.finish())
    }

    /// A page's body.
    ///
    /// # Errors
    /// It had to be made again of the page's file, and that changed or cannot be read.
    pub(super) fn body(&self, id: PageId) -> Result<Cow<'_, Body>, Box<Diagnostic>> {
        match &self.site.page(id).body {
            Some(body) => Ok(Cow::Borrowed(body)),
            None => (self.bodies)(id).map(Cow::Owned),
        }
    }

    /// Makes one job's bytes.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn render(&self, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
        (OUTPUTS[job.output].render)(self, job)
    }
}

fn unmade<T>(number: usize) -> Vec<OnceLock<T>> {
    (0..number).map(|_| OnceLock::new()).collect()
}
