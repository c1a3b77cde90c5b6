//! New guides with their steps, and new steps of guides that are there.

use super::article::New;
use super::{Ground, slug_for};
use crate::edit::Edit;
use crate::error::Error;
use crate::link::reference::{Found, Index};
use crate::model::page::{Kind, Page};
use crate::model::source;
use crate::model::url::Permalink;
use crate::parse::front_edit::{List, add};
use crate::parse::scalar::scalar;

const STEPS: List = |front| &mut front.steps.0;

/// The folder that a guide's new step belongs into.
///
/// # Errors
/// The page is no guide.
pub fn folder_of(hub: &Page) -> Result<&str, Error> {
    if !hub.is_hub() {
        return Err(Error::refused(
            format!("{} is no guide: it has no steps", hub.path()),
            "a line such as `steps: [first-step]` in its front matter makes it one; gen new guide makes a whole one",
        ));
    }
    Ok(match hub.kind {
        // A guide that is an article or a page of its own has its steps beside it.
        Kind::Home => "",
        _ => hub.folder(),
    })
}

/// The change to the hub that makes a new file its last step, and which step that is, from 1.
///
/// # Errors
/// The hub's `steps` are written in a way that is not understood.
pub fn add_step(
    ground: &Ground<'_>,
    hub: &Page,
    hub_text: &str,
    source: &str,
) -> Result<(Edit, usize), Error> {
    let reference = step_name(ground, hub, source);
    match add(hub_text, "steps", STEPS, &reference) {
        Some((bytes, text)) => Ok((
            Edit::new(&hub.path(), bytes, text),
            hub.front.steps.0.len() + 1,
        )),
        None => Err(Error::refused(
            format!("`steps` in {} cannot be changed safely", hub.path()),
            format!("run this again without --guide, then add `{reference}` there by hand"),
        )),
    }
}

/// What the hub calls the file: its name, or its path where the name could mean another one.
pub fn step_name(ground: &Ground<'_>, hub: &Page, source: &str) -> String {
    let path = source::without_ending(source);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let beside = source.rsplit_once('/').map_or("", |(folder, _)| folder) == hub.folder();
    let free = || {
        let found = Index::new(ground.pages, &[]).find(stem, hub.folder());
        matches!(found, Found::Missing(_))
    };
    match stem != "index" && (beside || free()) {
        true => stem.to_owned(),
        false => path.to_owned(),
    }
}

/// A new guide: a folder with its hub and so many steps, all of them drafts.
///
/// # Errors
/// Its address is taken, or nothing of the title can stand in one.
pub fn guide(ground: &Ground<'_>, title: &str, steps: usize) -> Result<Vec<New>, Error> {
    let title = title.trim();
    let slug = slug_for(
        ground.config.slugs(),
        title,
        "give it a title with words: gen new guide \"First aid\"",
    )?;
    let address = Permalink::page(&slug);
    if let Some(owner) = ground.taken(&address) {
        return Err(Error::refused(
            format!("{owner} already"),
            "choose another title",
        ));
    }
    let names: Vec<String> = (1..=steps).map(|number| format!("step-{number}")).collect();
    let list: String = names.iter().map(|name| format!("  - {name}\n")).collect();
    let hub = format!(
        "---\ntitle: {}\n# One sentence under 160 characters: what a reader has at the end.\ndescription:\ndate: {}\n# The files of the steps, in order. Rename them with gen mv, and this list follows.\nsteps:\n{list}# A draft is not published: take this line out here and in the steps.\ndraft: true\n---\n\n",
        scalar(title),
        ground.today,
    );
    let mut files = vec![New {
        source: format!("{slug}/index.md"),
        text: hub,
        address: address.clone(),
    }];
    for (number, name) in (1..).zip(&names) {
        files.push(New {
            source: format!("{slug}/{name}.md"),
            text: format!(
                "---\ntitle: Step {number}\n# One sentence under 160 characters.\ndescription:\ndate: {}\ntags: []\ntakeaways: []\ndraft: true\n---\n\n",
                ground.today
            ),
            address: Permalink::page(&format!("{slug}/{name}")),
        });
    }
    Ok(files)
}
