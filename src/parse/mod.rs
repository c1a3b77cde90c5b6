//! Turns one file's bytes into a [`Page`] and what is wrong with it: decode, split off the front matter,
//! type it, read the Markdown. Knows no other page, so that pages are parsed in any order, on any thread.

mod callout;
pub mod destination;
mod embed;
pub mod front_edit;
pub mod front_matter;
pub mod image_size;
mod markdown;
mod raw_html;
pub mod replies;
pub mod scalar;
pub mod segment;
pub mod terms;
pub mod tidy;
pub mod words;
mod yaml;
mod yaml_error;

use std::collections::BTreeMap;

use crate::config::Markdown;
use crate::diagnostic::{Diagnostic, utf8};
use crate::find;
use crate::fingerprint::Fingerprint;
use crate::model::date::{Date, WrittenDate, Zone};
use crate::model::front_matter::FrontMatter;
use crate::model::page::{Body, Kind, Page, Vocabulary, Whereabouts};
use crate::model::slug::{LONGEST, slugify};
use crate::model::url::Permalink;
use crate::parse::markdown::Made;

pub use markdown::manuscript;
pub use markdown::urls;
pub use raw_html::{is_of_the_web, leads_into_site, links_elsewhere};

/// What parse needs to know of the site.
pub struct Options<'a> {
    /// Where days begin.
    pub zone: &'a Zone,
    /// How Markdown is read.
    pub markdown: &'a Markdown,
    /// BCP 47; stems and stop words follow it.
    pub language: &'a str,
    /// The theme's words in that language.
    pub strings: &'a BTreeMap<String, String>,
    /// Whether the words of bodies are kept for search.
    pub search: bool,
}

/// Parses the file at `source` (relative to `content/`). `memory` is this thread's, for words it has seen.
///
/// No page where the front matter cannot be read at all.
pub fn page(
    source: &str,
    bytes: &[u8],
    options: &Options<'_>,
    memory: &mut terms::Memory,
) -> (Option<Page>, Vec<Diagnostic>) {
    let path = format!("content/{source}");
    let text = match decode(&path, bytes) {
        Ok(text) => text,
        Err(error) => return (None, vec![*error]),
    };
    let split = match front_matter::split(&path, text) {
        Ok(split) => split,
        Err(error) => return (None, vec![*error]),
    };
    let (front, mut diagnostics) = front_matter::parse(&path, text, split.yaml.clone());
    let Some(front) = front else {
        return (None, diagnostics);
    };

    // What is missing may be there, misspelled: that is told already.
    let all_read = diagnostics.is_empty();
    let (named_date, name) = name_parts(source, &path, &mut diagnostics);
    let written = front.date.or(named_date);
    let kind = kind_of(source, written.is_some());
    let permalink = permalink(source, name, &front, &path, &mut diagnostics);
    let title = title_of(kind, source, name, &front);
    let untitled = title.is_none();
    let title = title.unwrap_or_else(|| title_from(name_of(source, name)));
    if all_read && untitled {
        diagnostics.push(missing_title(&path, text, &split, &title));
    }
    if all_read && !untitled && kind == Kind::Article && front.draft != Some(true) {
        advise(&path, &front, &text[split.body..], &mut diagnostics);
    }
    check(kind, &front, &path, &mut diagnostics);

    let mut collector = terms::Collector::new(memory);
    collector.add(terms::Field::Title, &title);
    if let Some(description) = &front.description {
        collector.add(terms::Field::Description, &description.0);
    }
    let body_text = &text[split.body..];
    let content = markdown::read(
        body_text,
        split.body,
        &path,
        &title,
        options,
        Some(&mut collector),
        &mut diagnostics,
    );
    let date = |written: WrittenDate| Date::resolve(written, options.zone);
    let page = Page {
        source: source.to_owned(),
        fingerprint: Fingerprint::of(bytes),
        kind,
        permalink,
        title,
        date: written.map(date),
        updated: front.updated.map(date),
        expires: front.expires.map(date),
        front: front.into(),
        summary: content.summary,
        words: content.words,
        outline: content.outline.iter().map(Made::heading).collect(),
        anchors: content.anchors.iter().collect(),
        links: exact(content.links),
        images: exact(content.images),
        callouts: exact(content.callouts),
        embeds: exact(content.embeds),
        vocabulary: match options.search {
            true => words::vocabulary(&content.body.html),
            false => Vocabulary::default(),
        },
        body: Whereabouts::Held(Box::new(content.body)),
        replies: Vec::new(),
        terms: collector.finish(),
    };
    (Some(page), diagnostics)
}

/// A list that will not grow any more, in as much memory as it takes.
fn exact<T>(list: Vec<T>) -> Box<[T]> {
    let mut exact = Vec::with_capacity(list.len());
    exact.extend(list);
    exact.into_boxed_slice()
}

