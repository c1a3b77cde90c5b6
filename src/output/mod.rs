//! What is published: the table of outputs, the plan that they make together, and the rendering of one
//! job. Nothing here opens a file or knows what is in the output folder.

mod archive;
mod article;
mod asset;
mod author;
mod body;
pub mod card;
mod collision;
mod context;
mod feed;
mod head;
mod headers;
mod home;
mod icons;
pub mod inputs;
pub mod json;
mod json_ld;
mod listing;
mod manifest;
mod not_found;
pub mod picture;
mod policy;
mod redirect;
mod replies;
mod robots;
pub mod search;
mod section;
mod share;
mod sitemap;
mod tag;
pub mod template;
pub mod theme;
mod toc;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, nearest};
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::page::{Body, PageId, Whereabouts};
use crate::model::picture::{Drawings, Pictures};
use crate::model::site::{Site, Target};
use crate::model::url::Permalink;
pub use context::up_next::reason;
pub use icons::is_icon;
use inputs::Inputs;
pub use template::Templates;
use template::Value;
use theme::Theme;

/// A kind of thing that is published.
pub struct Output {
    /// Its name, for fingerprints and `-v`.
    pub name: &'static str,
    /// Says what it wants written.
    pub plan: fn(&Planner<'_>, &mut Vec<Job>),
    /// Tells what one job's bytes are made of, without making them. None where that is not known: such a job is
    /// rendered each time.
    pub inputs: fn(&View<'_>, &Inputs, &Job) -> Option<Mix>,
    /// Makes one job's bytes.
    pub render: fn(&View<'_>, &Job) -> Result<Rendered, Box<Diagnostic>>,
}

/// Everything that is published. To add a kind, add a file and its line here.
pub const OUTPUTS: &[Output] = &[
    article::OUTPUT,
    home::OUTPUT,
    section::OUTPUT,
    tag::OUTPUT,
    author::OUTPUT,
    archive::OUTPUT,
    not_found::OUTPUT,
    search::OUTPUT,
    feed::OUTPUT,
    sitemap::OUTPUT,
    robots::OUTPUT,
    manifest::OUTPUT,
    headers::OUTPUT,
    redirect::OUTPUT,
    asset::CONTENT,
    asset::THEME,
    picture::OUTPUT,
    card::OUTPUT,
];

/// What planning reads.
pub struct Planner<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its configuration.
    pub config: &'a Config,
    /// Its theme.
    pub theme: &'a Theme,
    /// The search index, if it has one.
    pub search: Option<&'a search::Index>,
    /// What is made of its pictures.
    pub pictures: &'a Pictures,
    /// By page: what is drawn for it; nothing at all where cards are off.
    pub drawings: &'a [Drawings],
}

impl Planner<'_> {
    /// Whether the menu leads to a list, which then is there on days when nothing is in it, too.
    fn menu_leads_to(&self, list: &str) -> bool {
        let is_list = |target: &Target| matches!(target, Target::Path { permalink, .. } if permalink.as_str().trim_matches('/') == list);
        self.site.menu.iter().any(|(_, target)| is_list(target))
    }
}

/// One file to be written.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its address.
    pub permalink: Permalink,
    /// What it comes from, for messages: a file, or words such as "the tag `x`".
    pub owner: String,
    /// What it is about.
    pub subject: Subject,
    /// Which page of a list, or which part of something split; from 1.
    pub number: usize,
    /// Its place in [`OUTPUTS`].
    pub output: usize,
}

impl Job {
    /// A job for the only page or part of something.
    pub fn new(permalink: Permalink, owner: impl Into<String>, subject: Subject) -> Job {
        Job {
            permalink,
            owner: owner.into(),
            subject,
            number: 1,
            output: 0,
        }
    }
}

/// What a job is about; the numbers are places in the site's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The site as a whole.
    Site,
    /// A page.
    Page(PageId),
    /// A section.
    Section(usize),
    /// A tag.
    Tag(usize),
    /// All tags.
    Tags,
    /// An author.
    Author(usize),
    /// All authors.
    Authors,
    /// A year.
    Year(usize),
    /// An alias of a page, by its place in the page's list.
    Alias(PageId, usize),
    /// A file of `content/`, of the theme, or one made of a picture.
    File(usize),
    /// A page, and a place in [`card::SHAPES`].
    Drawing(PageId, usize),
}

