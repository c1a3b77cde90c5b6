//! A picture is far larger than any reader's screen, or a file that is sent as it is weighs too much.
//!
//! Of JPEG, PNG and WebP the build makes smaller files, so readers do not wait for these; but more than twice the
//! widest of `images.widths` is thrown away each time, and makes the repository and each build heavy. All other
//! pictures, SVG among them, are sent as they are: more than `check.image_kilobytes` (500, where `site.toml` says
//! nothing) is seconds on a telephone. Scale the picture down; an SVG is most often cleaned with a tool such as SVGO, or
//! holds a photograph that should be a JPEG.

use std::collections::BTreeMap;

use super::unused_image::size;
use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::site::Target;
use crate::model::url::Permalink;
use crate::parse::image_size;
use crate::picture::raster;

pub(super) const LINT: Lint = Lint {
    code: "oversized-image",
    group: Group::Site,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("oversized_image.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let shown = shown(survey);
    let images = &survey.config.images;
    let widest = images.widths.last().copied().unwrap_or_default();
    let most = u64::from(survey.config.check.image_kilobytes) * 1_000;
    for (path, bytes) in &survey.assets {
        let made_smaller = images.enabled && raster::is_raster(path);
        let told = |message: String, help: String| {
            Diagnostic::warning(LINT.code, &format!("content/{path}"), message).help(help)
        };
        if !image_size::is_picture(path) {
            continue;
        }
        match shown.get(&Permalink::file(path)) {
            Some((width, height)) if made_smaller && *width > widest * 2 => {
                let message = format!(
                    "this picture is {width} × {height} pixels, and is shown {widest} wide at most"
                );
                found.push(told(
                    message,
                    format!("scale it to {} pixels in width", widest * 2),
                ));
            }
            _ if !made_smaller && *bytes > most => {
                let message = format!("readers load this picture as it is: {}", size(*bytes));
                let help = match raster::is_svg(path) {
                    true => {
                        "clean it with a tool such as SVGO; a photograph in it should be a JPEG"
                    }
                    false => {
                        "save it smaller, or as a JPEG, PNG or WebP: of these, gen makes smaller files"
                    }
                };
                found.push(told(message, help.to_owned()));
            }
            _ => {}
        }
    }
}

/// Width and height of the pictures that pages show.
fn shown(survey: &Survey<'_>) -> BTreeMap<Permalink, (u32, u32)> {
    let pictures = survey
        .all
        .iter()
        .flat_map(|site| site.pictures.iter().flatten());
    let heroes = survey
        .all
        .iter()
        .flat_map(|site| site.heroes.iter().flatten());
    pictures
        .chain(heroes.map(|hero| &**hero))
        .filter_map(|picture| match &picture.target {
            Target::Path { permalink, .. } => Some((permalink.clone(), picture.size?)),
            _ => None,
        })
        .collect()
}