/// The body of a file that was parsed before, made again.
///
/// None where the file cannot be read at all.
pub fn body(source: &str, bytes: &[u8], options: &Options<'_>) -> Option<Body> {
    let path = format!("content/{source}");
    let text = decode(&path, bytes).ok()?;
    let split = front_matter::split(&path, text).ok()?;
    let front = front_matter::parse(&path, text, split.yaml.clone()).0?;
    let (named_date, name) = name_parts(source, &path, &mut Vec::new());
    let kind = kind_of(source, front.date.or(named_date).is_some());
    let title = title_of(kind, source, name, &front);
    let title = title.unwrap_or_else(|| title_from(name_of(source, name)));
    let content = markdown::read(
        &text[split.body..],
        split.body,
        &path,
        &title,
        options,
        None,
        &mut Vec::new(),
    );
    Some(content.body)
}

/// What the file at `source` says as its author wrote it, and where its body begins.
///
/// None where the file cannot be read at all.
pub fn manuscript(source: &str, text: &str) -> Option<manuscript::Manuscript> {
    let path = format!("content/{source}");
    let split = front_matter::split(&path, text).ok()?;
    Some(manuscript::read(&text[split.body..], split.body))
}

fn decode<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    let text = utf8(path, bytes)?;
    match find::byte(text, b'\0') {
        Some(at) => {
            let error =
                Diagnostic::error("nul", path, "this file holds a NUL byte, which no text has");
            let error = error
                .at(at..at + 1)
                .help("remove it; the file may be no Markdown at all");
            Err(Box::new(error))
        }
        None => Ok(text),
    }
}

/// The day in a file's name, and the name without it and without `.md`.
fn name_parts<'s>(
    source: &'s str,
    path: &str,
    errors: &mut Vec<Diagnostic>,
) -> (Option<WrittenDate>, &'s str) {
    let name = source.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(".md").unwrap_or(name);
    match WrittenDate::from_file_name(stem) {
        Some((date, rest)) => (Some(date), rest),
        None => {
            if let Some(day) = WrittenDate::like_a_day(stem) {
                errors.push(
                    Diagnostic::error("file-name", path, format!("this file's name begins with {day}, a day that no calendar has"))
                        .help("rename the file: a name begins with the day of publication, or with no day"),
                );
            }
            (None, stem)
        }
    }
}

fn kind_of(source: &str, dated: bool) -> Kind {
    let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
    match (folder, name) {
        ("", "index.md") => Kind::Home,
        ("authors" | "tags", "index.md") => Kind::Index,
        ("authors", _) => Kind::Author,
        ("tags", _) => Kind::Tag,
        (_, "index.md") => Kind::Section,
        ("", _) if !dated => Kind::Page,
        _ => Kind::Article,
    }
}

fn permalink(
    source: &str,
    name: &str,
    front: &FrontMatter,
    path: &str,
    errors: &mut Vec<Diagnostic>,
) -> Permalink {
    let folders: Vec<String> = source
        .rsplit_once('/')
        .map_or(Vec::new(), |(f, _)| f.split('/').map(slugify).collect());
    let is_index = name == "index";
    let (mut parts, last) = match folders.split_last() {
        Some((last, above)) if is_index => (above.to_vec(), last.clone()),
        None if is_index => return Permalink::root(),
        _ => (folders.clone(), slugify(name)),
    };
    let last = match &front.slug {
        None => last,
        Some(slug) => {
            let made: String = slugify(slug).chars().take(LONGEST).collect();
            let made = if made.is_empty() { last } else { made };
            if made != *slug {
                errors.push(
                    Diagnostic::error(
                        "slug",
                        path,
                        format!("`{slug}` cannot be the last part of an address"),
                    )
                    .at_item("slug", slug)
                    .help(format!(
                        "use small letters, digits and hyphens: slug: {}",
                        or_example(&made)
                    )),
                );
            }
            made
        }
    };
    if last.is_empty() && front.slug.is_none() {
        errors.push(
            Diagnostic::error("slug", path, "no address can be made of this file's name")
                .help("add a line such as `slug: my-article` to its front matter"),
        );
    }
    parts.push(last);
    Permalink::page(&parts.join("/"))
}

/// What a file at `source` would be with this front matter, and its address; none where none can be made of its name.
pub fn place(source: &str, front: &FrontMatter) -> Option<(Kind, Permalink)> {
    let mut errors = Vec::new();
    let (named_date, name) = name_parts(source, source, &mut errors);
    let kind = kind_of(source, front.date.or(named_date).is_some());
    let permalink = permalink(source, name, front, source, &mut errors);
    errors.is_empty().then_some((kind, permalink))
}

fn or_example(slug: &str) -> &str {
    if slug.is_empty() { "my-article" } else { slug }
}