/// A job's bytes, or where they are.
pub enum Rendered {
    /// These.
    Bytes(Vec<u8>),
    /// Those of a file in `content/`, by its place in the list of assets.
    Copy(usize),
    /// Those of a file made of a picture, by its place in [`Pictures::files`].
    Picture(usize),
    /// Those of a drawing for a page, by its place in [`card::SHAPES`].
    Drawing(PageId, usize),
}

impl From<String> for Rendered {
    fn from(text: String) -> Rendered {
        Rendered::Bytes(text.into_bytes())
    }
}

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
    cards: Vec<OnceLock<Card>>,
    /// By tag: the link to it.
    tags: Vec<OnceLock<Value>>,
    /// By author: what is known of them.
    authors: Vec<OnceLock<Value>>,
    /// By section: the link to it.
    sections: Vec<OnceLock<Value>>,
    /// The link to the home page.
    home: OnceLock<Value>,
}

/// A card, or the mistake in the template that draws it.
type Card = Result<Value, Box<Diagnostic>>;

/// Makes a page's body from its file.
pub type Bodies<'a> = &'a (dyn Fn(PageId) -> Body + Sync);

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
            tags: unmade(planner.site.tags.len()),
            authors: unmade(planner.site.authors.len()),
            sections: unmade(planner.site.sections.len()),
            home: OnceLock::new(),
        }
    }

    /// Says what is to be drawn, and what is wrong with it.
    pub fn plan_drawings(&mut self) -> Vec<Diagnostic> {
        let (drawings, diagnostics) = card::drawings(self);
        self.drawings = drawings;
        diagnostics
    }

    /// All that one page may know of another. Made once, however many pages show it; so are the others below.
    fn card(&self, id: PageId) -> Result<Value, Box<Diagnostic>> {
        self.cards[id.index()]
            .get_or_init(|| context::card(self, id))
            .clone()
    }

    /// Several of them.
    fn cards<'b>(
        &self,
        ids: impl IntoIterator<Item = &'b PageId>,
    ) -> Result<Vec<Value>, Box<Diagnostic>> {
        ids.into_iter().map(|id| self.card(*id)).collect()
    }

    /// A link to a tag's page, with the number of its articles.
    fn tag(&self, number: usize) -> Value {
        let made = self.tags[number].get_or_init(|| tag::link(self, number));
        made.clone()
    }

    /// An author.
    fn author(&self, number: usize) -> Value {
        let made = self.authors[number].get_or_init(|| context::author::of(self, number));
        made.clone()
    }

    /// A link to a section's page.
    fn section(&self, number: usize) -> Value {
        let made = self.sections[number].get_or_init(|| {
            let section = &self.site.sections[number];
            context::link(self, &section.title, &section.permalink)
        });
        made.clone()
    }

    /// A link to the home page.
    fn home(&self) -> Value {
        let made = self.home.get_or_init(|| {
            let title = self.theme.string("home");
            context::link(self, title, &Permalink::root())
        });
        made.clone()
    }

    /// What a job's bytes are made of; none where that cannot be told without making them.
    pub fn fingerprint(&self, inputs: &Inputs, job: &Job) -> Option<Fingerprint> {
        let mix = (OUTPUTS[job.output].inputs)(self, inputs, job)?;
        Some(mix.finish())
    }

    /// A page's body, held or found.
    fn body(&self, id: PageId) -> Cow<'_, Body> {
        match &self.site.page(id).body {
            Whereabouts::Held(body) => Cow::Borrowed(body),
            Whereabouts::Source | Whereabouts::Spilled(_) => Cow::Owned((self.bodies)(id)),
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

/// Compiles the theme for this site.
///
/// # Errors
/// Every mistake in the templates.
pub fn compile(site: &Site, config: &Config, theme: &Theme) -> Result<Templates, Vec<Diagnostic>> {
    Templates::compile(
        theme,
        context::site::globals(site, config, theme),
        config.base_url.path(),
    )
}

/// All jobs, sorted by address, and what is wrong with them: two for one address, addresses that differ
/// only by case, aliases that are none, links to what nobody publishes, templates that are not there.
pub fn plan(planner: &Planner<'_>, templates: Option<&Templates>) -> (Vec<Job>, Vec<Diagnostic>) {
    let mut jobs = Vec::new();
    for (number, output) in OUTPUTS.iter().enumerate() {
        let first = jobs.len();
        (output.plan)(planner, &mut jobs);
        jobs[first..]
            .iter_mut()
            .for_each(|job: &mut Job| job.output = number);
    }
    jobs.sort_by(|a, b| {
        a.permalink
            .cmp(&b.permalink)
            .then_with(|| a.owner.cmp(&b.owner))
    });
    let mut diagnostics = redirect::check(planner);
    collision::check(planner.site, &jobs, &mut diagnostics);
    unpublished_paths(planner, &jobs, &mut diagnostics);
    if let Some(templates) = templates {
        let pages = missing_templates(planner.site, templates, &mut diagnostics);
        // Rendering them would tell the same again.
        jobs.retain(|job| page_of(planner.site, job).is_none_or(|id| !pages.contains(&id)));
    }
    (jobs, diagnostics)
}

/// The job that writes a page's own file; none for those that others write.
pub fn job_of_page(planner: &Planner<'_>, id: PageId) -> Option<Job> {
    article::job(planner, id).map(|job| Job {
        output: OUTPUTS
            .iter()
            .position(|output| output.name == article::OUTPUT.name)
            .unwrap_or(0),
        ..job
    })
}

/// Links to places that are no pages, now that it is known what is published.
fn unpublished_paths(planner: &Planner<'_>, jobs: &[Job], diagnostics: &mut Vec<Diagnostic>) {
    let site = planner.site;
    let known = |permalink: &Permalink| {
        jobs.binary_search_by(|job| job.permalink.as_str().cmp(permalink.as_str()))
            .is_ok()
    };
    let published = |permalink: &Permalink| {
        let page = Permalink::page(permalink.as_str());
        let index = permalink
            .as_str()
            .strip_suffix("index.html")
            .map(Permalink::page);
        known(permalink) || known(&page) || index.is_some_and(|index| known(&index))
    };
    let help = |permalink: &Permalink| {
        let near = nearest(
            permalink.as_str().trim_end_matches('/'),
            jobs.iter().map(|j| j.permalink.as_str()),
        );
        near.map_or(
            "write the path of something that the site publishes, or of an article's file"
                .to_owned(),
            |near| format!("did you mean `{near}`?"),
        )
    };
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        for (link, target) in page.links.iter().zip(targets) {
            if let Target::Path { permalink, .. } = target
                && !published(permalink)
            {
                diagnostics.push(
                    Diagnostic::error(
                        "dead-link",
                        &page.path(),
                        format!("the site publishes no {permalink}"),
                    )
                    .at(link.span.clone())
                    .help(help(permalink)),
                );
            }
        }
    }
    for ((_, target), entry) in site.menu.iter().zip(&planner.config.menu) {
        if let Target::Path { permalink, .. } = target
            && !published(permalink)
        {
            diagnostics.push(
                Diagnostic::error(
                    "dead-link",
                    config::FILE,
                    format!("the menu leads to {permalink}, which the site does not publish"),
                )
                .at_item("menu", &entry.url)
                .help(help(permalink)),
            );
        }
    }
}

/// The page whose front matter chooses a job's template.
fn page_of(site: &Site, job: &Job) -> Option<PageId> {
    match job.subject {
        Subject::Page(id) => Some(id),
        Subject::Section(number) => site.sections[number].page,
        _ => None,
    }
}

/// Tells the templates that front matter names and the theme lacks; returns the pages.
fn missing_templates(
    site: &Site,
    templates: &Templates,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<PageId> {
    let mut pages = BTreeSet::new();
    for id in site.ids() {
        let page = site.page(id);
        if let Some(name) = page
            .front
            .template
            .as_deref()
            .filter(|name| !templates.has(&context::template_file(name)))
        {
            let known = templates.names();
            let help = nearest(&context::template_file(name), known.iter().copied()).map_or_else(
                || format!("the theme's templates: {}", known.join(", ")),
                |n| format!("did you mean `{n}`?"),
            );
            diagnostics.push(
                Diagnostic::error(
                    "template",
                    &page.path(),
                    format!("the theme has no template `{name}`"),
                )
                .at_item("template", name)
                .help(help),
            );
            pages.insert(id);
        }
    }
    pages
}
