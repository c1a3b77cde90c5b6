//! `[languages.de]`: one language of a site, and the configuration as it is in it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Config;
use super::menu::{self, MenuEntry};
use crate::model::extra::Extra;
use crate::model::slug::{Slugs, Style};
use crate::model::url::Permalink;

/// A table of `[languages]` as written.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Language")]
pub(super) struct Written {
    /// The site's name in it.
    title: Option<String>,
    /// One sentence about the site.
    description: Option<String>,
    /// The folder of its addresses; empty for the site's root.
    #[schemars(extend("examples" = ["de"]))]
    address: Option<String>,
    /// The links at the top and at the foot of its pages.
    menu: Option<Vec<MenuEntry>>,
    /// A `strftime` pattern for the dates that readers see, in place of the theme's.
    date_format: Option<String>,
    /// What becomes of pages that are not translated into it.
    missing: Missing,
    /// Words of the theme that the site wants otherwise.
    strings: Extra,
    /// What the site's own taxonomies are called, by their keys.
    #[schemars(extend("examples" = [{}]))]
    taxonomies: BTreeMap<String, String>,
    /// Anything, for the theme.
    extra: Extra,
}

/// What becomes of pages that are not translated into a language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The original stands at the address that the translation would have, with a notice.
    #[default]
    Show,
    /// Nothing stands there.
    LeaveOut,
}

/// A language of the site.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// Its tag (BCP 47).
    pub tag: String,
    /// The folder of its addresses, without slashes at its ends; empty for the site's root.
    pub address: String,
    /// How names become parts of its addresses.
    pub slugs: Slugs,
    /// What becomes of pages that are not translated into it.
    pub missing: Missing,
    /// Words of the theme that the site wants otherwise.
    pub strings: Extra,
    title: Option<String>,
    description: Option<String>,
    pub(super) menu: Option<Vec<MenuEntry>>,
    date_format: Option<String>,
    /// By key: what the site's own taxonomies are called.
    pub(super) taxonomies: BTreeMap<String, String>,
    extra: Extra,
}

impl Language {
    pub(super) fn new(tag: &str, style: Style, written: Written, folder: &str) -> Language {
        let address = written.address.as_deref().unwrap_or(folder);
        Language {
            tag: tag.to_owned(),
            address: address.trim_matches('/').to_owned(),
            slugs: Slugs::new(style, tag),
            missing: written.missing,
            strings: written.strings,
            title: written.title,
            description: written.description,
            menu: written.menu.map(menu::flat),
            date_format: written.date_format,
            taxonomies: written.taxonomies,
            extra: written.extra,
        }
    }

    /// The address of a page in this language: `a/b` is `/de/a/b/`, and nothing is `/de/`.
    pub fn page(&self, path: &str) -> Permalink {
        match self.address.as_str() {
            "" => Permalink::page(path),
            address => Permalink::page(&format!("{address}/{}", path.trim_matches('/'))),
        }
    }

    /// The address of a file in this language: `feed.xml` is `/de/feed.xml`.
    pub fn file(&self, path: &str) -> Permalink {
        match self.address.as_str() {
            "" => Permalink::file(path),
            address => Permalink::file(&format!("{address}/{}", path.trim_start_matches('/'))),
        }
    }

    /// An address of this language as it would be at the site's root.
    pub fn without(&self, permalink: &Permalink) -> Permalink {
        let folder = format!("/{}/", self.address);
        match permalink.as_str().strip_prefix(&folder) {
            Some(rest) if permalink.as_str().ends_with('/') => Permalink::page(rest),
            Some(rest) => Permalink::file(rest),
            None => permalink.clone(),
        }
    }

    /// An address that an author wrote for a page of this language: one that does not begin with its folder, in capitals
    /// or not, is meant within it.
    pub fn within(&self, written: Permalink) -> Permalink {
        let bare = written.as_str().trim_start_matches('/');
        let first = bare.split('/').next().unwrap_or_default();
        let is_within = first.eq_ignore_ascii_case(&self.address);
        match written.as_str() {
            _ if self.address.is_empty() || is_within => written,
            path if path.ends_with('/') => self.page(path),
            path => self.file(path),
        }
    }
}

impl Config {
    /// The language that this is the configuration of.
    pub fn own_language(&self) -> &Language {
        &self.languages.all()[self.edition]
    }

    /// How names become parts of addresses.
    pub fn slugs(&self) -> Slugs {
        self.own_language().slugs
    }

    /// The configuration of the site in one of its languages.
    pub fn in_language(&self, number: usize) -> Config {
        let mut config = self.clone();
        config.edition = number;
        let language = &self.languages.all()[number];
        config.language.clone_from(&language.tag);
        if let Some(title) = &language.title {
            config.title = config.set(title);
        }
        if let Some(description) = &language.description {
            config.description = config.set(description);
        }
        if let Some(menu) = &language.menu {
            config.menu.clone_from(menu);
        }
        if language.date_format.is_some() || number > 0 {
            config.date_format.clone_from(&language.date_format);
        }
        config.taxonomies.call(&language.taxonomies);
        config.extra.extend(language.extra.clone());
        config
    }

    /// The key of `site.toml` that the menu stands at.
    pub fn menu_key(&self) -> String {
        let language = self.own_language();
        match language.menu {
            Some(_) => format!("languages.{}.menu", language.tag),
            None => "menu".to_owned(),
        }
    }

    /// Whether the menu is another language's, because this one has none of its own.
    pub fn borrows_its_menu(&self) -> bool {
        self.edition > 0 && self.own_language().menu.is_none()
    }

    /// Whether the menu is written for this language alone; else its addresses are meant in each.
    pub fn has_own_menu(&self) -> bool {
        self.own_language().menu.is_some()
    }

    /// Where the home page is.
    pub fn home(&self) -> Permalink {
        self.own_language().page("")
    }

    /// The address of a page that the program makes, such as `tags`.
    pub fn page_at(&self, path: &str) -> Permalink {
        self.own_language().page(path)
    }

    /// The address of a file that is made for each language, such as `feed.xml`.
    pub fn file_at(&self, path: &str) -> Permalink {
        self.own_language().file(path)
    }

    /// The address of the 404 page. Hosts look for it at the root; those that look nearer find another language's own.
    pub fn not_found(&self) -> Permalink {
        match self.edition {
            0 => Permalink::file("404.html"),
            _ => self.file_at("404.html"),
        }
    }

    /// The languages with a 404 page in a folder of their own, which hosts show for addresses within it.
    pub fn not_found_elsewhere(&self) -> impl Iterator<Item = &Language> {
        let others = self.languages.all().iter().skip(1);
        others.filter(|language| !language.address.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_in_the_languages_folder() {
        let english = Language::default();
        let german = Language {
            address: "de".to_owned(),
            ..Language::default()
        };
        assert_eq!(english.page("a").as_str(), "/a/");
        assert_eq!(german.page("").as_str(), "/de/");
        assert_eq!(german.file("feed.xml").as_str(), "/de/feed.xml");
        for (written, within) in [
            ("/a/b/", "/de/a/b/"),
            ("/de/a/", "/de/a/"),
            ("/a.html", "/de/a.html"),
            ("/", "/de/"),
            ("/default/", "/de/default/"),
        ] {
            let path = match written.ends_with('/') {
                true => Permalink::page(written),
                false => Permalink::file(written),
            };
            assert_eq!(german.within(path.clone()).as_str(), within);
            assert_eq!(english.within(path).as_str(), written);
        }
    }
}
