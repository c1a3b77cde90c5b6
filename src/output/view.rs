//! Rendering: what all jobs read, what many of them show of the same thing (made once, and only if asked for), and the
//! site as one job sees it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use borsh::{BorshDeserialize, BorshSerialize};

use super::home::Welcome;
use super::reads::{Question, Recorder, Seen, Sources};
use super::template::{Answered, Context, Memory, Round, Value, with};
use super::theme::Theme;
use super::{Job, Planner, Rendered, Subject, Templates, archive, context, home, taxonomy};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::id::Id;
use crate::model::page::{Body, Kind, PageId};
use crate::model::site::{Guide, Section, Term};

/// Cards that are held whole, at most: they take 2 KB each. Of the others only what a template drew is held, which takes
/// a third of that and most of the time to make.
const WHOLE: usize = 1 << 17;

/// Entries that the answers on all pages of a site may have together, so that a site of twice as many pages never costs
/// four times as much without a word; and on one page, be the site ever so large or ever so small.
const ALL_ENTRIES: usize = 4_000_000;
const LEAST_ENTRIES: usize = 1000;
const MOST_ENTRIES: usize = 20_000;
/// The same for a page of which there is one.
const ENTRIES_ALONE: usize = 100_000;

/// Questions that one page may ask. Each can follow from the answer of another, and then the page is rendered once more.
const QUESTIONS: usize = 500;

/// Renders the jobs of a site.
pub struct Renderer<'a> {
    sources: Sources<'a>,
    config: &'a Config,
    theme: &'a Theme,
    templates: &'a Templates,
    /// Gives a page's body where the page does not hold it.
    bodies: Bodies<'a>,
    /// Of all that jobs read and do not ask for; none where nobody wants to know what they are made of.
    common: Option<Fingerprint>,
    /// What the site's languages call themselves.
    names: Vec<String>,
    /// By page: its card, once somebody asked for it.
    cards: Vec<OnceLock<Shared<Made<Card>>>>,
    /// How many of them are made.
    cards_made: AtomicUsize,
    /// By term: the link to it, or what is known of an author.
    terms: Vec<OnceLock<Shared<Value>>>,
    /// By section: the link to it.
    sections: Vec<OnceLock<Shared<Value>>>,
    /// The link to the home page.
    home: OnceLock<Shared<Value>>,
    /// What stands beside the articles on each page of the home page's list.
    welcome: OnceLock<Shared<Made<Welcome>>>,
    /// The years of the archive, as each year's pages show them.
    years: OnceLock<Shared<Made<Value>>>,
    /// Answers to what templates ask, which many pages share.
    answers: Arc<Memory>,
    /// Entries that the answers on one page may have.
    most: usize,
}

/// Something that several jobs show, and what was asked to make it.
struct Shared<T> {
    value: T,
    questions: Vec<Question>,
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

/// What a job's bytes were made of: while all answers are the same, so are the bytes.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Note {
    /// Of the job itself, and of what it reads without asking.
    job: Fingerprint,
    questions: Vec<Question>,
    /// Of the answers.
    answers: Fingerprint,
}

