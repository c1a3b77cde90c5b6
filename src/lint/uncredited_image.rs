//! A photograph at an article's head names nobody who took it.
//!
//! Most licences ask for a name, and so does fairness. Write it: `image: { src: beach.jpg, alt: "…", credit: "Ana Lima"
//! }`. Drawings (SVG) are let pass. Off where nothing is said, because many sites show their own photographs only; turn
//! it on where yours come from others.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::picture::raster;

pub(super) const LINT: Lint = Lint {
    code: "uncredited-image",
    group: Group::Site,
    level: Level::Off,
    check: Check::Site(check),
    source: include_str!("uncredited_image.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for page in survey.site.pages.iter() {
        let Some(image) = &page.front.image else {
            continue;
        };
        let credit = image.credit.as_deref().unwrap_or_default();
        let path = image.src.split(['?', '#']).next().unwrap_or_default();
        if !credit.trim().is_empty() || raster::is_svg(path) {
            continue;
        }
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), "nobody is named for this picture")
                .at_item("image", &image.src)
                .help(format!(
                    "say who made it: image: {{ src: {}, alt: \"…\", credit: \"…\" }}",
                    image.src
                )),
        );
    }
}
