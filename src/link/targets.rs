//! Finds what every link, picture and menu entry leads to, and from that the backlinks.

mod dead;
mod menu;
mod picture;

use std::sync::OnceLock;

use rayon::prelude::*;

use self::picture::Role;
use super::Options;
use super::reference::{Entry, Found, Index};
use super::status::Status;
use crate::diagnostic::{Diagnostic, Names};
use crate::escape::url_decode;
use crate::model::address::forgotten_start;
use crate::model::nfc::nfc;
use crate::model::page::{Link, LinkForm, Page, PageId, id_of_fragment};
use crate::model::site::{OtherLanguage, PictureTarget, Site, Target};
use crate::model::source;
use crate::model::url::{self, Permalink};

/// Resolves them all.
pub(super) fn build(
    site: &mut Site,
    index: &Index<'_>,
    options: &Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    site.assets = options
        .assets
        .iter()
        .map(|path| Permalink::file(path))
        .collect();
    let pages = std::sync::Arc::clone(&site.pages);
    let resolver = Resolver {
        pages: &pages,
        index,
        options,
        files: OnceLock::new(),
    };
    let resolved: Vec<Resolved> = (0..pages.len())
        .into_par_iter()
        .map(|number| resolver.page(PageId::new(number)))
        .collect();
    let (mut targets, mut pictures, mut heroes) = (Vec::new(), Vec::new(), Vec::new());
    for page in resolved {
        targets.push(page.links);
        pictures.push(page.pictures);
        heroes.push(page.hero);
        diagnostics.extend(page.diagnostics);
    }
    site.targets = targets;
    site.pictures = pictures;
    site.heroes = heroes;
    let menu = options.config.menu.iter();
    let menu = menu
        .map(|entry| (entry.title.clone(), resolver.menu(&entry.url, diagnostics)))
        .collect();
    site.menu = menu;
    backlinks(site);
}

/// Who links to whom in the text; a page that links twice counts once, and itself never.
fn backlinks(site: &mut Site) {
    let mut backlinks = vec![Vec::new(); site.pages.len()];
    for (from, targets) in site.ids().zip(&site.targets) {
        for target in targets {
            if let Target::Page { id, .. } = target
                && *id != from
            {
                let list: &mut Vec<PageId> = &mut backlinks[id.index()];
                if list.last() != Some(&from) {
                    list.push(from);
                }
            }
        }
    }
    site.backlinks = backlinks;
}

/// What links are looked up in.
struct Resolver<'a> {
    pages: &'a [Page],
    index: &'a Index<'a>,
    options: &'a Options<'a>,
    /// The names of the files that are copied; made when the first one is missing.
    files: OnceLock<Names>,
}

/// What a page's links and pictures are, and what is wrong with them.
struct Resolved {
    links: Vec<Target>,
    pictures: Vec<PictureTarget>,
    hero: Option<Box<PictureTarget>>,
    diagnostics: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn page(&self, id: PageId) -> Resolved {
        let page = &self.pages[id.index()];
        let mut diagnostics = Vec::new();
        let links = page.links.iter();
        let links = links
            .map(|link| self.link(id, page, link, &mut diagnostics))
            .collect();
        let mut picture = |src: &str, role, at: &dyn Fn(Diagnostic) -> Diagnostic| {
            self.picture(page, src, role, at, &mut diagnostics)
        };
        let pictures = page.images.iter();
        let pictures = pictures
            .map(|p| picture(&p.src, Role::Text, &|d| d.at(p.span.clone())))
            .collect();
        let image = page.front.image.as_ref();
        let hero = image
            .map(|image| picture(&image.src, Role::Head, &|d| d.at_item("image", &image.src)))
            .map(Box::new);
        if let Some(pin) = &page.front.pin {
            picture(pin, Role::Head, &|d| d.at_item("pin", pin));
        }
        if let Some(portrait) = &page.front.picture {
            picture(portrait, Role::Head, &|d| d.at_item("picture", portrait));
        }
        if page.original.is_some() {
            // They are told of the original.
            diagnostics.clear();
        }
        Resolved {
            links,
            pictures,
            hero,
            diagnostics,
        }
    }

