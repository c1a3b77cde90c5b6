//! Files made of pictures, and what stands in an `img` element in the place of the original.

use super::template::{Value, object, safe};
use super::{Job, Planner, Subject, View, target};
use crate::escape;
use crate::model::page::{Page, PageId};
use crate::model::picture::{PictureFile, PictureSet};
use crate::model::site::{PictureTarget, Target};
use crate::model::url::{self, Permalink};
use crate::parse::{leads_into_site, line};

/// The file for browsers that read no `srcset`, and for feeds, is at most so wide.
const USUAL_WIDTH: u32 = 1200;

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for (number, file) in planner.pictures.files.iter().enumerate() {
        let original = &planner.site.assets[file.asset];
        let owner = format!("the picture content{original}");
        jobs.push(Job::new(
            file.permalink.clone(),
            owner,
            Subject::Picture(number),
        ));
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
        && let Some(set) = view.site.picture_set(permalink)
        && let Some(usual) = usual(view, set)
    {
        return Some(Source {
            src: href(view, usual),
            srcset: srcset(view, set),
            size: Some((usual.recipe.width, usual.height)),
            tone: set.tone.as_deref(),
        });
    }
    Some(Source {
        src: target::href(view, &picture.target, false)?,
        srcset: String::new(),
        size: picture.size,
        tone: None,
    })
}

/// The widest file of a set that is no wider than [`USUAL_WIDTH`], or else its narrowest.
fn usual<'a>(view: &View<'a>, set: &PictureSet) -> Option<&'a PictureFile> {
    let mut files = set.sizes.iter().map(|n| view.site.picture_file(*n));
    let narrowest = files.clone().next();
    files
        .rfind(|file| file.recipe.width <= USUAL_WIDTH)
        .or(narrowest)
}

fn srcset(view: &View<'_>, set: &PictureSet) -> String {
    if set.sizes.len() < 2 {
        return String::new();
    }
    let files = set.sizes.iter().map(|n| view.site.picture_file(*n));
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
        let number = view.site.picture_set(&original)?.portrait?;
        Some(href(view, view.site.picture_file(number)))
    });
    small.or_else(|| file_href(view, page, written))
}

/// The picture at a page's head.
pub(super) fn hero(view: &View<'_>, id: PageId) -> Value {
    let (Some(target), Some(image)) = (view.site.hero(id), &view.site.page(id).front.image) else {
        return Value::none();
    };
    let Some(source) = source(view, target) else {
        return Value::none();
    };
    object! {
        "src" => source.src,
        "srcset" => source.srcset,
        "tone" => source.tone,
        "alt" => image.alt.as_str(),
        "caption" => image.caption.as_deref().map(|text| safe(&line(text, view.config.smart()).html)),
        "credit" => image.credit.as_deref(),
        "width" => source.size.map(|s| s.0),
        "height" => source.size.map(|s| s.1),
    }
}

/// The address of a picture that front matter names.
pub(super) fn file_href(view: &View<'_>, page: &Page, written: &str) -> Option<String> {
    if !leads_into_site(written) {
        return Some(escape::url(written));
    }
    file(page, written).map(|file| view.config.base_url.href(&file))
}

/// The place in the site of a file that front matter names; nothing for one elsewhere.
pub fn file(page: &Page, written: &str) -> Option<Permalink> {
    if !leads_into_site(written) {
        return None;
    }
    let from = match written.starts_with('/') {
        true => "",
        false => page.folder(),
    };
    let path = url::resolve(from, &escape::url_decode(written))?;
    Some(Permalink::file(&path))
}
