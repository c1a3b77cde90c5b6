//! What a template of the site can read, for who writes one: the site is loaded and planned, and nothing is rendered.

use std::borrow::Cow;

use super::bodies::Bodies;
use super::located::located;
use super::{Options, Pipeline};
use crate::diagnostic::{Diagnostic, nearest};
use crate::error::Error;
use crate::model::picture::Pictures;
use crate::output::values::{self, Values};
use crate::output::{self, Planner, Renderer, card, search};

/// The values of a template by its name, such as `article` or `article.html`; of `site`, those of every template. `Err` in
/// the value are mistakes that leave no site to speak of.
///
/// # Errors
/// What the machine refuses, and a name that no template has.
pub fn values(options: &Options, name: &str) -> Result<Result<Values, Vec<Diagnostic>>, Error> {
    let mut watch = |_: &'static str, _: usize| {};
    let loaded = match Pipeline::new(options, &mut watch).load() {
        Ok(loaded) => loaded,
        Err(stop) => return stop.mistakes().map(Err),
    };
    // What templates can read is the same in every language.
    let first = loaded.first();
    let (site, config, theme) = (&first.site, &first.config, &first.theme);
    let told = |errors: Vec<Diagnostic>| Ok(Err(located(&loaded.root, errors)));
    let templates = match output::compile(site, config, theme) {
        Ok(templates) => [templates],
        Err(errors) => return told(errors),
    };
    if name == "site" {
        return Ok(Ok(Values::of_all(&output::globals(site, config, theme))));
    }
    let file = match name.ends_with(".html") {
        true => Cow::Borrowed(name),
        false => Cow::Owned(format!("{name}.html")),
    };
    let known = templates[0].names();
    if !known.contains(&&*file) {
        let hint = match nearest(&file, known.iter().copied()) {
            Some(near) => format!("did you mean `{}`?", near.trim_end_matches(".html")),
            None => format!("there are {}", known.join(", ")),
        };
        return Err(Error::refused(
            format!("the theme has no template `{name}`"),
            hint,
        ));
    }
    let index = config.search.then(|| search::Index::build(site, config));
    let pictures = Pictures::default();
    let mut editions = loaded.in_languages();
    editions[0].search = index.as_ref();
    let planner = Planner::new(&editions, 0, &pictures);
    let bodies = Bodies::new(&loaded);
    let make = bodies.of(site);
    let renderer = Renderer::new(&planner, &templates[0], &make);
    let (drawings, errors) = card::drawings(&planner, &renderer);
    if !errors.is_empty() {
        return told(errors);
    }
    let planners = [Planner {
        drawings: &drawings,
        ..planner
    }];
    let (jobs, _) = output::plan(&planners, &templates);
    let renderer = Renderer::new(&planners[0], &templates[0], &make);
    match values::of_template(&renderer, &jobs, &file) {
        Ok(values) => Ok(Ok(values)),
        Err(error) => told(vec![*error]),
    }
}
