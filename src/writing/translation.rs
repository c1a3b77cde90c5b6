//! The beginning of a translation: the original's text, for somebody to write over.

use super::Ground;
use super::article::New;
use crate::error::Error;
use crate::model::front_matter::FrontMatter;
use crate::model::page::Page;
use crate::model::source;
use crate::parse::front_edit::{self, List};
use crate::parse::{front_matter, place};

const ALIASES: List = |front| &mut front.aliases.0;

/// A new file that translates a page into the language of this tag. `text` is the page's file.
///
/// # Errors
/// The site has no such language, the page is in it already or has such a translation, or its front matter cannot be read.
pub fn translation(ground: &Ground<'_>, page: &Page, text: &str, tag: &str) -> Result<New, Error> {
    let languages = &ground.config.languages;
    let mut all = languages.all().iter();
    let Some(number) = all.position(|language| language.tag.eq_ignore_ascii_case(tag)) else {
        let known: Vec<&str> = languages.all()[1..]
            .iter()
            .map(|one| one.tag.as_str())
            .collect();
        let help = match known.is_empty() {
            true => format!("write in site.toml: [languages.{tag}]"),
            false => format!(
                "it has {}; another is a table in site.toml: [languages.{tag}]",
                known.join(", ")
            ),
        };
        return Err(Error::refused(
            format!("the site has no language `{tag}`"),
            help,
        ));
    };
    let own = languages.place(&page.source).language;
    if own == number {
        return Err(Error::refused(
            format!("{} is in `{tag}` itself", page.path()),
            "name its original, and the language to translate it into",
        ));
    }
    let is_translation = |other: &&Page| {
        languages.place(&other.source).language == number && other.bare() == page.bare()
    };
    if let Some(other) = ground.pages.iter().find(is_translation) {
        return Err(Error::refused(
            format!("{} is there already, and nothing was changed", other.path()),
            "open that file",
        ));
    }
    let source = file(ground, page, number);
    let text = text_of(page, text).ok_or_else(|| {
        Error::refused(
            format!("the front matter of {} cannot be read", page.path()),
            "gen check says what is wrong with it",
        )
    })?;
    let yaml = front_matter::split(&source, &text).map(|split| split.yaml);
    let front = yaml
        .ok()
        .and_then(|yaml| front_matter::parse(&source, &text, yaml).0)
        .unwrap_or_default();
    let address = place(&source, &front, languages).map(|(_, address)| address);
    Ok(New {
        address: address.unwrap_or_else(|| page.permalink.clone()),
        source,
        text,
    })
}

/// Where it goes: into the language's folder where that holds files already, else beside the original.
fn file(ground: &Ground<'_>, page: &Page, number: usize) -> String {
    let languages = &ground.config.languages;
    let tag = &languages.all()[number].tag;
    let folder = |source: &str| {
        let first = source
            .split_once('/')
            .map_or("", |(first, _)| first)
            .to_owned();
        first.eq_ignore_ascii_case(tag).then_some(first)
    };
    let bare = page.bare();
    if let Some(folder) = ground.pages.iter().find_map(|page| folder(&page.source)) {
        return format!("{folder}/{bare}");
    }
    let stem = source::without_ending(bare);
    format!("{stem}.{tag}{}", &bare[stem.len()..])
}

/// The original's text as a draft that says what it is made from, without what only the original has.
fn text_of(page: &Page, original: &str) -> Option<String> {
    let mut text = original.to_owned();
    let read = |text: &str| -> Option<FrontMatter> {
        let yaml = front_matter::split("", text).ok()?.yaml;
        front_matter::parse("", text, yaml).0
    };
    let mut front = read(&text)?;
    for alias in front.aliases.0.clone() {
        let (bytes, new) = front_edit::remove(&text, "aliases", ALIASES, &alias)?;
        text.replace_range(bytes, &new);
        front = read(&text)?;
    }
    let state = page.fingerprint.short();
    front.translated_from = Some(state.clone());
    let line = format!("translated_from: \"{state}\"");
    let (bytes, new) = front_edit::set_line(&text, "translated_from", &line, &front)?;
    text.replace_range(bytes, &new);
    front.draft = Some(true);
    let (bytes, new) = front_edit::set_line(&text, "draft", "draft: true", &front)?;
    text.replace_range(bytes, &new);
    Some(text)
}
