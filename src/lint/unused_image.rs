//! A picture in `content/` is named nowhere.
//!
//! It is published all the same, and everybody who works on the site wonders what it is for. Show it in an article, or
//! remove the file. Looked for are articles (drafts too), front matter, templates and styles of the theme, `site.toml`,
//! and files of text in `content/`; the icons that browsers ask for by name count as used.

use std::collections::BTreeSet;

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::extra::{Extra, ExtraValue};
use crate::model::page::Page;
use crate::model::site::{Site, Target};
use crate::model::url::{self, Permalink};
use crate::output;
use crate::parse::image_size;

pub(super) const LINT: Lint = Lint {
    code: "unused-image",
    group: Group::Site,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("unused_image.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let used: BTreeSet<Permalink> = survey.all.iter().flat_map(|site| used(site)).collect();
    for (path, bytes) in &survey.assets {
        let by_name = output::is_icon(path) || path.starts_with(".well-known/");
        if !image_size::is_picture(path) || by_name || used.contains(&Permalink::file(path)) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let encoded = escape::url_path(name);
        if is_mentioned(survey, &|text| {
            text.contains(name) || text.contains(&encoded)
        }) {
            continue;
        }
        let message = format!("nothing names this picture ({})", size(*bytes));
        found.push(
            Diagnostic::warning(LINT.code, &format!("content/{path}"), message)
                .help("show it in an article, or remove the file"),
        );
    }
}

/// What pages show or link to.
fn used(site: &Site) -> BTreeSet<Permalink> {
    let pictures = site.pictures.iter().flatten();
    let shown = pictures
        .chain(site.heroes.iter().flatten().map(|hero| &**hero))
        .map(|picture| &picture.target);
    let menu = site.menu.iter().map(|(_, target)| target);
    let targets = shown.chain(site.targets.iter().flatten()).chain(menu);
    let mut used: BTreeSet<Permalink> = targets
        .filter_map(|target| match target {
            Target::Path { permalink, .. } => Some(permalink.clone()),
            _ => None,
        })
        .collect();
    for page in site.pages.iter() {
        let own = [&page.front.pin, &page.front.picture];
        used.extend(own.into_iter().flatten().filter_map(|src| file(page, src)));
    }
    used
}

fn file(page: &Page, src: &str) -> Option<Permalink> {
    let from = if src.starts_with('/') {
        ""
    } else {
        page.folder()
    };
    let path = url::resolve(from, &escape::url_decode(src))?;
    Some(Permalink::file(&path))
}

/// Whether the file is named where no path is resolved. Its name is enough: a picture that is called unused by mistake
/// may be removed by mistake.
fn is_mentioned(survey: &Survey<'_>, names: &dyn Fn(&str) -> bool) -> bool {
    let theme = survey.theme;
    let styles = theme.assets.iter();
    survey.texts.iter().any(|(_, text)| names(text))
        || survey.notes.iter().any(|notes| names(&notes.html))
        || theme.templates.iter().any(|template| names(&template.text))
        || theme.inline.values().any(|text| names(text))
        || styles
            .filter_map(|asset| std::str::from_utf8(&asset.bytes).ok())
            .any(names)
        || survey
            .all
            .iter()
            .flat_map(|site| site.pages.iter())
            .any(|page| in_extra(&page.front.extra, names))
}

fn in_extra(extra: &Extra, names: &dyn Fn(&str) -> bool) -> bool {
    fn one(value: &ExtraValue, names: &dyn Fn(&str) -> bool) -> bool {
        match value {
            ExtraValue::Text(text) => names(text),
            ExtraValue::List(list) => list.iter().any(|value| one(value, names)),
            ExtraValue::Map(map) => in_extra(map, names),
            _ => false,
        }
    }
    extra.values().any(|value| one(value, names))
}

/// A file's size in words: `12 KB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
