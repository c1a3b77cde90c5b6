//! Where everything is in the new site: what links and pictures of the old one become.

use super::doc::Doc;
use super::index::{Found, Index, parts};
use super::links::{self, Change};
use super::old_site::{Asset, OldSite};
use super::pictures::ToFetch;
use super::{lines, rules, shortcode, wiki};
use crate::model::front_matter::image::Image;
use crate::model::url::{BaseUrl, link_path, relative};

/// Where everything is in the new site.
pub(super) struct Places<'a> {
    pub(super) index: &'a Index,
    pub(super) paths: &'a [String],
    pub(super) hidden: &'a [bool],
    pub(super) files: &'a [Asset],
    pub(super) elsewhere: &'a [String],
    /// Where the old site stands.
    pub(super) old: Option<&'a BaseUrl>,
    pub(super) to_fetch: &'a ToFetch,
    pub(super) system: &'static str,
    /// The address of the feed.
    pub(super) feed: String,
}

impl Places<'_> {
    /// A text in our Markdown, with links to the new site's files.
    pub(super) fn markdown(&self, doc: &mut Doc, body: &str, site: &OldSite) -> String {
        let mut body = lines::without_tocs(body);
        if site.tags.hugo || site.tags.liquid {
            body = shortcode::converted(doc, &body, site.tags);
        }
        body = lines::converted(doc, &body, site.lines);
        body = match site.has_wiki_links {
            true => wiki::converted(doc, &body, self.index),
            false => wiki::escaped(&body),
        };
        if let Some(old) = site.heading_id {
            body = links::with_old_ids(&body, old);
        }
        let mut left = Vec::new();
        let changed = links::changed(&body, &mut |dest, is_picture| match self.to(doc, dest) {
            To::Keep => Change::Keep,
            To::Path(path) => Change::To(path),
            To::Hidden => {
                left.push(("link to a draft", dest.to_owned()));
                Change::Unlink(format!("a link to a draft: {dest}"))
            }
            To::Missing if is_picture => {
                left.push(("picture that is missing", dest.to_owned()));
                Change::Unlink(format!("a picture that is missing: {dest}"))
            }
            To::Missing => {
                left.push(("link to nothing", dest.to_owned()));
                Change::Unlink(format!("a link to nothing: {dest}"))
            }
        });
        for (kind, what) in left {
            doc.leave(kind, &what);
        }
        changed
    }

    /// Where a destination leads, as a link of the new file has it.
    fn to(&self, doc: &Doc, dest: &str) -> To {
        let folder = doc.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let anchor = parts(dest).anchor;
        // What a template would have made.
        if ["<!--", "{{", "{%"].iter().any(|mark| dest.contains(mark)) {
            return To::Missing;
        }
        match self.index.find(doc, dest) {
            Found::Missing if rules::is_feed(self.system, dest) => To::Path(self.feed.clone()),
            Found::Elsewhere => match self.to_fetch.of_host(dest) {
                Some(path) => To::Path(link_path(&relative(folder, &path))),
                None => To::Keep,
            },
            Found::Doc(number) if self.hidden[number] && doc.front.draft != Some(true) => {
                To::Hidden
            }
            Found::Doc(number) if self.paths[number] == doc.path && !anchor.is_empty() => {
                To::Path(anchor.to_owned())
            }
            Found::Doc(number) => To::Path(format!(
                "{}{anchor}",
                link_path(&relative(folder, &self.paths[number]))
            )),
            Found::File(number) => To::Path(link_path(&relative(folder, &self.files[number].to))),
            Found::Missing => match self.at_home(dest) {
                None => To::Missing,
                Some(url) => match self.to_fetch.of_home(&url, self.old) {
                    Some(path) => To::Path(link_path(&relative(folder, &path))),
                    None => To::Path(url),
                },
            },
        }
    }

    /// The full address of a file that only the old site has.
    fn at_home(&self, dest: &str) -> Option<String> {
        let base = self.old?;
        let path = base.within(dest).unwrap_or_else(|| dest.to_owned());
        let is_there = self
            .elsewhere
            .iter()
            .any(|begin| path.starts_with(begin.as_str()));
        is_there.then(|| {
            base.absolute_href(&format!("{}{}", base.path(), path.trim_start_matches('/')))
        })
    }

    /// The picture and the copies of the front matter.
    pub(super) fn front(&self, doc: &mut Doc) {
        let found = |doc: &Doc, src: &str| match self.index.find(doc, src) {
            Found::File(number) => Some(format!("/{}", self.files[number].to)),
            Found::Elsewhere if src.contains("://") => {
                let fetched = self.to_fetch.of_host(src);
                Some(fetched.map_or_else(|| src.to_owned(), |path| format!("/{path}")))
            }
            _ => {
                let url = self.at_home(src)?;
                let fetched = self.to_fetch.of_home(&url, self.old);
                Some(fetched.map_or(url, |path| format!("/{path}")))
            }
        };
        if let Some(image) = doc.front.image.take() {
            match found(doc, &image.src) {
                Some(src) => doc.front.image = Some(Box::new(Image { src, ..*image })),
                None => doc.leave("picture that is missing", &image.src),
            }
        }
        if let Some(picture) = doc.front.picture.take() {
            match found(doc, &picture) {
                Some(src) => doc.front.picture = Some(src),
                None => doc.leave("picture that is missing", &picture),
            }
        }
    }
}

/// Where a link leads now.
enum To {
    Keep,
    Path(String),
    Hidden,
    Missing,
}
