//! Files made of pictures, and what stands in an `img` element in the place of the original.

use super::inputs::Inputs;
use super::{Job, Output, Planner, Rendered, Subject, View, body, context};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::fingerprint::Mix;
use crate::model::page::{Page, PageId};
use crate::model::picture::{PictureFile, PictureSet};
use crate::model::site::{PictureTarget, Target};
use crate::model::url::{self, Permalink};

pub(super) const OUTPUT: Output = Output {
    name: "picture",
    plan,
    inputs,
    render,
};

/// The file for browsers that read no `srcset`, and for feeds, is at most so wide.
const USUAL_WIDTH: u32 = 1200;

fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for (number, file) in planner.pictures.files.iter().enumerate() {
        let original = &planner.site.assets[file.asset];
        let owner = format!("the picture content{original}");
        jobs.push(Job::new(
            file.permalink.clone(),
            owner,
            Subject::File(number),
        ));
    }
}

fn inputs(view: &View<'_>, inputs: &Inputs, job: &Job) -> Option<Mix> {
    let Subject::File(number) = job.subject else {
        return None;
    };
    let mut mix = inputs.of_job(job);
    mix.add(&view.pictures.files[number].key);
    Some(mix)
}

fn render(_: &View<'_>, job: &Job) -> Result<Rendered, Box<Diagnostic>> {
    match job.subject {
        Subject::File(number) => Ok(Rendered::Picture(number)),
        _ => Ok(Rendered::Bytes(Vec::new())),
    }
}

/// A picture as an `img` element wants it.
pub(super) struct Source<'a> {
    pub(super) src: String,
    /// Empty where there is but one size.
    pub(super) srcset: String,
    /// Width and height in pixels.
    pub(super) size: Option<(u32, u32)>,
    pub(super) tone: Option<&'a str>,
}

/// What stands for a picture; nothing where it leads nowhere.
pub(super) fn source<'a>(view: &'a View<'_>, picture: &PictureTarget) -> Option<Source<'a>> {
    if let Target::Path { permalink, .. } = &picture.target
        && let Some(set) = view.pictures.set(permalink)
        && let Some(usual) = view.pictures.near(set, USUAL_WIDTH)
    {
        return Some(Source {
            src: href(view, usual),
            srcset: srcset(view, set),
            size: Some((usual.recipe.width, usual.height)),
            tone: set.tone.as_deref(),
        });
    }
    Some(Source {
        src: body::href(view, &picture.target, false)?,
        srcset: String::new(),
        size: picture.size,
        tone: None,
    })
}

fn srcset(view: &View<'_>, set: &PictureSet) -> String {
    if set.sizes.len() < 2 {
        return String::new();
    }
    let files = set.sizes.iter().map(|n| &view.pictures.files[*n]);
    files
        .map(|file| format!("{} {}w", href(view, file), file.recipe.width))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The address of a file made of a picture.
pub(super) fn href(view: &View<'_>, file: &PictureFile) -> String {
    view.config.base_url.href(&file.permalink)
}

/// The address of an author's picture, the small file if there is one.
pub(super) fn portrait(view: &View<'_>, page: &Page, written: &str) -> Option<String> {
    let small = file(page, written).and_then(|original| {
        let number = view.pictures.set(&original)?.portrait?;
        Some(href(view, &view.pictures.files[number]))
    });
    small.or_else(|| context::file_href(view, page, written))
}

/// The place in the site of a file that front matter names; nothing for one elsewhere.
pub fn file(page: &Page, written: &str) -> Option<Permalink> {
    if !crate::parse::leads_into_site(written) {
        return None;
    }
    let from = match written.starts_with('/') {
        true => "",
        false => page.folder(),
    };
    let path = url::resolve(from, &escape::url_decode(written))?;
    Some(Permalink::file(&path))
}

/// Adds what stands in the place of a page's pictures.
pub(super) fn mix_all(view: &View<'_>, id: PageId, mix: &mut Mix) {
    if view.pictures.sets.is_empty() {
        return;
    }
    let (page, at) = (view.site.page(id), id.index());
    mix_hero(view, id, mix);
    for target in &view.site.pictures[at] {
        mix_target(view, target, mix);
    }
    let named = [&page.front.pin, &page.front.picture];
    for written in named.into_iter().flatten() {
        if let Some(original) = file(page, written) {
            mix_set(view, &original, mix);
        }
    }
}

/// Adds what stands in the place of the picture at a page's head.
pub(super) fn mix_hero(view: &View<'_>, id: PageId, mix: &mut Mix) {
    if let Some(hero) = &view.site.heroes[id.index()] {
        mix_target(view, hero, mix);
    }
}

fn mix_target(view: &View<'_>, target: &PictureTarget, mix: &mut Mix) {
    if let Target::Path { permalink, .. } = &target.target {
        mix_set(view, permalink, mix);
    }
}

fn mix_set(view: &View<'_>, original: &Permalink, mix: &mut Mix) {
    let Some(set) = view.pictures.set(original) else {
        return;
    };
    mix.add(&set.tone);
    for number in set.sizes.iter().chain(&set.portrait).chain(&set.share) {
        let file = &view.pictures.files[*number];
        mix.add(&(&file.permalink, file.height));
    }
}
