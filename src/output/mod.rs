//! Plans what is published: holds the table of outputs, and the plan that they make together. Rendering one job of it is
//! [`Renderer`]'s; `reads.rs` notes what it asks of the site. Nothing here opens a file or knows what is in the output
//! folder.

mod archive;
mod article;
mod ask;
mod asset;
mod author;
mod body;
pub mod card;
mod collision;
mod context;
mod dead_path;
mod feed;
mod globals;
mod head;
mod home;
mod hosting;
mod icons;
mod index_now;
mod job;
pub mod json;
mod languages;
mod listing;
mod llms;
mod manifest;
mod markdown_copy;
mod missing_template;
mod not_found;
mod path_pattern;
pub mod picture;
mod policy;
mod reads;
mod redirect;
mod replies;
mod robots;
pub mod search;
mod search_page;
mod section;
mod share;
mod sitemap;
mod target;
mod taxonomy;
pub mod template;
pub mod theme;
mod toc;
pub mod values;
mod view;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::model::picture::{Drawings, Pictures};
use crate::model::site::{Site, Target};
pub use context::up_next::reason;
pub use icons::{Drawn as DrawnIcon, is_icon};
pub use job::{Job, Rendered, Subject};
pub use markdown_copy::MarkdownCopy;
pub use reads::Copied;
pub use template::Templates;
use theme::Theme;
pub use view::{Bodies, Note, Renderer, View};

/// Plans the jobs of one kind of thing that is published.
pub type Output = fn(&Planner<'_>, &mut Vec<Job>);

/// Everything that is published in each language of a site. To add a kind, add a file, its line here, and its variant of
/// [`Subject`].
pub const OUTPUTS: &[Output] = &[
    article::plan,
    markdown_copy::plan,
    llms::plan,
    home::plan,
    section::plan,
    taxonomy::plan,
    archive::plan,
    not_found::plan,
    search_page::plan,
    feed::plan,
    redirect::plan,
    card::plan,
];

/// Everything that is published once for all languages.
pub const ONCE: &[Output] = &[
    sitemap::plan,
    robots::plan,
    index_now::plan,
    manifest::plan,
    hosting::plan,
    redirect::plan_once,
    icons::plan,
    asset::plan_content,
    asset::plan_theme,
    picture::plan,
];

/// What planning one language reads.
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
    /// The site in each of its languages, this one among them.
    pub editions: &'a [InLanguage<'a>],
}

/// The site in one of its languages.
#[derive(Clone, Copy)]
pub struct InLanguage<'a> {
    /// Its pages and lists.
    pub site: &'a Site,
    /// Its configuration.
    pub config: &'a Config,
    /// Its theme.
    pub theme: &'a Theme,
    /// Its search index, if it has one.
    pub search: Option<&'a search::Index>,
}

impl<'a> Planner<'a> {
    /// What planning the language of this number reads, without drawings.
    pub fn new(
        editions: &'a [InLanguage<'a>],
        number: usize,
        pictures: &'a Pictures,
    ) -> Planner<'a> {
        let InLanguage {
            site,
            config,
            theme,
            search,
        } = editions[number];
        Planner {
            site,
            config,
            theme,
            search,
            pictures,
            drawings: &[],
            editions,
        }
    }

    /// Whether the menu leads to a list, which then is there on days when nothing is in it, too.
    fn menu_leads_to(&self, list: &str) -> bool {
        let list = self.config.page_at(list);
        let list = list.as_str().trim_matches('/');
        let is_list = |target: &Target| matches!(target, Target::Path { permalink, .. } if permalink.as_str().trim_matches('/') == list);
        self.site.menu.iter().any(|(_, target)| is_list(target))
    }
}

/// What every template can read, by name.
pub fn globals(
    site: &Site,
    config: &Config,
    theme: &Theme,
) -> Vec<(&'static str, template::Value)> {
    globals::globals(site, config, theme)
}

/// Compiles the theme for this site.
///
/// # Errors
/// Every mistake in the templates.
pub fn compile(site: &Site, config: &Config, theme: &Theme) -> Result<Templates, Vec<Diagnostic>> {
    Templates::compile(
        theme,
        globals::globals(site, config, theme),
        config.base_url.path(),
        ask::ASKS,
    )
}

/// All jobs, sorted by address, and what is wrong with them: two for one address, addresses that differ
/// only by case, aliases that are none, links to what nobody publishes, templates that are not there. `planners` and
/// `templates` are those of each language; of templates there are none where one is wrong.
pub fn plan(planners: &[Planner<'_>], templates: &[Templates]) -> (Vec<Job>, Vec<Diagnostic>) {
    let mut jobs = Vec::new();
    for (edition, planner) in planners.iter().enumerate() {
        let first = jobs.len();
        OUTPUTS.iter().for_each(|plan| plan(planner, &mut jobs));
        let own = jobs[first..].iter_mut();
        own.for_each(|job: &mut Job| job.edition = edition);
    }
    ONCE.iter().for_each(|plan| plan(&planners[0], &mut jobs));
    jobs.sort_by(|a, b| {
        a.permalink
            .cmp(&b.permalink)
            .then_with(|| a.owner.cmp(&b.owner))
    });
    redirect::win_over_unwritten_sections(planners, &mut jobs);
    let mut diagnostics: Vec<Diagnostic> = planners.iter().flat_map(redirect::check).collect();
    collision::check(planners, &jobs, &mut diagnostics);
    for planner in planners {
        dead_path::check(planner, &jobs, &mut diagnostics);
    }
    policy::check(&planners[0], &jobs, &mut diagnostics);
    hosting::check(&planners[0], &jobs, &mut diagnostics);
    hosting::drop_pages(planners[0].config, &mut jobs);
    for (edition, (planner, templates)) in planners.iter().zip(templates).enumerate() {
        let pages = missing_template::check(planner.site, templates, &mut diagnostics);
        // Rendering them would tell the same again.
        jobs.retain(|job| {
            let page = match job.edition == edition {
                true => missing_template::page_of(planner.site, job),
                false => None,
            };
            page.is_none_or(|id| !pages.contains(&id))
        });
    }
    (jobs, diagnostics)
}

/// The job that writes a page's own file; none for those that others write.
pub fn job_of_page(planner: &Planner<'_>, id: PageId) -> Option<Job> {
    article::job(planner, id)
}
