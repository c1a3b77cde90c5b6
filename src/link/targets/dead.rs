//! Links that lead nowhere: what is said, and what was meant.

use super::Resolver;
use super::link::Written;
use crate::diagnostic::{Diagnostic, Names, nearest};
use crate::escape::url_decode;
use crate::link::reference::{self, Entry};
use crate::model::address::forgotten_start;
use crate::model::nfc::nfc;
use crate::model::page::{LinkForm, Page, id_of_fragment};
use crate::model::site::Target;
use crate::model::url::{self, link_path, relative};

/// Of a page with more headings than this, only the first are compared with one that is not there.
const COMPARED: usize = 500;

impl Resolver<'_> {
    /// A link to an id that its target does not have.
    pub(super) fn dead_anchor(
        &self,
        written: Written<'_>,
        target: &Page,
        anchor: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut ids: Vec<&str> = target.ids.iter().collect();
        ids.extend(target.reply_anchors());
        let message = format!("there is no `#{anchor}` in content/{}", target.source);
        let help = match nearest(anchor, ids.iter().copied().take(COMPARED)) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if ids.is_empty() => "that page has no headings; link to it without `#`".into(),
            None => format!("its headings are: {}", shortened(&ids)),
        };
        diagnostics.push(written.error("dead-anchor", message).help(help));
    }

    /// A link to what an alias says has moved.
    pub(super) fn moved(
        &self,
        written: Written<'_>,
        source: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let (page, path) = (written.page, written.shown());
        let now = match written.link.form {
            LinkForm::Wiki => self.index.name_in(page.bare_folder(), source),
            _ if path.starts_with('/') => link_path(&format!("/{source}")),
            _ => link_path(&relative(page.folder(), source)),
        };
        let fragment = written
            .suffix
            .split_once('#')
            .map_or("", |(_, anchor)| anchor);
        let anchor = nfc(&url_decode(id_of_fragment(fragment))).into_owned();
        let languages = &self.options.config.languages;
        let target = self.index.by_source(&languages.place(source).bare);
        let has_anchor = match target {
            Some(Entry::Published(id)) => self.pages[id.index()].has_anchor(&anchor),
            _ => false,
        };
        let error = written.error("dead-link", format!("there is no `{path}`"));
        diagnostics.push(match anchor.is_empty() || has_anchor {
            true => error.help(format!("it is `{now}` now")).swap(path, now),
            false => error.help(format!("it is `{now}` now, which has no `#{anchor}`")),
        });
        Target::Nowhere
    }

    /// A link to a file that is no article and is not there.
    pub(super) fn missing_file(
        &self,
        written: Written<'_>,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let help = match self.nearest_file(path) {
            Some(near) => format!(
                "did you mean `{}`?",
                link_path(&relative(written.page.folder(), near))
            ),
            None => "put the file beside the article, or write its path from there".to_owned(),
        };
        let message = format!("there is no `{}`", written.shown());
        diagnostics.push(written.error("dead-link", message).help(help));
        Target::Nowhere
    }

    /// The file of content/ that is named as this one, or nearly so: in the same folder, or else the first.
    pub(super) fn nearest_file(&self, path: &str) -> Option<&str> {
        let name_of = |path: &'_ str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let assets = self.options.assets;
        let names = self.files.get_or_init(|| {
            let names: Vec<String> = assets.iter().map(|asset| name_of(asset)).collect();
            Names::new(names.iter().map(String::as_str))
        });
        let near = names.nearest(&name_of(path))?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = url::resolve(folder, near).and_then(|path| assets.binary_search(&path).ok());
        let anywhere = || assets.iter().position(|asset| name_of(asset) == near);
        Some(&assets[beside.or_else(anywhere)?])
    }

    /// A link to nothing.
    pub(super) fn dead(
        &self,
        written: Written<'_>,
        near: Option<&str>,
        message: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let path = written.shown();
        if let Some(whole) = forgotten_start(path).filter(|_| !written.is_wiki()) {
            let error = written.error("dead-link", message);
            let error = error.help(format!("write `{whole}`"));
            diagnostics.push(error.swap(path, whole));
            return Target::Nowhere;
        }
        let help = match near {
            Some(source) if written.is_wiki() => {
                format!("did you mean `[[{}]]`?", reference::short_name(source))
            }
            Some(source) => {
                let near = link_path(&relative(written.page.folder(), source));
                format!("did you mean `{near}`?")
            }
            None => {
                "links between articles are paths of files: [text](../folder/article.md)".to_owned()
            }
        };
        diagnostics.push(written.error("dead-link", message).help(help));
        Target::Nowhere
    }
}

fn shortened(ids: &[&str]) -> String {
    let shown: Vec<String> = ids.iter().take(8).map(|id| format!("#{id}")).collect();
    let more = if ids.len() > 8 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
