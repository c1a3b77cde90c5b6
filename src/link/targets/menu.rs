//! What the entries of the menu lead to.

use super::{Resolver, split_suffix};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::link::reference::Found;
use crate::link::status::Status;
use crate::model::site::Target;
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
        let (query, anchor) = suffix.split_once('#').unwrap_or((suffix, ""));
        let entry = match source::is_article(path) {
            true => self.index.by_source(path.trim_start_matches('/')),
            false => self.index.by_url(Permalink::page(path).as_str()),
        };
        let wrong = |severity: fn(&'static str, &str, String) -> Diagnostic,
                     code,
                     message: String,
                     help: String| {
            severity(code, config::FILE, message)
                .at_item("menu", written)
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
}
