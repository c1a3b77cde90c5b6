//! A new article: its file, and its text from the section's `archetype.md` or with every usual key filled in.

use super::{Ground, archetype};
use crate::config::Config;
use crate::error::Error;
use crate::model::page::Kind;
use crate::model::source;
use crate::model::url::Permalink;
use crate::parse::scalar::{flow_scalar, scalar};
use crate::parse::{front_matter, place, title_from};

/// What is asked for.
pub struct Wanted<'a> {
    /// The file, relative to `content/`.
    pub source: &'a str,
    /// The title; made of the file's name where none is given.
    pub title: Option<&'a str>,
    /// Not published yet.
    pub draft: bool,
    /// The nearest `archetype.md`: its path in `content/`, and its text.
    pub archetype: Option<(&'a str, &'a str)>,
}

/// A file that is to be made.
#[derive(Debug)]
pub struct New {
    /// The file, relative to `content/`.
    pub source: String,
    /// Its text.
    pub text: String,
    /// Where it will stand.
    pub address: Permalink,
}

/// The new article.
///
/// # Errors
/// The file cannot have that name, its address is taken, or the archetype asks for something unknown.
pub fn article(ground: &Ground<'_>, wanted: &Wanted<'_>) -> Result<New, Error> {
    let source = wanted.source;
    check_path(source, ground.config)?;
    let name = super::name_of(source);
    let title = match wanted.title {
        Some(title) => title.trim().to_owned(),
        None => title_from(&name),
    };
    let text = match wanted.archetype {
        Some((path, text)) => {
            archetype::filled(path, text, &title, &name, ground.today, wanted.draft)?
        }
        None => fresh(ground, source, &title, wanted.draft),
    };
    let yaml = front_matter::split(source, &text).map(|split| split.yaml);
    let front = yaml
        .ok()
        .and_then(|yaml| front_matter::parse(source, &text, yaml).0)
        .unwrap_or_default();
    let Some((kind, address)) = place(source, &front, &ground.config.languages) else {
        return Err(Error::refused(
            format!("no address can be made of `{source}`"),
            "name the file with letters or digits, such as letting-go/my-article.md",
        ));
    };
    if ground.pages.iter().any(|page| page.source == source) {
        return Err(Error::refused(
            format!("content/{source} is there already, and nothing was changed"),
            "choose another title, or name the file yourself: gen new folder/name.md",
        ));
    }
    if let Some(owner) = ground.taken(&address).filter(|_| kind != Kind::Section) {
        return Err(Error::refused(
            format!("{owner} already"),
            "choose another title, or name the file yourself: gen new folder/name.md",
        ));
    }
    let in_the_way = |folder: &str| super::in_place_of_list(ground.pages, folder);
    if let Some(why) = super::folders_of(source).find_map(in_the_way) {
        return Err(Error::refused(
            why,
            "choose another folder: gen new folder/name.md",
        ));
    }
    Ok(New {
        source: source.to_owned(),
        text,
        address,
    })
}

/// Refuses what is no place for an article.
fn check_path(source: &str, config: &Config) -> Result<(), Error> {
    let refuse =
        |why: &str, help: &str| Err(Error::refused(format!("content/{source} {why}"), help));
    let name = source.rsplit('/').next().unwrap_or_default();
    if source.split('/').any(|part| part.starts_with('.')) {
        return refuse(
            "would be hidden: gen leaves it out",
            "begin no name with a dot",
        );
    }
    if name == "archetype.md" {
        return refuse(
            "is what new articles are made from, and no article",
            "write it by hand; {{ title }}, {{ date }} and {{ slug }} are filled in",
        );
    }
    match source.split_once('/') {
        Some(("authors", _)) => refuse("would be an author", "gen new author \"Their name\""),
        Some((folder, _)) if folder == "tags" || config.taxonomies.has(folder) => refuse(
            "would be the words of a tag or another term",
            "write it by hand: a title and a description are enough",
        ),
        _ => Ok(()),
    }
}

/// A text with every key that an article usually has.
fn fresh(ground: &Ground<'_>, source: &str, title: &str, draft: bool) -> String {
    let mut out = format!("---\ntitle: {}\n", scalar(title));
    out.push_str(
        "# One sentence under 160 characters, for cards and for search engines.\ndescription:\n",
    );
    if !source.rsplit('/').next().is_some_and(source::is_index) {
        out.push_str(&format!("date: {}\n", ground.today));
        authors(ground, &mut out);
        tags(ground, &mut out);
        out.push_str("# What a reader takes away, a sentence each.\ntakeaways: []\n");
    }
    if draft {
        out.push_str("draft: true\n");
    }
    out.push_str("---\n\n");
    out
}

fn authors(ground: &Ground<'_>, out: &mut String) {
    let writers = ground.writers();
    let list: Vec<String> = writers.iter().map(|name| flow_scalar(name)).collect();
    match list.as_slice() {
        [] => {}
        [one] => out.push_str(&format!("authors: [{one}]\n")),
        several => out.push_str(&format!("# authors: [{}]\n", several.join(", "))),
    }
}

fn tags(ground: &Ground<'_>, out: &mut String) {
    let known: Vec<String> = ground
        .most_used_tags()
        .into_iter()
        .map(flow_scalar)
        .collect();
    if !known.is_empty() {
        out.push_str(&format!("# Most used here: {}\n", known.join(", ")));
    }
    out.push_str("tags: []\n");
}