/// The title as written; for kinds that can do without, one made of the name. None where one must be written.
fn title_of(kind: Kind, source: &str, name: &str, front: &FrontMatter) -> Option<String> {
    let written = match kind {
        Kind::Author => front.name.as_ref().or(front.title.as_ref()),
        _ => front.title.as_ref(),
    };
    if let Some(title) = written.filter(|t| !t.0.is_empty()) {
        return Some(title.0.clone());
    }
    let hub = !front.steps.0.is_empty();
    match kind {
        Kind::Article | Kind::Page => None,
        _ if hub => None,
        Kind::Home | Kind::Index => Some(String::new()),
        _ => Some(title_from(name_of(source, name))),
    }
}

/// What a file is called: an `index.md` as its folder.
fn name_of<'s>(source: &'s str, name: &'s str) -> &'s str {
    match name {
        "index" => source.rsplit('/').nth(1).unwrap_or_default(),
        _ => name,
    }
}

/// `made` is a title made of the file's name.
fn missing_title(path: &str, text: &str, split: &front_matter::Split, made: &str) -> Diagnostic {
    let error = match (text.trim().is_empty(), split.has_front_matter()) {
        (true, _) => Diagnostic::error("empty-file", path, "this file is empty"),
        (_, false) => Diagnostic::error("front-matter", path, "this file has no front matter"),
        (_, true) => Diagnostic::error("missing-title", path, "this page has no title"),
    };
    let line = format!("title: \"{made}\"");
    let help = match split.has_front_matter() {
        true => format!("add this line to its front matter: {line}"),
        false => format!("begin the file with these lines:\n---\n{line}\n---"),
    };
    error.at(0..0).help(help)
}

/// What an article can do without and should not.
fn advise(path: &str, front: &FrontMatter, body: &str, diagnostics: &mut Vec<Diagnostic>) {
    if front.description.is_none() {
        diagnostics.push(
            Diagnostic::warning("missing-description", path, "this article has no description")
                .at(0..3)
                .help("add `description:`, one sentence under 160 characters; until then its first paragraph stands in"),
        );
    }
    if body.trim().is_empty() {
        diagnostics.push(
            Diagnostic::warning("empty-body", path, "this article has no text")
                .help("write it, or set `draft: true`"),
        );
    }
}

/// `give-them-space` is "Give them space".
pub fn title_from(name: &str) -> String {
    let words = name
        .split(['-', '_', ' '])
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Keys that are right in form and wrong in place.
fn check(kind: Kind, front: &FrontMatter, path: &str, diagnostics: &mut Vec<Diagnostic>) {
    if front.defaults.is_some() && !path.ends_with("/index.md") {
        diagnostics.push(
            Diagnostic::error(
                "misplaced-key",
                path,
                "`defaults` stands in a folder's index.md only",
            )
            .at_key("defaults")
            .help("move it there, or remove it"),
        );
    }
    if let Some(defaults) = &front.defaults {
        let own = [
            ("title", defaults.title.is_some()),
            ("description", defaults.description.is_some()),
            ("date", defaults.date.is_some()),
            ("updated", defaults.updated.is_some()),
            ("expires", defaults.expires.is_some()),
            ("slug", defaults.slug.is_some()),
            ("aliases", !defaults.aliases.0.is_empty()),
            ("steps", !defaults.steps.0.is_empty()),
            ("defaults", defaults.defaults.is_some()),
        ];
        for (key, _) in own.into_iter().filter(|(_, set)| *set) {
            diagnostics.push(
                Diagnostic::error(
                    "misplaced-key",
                    path,
                    format!("`{key}` cannot be a default: each file has its own"),
                )
                .at_item("defaults", key)
                .help("remove it from `defaults`"),
            );
        }
    }
    let person = [
        ("name", front.name.is_some()),
        ("bio", front.bio.is_some()),
        ("role", front.role.is_some()),
        ("picture", front.picture.is_some()),
    ];
    for (key, _) in person
        .into_iter()
        .filter(|(_, set)| *set && kind != Kind::Author)
    {
        diagnostics.push(
            Diagnostic::error(
                "misplaced-key",
                path,
                format!("`{key}` is a key of files in authors/"),
            )
            .at_key(key)
            .help("remove it; an author has a file of their own: content/authors/their-name.md"),
        );
    }
    if front.after.is_some() && front.steps.0.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                "misplaced-key",
                path,
                "`after` belongs to a guide, and this page has no `steps`",
            )
            .at_key("after")
            .help("use `up_next: [...]` to say what follows this article"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_from_the_path() {
        for (source, dated, kind) in [
            ("index.md", false, Kind::Home),
            ("about.md", false, Kind::Page),
            ("a.md", true, Kind::Article),
            ("a/index.md", false, Kind::Section),
            ("a/b.md", false, Kind::Article),
            ("authors/x.md", false, Kind::Author),
            ("tags/index.md", false, Kind::Index),
        ] {
            assert_eq!(kind_of(source, dated), kind, "{source}");
        }
    }

    #[test]
    fn a_title_is_made_of_a_name() {
        assert_eq!(title_from("give-them_space"), "Give them space");
        assert_eq!(title_from(""), "");
    }
}
