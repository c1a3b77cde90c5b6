//! `[languages]`: the languages that a site is in, and which file is in which.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::language::{Language, Written};
use super::{FILE, find_key, menu};
use crate::diagnostic::Diagnostic;
use crate::model::slug::{Style, slugify};

/// The languages of a site, its own first, the others by their tags.
#[derive(Clone, Debug)]
pub struct Languages(Arc<Vec<Language>>);

/// A file's language, and its path without it.
#[derive(Debug, PartialEq, Eq)]
pub struct Placed<'s> {
    /// The language's number.
    pub language: usize,
    /// `a/x.md` of `a/x.de.md` and of `de/a/x.md`.
    pub bare: Cow<'s, str>,
}

impl Languages {
    /// Those that are written, and the site's own.
    pub(super) fn resolve(
        own: &str,
        style: Style,
        mut written: BTreeMap<String, Written>,
        text: &str,
    ) -> (Languages, Vec<Diagnostic>) {
        let mut errors = Vec::new();
        let is_own = |tag: &str| tag.eq_ignore_ascii_case(own);
        let own_table = written.keys().find(|tag| is_own(tag)).cloned();
        let own_table = own_table.and_then(|tag| written.remove(&tag));
        let mut all = vec![Language::new(own, style, own_table.unwrap_or_default(), "")];
        for (tag, table) in written {
            let key = format!("languages.{tag}");
            let mut wrong = |message: String, help: &str| {
                let at = find_key(text, &key, None).unwrap_or(0..0);
                errors.push(Diagnostic::error("config", FILE, message).at(at).help(help));
            };
            if !is_language(&tag) {
                wrong(
                    format!("`{tag}` is no language tag"),
                    "use one such as [languages.de] or [languages.pt-BR]",
                );
                continue;
            }
            let folder = tag.to_ascii_lowercase();
            let language = Language::new(&tag, style, table, &folder);
            if let Some(other) = all
                .iter()
                .find(|other| other.tag.eq_ignore_ascii_case(&tag))
            {
                wrong(
                    format!("`{}` and `{tag}` are one language", other.tag),
                    "write one table for both",
                );
            } else if let Some(other) = all
                .iter()
                .find(|other| other.address.eq_ignore_ascii_case(&language.address))
            {
                let place = match language.address.as_str() {
                    "" => "at the root".to_owned(),
                    address => format!("at /{address}/"),
                };
                wrong(
                    format!("`{tag}` would stand {place}, as `{}` does", other.tag),
                    "give it another `address`, such as the tag itself",
                );
            }
            all.push(language);
        }
        for language in &all {
            let key = format!("languages.{}.menu", language.tag);
            errors.extend(menu::mistakes(
                language.menu.as_deref().unwrap_or_default(),
                &key,
            ));
            let made: Vec<String> = language.address.split('/').map(slugify).collect();
            if made.join("/") != language.address.to_lowercase() {
                let key = format!("languages.{}.address", language.tag);
                let message = format!("`{}` cannot be a folder of addresses", language.address);
                let at = find_key(text, &key, None).unwrap_or(0..0);
                errors.push(
                    Diagnostic::error("config", FILE, message)
                        .at(at)
                        .help("use small letters, digits and hyphens: address = \"de\""),
                );
            }
        }
        (Languages(Arc::new(all)), errors)
    }

    /// All of them.
    pub fn all(&self) -> &[Language] {
        &self.0
    }

    /// Whether there is more than one.
    pub fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// The language of a file of `content/`, by the folder that it lies in and by its name: `de/a/x.md`, `a/x.de.md`.
    /// Where the two differ, the name says it. What says none is in the site's own.
    pub fn place<'s>(&self, path: &'s str) -> Placed<'s> {
        let nowhere = Placed {
            language: 0,
            bare: Cow::Borrowed(path),
        };
        if !self.are_several() {
            return nowhere;
        }
        let named = |tag: &str| {
            let mut all = self.0.iter();
            all.position(|language| language.tag.eq_ignore_ascii_case(tag))
        };
        let in_folder = path
            .split_once('/')
            .and_then(|(folder, rest)| Some((named(folder)?, rest)));
        let rest = in_folder.map_or(path, |(_, rest)| rest);
        let name_at = rest.rfind('/').map_or(0, |slash| slash + 1);
        let in_name = rest[name_at..].rsplit_once('.').and_then(|(stem, ending)| {
            let (stem, tag) = stem.rsplit_once('.')?;
            let language = named(tag).filter(|_| !stem.is_empty())?;
            Some((language, format!("{}{stem}.{ending}", &rest[..name_at])))
        });
        match (in_name, in_folder) {
            (Some((language, bare)), _) => Placed {
                language,
                bare: Cow::Owned(bare),
            },
            (None, Some((language, bare))) => Placed {
                language,
                bare: Cow::Borrowed(bare),
            },
            (None, None) => nowhere,
        }
    }
}

impl Default for Languages {
    fn default() -> Languages {
        Languages(Arc::new(vec![Language::default()]))
    }
}

/// Whether a text has the form of a language tag (BCP 47).
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(tags: &[&str]) -> Languages {
        let written = tags
            .iter()
            .map(|tag| ((*tag).to_owned(), Written::default()));
        let (languages, errors) = Languages::resolve("en", Style::Ascii, written.collect(), "");
        assert!(errors.is_empty());
        languages
    }

    #[test]
    fn files_are_in_a_language_by_name_and_folder() {
        let several = languages(&["de", "pt-BR"]);
        for (path, language, bare) in [
            ("a/x.md", 0, "a/x.md"),
            ("a/x.de.md", 1, "a/x.md"),
            ("de/a/x.md", 1, "a/x.md"),
            ("de/a/x.de.md", 1, "a/x.md"),
            ("de/x.pt-br.md", 2, "x.md"),
            ("PT-BR/x.md", 2, "x.md"),
            ("en/x.md", 0, "x.md"),
            ("x.en.md", 0, "x.md"),
            ("a/de/x.md", 0, "a/de/x.md"),
            ("a/index.de.md", 1, "a/index.md"),
            ("de.md", 0, "de.md"),
            ("a/.de.md", 0, "a/.de.md"),
            ("x.fr.md", 0, "x.fr.md"),
            ("a/node.de.js.md", 0, "a/node.de.js.md"),
        ] {
            let placed = several.place(path);
            assert_eq!((placed.language, &*placed.bare), (language, bare), "{path}");
        }
        assert_eq!(languages(&[]).place("de/x.de.md").bare, "de/x.de.md");
    }
}
