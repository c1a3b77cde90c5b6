//! Finds what the entries of the menu lead to.

use super::{Resolver, split_suffix};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::link::reference::{Entry, Found, Index, Other};
use crate::link::status::Status;
use crate::model::site::{OtherLanguage, Target};
use crate::model::source;
use crate::model::url::Permalink;

impl Resolver<'_> {
    /// An entry as `site.toml` has it.
    pub(super) fn menu(&self, written: &str, diagnostics: &mut Vec<Diagnostic>) -> Target {
        let own = self.options.config.base_url.within(written);
        if own.is_none() && !crate::parse::leads_into_site(written) {
            return Target::Elsewhere(written.to_owned());
        }
        let (path, suffix) = split_suffix(own.as_deref().unwrap_or(written));
        let config = self.options.config;
        let borrowed = self.borrowed(path);
        let path = borrowed.as_deref().unwrap_or(path);
        let (query, anchor) = suffix.split_once('#').unwrap_or((suffix, ""));
        let placed = config.languages.place(path.trim_start_matches('/'));
        let find = |index: &Index<'_>| match source::is_article(path) {
            true => index.by_source(&placed.bare),
            false => index.by_url(Permalink::page(path).as_str()),
        };
        let entry = find(self.index);
        if entry.is_none() {
            let published = |other: &Other<'_>| match find(other.index) {
                Some(Entry::Published(id)) => Some(Target::Other(Box::new(OtherLanguage {
                    language: other.language.tag.clone(),
                    source: other.index.page(id).source.clone(),
                    permalink: other.index.page(id).permalink.clone(),
                    title: other.index.page(id).title.clone(),
                    suffix: suffix.to_owned(),
                }))),
                _ => None,
            };
            if let Some(target) = self.index.others().iter().find_map(published) {
                return target;
            }
        }
        let mut told = Vec::new();
        // What is wrong with a borrowed menu is told where it is from.
        let diagnostics = match config.borrows_its_menu() {
            true => &mut told,
            false => diagnostics,
        };
        let wrong = |severity: fn(&'static str, &str, String) -> Diagnostic,
                     code,
                     message: String,
                     help: String| {
            severity(code, config::FILE, message)
                .at_item(&config.menu_key(), written)
                .help(help)
        };
        match entry.map(|entry| self.index.entry(entry)) {
            Some(Found::Page(id)) => Target::Page {
                id,
                query: query.to_owned(),
                anchor: anchor.to_owned(),
            },
            Some(Found::Hidden(hidden)) if hidden.status == Status::Broken => Target::Nowhere,
            Some(Found::Hidden(hidden)) => {
                let message = format!(
                    "the menu's `{written}` is {}; it is left out",
                    hidden.status.words()
                );
                let help = hidden.help("puts it in");
                diagnostics.push(wrong(Diagnostic::note, "hidden-link", message, help));
                Target::Nowhere
            }
            _ if source::is_article(path) => {
                let name = path.rsplit('/').next().unwrap_or_default();
                let stem = source::without_ending(name);
                let help = self
                    .index
                    .nearest(stem)
                    .map_or("write a file of content/, such as about.md".into(), |n| {
                        format!("did you mean `{n}`?")
                    });
                diagnostics.push(wrong(
                    Diagnostic::error,
                    "dead-link",
                    format!("the menu's `{written}` is no file in content/"),
                    help,
                ));
                Target::Nowhere
            }
            _ => Target::Path {
                permalink: Permalink::file(path),
                suffix: suffix.to_owned(),
            },
        }
    }

    /// The path in this language that an entry of another's menu means: a page's, or that of a list.
    fn borrowed(&self, path: &str) -> Option<String> {
        let config = self.options.config;
        if config.has_own_menu() || source::is_article(path) {
            return None;
        }
        let within = config.own_language().within(Permalink::page(path));
        let name = path.trim_matches('/');
        let is_list = matches!(name, "" | "tags" | "authors" | "archive" | "search");
        let is_there = is_list || self.index.by_url(within.as_str()).is_some();
        is_there.then(|| within.as_str().to_owned())
    }
}