impl<'a> Renderer<'a> {
    /// Renders the jobs that were planned; cards and the like are made when they are asked for.
    pub fn new(
        planner: &Planner<'a>,
        templates: &'a Templates,
        bodies: Bodies<'a>,
    ) -> Renderer<'a> {
        Renderer {
            sources: Sources::new(planner),
            config: planner.config,
            theme: planner.theme,
            templates,
            bodies,
            common: None,
            names: names(planner),
            cards: unmade(planner.site.pages.len()),
            cards_made: AtomicUsize::new(0),
            terms: unmade(planner.site.terms.len()),
            sections: unmade(planner.site.sections.len()),
            home: OnceLock::new(),
            welcome: OnceLock::new(),
            years: OnceLock::new(),
            answers: Arc::default(),
            most: (ALL_ENTRIES / planner.site.pages.len().max(1))
                .clamp(LEAST_ENTRIES, MOST_ENTRIES),
        }
    }

    /// Notes what each job asks. `common` is of all that was read to set the site up: its configuration, its theme, the
    /// folders' defaults; `files` tells of each file that is copied what it holds, as far as looking at it tells.
    pub fn noting(
        self,
        planner: &Planner<'a>,
        common: Fingerprint,
        files: &'a [Option<Fingerprint>],
    ) -> Renderer<'a> {
        let mut mix = Mix::default();
        mix.add(&(common, self.templates.globals()));
        // Questions name pages by their ids.
        let pages = planner.site.pages.iter();
        pages.for_each(|page| mix.add(&page.source));
        Renderer {
            sources: self.sources.noting(files),
            common: Some(mix.finish()),
            ..self
        }
    }

    /// Whether a job's bytes are still those that this note is of.
    pub fn holds(&self, note: &Note, job: &Job) -> bool {
        self.identity(job) == Some(note.job)
            && self.sources.answers(&note.questions) == note.answers
    }

    /// Makes one job's bytes, and tells what they were made of where that is asked for and known.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn render(&self, job: &Job) -> Result<(Rendered, Option<Note>), Box<Diagnostic>> {
        let identity = self.identity(job);
        let reads = match identity {
            Some(_) => Recorder::on(),
            None => Recorder::default(),
        };
        let view = View {
            stands_alone: self.stands_alone(job),
            ..self.view(&reads)
        };
        let rendered = job.render(&view)?;
        let note = identity
            .zip(reads.questions())
            .map(|(job, questions)| Note {
                job,
                answers: self.sources.answers(&questions),
                questions,
            });
        Ok((rendered, note))
    }

    /// What a job gives its template, if that is this one.
    ///
    /// # Errors
    /// A mistake in a template that is rendered before it.
    pub(super) fn context(&self, job: &Job, template: &str) -> Made<Option<Context>> {
        let (reads, place) = (Recorder::default(), RefCell::new(None));
        let view = View {
            caught: Some(&place),
            ..self.view(&reads)
        };
        job.render(&view)?;
        let caught = place
            .into_inner()
            .filter(|caught| caught.template == template);
        Ok(caught.map(|caught| caught.context))
    }

    /// Looks at the site as a job does, when nobody notes what is asked.
    pub fn look<T>(&self, look: impl FnOnce(&View<'_>) -> T) -> T {
        look(&self.view(&Recorder::default()))
    }

    fn view<'v>(&'v self, reads: &'v Recorder) -> View<'v> {
        View {
            site: self.sources.seen(reads),
            config: self.config,
            theme: self.theme,
            templates: self.templates,
            names: &self.names,
            renderer: self,
            reads,
            stands_alone: false,
            caught: None,
        }
    }

    /// Whether the site has one page of the kind, or few: they may ask for more.
    fn stands_alone(&self, job: &Job) -> bool {
        match job.subject {
            Subject::Home | Subject::Taxonomy(_) => job.number == 1,
            Subject::Archive | Subject::NotFound | Subject::Search => true,
            Subject::Article(id) => self.look(|view| view.site.page(id).kind == Kind::Page),
            _ => false,
        }
    }

    fn identity(&self, job: &Job) -> Option<Fingerprint> {
        let mut mix = Mix::default();
        mix.add(&self.common?);
        mix.add(&(&job.subject, &job.permalink, &job.owner));
        mix.add(&(job.number as u64));
        Some(mix.finish())
    }
}

/// The site as one job sees it: what it asks is noted.
pub struct View<'a> {
    /// The site.
    pub(crate) site: Seen<'a>,
    /// Its configuration.
    pub config: &'a Config,
    /// Its theme.
    pub theme: &'a Theme,
    /// The theme's templates.
    pub(super) templates: &'a Templates,
    /// What the site's languages call themselves, in their order.
    pub(super) names: &'a [String],
    renderer: &'a Renderer<'a>,
    reads: &'a Recorder,
    stands_alone: bool,
    /// Where the values of a template go in place of a page.
    caught: Option<&'a RefCell<Option<Caught>>>,
}

/// What a template would be given.
struct Caught {
    template: String,
    context: Context,
}

impl<'a> View<'a> {
    /// Renders the template of a page, and answers what it asks. `subject` is what is being rendered, for messages.
    ///
    /// # Errors
    /// A mistake in the template, or in one that the answers need.
    pub(super) fn page(&self, template: &str, context: &Context, subject: &str) -> Made<Rendered> {
        if let Some(caught) = self.caught {
            caught.replace(Some(Caught {
                template: template.to_owned(),
                context: context.clone(),
            }));
            return Ok(Rendered::Bytes(Vec::new()));
        }
        let most = match self.stands_alone {
            true => ENTRIES_ALONE.max(self.renderer.most),
            false => self.renderer.most,
        };
        let mut own: BTreeMap<String, Answered> = BTreeMap::new();
        for number in 0..=QUESTIONS {
            let round = Round {
                memory: self.renderer.answers.clone(),
                own,
                used: BTreeMap::new(),
                missing: BTreeMap::new(),
                most,
                entries: 0,
            };
            let first = number == 0;
            let (rendered, round) = self
                .templates
                .page(template, context, subject, round, first);
            // Counted by what was asked, not by rounds: those are fewer where another page asked the same before.
            if round.used.len() > QUESTIONS {
                break;
            }
            if round.missing.is_empty() {
                let answers = round.used.values();
                answers.for_each(|answered| self.reads.ask_all(&answered.questions));
                return rendered;
            }
            own = round.own;
            for (key, asked) in round.missing {
                let reads = self.reads.beside();
                let mut answered = asked.answer(&self.renderer.view(&reads))?;
                answered.questions = reads.questions().unwrap_or_default().into();
                self.renderer.answers.put(&key, &answered);
                own.insert(key, answered);
            }
        }
        let path = self.theme.template_path(template);
        let message = format!("this template asks more than {QUESTIONS} questions for one page");
        let error = Diagnostic::error("template", path, message);
        Err(Box::new(error.help(format!(
            "ask for a list once, and loop over it; found while rendering {subject}"
        ))))
    }

