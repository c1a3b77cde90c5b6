//! A site as its system's reader leaves it, and what these readers share.

use super::doc::{Doc, stem, with_md};
use super::lines::Lines;
use super::source::{Source, is_markdown, text_of, within};
use super::tag::Tags;
use super::terms;
use crate::config::Taxonomies;
use crate::error::Error;
use crate::list::words;
use crate::model::extra::{Extra, ExtraValue};
use crate::model::front_matter::text::Text;
use crate::model::slug::slugify;
use crate::model::source as names;
use crate::scan::{self, SourceFile};

/// Endings of files that a site shows: the others belong to the old site's theme.
const SHOWN: [&str; 27] = words(
    "png jpg jpeg gif webp avif svg ico bmp pdf mp3 m4a ogg oga wav flac mp4 m4v webm mov ogv zip \
    gz csv epub vtt webmanifest",
);

/// A site as its system's reader leaves it.
#[derive(Debug, Default)]
pub(super) struct OldSite {
    pub(super) title: Option<String>,
    pub(super) base_url: Option<String>,
    pub(super) description: Option<String>,
    pub(super) language: Option<String>,
    pub(super) timezone: Option<String>,
    /// The languages that it says more of than their tags, and those beside its own.
    pub(super) languages: Vec<Language>,
    pub(super) menu: Vec<Entry>,
    /// What it sorts its articles by, beside tags and authors.
    pub(super) taxonomies: Taxonomies,
    pub(super) docs: Vec<Doc>,
    pub(super) files: Vec<Asset>,
    /// The folder that its texts lie in.
    pub(super) root: String,
    pub(super) tags: Tags,
    pub(super) lines: Lines,
    /// What an old heading's id was, where that is not as ours.
    pub(super) heading_id: Option<fn(&str) -> String>,
    /// `[[name]]` and `![[picture]]`.
    pub(super) has_wiki_links: bool,
    /// The beginnings of paths of the old site that stay full addresses of it where their files are not here.
    pub(super) elsewhere: Vec<String>,
    /// Hosts of others that hold its pictures.
    pub(super) picture_hosts: &'static [&'static str],
    /// Exports that were not read to their ends, and why.
    pub(super) cut: Vec<String>,
    /// What the report says of the whole site.
    pub(super) general: Vec<String>,
}

/// A language of the old site.
#[derive(Debug)]
pub(super) struct Language {
    /// As the site names it.
    pub(super) tag: String,
    /// What the site is called in it.
    pub(super) title: Option<String>,
    /// The folder of its addresses; none for the site's root.
    pub(super) folder: Option<String>,
    /// Whether originals stand where nothing is translated.
    pub(super) shows_originals: bool,
}

/// A path without the language in its name, and that language's number: `a/x.md` of `a/x.de.md`.
pub(super) fn in_language(path: &str, tags: &[String]) -> Option<(usize, String)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.')?;
    let (stem, tag) = stem.rsplit_once('.')?;
    let number = tags
        .iter()
        .position(|known| known.eq_ignore_ascii_case(tag))?;
    (!stem.is_empty()).then(|| (number, joined(folder, &format!("{stem}.{ending}"))))
}

/// A line of the menu.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) url: String,
}

/// A file that the new site has as it is.
#[derive(Debug)]
pub(super) struct Asset {
    pub(super) from: SourceFile,
    /// Relative to `content/`.
    pub(super) to: String,
    /// Where it was on the web.
    pub(super) url: String,
}

impl OldSite {
    /// Takes what most settings files say by these keys.
    pub(super) fn settings(&mut self, settings: &Extra, keys: &Keys) {
        let text = |key: &str| text_of(settings, key).map(str::to_owned);
        let first = |keys: &[&str]| keys.iter().find_map(|key| text(key));
        self.title = first(keys.title);
        self.base_url = first(keys.base_url);
        self.description = first(&[
            "description",
            "site_description",
            "params.description",
            "tagline",
        ]);
        self.language = first(&[
            "lang",
            "language",
            "languageCode",
            "locale",
            "default_language",
            "defaultContentLanguage",
        ])
        .map(|tag| tag.replace('_', "-"));
        self.timezone = first(&["timezone", "timeZone"]);
    }