    fn link(
        &self,
        id: PageId,
        page: &Page,
        link: &Link,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let own = match link.form {
            LinkForm::Wiki => None,
            _ => self.options.config.base_url.within(&link.dest),
        };
        let (dest, suffix) = split_suffix(own.as_deref().unwrap_or(unmarked(&link.dest)));
        if dest.is_empty() {
            return match link.form == LinkForm::Wiki || !link.dest.is_empty() {
                true => self.to_page(Found::Page(id), page, link, suffix, diagnostics),
                false => self.dead(page, link, None, "this link leads nowhere", diagnostics),
            };
        }
        let decoded = nfc(&url_decode(dest)).into_owned();
        let found = match link.form {
            LinkForm::Wiki => match self.index.find(&decoded, page.bare_folder()) {
                found @ (Found::Missing(_) | Found::Moved(_) | Found::Hidden(_))
                    if !matches!(found, Found::Hidden(_)) || !self.index.is_first() =>
                {
                    let find = |index: &Index<'_>| match index.find(&decoded, page.bare_folder()) {
                        Found::Page(id) => Some(id),
                        _ => None,
                    };
                    if let Some(target) = self.elsewhere(page, link, suffix, find, diagnostics) {
                        return target;
                    }
                    found
                }
                found => found,
            },
            _ if decoded.starts_with('/') && !source::is_article(&decoded) => {
                return self.rooted(page, link, &decoded, suffix, diagnostics);
            }
            _ => {
                let from = if decoded.starts_with('/') {
                    ""
                } else {
                    page.folder()
                };
                let by_address = || self.by_address(page, &decoded);
                let Some(path) = url::resolve(from, &decoded) else {
                    if let Some(entry) = by_address() {
                        let found = self.index.entry(entry);
                        return self.to_page(found, page, link, suffix, diagnostics);
                    }
                    if let Some(permalink) = self.list(page, &decoded) {
                        return Target::Path {
                            permalink,
                            suffix: suffix.to_owned(),
                        };
                    }
                    return self.dead(
                        page,
                        link,
                        None,
                        "this link leads out of content/",
                        diagnostics,
                    );
                };
                let placed = self.options.config.languages.place(&path);
                let bare = &*placed.bare;
                let is_own = placed.language == self.options.config.edition;
                let elsewhere = |diagnostics: &mut Vec<Diagnostic>| {
                    let find = |index: &Index<'_>| match index.by_source(bare) {
                        Some(Entry::Published(id)) => Some(id),
                        _ => None,
                    };
                    self.elsewhere(page, link, suffix, find, diagnostics)
                };
                let known = self.index.by_source(bare);
                let may_leave = match known {
                    // A translation that leads to its original means that one.
                    Some(Entry::Published(known)) => {
                        known == id && !is_own && page.original.is_none()
                    }
                    // A translation that is a draft is none yet.
                    Some(Entry::Unpublished(_)) => !self.index.is_first(),
                    None => true,
                };
                if may_leave
                    && !self.index.others().is_empty()
                    && let Some(target) = elsewhere(diagnostics)
                {
                    return target;
                }
                match known {
                    Some(entry) => self.index.entry(entry),
                    None if self.options.assets.binary_search(&path).is_ok() => {
                        return Target::Path {
                            permalink: Permalink::file(&path),
                            suffix: suffix.to_owned(),
                        };
                    }
                    None => match self.index.moved(&path) {
                        Some(source) => Found::Moved(source),
                        None => match by_address() {
                            Some(entry) => self.index.entry(entry),
                            None => {
                                if let Some(permalink) = self.list(page, &decoded) {
                                    return Target::Path {
                                        permalink,
                                        suffix: suffix.to_owned(),
                                    };
                                }
                                if forgotten_start(dest).is_none()
                                    && names_a_file(&path)
                                    && self.file_like(&path).is_none()
                                {
                                    return self.missing_file(page, link, &path, diagnostics);
                                }
                                self.missing(bare)
                            }
                        },
                    },
                }
            }
        };
        self.to_page(found, page, link, suffix, diagnostics)
    }

    /// The one page that a relative link means as an address: from the page's own address, from its folder's, or a file
    /// without its ending.
    fn by_address(&self, page: &Page, dest: &str) -> Option<Entry> {
        if dest.starts_with('/') || source::is_article(dest) {
            return None;
        }
        let language = self.options.config.own_language();
        let at = |from: &str| url::resolve(from, dest);
        let by_url = |path: String| match path.as_str() {
            "" => self.index.by_url("/"),
            path => (self.index.by_url(&format!("/{path}/")))
                .or_else(|| self.index.by_url(&format!("/{path}"))),
        };
        let own = page.permalink.as_str();
        let beside = at(page.bare_folder()).filter(|path| !path.is_empty());
        let file = || {
            let path = beside.as_deref()?;
            let source = self.file_like(path).or_else(|| self.page_of_html(path))?;
            self.index.by_source(source)
        };
        let folder = beside.as_deref().map(|path| language.page(path));
        let folder =
            folder.and_then(|address| by_url(address.as_str().trim_matches('/').to_owned()));
        let by_own = at(own).and_then(by_url);
        let found = match by_own {
            // No file's path ends in a slash: what does is an address, or a folder, and from such a site's pages addresses
            // lead on as browsers follow them.
            Some(_) if dest.ends_with('/') => {
                let is_folder = |entry: &Entry| source::is_index(self.index.source(*entry));
                [by_own, file().filter(is_folder), None]
            }
            _ => [by_own, file(), folder],
        };
        let mut found = found.into_iter().flatten();
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// The list of a folder that has no page of its own, where an address leads to that: from the page's own address, or
    /// from its folder's.
    fn list(&self, page: &Page, dest: &str) -> Option<Permalink> {
        dest.ends_with('/').then_some(())?;
        let language = self.options.config.own_language();
        let of_page = url::resolve(page.permalink.as_str(), dest);
        let of_folder = url::resolve(page.bare_folder(), dest);
        let is_list = |address: &Permalink| {
            let is_below = |page: &Page| page.permalink.as_str().starts_with(address.as_str());
            address.as_str() != "/" && self.pages.iter().any(is_below)
        };
        let found = [
            of_page.map(|path| Permalink::page(&path)),
            of_folder.map(|path| language.page(&path)),
        ];
        let mut found = found.into_iter().flatten().filter(is_list);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// A folder, an address without `.md`, or nothing like it: help by naming the file.
    fn missing(&self, path: &str) -> Found<'_> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let near = || self.index.nearest(source::without_ending(name));
        Found::Missing(self.file_like(path).or_else(near))
    }

    /// The file that a link without `.md` probably means.
    fn file_like(&self, path: &str) -> Option<&str> {
        let candidates = ["", "/index", "/_index"].map(|end| format!("{path}{end}.md"));
        candidates
            .iter()
            .find_map(|source| self.index.by_source(source))
            .map(|entry| self.index.source(entry))
    }

    /// The file that a path means whose author wrote the ending that it gets.
    fn page_of_html(&self, path: &str) -> Option<&str> {
        let stem = path
            .strip_suffix(".html")
            .or_else(|| path.strip_suffix(".htm"))?;
        self.file_like(stem.strip_suffix("/index").unwrap_or(stem))
    }

    /// A path from the site's root: a page if there is one, else something to check when all is planned.
    fn rooted(
        &self,
        page: &Page,
        link: &Link,
        path: &str,
        suffix: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let address = Permalink::page(path);
        // An old site's `/x.html` means the page, where nothing is called so.
        let of_html = || {
            let stem = path.strip_suffix(".html")?;
            let is_file = self
                .options
                .assets
                .binary_search(&path.trim_start_matches('/').to_owned());
            let stem = stem.strip_suffix("/index").unwrap_or(stem);
            is_file
                .is_err()
                .then(|| self.index.by_url(Permalink::page(stem).as_str()))?
        };
        let own = self
            .index
            .by_url(address.as_str())
            .or_else(|| self.index.by_url(path));
        match own.or_else(of_html) {
            Some(entry) if link.form != LinkForm::Wiki => {
                self.to_page(self.index.entry(entry), page, link, suffix, diagnostics)
            }
            _ => {
                let find = |index: &Index<'_>| match index.by_url(address.as_str()) {
                    Some(Entry::Published(id)) if link.form != LinkForm::Wiki => Some(id),
                    _ => None,
                };
                let elsewhere = self.elsewhere(page, link, suffix, find, diagnostics);
                elsewhere.unwrap_or_else(|| Target::Path {
                    permalink: Permalink::file(path),
                    suffix: suffix.to_owned(),
                })
            }
        }
    }

    /// A page in another language, where this one has none; the first language that has it.
    fn elsewhere(
        &self,
        page: &Page,
        link: &Link,
        suffix: &str,
        find: impl Fn(&Index<'_>) -> Option<PageId>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Target> {
        let mut others = self.index.others().iter();
        let (other, target) =
            others.find_map(|other| Some((other, other.index.page(find(other.index)?))))?;
        let anchor = suffix.split_once('#').map_or("", |(_, anchor)| anchor);
        let anchor = nfc(&url_decode(id_of_fragment(anchor))).into_owned();
        let mut suffix = suffix.to_owned();
        if !anchor.is_empty() && !target.has_anchor(&anchor) {
            match target.id_like(&anchor) {
                Some("") => suffix.truncate(suffix.find('#').unwrap_or(suffix.len())),
                Some(id) => {
                    suffix = format!("{}#{id}", suffix.split('#').next().unwrap_or_default())
                }
                None => self.dead_anchor(page, link, (target, &anchor), diagnostics),
            }
        }
        Some(Target::Other(Box::new(OtherLanguage {
            language: other.language.tag.clone(),
            source: target.source.clone(),
            permalink: target.permalink.clone(),
            title: target.title.clone(),
            suffix,
        })))
    }

    fn to_page(
        &self,
        found: Found<'_>,
        page: &Page,
        link: &Link,
        suffix: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        match found {
            Found::Page(id) => {
                let (query, anchor) = suffix.split_once('#').unwrap_or((suffix, ""));
                // In a wiki link, a question mark belongs to a title.
                let query = if link.form == LinkForm::Wiki {
                    String::new()
                } else {
                    query.to_owned()
                };
                let target = &self.pages[id.index()];
                let written_id = id_of_fragment(anchor);
                let directive = &anchor[written_id.len()..];
                let anchor = nfc(&url_decode(written_id)).into_owned();
                let known = anchor.is_empty() || target.has_anchor(&anchor);
                if !known && link.form == LinkForm::Wiki {
                    // Wiki links name headings by their words.
                    let ids = self.options.config.markdown.heading_ids;
                    let id_of_words = ids.of(&anchor);
                    if target.has_id(&id_of_words) {
                        return Target::Page {
                            id,
                            query,
                            anchor: id_of_words,
                        };
                    }
                }
                if !known && page.original.is_some() {
                    // Its links are the original's, and a translation names its headings otherwise.
                    let anchor = String::new();
                    return Target::Page { id, query, anchor };
                }
                let anchor = match known {
                    true => anchor,
                    false => match target.id_like(&anchor) {
                        Some(id) => id.to_owned(),
                        None => {
                            self.dead_anchor(page, link, (target, &anchor), diagnostics);
                            anchor
                        }
                    },
                };
                let anchor = anchor + directive;
                Target::Page { id, query, anchor }
            }
            Found::Hidden(hidden) if hidden.status == Status::Broken => Target::Nowhere,
            Found::Hidden(hidden) if hidden.status == Status::Draft => {
                let message = format!("this link leads to a draft, content/{}", hidden.source);
                diagnostics.push(
                    Diagnostic::error("draft-link", &page.path(), message)
                        .at(link.span.clone())
                        .help("publish it (remove `draft: true`), or take the link out"),
                );
                Target::Nowhere
            }
            Found::Hidden(hidden) => {
                let message = format!(
                    "content/{} is {}; this link is shown as plain text",
                    hidden.source,
                    hidden.status.words()
                );
                diagnostics.push(
                    Diagnostic::note("hidden-link", &page.path(), message)
                        .at(link.span.clone())
                        .help(hidden.help("makes it a link")),
                );
                Target::Hidden(hidden.title.clone())
            }
            Found::Ambiguous(files) => {
                diagnostics.push(
                    Diagnostic::error(
                        "ambiguous-link",
                        &page.path(),
                        "this link could lead to several articles",
                    )
                    .at(link.span.clone())
                    .help(format!("write its path: {}", files.join(" or "))),
                );
                Target::Nowhere
            }
            Found::Moved(source) => self.moved(page, link, source, suffix, diagnostics),
            Found::Missing(near) => self.dead(
                page,
                link,
                near,
                &format!("there is no `{}`", split_suffix(&link.dest).0),
                diagnostics,
            ),
        }
    }
}

/// Whether a path ends in a file's name, with an ending that no article has and nobody writes for one.
fn names_a_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && !matches!(ending, "" | "md" | "html" | "htm")
    })
}

/// A destination without the mark that Zola and Pelican have for what is no address: `@/a.md`, `{filename}a.md`.
fn unmarked(dest: &str) -> &str {
    const MARKS: [&str; 3] = ["{filename}", "{static}", "{attach}"];
    match MARKS.iter().find_map(|mark| dest.strip_prefix(mark)) {
        Some(rest) => rest,
        None if dest.starts_with("@/") => &dest[1..],
        None => dest,
    }
}

/// A destination's path, and its query and anchor.
fn split_suffix(dest: &str) -> (&str, &str) {
    dest.split_at(dest.find(['?', '#']).unwrap_or(dest.len()))
}