    /// Gives what several jobs show; whoever shows it asks all that was asked to make it.
    fn share<T>(&self, place: &'a OnceLock<Shared<T>>, make: impl FnOnce(&View<'_>) -> T) -> &'a T {
        let shared = place.get_or_init(|| {
            let reads = self.reads.beside();
            let value = make(&self.renderer.view(&reads));
            let questions = reads.questions().unwrap_or_default();
            Shared { value, questions }
        });
        self.reads.ask_all(&shared.questions);
        &shared.value
    }

    /// All that one page may know of another. Made once, however many pages show it; so are the others below.
    pub(super) fn card(&self, id: PageId) -> Made<Value> {
        let place = &self.renderer.cards[id.index()];
        match self.share(place, |view| view.make_card(id)) {
            Ok(Card::Whole(card)) => Ok(card.clone()),
            Ok(Card::Drawn(html)) => Ok(context::card_with(self, id, html.clone())),
            Err(mistake) => Err(mistake.clone()),
        }
    }

    fn make_card(&self, id: PageId) -> Made<Card> {
        let (card, html) = context::card(self, id)?;
        let made = self.renderer.cards_made.fetch_add(1, Ordering::Relaxed);
        Ok(match made < WHOLE {
            true => Card::Whole(with(card, "html", html)),
            false => Card::Drawn(html),
        })
    }

    /// A guide: the card of its hub, and those of its steps.
    pub(super) fn guide(&self, guide: &Guide) -> Made<Value> {
        home::guide(self, guide)
    }

    /// Several of them.
    pub(super) fn cards<'b>(
        &self,
        ids: impl IntoIterator<Item = &'b PageId>,
    ) -> Result<Vec<Value>, Box<Diagnostic>> {
        ids.into_iter().map(|id| self.card(*id)).collect()
    }

    /// A link to a term's page, with the number of its articles; of an author all that is known.
    pub(super) fn term(&self, id: Id<Term>) -> Value {
        let place = &self.renderer.terms[id.index()];
        let term = self.share(place, |view| taxonomy::link(view, id));
        term.clone()
    }

    /// A link to a section's page.
    pub(super) fn section(&self, id: Id<Section>) -> Value {
        let place = &self.renderer.sections[id.index()];
        let link = self.share(place, |view| {
            let section = view.site.section(id);
            context::link(view, &section.title, &section.permalink)
        });
        link.clone()
    }

    /// A link to the home page.
    pub(super) fn home(&self) -> Value {
        let link = self.share(&self.renderer.home, |view| {
            let title = view.theme.string("home");
            context::link(view, title, &view.config.home())
        });
        link.clone()
    }

    /// What all pages of the home page's list show beside its articles.
    pub(super) fn welcome(&self) -> Made<Welcome> {
        self.share(&self.renderer.welcome, Welcome::of).clone()
    }

    /// The years of the archive, without their newest articles.
    pub(super) fn years(&self) -> Made<Value> {
        let years = self.share(&self.renderer.years, |view| archive::years(view, 0));
        years.clone()
    }

    /// A page's body.
    ///
    /// # Errors
    /// It had to be made again of the page's file, and that changed or cannot be read.
    pub(super) fn body(&self, id: PageId) -> Made<Cow<'a, Body>> {
        match &self.site.page(id).body {
            Some(body) => Ok(Cow::Borrowed(body)),
            None => (self.renderer.bodies)(id).map(Cow::Owned),
        }
    }
}

fn names(planner: &Planner<'_>) -> Vec<String> {
    let name = |one: &super::InLanguage<'_>| match one.theme.strings.get("language_name") {
        Some(name) if !name.is_empty() => name.clone(),
        _ => one.config.language.clone(),
    };
    planner.editions.iter().map(name).collect()
}

fn unmade<T>(number: usize) -> Vec<OnceLock<T>> {
    (0..number).map(|_| OnceLock::new()).collect()
}
