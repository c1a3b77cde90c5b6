//! What links of the old site mean: files, addresses and names, and the file of the new site that each leads to now.

use std::collections::BTreeMap;

use super::address::folded;
use super::doc::{Doc, stem};
use super::old_site::Asset;
use crate::escape;
use crate::model::date::WrittenDate;
use crate::model::url::{BaseUrl, resolve};

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Doc(usize),
    File(usize),
    /// Another site, or a place of the same page.
    Elsewhere,
    Missing,
}

/// All that can be linked to.
pub(super) struct Index {
    paths: BTreeMap<String, Found>,
    names: BTreeMap<String, Option<Found>>,
    base: Option<BaseUrl>,
    /// The folder of the old site that its texts lie in.
    root: String,
}

/// A link's path and what stands behind it.
pub(super) struct Parts<'d> {
    pub(super) path: &'d str,
    /// From its `#` on.
    pub(super) anchor: &'d str,
}

/// Parts a destination: a query is left out, but where it is all there is.
pub(super) fn parts(dest: &str) -> Parts<'_> {
    let (path, anchor) = dest.split_at(dest.find('#').unwrap_or(dest.len()));
    let path = match path.find('?') {
        Some(at) if at > 0 && !path[..at].ends_with('/') => &path[..at],
        Some(at)
            if at > 0 && !path[at..].starts_with("?p=") && !path[at..].starts_with("?page_id=") =>
        {
            &path[..at]
        }
        _ => path,
    };
    Parts { path, anchor }
}

impl Index {
    /// Of all pages and files.
    pub(super) fn new(docs: &[Doc], files: &[Asset], base: Option<BaseUrl>, root: &str) -> Index {
        let mut index = Index {
            paths: BTreeMap::new(),
            names: BTreeMap::new(),
            base,
            root: root.to_owned(),
        };
        for (number, doc) in docs.iter().enumerate() {
            let found = Found::Doc(number);
            let source = without_index(&doc.source);
            index.add(&source, found);
            index.add(&without_index(&doc.path), found);
            for address in doc
                .address
                .iter()
                .chain(&doc.front.address)
                .chain(&doc.front.aliases.0)
            {
                index.add(&folded(address), found);
            }
            let own = stem(&doc.source).to_lowercase();
            let dated = WrittenDate::from_file_name(&own).map(|(_, rest)| rest.to_owned());
            let folder = source.rsplit('/').next().map(str::to_owned);
            let names = doc.names.iter().map(|name| name.to_lowercase());
            for name in names.chain([own]).chain(dated).chain(folder) {
                index.name(name, found);
            }
        }
        for (number, file) in files.iter().enumerate() {
            let found = Found::File(number);
            index.add(&file.from.path.to_lowercase(), found);
            index.add(&folded(&file.url), found);
            let name = file.from.path.rsplit('/').next().unwrap_or_default();
            index.name(name.to_lowercase(), found);
        }
        index
    }

    fn add(&mut self, path: &str, found: Found) {
        self.paths.entry(path.to_lowercase()).or_insert(found);
    }

    /// A name of two things is one of none.
    fn name(&mut self, name: String, found: Found) {
        let known = self.names.entry(name).or_insert(Some(found));
        if *known != Some(found) {
            *known = None;
        }
    }

    /// What a destination that is written in `doc` leads to.
    pub(super) fn find(&self, doc: &Doc, dest: &str) -> Found {
        let dest = dest.trim();
        if dest.is_empty() || dest.starts_with('#') {
            return Found::Elsewhere;
        }
        let own = self.base.as_ref().and_then(|base| base.within(dest));
        let dest = match &own {
            Some(path) => path.as_str(),
            None if is_elsewhere(dest) => return Found::Elsewhere,
            None => dest,
        };
        let of_site = self
            .base
            .as_ref()
            .map(BaseUrl::path)
            .filter(|path| path.len() > 1);
        let dest = match of_site.and_then(|path| dest.strip_prefix(path)) {
            Some(rest) if own.is_none() => format!("/{rest}"),
            _ => dest.to_owned(),
        };
        let dest = parts(&dest).path;
        let names = [
            "@/",
            "~/",
            "{filename}",
            "{static}",
            "{attach}",
            "|filename|",
            "|static|",
            "|attach|",
        ];
        let marked = names.iter().find_map(|mark| dest.strip_prefix(mark));
        let dest = escape::url_decode(marked.unwrap_or(dest));
        let is_rooted =
            dest.starts_with('/') || marked.is_some() && own.is_none() && !dest.starts_with("..");
        let folder = doc.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(at) = dest.find('?')
            && let Some(found) = self
                .names
                .get(&dest[at..].to_lowercase())
                .copied()
                .flatten()
        {
            return found;
        }
        if is_rooted {
            let bare = dest.trim_start_matches('/');
            let in_root = resolve(&self.root, bare);
            let beside = marked.and_then(|_| resolve(folder, bare));
            return self
                .at(&folded(&dest))
                .or_else(|| self.at(&without_index(&in_root?)))
                .or_else(|| self.at(&without_index(&beside?)))
                .or_else(|| self.at(&without_index(bare)))
                .unwrap_or(Found::Missing);
        }
        if let Some(found) = resolve(folder, &dest).and_then(|path| self.at(&without_index(&path)))
        {
            return found;
        }
        let address = doc
            .address
            .as_deref()
            .or(doc.front.address.as_deref())
            .unwrap_or_default();
        let page = address.trim_matches('/');
        let above = address.rsplit_once('/').map_or("", |(above, _)| above);
        for from in [page, above.trim_matches('/')] {
            if let Some(found) = resolve(from, &dest).and_then(|path| self.at(&folded(&path))) {
                return found;
            }
        }
        let name = dest.trim_end_matches('/').to_lowercase();
        let short = name.rsplit('/').next().unwrap_or_default();
        let bare = [name.as_str(), stem(short), short];
        let by_name = bare
            .iter()
            .find_map(|name| self.names.get(*name).copied().flatten());
        by_name.unwrap_or(Found::Missing)
    }

    fn at(&self, path: &str) -> Option<Found> {
        let path = path.to_lowercase();
        let found = self.paths.get(&path);
        found
            .or_else(|| self.paths.get(path.strip_suffix(".html")?))
            .copied()
    }
}

/// Whether a destination names another site: it has a scheme, or a host.
fn is_elsewhere(dest: &str) -> bool {
    let scheme = dest.split(':').next().unwrap_or_default();
    let has_scheme = scheme.len() < dest.len()
        && scheme.len() > 1
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    dest.starts_with("//") || has_scheme
}

/// A file's path without its ending, and without the name that stands for its folder.
pub(super) fn without_index(path: &str) -> String {
    let path = path.trim_matches('/');
    let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
    let name = stem(path);
    let is_folder = matches!(
        name.to_lowercase().as_str(),
        "index" | "_index" | "readme" | "index.html"
    );
    let is_text = path.ends_with(".mdx") || crate::model::source::is_article(path);
    match (is_folder, folder) {
        (true, folder) => folder.to_lowercase(),
        (false, "") if is_text => name.to_lowercase(),
        (false, folder) if is_text => format!("{folder}/{name}").to_lowercase(),
        _ => path.to_lowercase(),
    }
}