    /// Takes the files of a folder: Markdown as articles, what a site shows as it is. `into` is the folder in `content/`.
    pub(super) fn take(&mut self, source: &Source, folder: &str, into: &str) -> Result<(), Error> {
        for file in source.below(folder) {
            let Some(rest) = within(&file.path, folder) else {
                continue;
            };
            if is_hidden(rest) {
                continue;
            }
            let to = joined(into, rest);
            if is_markdown(rest) {
                let to = bundled(source, &file.path, &to);
                let doc = Doc::read_with(source, file, &to, &self.taxonomies)?;
                self.docs.push(doc);
            } else if is_shown(rest) {
                self.files.push(Asset {
                    from: file.clone(),
                    url: format!("/{to}"),
                    to,
                });
            }
        }
        Ok(())
    }

    /// Sorts its articles by these keys of their front matter, too, but by none whose folder holds articles.
    pub(super) fn sort_by(&mut self, source: &Source, keys: impl Iterator<Item = String>) {
        let is_free = |key: &String| {
            let folder = joined(&self.root, key);
            let mut files = source.markdown(&folder);
            files.all(|file| stem(&file.path).starts_with("_index"))
        };
        self.taxonomies = terms::taxonomies(keys.filter(is_free));
    }

    /// The file of words about one term that had a folder, `tags/x/_index.md`.
    pub(super) fn term(&self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/')?;
        let (key, term) = folder.split_once('/')?;
        let is_known = matches!(key, "tags" | "authors") || self.taxonomies.has(key);
        let is_words = is_known && names::is_index(name) && !term.contains('/');
        is_words.then(|| format!("{folder}.md"))
    }

    /// Takes the pictures and other files of a folder whose path is no part of their addresses.
    pub(super) fn take_static(&mut self, source: &Source, folder: &str) {
        let files = source.below(folder).filter_map(|file| {
            let rest = within(&file.path, folder)?;
            let is_ours =
                matches!(rest, "CNAME" | "robots.txt") || rest.starts_with(".well-known/");
            (is_ours || is_shown(rest) && !is_hidden(rest)).then(|| Asset {
                from: file.clone(),
                to: rest.to_owned(),
                url: format!("/{rest}"),
            })
        });
        self.files.extend(files.collect::<Vec<_>>());
    }

    /// A person in `authors/`; nobody twice.
    pub(super) fn author(
        &mut self,
        slug: &str,
        name: &str,
        bio: Option<&str>,
        picture: Option<&str>,
    ) {
        let slug = slugify(slug);
        let path = format!("authors/{slug}.md");
        if slug.is_empty() || self.docs.iter().any(|doc| doc.path == path) {
            return;
        }
        let mut doc = Doc {
            source: path.clone(),
            path,
            ..Doc::default()
        };
        doc.front.name = Some(Text(name.to_owned()));
        doc.front.bio = bio.map(|bio| Text(bio.split_whitespace().collect::<Vec<_>>().join(" ")));
        doc.front.picture = picture.map(str::to_owned);
        self.docs.push(doc);
    }

    /// A menu, of a list of maps.
    pub(super) fn menu(&mut self, list: Option<&ExtraValue>, title: &[&str], url: &[&str]) {
        let Some(ExtraValue::List(entries)) = list else {
            return;
        };
        for entry in entries {
            if let ExtraValue::Map(entry) = entry {
                let first = |keys: &[&str]| {
                    keys.iter()
                        .find_map(|key| text_of(entry, key).map(str::to_owned))
                };
                if let (Some(title), Some(url)) = (first(title), first(url)) {
                    self.menu.push(Entry { title, url });
                }
            }
        }
    }
}

/// Which keys of a settings file say what a site is called, and where it stands.
pub(super) struct Keys {
    pub(super) title: &'static [&'static str],
    pub(super) base_url: &'static [&'static str],
}

/// A path in a folder, which may be none.
pub(super) fn joined(folder: &str, rest: &str) -> String {
    match folder {
        "" => rest.to_owned(),
        folder => format!("{folder}/{rest}"),
    }
}

/// The path of an `index.md` whose folder holds no other text: that of an article with the folder's name.
fn bundled(source: &Source, from: &str, to: &str) -> String {
    let (Some((folder, _)), Some((above, _))) = (from.rsplit_once('/'), to.rsplit_once('/')) else {
        return with_md(to);
    };
    let own = stem(from).split('.').next().unwrap_or_default();
    let is_own = |file: &SourceFile| stem(&file.path).split('.').next() == Some(own);
    let end = stem(from).strip_prefix(own).unwrap_or_default();
    match own == "index" && source.markdown(folder).all(is_own) {
        // With the language that the name may end in.
        true => format!("{above}{end}.md"),
        false => with_md(to),
    }
}

/// Whether a path has a part that a system keeps to itself.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || scan::is_litter(part))
}

pub(super) fn is_shown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    SHOWN.iter().any(|known| ending.eq_ignore_ascii_case(known))
}
